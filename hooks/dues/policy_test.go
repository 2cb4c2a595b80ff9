package dues_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/assess"
)

// first finds one record of a collection after making something.
func first(collection string, make func(t testing.TB, app *tests.TestApp)) func(testing.TB, *tests.TestApp) *core.Record {
	return func(t testing.TB, app *tests.TestApp) *core.Record {
		t.Helper()
		if make != nil {
			make(t, app)
		}
		var r core.Record
		if err := app.RecordQuery(collection).OrderBy("created", "id").Limit(1).One(&r); err != nil {
			t.Fatal(collection, err)
		}
		return &r
	}
}

func made(collection string, data map[string]any) func(testing.TB, *tests.TestApp) *core.Record {
	return func(t testing.TB, app *tests.TestApp) *core.Record {
		t.Helper()
		return apptest.Make(t, app, collection, data)
	}
}

func memberOf(collection string) func(testing.TB, *tests.TestApp) *core.Record {
	return func(t testing.TB, app *tests.TestApp) *core.Record {
		t.Helper()
		r, err := app.FindFirstRecordByFilter(collection, "person = {:p}", map[string]any{"p": id(t, app, apptest.Member)})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	for _, p := range []apptest.Policy{
		{
			Collection: assess.Rates, Record: made(assess.Rates, map[string]any{"no": "2027", "title": "新标准", "effective": "2027-01", "state": "draft", "unit": 1, "scales": map[string]any{"student": map[string]any{"fixed": 20}}}),
			Create: map[string]any{"no": "2028", "title": "又一个", "effective": "2028-01", "scales": map[string]any{"student": map[string]any{"fixed": 20}}},
			Update: map[string]any{"title": "改名"},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    404
				outsider   4    200  400    404    404
				member     4    200  400    404    404
				accountant 4    200  400    404    404
				organizer  4    200  200    200    204`,
		},
		{
			Collection: assess.Profiles, Record: memberOf(assess.Profiles),
			Create: map[string]any{"person": "#" + apptest.Member, "category": "student", "since": "2020-01", "until": "2020-12", "reason": "补录"},
			Update: map[string]any{"quarterly": true},
			Table: `
				who       list view create update delete
				guest     0    404  400    404    403
				outsider  0    404  400    404    403
				branch2   0    404  400    404    403
				member    1    200  400    404    403
				branch1   3    200  400    404    403
				assessor  3    200  200    200    403
				secretary 3    200  400    404    403
				cashier   3    200  400    404    403`,
		},
		{
			Collection: assess.Bases, Record: made(assess.Bases, map[string]any{"person": "#" + apptest.Member, "year": 2027, "since": "2027-01", "base": 8000_00, "state": "draft"}),
			Create: map[string]any{"person": "#" + apptest.Member, "year": 2028, "since": "2028-01", "base": 8000_00},
			Update: map[string]any{"base": 9000_00},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    404
				outsider   0    404  400    404    404
				branch2    0    404  400    404    404
				secretary  0    404  400    404    404
				accountant 0    404  400    404    404
				member     2    200  400    404    404
				branch1    3    200  400    404    404
				assessor   3    200  200    200    204`,
		},
		{
			Collection: assess.Items, Record: func(t testing.TB, app *tests.TestApp) *core.Record {
				t.Helper()
				base := apptest.Make(t, app, assess.Bases, map[string]any{"person": "#" + apptest.Member, "year": 2027, "since": "2027-01", "state": "draft", "id": "basewithitems00"})
				return apptest.Make(t, app, assess.Items, map[string]any{"base_of": base.Id, "name": "岗位工资", "amount": 8000_00, "role": "counted"})
			},
			Create: map[string]any{"base_of": "basewithitems00", "name": "薪级工资", "amount": 1, "role": "counted"},
			Update: map[string]any{"amount": 9000_00},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    404
				branch2    0    404  400    404    404
				secretary  0    404  400    404    404
				accountant 0    404  400    404    404
				member     1    200  400    404    404
				organizer  1    200  400    404    404
				assessor   1    200  200    200    204`,
		},
		{
			Collection: assess.Waivers, Record: made(assess.Waivers, map[string]any{"person": "#" + apptest.Member, "reason": "illness", "detail": "住院", "amount": 0, "since": "2026-03", "until": "2026-12"}),
			Create: map[string]any{"person": "#" + apptest.Member, "reason": "other", "amount": 0, "since": "2026-01", "until": "2026-02"},
			Update: map[string]any{"amount": 1_00},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    404
				outsider   0    404  400    404    404
				branch2    0    404  400    404    404
				secretary  0    404  400    404    404
				accountant 0    404  400    404    404
				member     1    200  200    200    204
				branch1    1    200  400    200    404
				assessor   1    200  200    200    204`,
		},
		{
			Collection: "dues_payments", Record: func(t testing.TB, app *tests.TestApp) *core.Record {
				t.Helper()
				bill(t, app, "2026-05", "2026-06")
				return pays(t, app, apptest.Member, 112_50, "2026-05", "2026-05")
			},
			Create: map[string]any{"person": "#" + apptest.Member, "amount": 112_50, "from_month": "2026-06", "to_month": "2026-06", "method": "cash", "received_on": apptest.Today},
			Update: map[string]any{"state": "checked"},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    403
				outsider   0    404  400    404    403
				branch2    0    404  400    404    403
				member     1    200  400    404    403
				branch1    1    200  400    200    403
				accountant 1    200  400    404    403
				assessor   1    200  200    400    403
				organizer  1    200  400    200    403`,
		},
		{
			Collection: "dues_entries", Record: first("dues_entries", func(t testing.TB, app *tests.TestApp) { bill(t, app, "2026-05", "2026-05") }),
			Create: map[string]any{"person": "#" + apptest.Member, "month": "2026-05", "kind": "payment", "amount": -1, "booked_on": apptest.Today, "org": "@zb1"},
			Update: map[string]any{"amount": 1},
			Table: `
				who        list view create update delete
				guest      0    404  403    403    403
				outsider   0    404  403    403    403
				branch2    0    404  403    403    403
				branch1    3    200  403    403    403
				accountant 3    200  403    403    403
				keeper     3    200  403    403    403`,
		},
		{
			Collection: dues.Reviews, Record: made(dues.Reviews, map[string]any{"person": "#" + apptest.Member, "from_month": "2026-01", "to_month": "2026-06", "org": "@zb1"}),
			Create: map[string]any{"person": "#" + apptest.Member, "from_month": "2025-01", "to_month": "2025-06", "org": "@zb1"},
			Update: map[string]any{"document": "支部会议"},
			Table: `
				who        list view create update delete
				guest      0    404  403    404    403
				branch2    0    404  403    404    403
				secretary  0    404  403    404    403
				accountant 0    404  403    404    403
				member     1    200  403    404    403
				branch1    1    200  403    200    403
				assessor   1    200  403    200    403`,
		},
		{
			Collection: account.Donations, Record: made(account.Donations, map[string]any{"person": "#" + apptest.Member, "amount": 1000_00, "received_on": "2026-06-01", "recorded_by": "#" + Assessor}),
			Create: map[string]any{"person": "#" + apptest.Member, "amount": 2000_00, "received_on": "2026-06-02"},
			Update: map[string]any{"profile": "基本情况"},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    403
				branch2    0    404  400    404    403
				cashier    0    404  400    404    403
				member     1    200  400    404    403
				branch1    1    200  400    404    403
				assessor   1    200  200    200    403
				accountant 1    200  400    200    403`,
		},
		{
			Collection: account.Incomes, Record: made(account.Incomes, map[string]any{"org": "@jd", "kind": "interest", "amount": 12_34, "booked_on": "2026-03-21", "document": "利息单", "recorded_by": "#" + Accountant}),
			Create: map[string]any{"org": "@jd", "kind": "grant", "amount": 1, "booked_on": "2026-03-21", "document": "下拨通知"},
			Update: map[string]any{"amount": 1},
			Table: `
				who        list view create update delete
				guest      0    404  400    403    403
				member     0    404  400    403    403
				branch1    0    404  400    403    403
				cashier    1    200  400    403    403
				accountant 1    200  200    403    403`,
		},
		{
			Collection: account.Expenses, Record: made(account.Expenses, map[string]any{
				"org": "@jd", "purpose": "materials", "title": "报刊", "amount": 1_00, "payee": "邮局", "resolution": "纪要", "resolved_on": "2026-06-01", "person": "#" + Accountant,
			}),
			Create: map[string]any{"org": "@jd", "purpose": "training", "title": "培训", "amount": 1_00, "payee": "党校", "resolution": "纪要", "resolved_on": "2026-06-01"},
			Update: map[string]any{"amount": 2_00},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    404
				member     0    404  400    404    404
				branch1    0    404  400    404    404
				cashier    1    200  400    200    404
				organizer  1    200  400    404    404
				accountant 1    200  200    200    204`,
		},
		{
			Collection: account.Remittances, Record: made(account.Remittances, map[string]any{"org": "@jd", "from_month": "2026-03", "to_month": "2026-03", "rate": 500, "document": "省委组〔2019〕1号", "due": "2026-06-20"}),
			Create: map[string]any{"org": "@jd", "from_month": "2026-04", "to_month": "2026-04", "rate": 500, "document": "省委组〔2019〕1号", "due": "2026-06-20"},
			Update: map[string]any{"rate": 600},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    404
				member     0    404  400    404    404
				branch1    0    404  400    404    404
				cashier    1    200  400    200    404
				accountant 1    200  200    200    204`,
		},
		{
			Collection: account.Closings, Record: made(account.Closings, map[string]any{"org": "@zb1", "month": "2026-05"}),
			Create: map[string]any{"org": "@zb1", "month": "2026-04"},
			Update: map[string]any{"state": "handed"},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    403
				member     0    404  400    404    403
				branch2    0    404  400    404    403
				cashier    1    200  400    404    403
				assessor   1    200  200    200    403
				branch1    1    200  200    400    403`,
		},
		{
			Collection: account.Disclosures, Record: made(account.Disclosures, map[string]any{"org": "@zb1", "period": "2026-Q1", "audience": "members"}),
			Create: map[string]any{"org": "@zb1", "period": "2026-Q1", "audience": "public"},
			Update: map[string]any{"state": "published"},
			Table: `
				who        list view create update delete
				guest      0    404  400    404    403
				member     0    404  400    404    403
				branch2    0    404  400    404    403
				cashier    1    200  400    404    403
				assessor   1    200  200    200    403
				branch1    1    200  200    200    403`,
		},
	} {
		p.App = prepared
		p.Test(t)
	}
}

// Members read what their organization has published, of the others nothing.
func TestPublishedIsRead(t *testing.T) {
	t.Parallel()
	s := served(t)
	apptest.SetToday(t, s.App, "2026-06-10")
	d := apptest.Make(t, s.App, account.Disclosures, map[string]any{"org": "@zb1", "period": "2026-Q1", "audience": "members"})
	if err := act(s.App, t, apptest.Branch, d, map[string]any{"state": "published"}); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]int{apptest.Guest: 404, apptest.Member: 200, apptest.Neighbour: 404, apptest.Outsider: 404} {
		get(t, s, who, apptest.URL(account.Disclosures, d.Id)).Want(t, want)
	}
}
