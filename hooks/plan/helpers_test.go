package plan_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
)

// text is a small plan of two sections and four items: a document of the
// office, a talk of each branch in each quarter, something vague with a share
// to reach, and a visit of the committee member in each month.
const text = `2026年清河街道党建工作要点
今年工作的总体要求是把承诺做实。
一、抓实思想建设
1.健全学习制度。修订《清河街道党工委中心组学习制度》，6月底前印发执行。
2.开展党课。各社区党支部每季度讲党课1次。
二、夯实组织基础
3.规范组织生活。定期开展组织生活检查，参加率达到80%以上。
4.走访群众。党工委委员每月走访联系点1次。
`

// drafted is a draft of text, made by the clerk. The deputy is the committee
// member of whom it speaks.
func drafted(t testing.TB, app core.App) *core.Record {
	t.Helper()
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + apptest.Deputy, "role": "$committee_member", "org": "@jd", "since": "2024-01-01"})
	return imported(t, app, text)
}

// imported is a draft of any text, made by the clerk.
func imported(t testing.TB, app core.App, text string) *core.Record {
	t.Helper()
	draft, err := plan.ImportText(app, plan.ImportInput{
		Org: apptest.Unit(t, app, "jd").Id, Text: text, By: apptest.Person(t, app, apptest.Clerk).Id, Since: "2026-01-01",
	})
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

func outlineOf(t testing.TB, draft *core.Record) plan.Outline {
	t.Helper()
	var o plan.Outline
	if err := json.Unmarshal([]byte(draft.GetString("outline")), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// obligations are those of an outline, in order, to be changed in place.
func obligations(o *plan.Outline) (out []*plan.Obligation) {
	for i := range o.Sections {
		for j := range o.Sections[i].Items {
			for k := range o.Sections[i].Items[j].Obligations {
				out = append(out, &o.Sections[i].Items[j].Obligations[k])
			}
		}
	}
	return out
}

// decide does the clerk's part and hands the draft in: what is unassigned goes
// to the office, what is vague is settled. change has the last word.
func decide(t testing.TB, app core.App, draft *core.Record, change func(*plan.Outline)) {
	t.Helper()
	o := outlineOf(t, draft)
	for _, ob := range obligations(&o) {
		ob.Settled = true
		if ob.Assign == nil {
			ob.Assign = &plan.Assign{To: plan.ToOrg, Org: apptest.Unit(t, app, "djb").Id}
		}
	}
	if change != nil {
		change(&o)
	}
	if err := apptest.Save(app, draft, map[string]any{"outline": o}); err != nil {
		t.Fatal(err)
	}
	if err := apptest.Save(app, draft, map[string]any{"state": "submitted"}); err != nil {
		t.Fatal(err)
	}
}

// confirm does the secretary's part.
func confirm(t testing.TB, app core.App, draft *core.Record) (*core.Record, plan.Counts) {
	t.Helper()
	made, counts, err := plan.Confirm(app, context.Background(), draft.Id, apptest.Person(t, app, apptest.Secretary).Id)
	if err != nil {
		t.Fatal(err)
	}
	return made, counts
}

// Applications with a draft of text, with the same handed in, and with the
// plan that came of it.
var (
	withDraft  = apptest.Prepared(func(t testing.TB, app core.App) { drafted(t, app) })
	withImport = apptest.Prepared(func(t testing.TB, app core.App) { decide(t, app, drafted(t, app), nil) })
	withPlan   = apptest.Prepared(func(t testing.TB, app core.App) {
		draft := drafted(t, app)
		decide(t, app, draft, nil)
		confirm(t, app, draft)
	})
)

// only is the one record of a collection.
func only(t testing.TB, app core.App, collection string) *core.Record {
	t.Helper()
	records, err := app.FindAllRecords(collection)
	if err != nil || len(records) != 1 {
		t.Fatalf("%d %s (%v)", len(records), collection, err)
	}
	return records[0]
}

// dutyOf finds the duty of an organization, or of a person, in a period, by a
// word of its title where it has several.
func dutyOf(t testing.TB, app core.App, who, period string, words ...string) *core.Record {
	t.Helper()
	responsible := dbx.NewExp("org_path LIKE {:path} AND person = ''", dbx.Params{"path": "%/" + who + "/"})
	if person, err := app.FindFirstRecordByData("people", "number", who); err == nil {
		responsible = dbx.HashExp{"person": person.Id}
	}
	found, err := app.FindAllRecords(plan.Duties, dbx.HashExp{"period": period}, responsible, dbx.Like("title", words...))
	if err != nil || len(found) != 1 {
		t.Fatalf("duties of %s in %s: %d (%v)", who, period, len(found), err)
	}
	return found[0]
}

// taskOf finds the task of which a duty is one performance.
func taskOf(t testing.TB, app core.App, duty *core.Record) *core.Record {
	t.Helper()
	return apptest.First(t, app, plan.Tasks, "id", duty.GetString("task"))
}

// prove gives evidence as a person, the way a script does.
func prove(t testing.TB, app core.App, duty *core.Record, who string, more map[string]any) *core.Record {
	t.Helper()
	data := map[string]any{"duty": duty.Id, "person": apptest.Person(t, app, who).Id, "text": "已完成，照片随附。"}
	for k, v := range more {
		data[k] = v
	}
	record, err := write(app, plan.Evidence, data)
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// write creates a record the way a script does: no mark of the system.
func write(app core.App, collection string, data map[string]any) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	record.Load(data)
	return record, app.Save(record)
}

// move takes a duty on as a person, the way a script does.
func move(t testing.TB, app core.App, id, state, who string) error {
	t.Helper()
	by := apptest.Person(t, app, who).Id
	data := map[string]any{"state": state}
	switch state {
	case "submitted":
		data["submitted_by"] = by
	case "done":
		data["accepted_by"] = by
	case "returned":
		data["accepted_by"], data["reason"] = by, "缺少签到表"
	case "exempted":
		data["exempted_by"], data["reason"] = by, "当季无此任务"
	}
	return apptest.Save(app, apptest.First(t, app, plan.Duties, "id", id), data)
}

// moved is move where nothing is to be refused.
func moved(t testing.TB, app core.App, id string, steps ...[2]string) {
	t.Helper()
	for _, s := range steps {
		if err := move(t, app, id, s[0], s[1]); err != nil {
			t.Fatalf("%s by %s: %v", s[0], s[1], err)
		}
	}
}

// count is how many records of a collection fit the conditions.
func count(t testing.TB, app core.App, collection string, conditions ...dbx.Expression) int {
	t.Helper()
	n, err := app.CountRecords(collection, conditions...)
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

// counting counts the queries that app sends from now on.
func counting(app core.App) func() int {
	var n atomic.Int64
	for _, builder := range []dbx.Builder{app.ConcurrentDB(), app.NonconcurrentDB()} {
		if db, ok := builder.(*dbx.DB); ok {
			db.QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { n.Add(1) }
		}
	}
	return func() int { return int(n.Load()) }
}

// many adds n duties to the plan of text, each of a branch of its own, spread
// over its items, as the database would hold them.
func many(t testing.TB, app core.App, n int) {
	t.Helper()
	_, err := app.NonconcurrentDB().NewQuery(fmt.Sprintf(`INSERT INTO plan_duties (id, plan, section, item, task, org, org_path, person, period, title, opens, due, due_original, state, created, updated)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d),
			t AS (SELECT id, plan, section, item, title, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS of FROM plan_tasks),
			u AS (SELECT id, path, row_number() OVER (ORDER BY path) - 1 AS k, count(*) OVER () AS of FROM org_units WHERE path LIKE '/jd/%%')
		SELECT printf('d%%014d', i), t.plan, t.section, t.item, t.id, u.id, u.path, '', 'x' || i, t.title,
			date('2026-01-01', (i %% 300) || ' days'), date('2026-01-01', (i %% 300 + 30) || ' days'), '',
			CASE i %% 5 WHEN 0 THEN 'overdue' WHEN 1 THEN 'open' ELSE 'upcoming' END, '2026-01-01 00:00:00.000Z', '2026-01-01 00:00:00.000Z'
		FROM n JOIN t ON t.k = i %% t.of JOIN u ON u.k = i / t.of %% u.of`, n)).Execute()
	if err != nil {
		t.Fatal(err)
	}
}
