// Package inspections keeps the committee's inspections (巡察): the pool of
// inspectors, rounds and their teams, working papers, findings, what is done
// about them (整改), and what was handed over to others (线索移交).
//
// A round inspects how an organization works, never a person. Who may read
// what during a round is a grant for that round alone (一次一授权) and no part of
// this package: its rules only ask for powers, wherever they come from.
package inspections

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Rounds    = "inspections"
	Pool      = "inspections_pool"
	Teams     = "inspections_teams"
	Papers    = "inspections_papers"
	Findings  = "inspections_findings"
	Fixes     = "inspections_fixes"
	Handovers = "inspections_handovers"
	Settings  = "inspections_settings"
)

const edit = "inspections.edit"

// Bind attaches the rules of inspections to app.
func Bind(app core.App) {
	org.Follow(app, rounds)
	kit.OnSave(app, Rounds, saveRound)

	kit.OnSave(app, Pool, savePool)
	kit.On(app.OnRecordDeleteExecute(Pool), deletePool)

	org.Inherit(app, Teams, "inspection")
	kit.OnSave(app, Teams, saveMember)
	kit.On(app.OnRecordDeleteExecute(Teams), deleteMember)

	org.Inherit(app, Papers, "inspection")
	org.Follow(app, papers)
	kit.OnSave(app, Papers, savePaper)

	org.Inherit(app, Findings, "target")
	org.Follow(app, findings)
	kit.OnSave(app, Findings, saveFinding)

	org.Inherit(app, Fixes, "finding")
	org.Follow(app, fixes)
	kit.OnSave(app, Fixes, saveFix)

	org.Inherit(app, Handovers, "inspection")
	org.Grow(app, Handovers)
	kit.OnSave(app, Handovers, saveHandover)

	app.Cron().MustAdd("inspections_remind", "45 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

var rounds = org.States{
	Collection: Rounds,
	Words: []org.Word{
		{State: "planned", Name: "筹备"}, {State: "working", Name: "进驻"}, {State: "reporting", Name: "报告"},
		{State: "feedback", Name: "已反馈"}, {State: "closed", Name: "已结束"},
	},
	Moves: []org.Move{
		{From: "planned", To: "working"}, {From: "working", To: "reporting"}, {From: "reporting", To: "feedback"}, {From: "feedback", To: "closed"},
	},
	Needs: map[string][]string{
		"working":   {"authority_basis", "authority_number"}, // R-INSP-01
		"reporting": {"ends"},
		"feedback":  {"report_number", "advice", "feedback_on"},
	},
	Filed: []string{"closed"},
}

// papers: one checks, another reviews (R-INSP-05).
var papers = org.States{
	Collection: Papers,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "checked", Name: "已检查"}, {State: "reviewed", Name: "已复核"}},
	Moves: []org.Move{
		{From: "draft", To: "checked", Power: edit, Sign: "checked_by"},
		{From: "checked", To: "draft", Power: edit},
		{From: "checked", To: "reviewed", Power: edit, Sign: "reviewed_by", Others: []string{"checked_by"}},
	},
	Needs: map[string][]string{"checked": {"facts"}},
	Filed: []string{"checked", "reviewed"},
}

var findings = org.States{
	Collection: Findings,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "reported", Name: "已反馈"}},
	Moves:      []org.Move{{From: "draft", To: "reported", Power: edit}},
	Filed:      []string{"reported"},
}

// fixes: the unit works, one inspector checks, another reviews (14.22, 14.23).
var fixes = org.States{
	Collection: Fixes,
	Words: []org.Word{
		{State: "open", Name: "待定方案"}, {State: "planned", Name: "已定方案"}, {State: "doing", Name: "整改中"}, {State: "submitted", Name: "已提交"},
		{State: "returned", Name: "已退回"}, {State: "checked", Name: "已检查"}, {State: "reviewed", Name: "已复核"}, {State: "closed", Name: "已销号"},
		{State: "reopened", Name: "回头看未到位"}, {State: "faked", Name: "虚假整改"},
	},
	Moves: []org.Move{
		{From: "open", To: "planned", Power: "plan.submit"},
		{From: "planned", To: "doing", Power: "plan.submit"},
		{From: "doing", To: "submitted", Power: "plan.submit", Sign: "submitted_by"},
		{From: "submitted", To: "returned", Power: edit},
		{From: "submitted", To: "checked", Power: edit, Sign: "checked_by", Others: []string{"submitted_by"}},
		{From: "checked", To: "returned", Power: edit},
		{From: "checked", To: "reviewed", Power: edit, Sign: "reviewed_by", Others: []string{"submitted_by", "checked_by"}},
		{From: "returned", To: "doing", Power: "plan.submit"},
		{From: "reviewed", To: "closed", Power: edit},
		{From: "closed", To: "reopened", Power: edit},
		{From: "closed", To: "faked", Power: edit},
		{From: "reopened", To: "faked", Power: edit},
		{From: "reopened", To: "doing"},
		{From: "faked", To: "doing"},
	},
	Needs: map[string][]string{
		"planned":   {"person", "measures", "due"},
		"submitted": {"result", "promised"},
		"returned":  {"opinion"},
		"closed":    {"closed_on"},
	},
	Filed: []string{"closed"},
}
