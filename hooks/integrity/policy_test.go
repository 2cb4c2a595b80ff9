package integrity_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/integrity"
)

func talk(kind string) map[string]any {
	return map[string]any{"kind": kind, "talker": "#secretary", "person": "#member", "org": "@zb1"}
}

var innerCase = map[string]any{"title": "甲某违纪案例", "source": "inner", "alias": "甲某", "class": "integrity", "level": "member", "org": "@jd"}

func check(t testing.TB, app core.App) map[string]any {
	t.Helper()
	return map[string]any{
		"node": apptest.First(t, app, "calendar_nodes", "name", "端午").Id, "held_on": "2026-06-09", "target": "@djb", "org": "@jd",
		"team":  []string{apptest.Person(t, app, apptest.Clerk).Id, apptest.Person(t, app, apptest.Inspector).Id},
		"items": []string{"dining", "cars"}, "result": "none",
	}
}

// officers is the usual table: "integrity" reads, "integrity.edit" writes.
const officers = `
	who       list view create update delete
	guest     0    404  400    404    404
	outsider  0    404  400    404    404
	member    0    404  400    404    404
	branch2   0    404  400    404    404
	branch1   0    404  400    404    404
	clerk     0    404  400    404    404
	inspector 1    200  400    404    404
	deputy    1    200  400    404    404
	secretary 1    200  200    200    204
	keeper    1    200  200    200    204`

// withDiscipline makes the secretary hold the discipline officer's powers.
func withDiscipline(t testing.TB, app *tests.TestApp) {
	t.Helper()
	apptest.Make(t, app, "org_posts", map[string]any{"person": "#secretary", "role": "$discipline", "org": "@jd", "since": "2026-01-01"})
}

func policy(t *testing.T, collection string, data, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			withDiscipline(t, app)
			return apptest.Make(t, app, collection, data)
		},
		Create: data, Update: update, Table: table,
	}.Test(t)
}

// A talk is seen by the two who talk besides the officers.
func TestTalksPolicy(t *testing.T) {
	policy(t, integrity.Talks, talk("tixing"), map[string]any{"kind": "lianzheng"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch2   0    404  400    404    404
		branch1   0    404  400    404    404
		clerk     0    404  400    404    404
		inspector 1    200  400    404    404
		secretary 1    200  200    200    204
		keeper    1    200  200    200    204`)
}

func TestInnerCasesPolicy(t *testing.T) {
	policy(t, integrity.Cases, innerCase, map[string]any{"alias": "乙某"}, officers)
}

// A public case that is published is for everybody below.
func TestPublicCasesPolicy(t *testing.T) {
	policy(t, integrity.Cases, map[string]any{
		"title": "通报案例", "source": "public", "notice": "通报〔2026〕1号", "class": "work", "level": "grassroots", "summary": "懒政。", "loopholes": "无",
		"org": "@jd", "state": "published",
	}, map[string]any{"title": "另一个"}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch2   1    200  400    404    404
		clerk     1    200  400    404    404
		secretary 1    200  400    400    403
		keeper    1    200  400    400    403`)
}

func TestCampaignsPolicy(t *testing.T) {
	policy(t, integrity.Campaigns, map[string]any{"title": "宣传月", "kind": "month", "begins": "2026-07-01", "org": "@jd"}, map[string]any{"problems": 3}, officers)
}

func TestChecksPolicy(t *testing.T) {
	policy(t, integrity.Checks, check(t, apptest.New(t)), map[string]any{"reported_on": "2026-06-10"}, officers)
}

// A leader sees their own stays.
func TestStaysPolicy(t *testing.T) {
	policy(t, integrity.Stays, map[string]any{"person": "#branch1", "org": "@zb1", "begins": "2026-06-01", "ends": "2026-06-03"}, map[string]any{"problems": 3}, `
		who       list view create update delete
		guest     0    404  400    404    404
		member    0    404  400    404    404
		branch2   0    404  400    404    404
		branch1   1    200  400    404    404
		clerk     0    404  400    404    404
		inspector 1    200  400    404    404
		secretary 1    200  400    200    204
		keeper    1    200  400    200    204`)
}
