package assess

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// baseStates: reckoned, handed to the member, confirmed by the member or by
// proxy, reviewed by somebody else.
var baseStates = org.States{
	Collection: Bases,
	Words: []org.Word{
		{State: "draft", Name: "核算中"}, {State: "handed", Name: "待本人确认"}, {State: "confirmed", Name: "本人已确认"}, {State: "reviewed", Name: "已复核"},
	},
	Moves: []org.Move{
		{From: "draft", To: "handed", Power: "dues.assess", Sign: "assessed_by"},
		{From: "handed", To: "confirmed", Sign: "confirmed_by"},
		{From: "handed", To: "draft"},
		{From: "confirmed", To: "reviewed", Power: "dues.check", Sign: "reviewed_by", Others: []string{"assessed_by", "person"}},
		{From: "confirmed", To: "draft", Power: "dues.check"},
	},
	Filed: []string{"reviewed"},
}

// saveBase reckons what is owed by a base, keeps it once it is handed on, and
// lets it take effect when it has been reviewed.
func saveBase(e *core.RecordEvent) error {
	r := e.Record
	before, err := storedBase(e)
	if err != nil {
		return err
	}
	if err := checkBase(e.App, r, before); err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	if r.GetString("state") == "reviewed" && (before == nil || before.GetString("state") != "reviewed") {
		return charge.Settle(e.App, e.Context, r.GetString("person"), r.GetString("since"))
	}
	return nil
}

func storedBase(e *core.RecordEvent) (*core.Record, error) {
	if e.Record.IsNew() {
		return nil, nil
	}
	return kit.Stored(e)
}

func checkBase(app core.App, r, before *core.Record) error {
	since := r.GetString("since")
	if err := CheckPeriod(since, ""); err != nil {
		return err
	}
	if fmt.Sprint(r.GetInt("year")) != since[:4] {
		return kit.Reject("since", "dues_base_year", "起始月要在所核定的年度之内。")
	}
	if before != nil {
		if field, changed := kit.Changed(r, before, "person", "year", "org"); changed {
			return kit.Reject(field, "dues_base_fixed", "人、年度和组织不能改，请另行核定。")
		}
		if field, changed := kit.Changed(r, before, "since", "base", "reason", "resolution"); changed && before.GetString("state") != "draft" {
			return kit.Reject(field, "dues_base_handed", "已经交出的核定不能改；请先退回“核算中”。")
		}
	}
	category, err := categoryAt(app, r.GetString("person"), since)
	if err != nil {
		return err
	}
	if err := reckon(app, r, category); err != nil {
		return err
	}
	if r.GetString("state") == "confirmed" && r.GetString("confirmed_by") != r.GetString("person") && r.GetString("proxy") == "" {
		return kit.Reject("proxy", "dues_base_proxy", "不是本人确认的，请写明谁代为确认、为什么。")
	}
	year, err := firstOfYear(app, r)
	if err != nil {
		return err
	}
	return CheckMidYear(category, since, year, r.GetString("reason"), r.GetString("resolution"))
}

// reckon fills in the base from its items, if there are any, and what is owed.
// A draft may be without a base; what is handed on may not.
func reckon(app core.App, r *core.Record, category rate.Category) error {
	items, err := itemsOf(app, r.Id)
	if err != nil {
		return err
	}
	if len(items) > 0 {
		r.Set("base", int64(rate.BaseOf(category, items)))
	}
	r.Set("due", 0)
	sets, err := charge.LoadSets(app.DB())
	if err != nil {
		return err
	}
	q, err := rate.For(sets.Active, rate.Ask{Category: category, Base: rate.Fen(r.GetInt("base")), Month: r.GetString("since")})
	var refusal *rate.Refusal
	if errors.As(err, &refusal) && refusal.Code == "dues_base_missing" && r.GetString("state") == "draft" {
		return nil
	}
	if err != nil {
		return charge.AsViolation(err)
	}
	r.Set("due", int64(q.Due))
	return nil
}

// categoryAt is somebody's category in a month.
func categoryAt(app core.App, person, month string) (category rate.Category, err error) {
	err = app.DB().NewQuery("SELECT category FROM dues_profiles WHERE person = {:person} AND since <= {:month} AND (until = '' OR until >= {:month})").
		Bind(dbx.Params{"person": person, "month": month}).Row(&category)
	if errors.Is(err, sql.ErrNoRows) {
		return "", kit.Reject("person", "dues_category_missing", fmt.Sprintf("%s 还没有党费类别，请先登记类别。", month))
	}
	return category, err
}

// firstOfYear is since when the year has another base of the person; empty if
// there is none.
func firstOfYear(app core.App, r *core.Record) (since string, err error) {
	err = app.DB().NewQuery("SELECT COALESCE(min(since), '') FROM dues_bases WHERE person = {:person} AND year = {:year} AND id != {:id} AND since < {:since}").
		Bind(dbx.Params{"person": r.GetString("person"), "year": r.GetInt("year"), "id": r.Id, "since": r.GetString("since")}).Row(&since)
	return since, err
}

func itemsOf(app core.App, base string) ([]rate.Item, error) {
	var items []rate.Item
	err := app.DB().NewQuery("SELECT name, amount, role FROM dues_base_items WHERE base_of = {:base}").Bind(dbx.Params{"base": base}).All(&items)
	return items, err
}

// placeItem puts an item where its base is.
func placeItem(e *core.RecordEvent) error {
	base, err := e.App.FindRecordById(Bases, e.Record.GetString("base_of"))
	if err != nil {
		return kit.Reject("base_of", "dues_base_gone", "没有找到这一项核定，请刷新页面后重试。")
	}
	e.Record.Load(map[string]any{"org": base.GetString("org"), "person": base.GetString("person")})
	return e.Next()
}

// saveItem: items change while the base is being reckoned, and change it.
func saveItem(e *core.RecordEvent) error {
	item := rate.Item{Name: e.Record.GetString("name"), Amount: rate.Fen(e.Record.GetInt("amount")), Role: rate.Role(e.Record.GetString("role"))}
	if err := rate.CheckItem(item, e.Record.GetString("reason")); err != nil {
		return charge.AsViolation(err)
	}
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if _, changed := kit.Changed(e.Record, stored, "base_of", "person", "org"); changed {
			return kit.Reject("base_of", "dues_base_fixed", "这一项属于原来的核定，不能移到别处。")
		}
	}
	base, err := openBase(e.App, e.Record.GetString("base_of"))
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	return kit.SaveAsSystem(e.App, e.Context, base)
}

func openBase(app core.App, id string) (*core.Record, error) {
	base, err := app.FindRecordById(Bases, id)
	if err != nil {
		return nil, err
	}
	if base.GetString("state") != "draft" {
		return nil, kit.Reject("base_of", "dues_base_handed", "已经交出的核定不能改；请先退回“核算中”。")
	}
	return base, nil
}

// deleteItem: with its base an item goes by itself.
func deleteItem(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		base, err := openBase(e.App, e.Record.GetString("base_of"))
		if errors.Is(err, sql.ErrNoRows) {
			return e.Next()
		}
		if err != nil {
			return err
		}
		if err := e.Next(); err != nil {
			return err
		}
		return kit.SaveAsSystem(e.App, context.WithoutCancel(e.Context), base)
	})
}
