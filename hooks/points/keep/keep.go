// Package keep keeps what points are reckoned by (积分项目和办法): rules and
// schemes, who is in which category, and vetoes.
//
// A rule is drafted, tried, and activated with a document; from then on it is
// fixed, and another one replaces it from a day on.
package keep

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points/award"
)

// The collections that are kept here.
const (
	Schemes   = "points_schemes"
	Rules     = "points_rules"
	Standings = award.Standings
	Vetoes    = "points_vetoes"
)

// Bind attaches the rules of what is kept to app.
func Bind(app core.App) {
	org.Follow(app, schemeStates)
	kit.OnSave(app, Schemes, saveScheme)

	org.Follow(app, ruleStates)
	kit.OnSave(app, Rules, saveRule)

	org.Inherit(app, Standings, "person")
	kit.OnSave(app, Standings, saveStanding)

	org.Inherit(app, Vetoes, "person")
	kit.OnSave(app, Vetoes, saveVeto)
	kit.On(app.OnRecordDelete(Vetoes), keepVeto)
}

var schemeStates = org.States{
	Collection: Schemes,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "active", Name: "启用"}},
	Moves:      []org.Move{{From: "draft", To: "active", Sign: "activated_by"}},
	Needs:      map[string][]string{"active": {"document"}},
	Filed:      []string{"active"},
}

var ruleStates = org.States{
	Collection: Rules,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "active", Name: "启用"}, {State: "ended", Name: "停用"}},
	Moves:      []org.Move{{From: "draft", To: "active", Sign: "activated_by"}, {From: "active", To: "ended"}},
	Needs:      map[string][]string{"active": {"document"}, "ended": {"until"}},
	Filed:      []string{"ended"},
}

// before is the record as stored; nil for a new one.
func before(e *core.RecordEvent) (*core.Record, error) {
	if e.Record.IsNew() {
		return nil, nil
	}
	return kit.Stored(e)
}

// saveStanding: the categories of a person don't overlap.
func saveStanding(e *core.RecordEvent) error {
	r := e.Record
	stored, err := before(e)
	if err != nil {
		return err
	}
	if stored != nil {
		if field, changed := kit.Changed(r, stored, "person", "category", "since"); changed {
			return kit.Reject(field, "points_standing_fixed", "登记后不能改；有变化请填写截止日期，再登记新的类别。")
		}
	}
	if err := org.CheckPeriod("until", r.GetString("since"), r.GetString("until")); err != nil {
		return err
	}
	var others []struct{ Since, Until string }
	err = e.App.DB().Select("since", "until").From(Standings).Where(dbx.HashExp{"person": r.GetString("person")}).AndWhere(dbx.Not(dbx.HashExp{"id": r.Id})).All(&others)
	if err != nil {
		return err
	}
	for _, o := range others {
		if org.Overlap(r.GetString("since"), r.GetString("until"), o.Since, o.Until) {
			return kit.Reject("since", "points_standing_overlap", "这段时间已经登记过类别，请先给原来的填写截止日期。")
		}
	}
	return e.Next()
}

// saveVeto: nobody's points are vetoed without a document (R-PTS-07), and a veto
// says nothing about why.
func saveVeto(e *core.RecordEvent) error {
	r := e.Record
	stored, err := before(e)
	if err != nil {
		return err
	}
	if stored != nil {
		if field, changed := kit.Changed(r, stored, "person", "since", "document"); changed {
			return kit.Reject(field, "points_veto_fixed", "登记后只能填写截止日期；登记错了请把截止日期填为起始日期，再重新登记。")
		}
	}
	if err := CheckVeto(r.GetString("document")); err != nil {
		return err
	}
	if err := org.CheckPeriod("until", r.GetString("since"), r.GetString("until")); err != nil {
		return err
	}
	return e.Next()
}

func keepVeto(*core.RecordEvent) error {
	return kit.Forbid("points_veto_permanent", "否决不能删除；不再适用的请填写截止日期。")
}
