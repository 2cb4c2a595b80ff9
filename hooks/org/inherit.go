package org

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Inherit places the records of a collection where their parent lies, so that
// nobody has to say it twice and nobody can say it otherwise. The parent is a
// unit or any record that belongs to one, and stays the same for good. Fields
// in also are taken over from the parent, too.
func Inherit(app core.App, collection, parent string, also ...string) {
	place := func(e *core.RecordEvent) error {
		if err := placeUnder(e, parent, also); err != nil {
			return err
		}
		return e.Next()
	}
	kit.On(app.OnRecordCreate(collection), place) // before the organization is asked for
	kit.OnSave(app, collection, place)
}

func placeUnder(e *core.RecordEvent, parent string, also []string) error {
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if _, changed := kit.Changed(e.Record, stored, parent); changed {
			return kit.Reject(parent, "org_parent_fixed", "“"+Label(e.Record.Collection().Fields.GetByName(parent))+"”登记后不能改；登记错了请删除后重新登记。")
		}
	}
	above, err := Parent(e.App, e.Record, parent)
	if err != nil {
		return err
	}
	if above.Collection().Name == Units {
		e.Record.Set("org", above.Id)
		e.Record.Set("org_path", above.GetString("path"))
		return nil
	}
	for _, field := range append([]string{"org", "org_path"}, also...) {
		e.Record.Set(field, above.GetString(field))
	}
	return nil
}

// Parent reads the record that a relation of another points to.
func Parent(app core.App, record *core.Record, field string) (*core.Record, error) {
	f, ok := record.Collection().Fields.GetByName(field).(*core.RelationField)
	if ok {
		if above, err := app.FindRecordById(f.CollectionId, record.GetString(field)); err == nil {
			return above, nil
		}
	}
	return nil, kit.Reject(field, "org_parent_missing", "没有找到“"+Label(record.Collection().Fields.GetByName(field))+"”，请重新选择。")
}

// Grow lets a collection only grow: what is entered is neither changed nor
// deleted, whoever asks.
func Grow(app core.App, collection string) {
	kit.OnSave(app, collection, func(e *core.RecordEvent) error {
		if !e.Record.IsNew() && !kit.IsSystem(e.Context) {
			return kit.Forbid(collection+"_fixed", "登记后不能修改；有差错请另行登记更正。")
		}
		return e.Next()
	})
	kit.On(app.OnRecordDeleteExecute(collection), func(e *core.RecordEvent) error {
		if kit.IsSystem(e.Context) {
			return e.Next()
		}
		return kit.Forbid(collection+"_fixed", "登记后不能删除；有差错请另行登记更正。")
	})
}
