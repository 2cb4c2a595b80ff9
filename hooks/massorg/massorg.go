// Package massorg keeps the work of the union and the league (群团): their plans,
// hardship and aid, health checks, craftsmen, and the consents without which
// nothing sensitive is stored.
//
// Medical values and bank accounts have no field. The level of hardship is
// confirmed by people; this package never decides it.
package massorg

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Plans     = "massorg_plans"
	Consents  = "massorg_consents"
	Hardships = "massorg_hardships"
	Aid       = "massorg_aid"
	Health    = "massorg_health"
	Craft     = "massorg_craft"
)

// Bind attaches the rules of mass organizations to app.
func Bind(app core.App) {
	org.Follow(app, plans)

	kit.OnSave(app, Consents, saveConsent)
	kit.On(app.OnRecordDeleteExecute(Consents), deleteConsent)

	org.Follow(app, hardships)
	kit.OnSave(app, Hardships, saveHardship)

	org.Inherit(app, Aid, "hardship")
	org.Grow(app, Aid)
	kit.OnSave(app, Aid, saveAid)

	kit.OnSave(app, Health, saveHealth)
	kit.OnSave(app, Craft, saveCraft)
}

// plans are reviewed by the committee (14.24, 14.25).
var plans = org.States{
	Collection: Plans,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "submitted", Name: "已提交"}, {State: "approved", Name: "审查通过"}},
	Moves: []org.Move{
		{From: "draft", To: "submitted", Power: "massorg.edit", Sign: "submitted_by"},
		{From: "submitted", To: "draft", Power: "plan.accept"},
		{From: "submitted", To: "approved", Power: "plan.accept", Sign: "reviewed_by", Others: []string{"submitted_by"}},
	},
	Needs: map[string][]string{"submitted": {"content"}},
	Filed: []string{"approved"},
}

var hardships = org.States{
	Collection: Hardships,
	Words: []org.Word{
		{State: "surveyed", Name: "已排查"}, {State: "visited", Name: "已核查"}, {State: "filed", Name: "已建档"}, {State: "ended", Name: "已销档"},
	},
	Moves: []org.Move{
		{From: "surveyed", To: "visited"}, {From: "visited", To: "filed"}, {From: "filed", To: "ended"}, {From: "surveyed", To: "ended"}, {From: "visited", To: "ended"},
	},
	Needs: map[string][]string{"visited": {"visitors", "visited_on"}, "filed": {"level", "consent", "review_on"}, "ended": {"ended_on"}},
	Filed: []string{"ended"},
}

// saveConsent: a consent stays as it was given; withdrawing it empties and
// closes what it carried, in the same transaction.
func saveConsent(e *core.RecordEvent) error {
	r, today := e.Record, kit.Today(e.App)
	if err := CheckConsent(r.GetString("given_on"), r.GetString("withdrawn_on"), today); err != nil {
		return err
	}
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if field, changed := kit.Changed(r, stored, "person", "scope", "notice", "given_on", "file"); changed {
			return kit.Reject(field, "massorg_consent_fixed", "同意书登记后不能修改；撤回请填写撤回日期。")
		}
		if was := stored.GetString("withdrawn_on"); was != "" && was != r.GetString("withdrawn_on") {
			return kit.Reject("withdrawn_on", "massorg_consent_fixed", "已经撤回的同意不能恢复，需要时请本人重新同意。")
		}
	}
	if err := e.Next(); err != nil || r.GetString("withdrawn_on") == "" {
		return err
	}
	return forget(e)
}

// forget empties the sensitive fields of what a withdrawn consent carried and
// closes it.
func forget(e *core.RecordEvent) error {
	for _, collection := range []string{Hardships, Health} {
		var list []*core.Record
		if err := e.App.RecordQuery(collection).AndWhere(dbx.HashExp{"consent": e.Record.Id}).All(&list); err != nil {
			return err
		}
		for _, r := range list {
			for _, field := range sensitive[collection] {
				r.Set(field, nil)
			}
			if collection == Hardships {
				r.Load(map[string]any{"state": "ended", "ended_on": e.Record.GetString("withdrawn_on")})
			}
			if err := kit.SaveAsSystem(e.App, e.Context, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func deleteConsent(_ *core.RecordEvent) error {
	return kit.Forbid("massorg_consent_kept", "同意书不能删除；撤回请填写撤回日期。")
}

// sensitive are the fields that need a consent.
var sensitive = map[string][]string{
	Hardships: {"level", "members", "income", "spending"},
	Health:    {"done", "agency"},
}

func saveHardship(e *core.RecordEvent) error {
	r := e.Record
	if err := checkCarried(e.App, r, "hardship"); err != nil {
		return err
	}
	if err := CheckVisitors(r.GetString("state"), r.GetStringSlice("visitors")); err != nil {
		return err
	}
	return e.Next()
}

// checkCarried: what is sensitive rests on the person's own consent to this
// very purpose.
func checkCarried(app core.App, r *core.Record, scope string) error {
	filled := false
	for _, field := range sensitive[r.Collection().Name] {
		filled = filled || r.GetString(field) != "" && r.GetString(field) != "0" && r.GetString(field) != "false"
	}
	if r.GetString("consent") == "" {
		return CheckCarried(filled, false, false)
	}
	consent, err := org.Parent(app, r, "consent")
	if err != nil {
		return err
	}
	fits := consent.GetString("person") == r.GetString("person") && consent.GetString("scope") == scope
	return CheckCarried(filled, fits, consent.GetString("withdrawn_on") == "")
}

func saveAid(e *core.RecordEvent) error {
	hardship, err := org.Parent(e.App, e.Record, "hardship")
	if err != nil {
		return err
	}
	if hardship.GetString("state") != "filed" {
		return kit.Reject("hardship", "massorg_not_filed", "已经建档、没有销档的才能登记帮扶。")
	}
	if err := org.CheckAnonymous("note", e.Record.GetString("note")); err != nil {
		return err
	}
	if err := CheckDay("given_on", e.Record.GetString("given_on"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

func saveHealth(e *core.RecordEvent) error {
	if err := checkCarried(e.App, e.Record, "health"); err != nil {
		return err
	}
	return e.Next()
}

func saveCraft(e *core.RecordEvent) error {
	if e.Record.GetString("mentor") == e.Record.GetString("person") {
		return kit.Reject("mentor", "massorg_mentor", "师傅不能是本人。")
	}
	return e.Next()
}
