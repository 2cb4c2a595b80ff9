package plan_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
)

// text is a small plan of two sections and four items.
const text = `2026年清河街道党建工作要点
今年工作的总体要求是把承诺做实。
一、抓实思想建设
1.健全学习制度。修订《清河街道党工委中心组学习制度》，6月底前印发执行。
2.开展党课。各社区党支部每季度讲党课1次。
二、夯实组织基础
3.规范组织生活。定期开展组织生活检查。
4.走访群众。党工委委员每月走访联系点1次。
`

// drafted is a draft of text, made by the clerk.
func drafted(t testing.TB, app core.App) *core.Record {
	t.Helper()
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#" + apptest.Deputy, "role": "$committee_member", "org": "@jd", "since": "2024-01-01"})
	draft, err := plan.ImportText(app, plan.ImportInput{
		Org: apptest.Unit(t, app, "jd").Id, Text: text, By: apptest.Person(t, app, apptest.Clerk).Id, Since: "2026-01-01",
	})
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

// decide assigns everything that is unassigned to the office and settles what is vague.
func decide(t testing.TB, app core.App, draft *core.Record) {
	t.Helper()
	var o plan.Outline
	if err := json.Unmarshal([]byte(draft.GetString("outline")), &o); err != nil {
		t.Fatal(err)
	}
	for i := range o.Sections {
		for j := range o.Sections[i].Items {
			for k := range o.Sections[i].Items[j].Obligations {
				ob := &o.Sections[i].Items[j].Obligations[k]
				ob.Settled = true
				if ob.Assign == nil {
					ob.Assign = &plan.Assign{To: plan.ToOrg, Org: apptest.Unit(t, app, "djb").Id}
				}
			}
		}
	}
	if err := apptest.Save(app, draft, map[string]any{"outline": o}); err != nil {
		t.Fatal(err)
	}
}

// confirmed is the plan of text, handed in by the clerk and confirmed by the secretary.
func confirmed(t testing.TB, app core.App) *core.Record {
	t.Helper()
	draft := drafted(t, app)
	decide(t, app, draft)
	if err := apptest.Save(app, draft, map[string]any{"state": "submitted"}); err != nil {
		t.Fatal(err)
	}
	made, _, err := plan.Confirm(app, context.Background(), draft.Id, apptest.Person(t, app, apptest.Secretary).Id)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestConfirmMakesThePlan(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	made := confirmed(t, app)
	for collection, want := range map[string]int64{plan.Sections: 2, plan.Items: 4, "documents": 1} {
		if n, _ := app.CountRecords(collection); n != want {
			t.Errorf("Expected %d %s, got %d", want, collection, n)
		}
	}
	board, err := plan.BoardOf(app, made, apptest.Person(t, app, apptest.Clerk).Id)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(board)
	t.Log(string(raw))
	var duties []*core.Record
	app.RecordQuery(plan.Duties).OrderBy("due", "title").All(&duties)
	for _, d := range duties {
		t.Log(d.GetString("title"), d.GetString("org_path"), d.GetString("person"), d.GetString("period"), d.GetString("opens"), d.GetString("due"), d.GetString("state"))
	}
}

func TestUpload(t *testing.T) {
	t.Parallel()
	body, _ := json.Marshal(map[string]any{"text": text, "org": apptest.Unit(t, apptest.New(t), "jd").Id})
	for _, s := range []tests.ApiScenario{
		{Name: "clerk", Headers: apptest.As(t, apptest.Clerk), Body: bytes.NewReader(body), ExpectedStatus: 201, ExpectedContent: []string{`"state":"draft"`, `"sections":[`}},
		{Name: "member", Headers: apptest.As(t, apptest.Member), Body: bytes.NewReader(body), ExpectedStatus: 403, ExpectedContent: []string{"plan_no_power"}},
		{Name: "guest", Body: strings.NewReader(string(body)), ExpectedStatus: 401, ExpectedContent: []string{"message"}},
	} {
		s.Method, s.URL = http.MethodPost, "/api/plan/imports"
		s.TestAppFactory = func(t testing.TB) *tests.TestApp { return apptest.New(t) }
		s.Test(t)
	}
}
