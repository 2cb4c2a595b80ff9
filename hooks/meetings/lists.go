package meetings

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// saveList: a list in force is followed by another, never changed (R-TOP-08).
func saveList(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		field, _ := kit.Changed(r, stored, fieldsBut(r.Collection(), nil)...)
		if err := CheckInForce(field, stored.GetString("effective_on"), today); err != nil {
			return err
		}
		if _, moved := kit.Changed(r, stored, "org", "effective_on"); !moved {
			return e.Next()
		}
	}
	var latest string
	err := e.App.DB().Select("coalesce(max(effective_on), '')").From(Lists).
		Where(dbx.HashExp{"org": r.GetString("org")}).AndWhere(dbx.Not(dbx.HashExp{"id": r.Id})).Row(&latest)
	if err != nil {
		return err
	}
	if err := CheckVersion(r.GetString("effective_on"), latest, today); err != nil {
		return err
	}
	return e.Next()
}

func deleteList(e *core.RecordEvent) error {
	if CheckInForce("effective_on", e.Record.GetString("effective_on"), kit.Today(e.App)) != nil {
		return kit.Forbid("meetings_list_in_force", "已经生效的清单不能修改和删除，修订的请登记新版。")
	}
	return e.Next()
}

// listOn finds the list of the nearest organization at or above path that has
// one in force on a day; no id where there is none.
func listOn(app core.App, path, day string) (id string, l Limits, err error) {
	var list []*core.Record
	err = app.RecordQuery(Lists).AndWhere(org.AtOrAbove("org_path", path)).
		AndWhere(dbx.NewExp("effective_on <= {:day}", dbx.Params{"day": day})).
		OrderBy("length(org_path) DESC", "effective_on DESC").Limit(1).All(&list)
	if err != nil || len(list) == 0 {
		return "", DefaultLimits, err
	}
	return list[0].Id, Limits{Project: list[0].GetInt("project_from"), Funds: list[0].GetInt("funds_from")}, nil
}
