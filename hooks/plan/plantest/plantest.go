// Package plantest takes a small plan the whole way for the tests of its parts:
// from a text to a draft, to a confirmed plan, to duties that are proved.
package plantest

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/imports"
)

// Text is a small plan of two sections and four items: a document of the
// office, a talk of each branch in each quarter, something vague with a share
// to reach, and a visit of the committee member in each month.
const Text = `2026年清河街道党建工作要点
今年工作的总体要求是把承诺做实。
一、抓实思想建设
1.健全学习制度。修订《清河街道党工委中心组学习制度》，6月底前印发执行。
2.开展党课。各社区党支部每季度讲党课1次。
二、夯实组织基础
3.规范组织生活。定期开展组织生活检查，参加率达到80%以上。
4.走访群众。党工委委员每月走访联系点1次。
`

// Draft is a draft of Text, made by the clerk. The deputy is the committee
// member of whom it speaks.
func Draft(t testing.TB, app core.App) *core.Record {
	t.Helper()
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + apptest.Deputy, "role": "$committee_member", "org": "@jd", "since": "2024-01-01"})
	return Import(t, app, Text)
}

// Import is a draft of any text, made by the clerk.
func Import(t testing.TB, app core.App, text string) *core.Record {
	t.Helper()
	draft, err := imports.Read(app, imports.Input{
		Org: apptest.Unit(t, app, "jd").Id, Text: text, By: apptest.Person(t, app, apptest.Clerk).Id, Since: "2026-01-01",
	})
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

func Outline(t testing.TB, draft *core.Record) imports.Outline {
	t.Helper()
	var o imports.Outline
	if err := json.Unmarshal([]byte(draft.GetString("outline")), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// Obligations are those of an outline, in order, to be changed in place.
func Obligations(o *imports.Outline) (out []*imports.Obligation) {
	for i := range o.Sections {
		for j := range o.Sections[i].Items {
			for k := range o.Sections[i].Items[j].Obligations {
				out = append(out, &o.Sections[i].Items[j].Obligations[k])
			}
		}
	}
	return out
}

// Decide does the clerk's part and hands the draft in: what is unassigned goes
// to the office, what is vague is settled. change has the last word.
func Decide(t testing.TB, app core.App, draft *core.Record, change func(*imports.Outline)) {
	t.Helper()
	o := Outline(t, draft)
	for _, ob := range Obligations(&o) {
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

// Confirm does the secretary's part.
func Confirm(t testing.TB, app core.App, draft *core.Record) (*core.Record, imports.Counts) {
	t.Helper()
	made, counts, err := imports.Confirm(app, context.Background(), draft.Id, apptest.Person(t, app, apptest.Secretary).Id)
	if err != nil {
		t.Fatal(err)
	}
	return made, counts
}

// Applications with a draft of Text, with the same handed in, and with the
// plan that came of it.
var (
	WithDraft  = apptest.Prepared(func(t testing.TB, app core.App) { Draft(t, app) })
	WithImport = apptest.Prepared(func(t testing.TB, app core.App) { Decide(t, app, Draft(t, app), nil) })
	WithPlan   = apptest.Prepared(func(t testing.TB, app core.App) {
		draft := Draft(t, app)
		Decide(t, app, draft, nil)
		Confirm(t, app, draft)
	})
)

// Duty finds the duty of an organization, or of a person, in a period, by a
// word of its title where it has several.
func Duty(t testing.TB, app core.App, who, period string, words ...string) *core.Record {
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

// Task finds the task of which a duty is one performance.
func Task(t testing.TB, app core.App, duty *core.Record) *core.Record {
	t.Helper()
	return apptest.First(t, app, plan.Tasks, "id", duty.GetString("task"))
}

// Prove gives evidence as a person, the way a script does.
func Prove(t testing.TB, app core.App, duty *core.Record, who string, more map[string]any) *core.Record {
	t.Helper()
	data := map[string]any{"duty": duty.Id, "person": apptest.Person(t, app, who).Id, "text": "已完成，照片随附。"}
	for k, v := range more {
		data[k] = v
	}
	record, err := Write(app, plan.Evidence, data)
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// Write creates a record the way a script does: no mark of the system.
func Write(app core.App, collection string, data map[string]any) (*core.Record, error) {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(c)
	record.Load(data)
	return record, app.Save(record)
}

// Move takes a duty on as a person, the way a script does.
func Move(t testing.TB, app core.App, id, state, who string) error {
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

// Moved is move where nothing is to be refused.
func Moved(t testing.TB, app core.App, id string, steps ...[2]string) {
	t.Helper()
	for _, s := range steps {
		if err := Move(t, app, id, s[0], s[1]); err != nil {
			t.Fatalf("%s by %s: %v", s[0], s[1], err)
		}
	}
}

// Item is a plan with one item, to see what becomes of a sentence.
func Item(sentence string) string {
	return "2026年清河街道党工委工作要点\n一、思想建设\n1.抓实工作。" + sentence + "\n"
}

// Posts lists the posts of a role.
func Posts(t testing.TB, app core.App, role string) []*core.Record {
	t.Helper()
	posts, err := app.FindAllRecords("org_posts", dbx.HashExp{"role": apptest.Role(t, app, role).Id})
	if err != nil {
		t.Fatal(err)
	}
	return posts
}
