// Package activities keeps activities and contests (活动评比), what their judges
// give, and honours (示范岗、标兵).
//
// A score is never changed: a judge reverses it and gives another.
package activities

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Activities = "activities"
	Entries    = "activities_entries"
	Scores     = "activities_scores"
	Honors     = "activities_honors"
)

// Bind attaches the rules of activities to app.
func Bind(app core.App) {
	org.Follow(app, activities)
	kit.OnSave(app, Activities, saveActivity)

	org.Inherit(app, Entries, "activity")
	kit.OnSave(app, Entries, saveEntry)
	kit.On(app.OnRecordDeleteExecute(Entries), deleteEntry)

	org.Inherit(app, Scores, "entry")
	org.Grow(app, Scores)
	kit.OnSave(app, Scores, saveScore)

	org.Follow(app, honors)
	kit.OnSave(app, Honors, saveHonor)
}

var activities = org.States{
	Collection: Activities,
	Words: []org.Word{
		{State: "planned", Name: "筹备"}, {State: "open", Name: "报名"}, {State: "judging", Name: "评分"}, {State: "closed", Name: "已结束"},
	},
	Moves: []org.Move{
		{From: "planned", To: "open"}, {From: "open", To: "judging"}, {From: "open", To: "closed"}, {From: "judging", To: "closed"},
	},
	Needs: map[string][]string{"judging": {"scored", "judges"}, "closed": {"outcome"}},
	Filed: []string{"closed"},
}

// honors: who nominates doesn't review (14.8).
var honors = org.States{
	Collection: Honors,
	Words: []org.Word{
		{State: "draft", Name: "草拟"}, {State: "nominated", Name: "已提名"}, {State: "reviewed", Name: "已评审"},
		{State: "declined", Name: "未通过"}, {State: "awarded", Name: "已授予"},
	},
	Moves: []org.Move{
		{From: "draft", To: "nominated", Sign: "nominated_by"},
		{From: "nominated", To: "reviewed", Power: "activities.edit", Sign: "reviewed_by", Others: []string{"nominated_by", "person"}},
		{From: "nominated", To: "declined", Power: "activities.edit", Sign: "reviewed_by", Others: []string{"nominated_by", "person"}},
		{From: "reviewed", To: "awarded", Power: "activities.edit"},
		{From: "reviewed", To: "declined", Power: "activities.edit"},
	},
	Needs: map[string][]string{"nominated": {"merits"}, "awarded": {"notice_from", "notice_until", "document"}},
	Filed: []string{"declined", "awarded"},
}

func saveActivity(e *core.RecordEvent) error {
	r, from := e.Record, ""
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		from = stored.GetString("state")
		if field, changed := kit.Changed(r, stored, "judges", "trimmed", "scored"); changed && from == "judging" {
			return kit.Reject(field, "activities_judging", "已经开始评分，评委和计分办法不能再改。")
		}
	}
	if err := CheckJudges(r.GetString("state"), r.GetStringSlice("judges")); err != nil {
		return err
	}
	if from == "open" && r.GetString("state") == "judging" {
		if err := checkRecusal(e.App, r); err != nil {
			return err
		}
	}
	return e.Next()
}

// checkRecusal: no judge belongs to the branch of somebody who takes part.
func checkRecusal(app core.App, activity *core.Record) error {
	judges, err := json.Marshal(activity.GetStringSlice("judges")) // as they are about to be stored
	if err != nil {
		return err
	}
	var names []string
	err = app.DB().NewQuery(`SELECT j.name FROM json_each({:judges}) v JOIN people j ON j.id = v.value
		WHERE EXISTS (SELECT 1 FROM activities_entries x JOIN people p ON p.id = x.person JOIN org_units u ON u.id = x.team
			WHERE x.activity = {:id} AND (j.id = p.id OR j.org = p.org OR substr(j.org_path, 1, length(u.path)) = u.path))`).
		Bind(dbx.Params{"id": activity.Id, "judges": string(judges)}).Column(&names)
	if err != nil {
		return err
	}
	return CheckRecusal(names)
}

func saveEntry(e *core.RecordEvent) error {
	activity, err := org.Parent(e.App, e.Record, "activity")
	if err != nil {
		return err
	}
	if err := CheckOpen(activity.GetString("state")); err != nil {
		return err
	}
	return e.Next()
}

func deleteEntry(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		activity, err := org.Parent(e.App, e.Record, "activity")
		if err != nil {
			return err
		}
		if CheckOpen(activity.GetString("state")) != nil {
			return kit.Forbid("activities_not_open", "报名已经截止，作品不能删除。")
		}
		return e.Next()
	})
}

func saveScore(e *core.RecordEvent) error {
	r := e.Record
	entry, err := org.Parent(e.App, r, "entry")
	if err != nil {
		return err
	}
	activity, err := org.Parent(e.App, entry, "activity")
	if err != nil {
		return err
	}
	if err := CheckJudge(activity.GetString("state"), r.GetString("judge"), activity.GetStringSlice("judges")); err != nil {
		return err
	}
	lines, err := scoresOf(e.App, entry.Id)
	if err != nil {
		return err
	}
	score := Score{Judge: r.GetString("judge"), Points: r.GetInt("points"), Reversal: r.GetBool("reversal")}
	if err := CheckScore(score, r.GetString("reason"), lines); err != nil {
		return err
	}
	return e.Next()
}

func scoresOf(app core.App, entry string) ([]Score, error) {
	var lines []Score
	err := app.DB().Select("judge", "points", "reversal").From(Scores).Where(dbx.HashExp{"entry": entry}).OrderBy("rowid").All(&lines)
	return lines, err
}

func saveHonor(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckHonored(r.GetString("person"), r.GetString("unit")); err != nil {
		return err
	}
	if r.GetString("state") == "awarded" {
		days, err := calendar.Load(e.App)
		if err != nil {
			return err
		}
		if err := CheckNotice(days, r.GetString("notice_from"), r.GetString("notice_until"), kit.Today(e.App)); err != nil {
			return err
		}
	}
	return e.Next()
}
