package assess

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// placeByPerson puts a record where its person pays dues.
func placeByPerson(e *core.RecordEvent) error {
	person, err := e.App.FindRecordById("people", e.Record.GetString("person"))
	if err != nil {
		return kit.Reject("person", "dues_person_missing", "没有找到这个人，请重新选择。")
	}
	house, err := charge.HouseOf(e.App, person.GetString("org"))
	if err != nil {
		return err
	}
	e.Record.Set("org", house.Id)
	return e.Next()
}

// saveProfile holds categories apart and settles what they change.
func saveProfile(e *core.RecordEvent) error {
	r := e.Record
	since, until := r.GetString("since"), r.GetString("until")
	if err := CheckPeriod(since, until); err != nil {
		return err
	}
	from := since
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if field, changed := kit.Changed(r, stored, "person", "category", "since", "org"); changed {
			return kit.Reject(field, "dues_category_fixed", "人、类别和起始月不能改；请给这一条填写截止月，再登记新的类别。")
		}
		if from = rate.Shift(min(orForever(until), orForever(stored.GetString("until"))), 1); until == stored.GetString("until") {
			from = ""
		}
	}
	others, err := periodsOf(e.App, Profiles, r, "")
	if err != nil {
		return err
	}
	if err := CheckCategory(Period{since, until}, r.IsNew(), r.GetString("reason"), others); err != nil {
		return err
	}
	if err := e.Next(); err != nil || from == "" {
		return err
	}
	return charge.Settle(e.App, e.Context, r.GetString("person"), from)
}

func orForever(month string) string {
	if month == "" {
		return "9998-12"
	}
	return month
}

// periodsOf are the other periods of a record's person in its collection that
// meet a condition.
func periodsOf(app core.App, collection string, r *core.Record, condition string) ([]Period, error) {
	var list []Period
	err := app.DB().Select("since", "until").From(collection).
		Where(dbx.HashExp{"person": r.GetString("person")}).AndWhere(dbx.Not(dbx.HashExp{"id": r.Id})).AndWhere(dbx.NewExp(condition)).
		OrderBy("since").All(&list)
	return list, err
}

func keepProfile(*core.RecordEvent) error {
	return kit.Forbid("dues_category_permanent", "类别不能删除；不再适用的请填写截止月。")
}

// followStatus takes categories, bases and waivers along when somebody moves,
// and settles months that are billed when a change is entered late. It sits on
// the log of changes, which is written last.
func followStatus(e *core.RecordEvent) error {
	if err := e.Next(); err != nil || e.Record.GetInt("n") < 2 {
		return err
	}
	person := e.Record.GetString("person")
	if err := moveAlong(e.App, person, e.Record.GetString("org")); err != nil {
		return err
	}
	return charge.Settle(e.App, e.Context, person, e.Record.GetString("since")[:7])
}

// moveAlong gives the records of a person's assessment to the officers of where
// the person now belongs.
func moveAlong(app core.App, person, unit string) error {
	house, err := charge.HouseOf(app, unit)
	if err != nil {
		return err
	}
	for _, collection := range []string{Profiles, Bases, Items, Waivers} {
		_, err := app.DB().Update(collection, dbx.Params{"org": house.Id, "org_path": house.Path()}, dbx.HashExp{"person": person}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}
