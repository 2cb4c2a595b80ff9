// Package integrity keeps what the committee does about conduct and discipline
// (正风肃纪): talks, warning cases, campaigns, checks around festivals and
// leaders' stays at the grassroots (蹲点).
//
// What was said in a talk, and what somebody was punished for, is no part of
// it. It counts kinds, dates and units.
package integrity

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Talks     = "integrity_talks"
	Cases     = "integrity_cases"
	Campaigns = "integrity_campaigns"
	Checks    = "integrity_checks"
	Stays     = "integrity_stays"
)

// Bind attaches the rules of integrity to app.
func Bind(app core.App) {
	org.Follow(app, talks)
	kit.OnSave(app, Talks, saveTalk)

	org.Follow(app, cases)
	kit.OnSave(app, Cases, saveCase)

	org.Follow(app, campaigns)
	kit.OnSave(app, Campaigns, saveCampaign)

	org.Follow(app, checks)
	kit.OnSave(app, Checks, saveCheck)

	org.Follow(app, stays)
	kit.OnSave(app, Stays, saveStay)
}

var talks = org.States{
	Collection: Talks,
	Words:      []org.Word{{State: "planned", Name: "已安排"}, {State: "held", Name: "已谈"}},
	Moves:      []org.Move{{From: "planned", To: "held"}},
	Needs:      map[string][]string{"held": {"held_on"}},
	Filed:      []string{"held"},
}

var cases = org.States{
	Collection: Cases,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "published", Name: "已发布"}},
	Moves:      []org.Move{{From: "draft", To: "published"}},
	Needs:      map[string][]string{"published": {"summary", "loopholes"}},
	Filed:      []string{"published"},
}

var campaigns = org.States{
	Collection: Campaigns,
	Words:      []org.Word{{State: "planned", Name: "筹备"}, {State: "running", Name: "进行中"}, {State: "closed", Name: "已结项"}},
	Moves:      []org.Move{{From: "planned", To: "running"}, {From: "running", To: "closed"}},
	Needs:      map[string][]string{"closed": {"ends", "summary"}},
	Filed:      []string{"closed"},
}

var checks = org.States{
	Collection: Checks,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "filed", Name: "已归档"}},
	Moves:      []org.Move{{From: "draft", To: "filed"}},
	Needs:      map[string][]string{"filed": {"reported_on"}},
	Filed:      []string{"filed"},
}

var stays = org.States{
	Collection: Stays,
	Words:      []org.Word{{State: "planned", Name: "已安排"}, {State: "staying", Name: "蹲点中"}, {State: "ended", Name: "已结束"}},
	Moves:      []org.Move{{From: "planned", To: "staying"}, {From: "staying", To: "ended"}},
	Needs:      map[string][]string{"ended": {"ends", "log"}},
	Filed:      []string{"ended"},
}

func saveTalk(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckTalk(r.GetString("talker"), r.GetString("person"), r.GetString("held_on"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

func saveCase(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckCase(r.GetString("source"), r.GetString("state"), r.GetString("notice"), r.GetString("alias")); err != nil {
		return err
	}
	if r.GetString("source") == "inner" {
		text := r.GetString("title") + " " + r.GetString("alias") + " " + r.GetString("summary") + " " + r.GetString("loopholes")
		if err := checkNameless(e.App, text); err != nil {
			return err
		}
	}
	return e.Next()
}

// checkNameless: a case of our own names nobody whom we know.
func checkNameless(app core.App, text string) error {
	if err := org.CheckAnonymous("summary", text); err != nil {
		return err
	}
	var named int
	err := app.DB().NewQuery(`SELECT count(*) FROM people WHERE length(name) > 1 AND instr({:text}, name) > 0`).Bind(dbx.Params{"text": text}).Row(&named)
	if err != nil {
		return err
	}
	return CheckNameless(named)
}

func saveCampaign(e *core.RecordEvent) error {
	r := e.Record
	if err := org.CheckPeriod("ends", r.GetString("begins"), r.GetString("ends")); err != nil {
		return err
	}
	c := Campaign{
		Kind: r.GetString("kind"), Topic: r.GetString("topic"), Closed: r.GetString("state") == "closed", Loopholes: r.GetString("loopholes"),
		Film: r.GetString("film_on"), Talk: r.GetString("talk_on"), Discussion: r.GetString("discussion_on"),
	}
	if err := CheckCampaign(c); err != nil {
		return err
	}
	if err := CheckSolved("fixed", r.GetInt("fixed"), r.GetInt("problems")); err != nil {
		return err
	}
	return e.Next()
}

func saveCheck(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckInspection(r.GetStringSlice("team"), r.GetString("result"), r.GetString("problems")); err != nil {
		return err
	}
	if err := CheckHeld("held_on", r.GetString("held_on"), kit.Today(e.App)); err != nil {
		return err
	}
	if err := org.CheckPeriod("reported_on", r.GetString("held_on"), r.GetString("reported_on")); err != nil {
		return err
	}
	return e.Next()
}

func saveStay(e *core.RecordEvent) error {
	r := e.Record
	if err := org.CheckPeriod("ends", r.GetString("begins"), r.GetString("ends")); err != nil {
		return err
	}
	if err := CheckSolved("solved", r.GetInt("solved"), r.GetInt("problems")); err != nil {
		return err
	}
	var others int
	err := e.App.DB().NewQuery(`SELECT count(*) FROM integrity_stays WHERE person = {:person} AND id != {:id}
		AND (ends = '' OR ends >= {:begins}) AND ({:ends} = '' OR begins <= {:ends})`).
		Bind(dbx.Params{"person": r.GetString("person"), "id": r.Id, "begins": r.GetString("begins"), "ends": r.GetString("ends")}).Row(&others)
	if err != nil {
		return err
	}
	if others > 0 {
		return kit.Reject("begins", "integrity_stay_twice", "这位领导在这段时间已经有一次蹲点，同一时间不能在两处。")
	}
	return e.Next()
}
