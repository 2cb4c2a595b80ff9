// Package publicity keeps public notices (公示公开) and the objections to them.
//
// A notice stands for workdays, at least five, counted by the work calendar.
// Its text names nobody's identity number, home or telephone; outside the Party
// it keeps only a surname. Who has raised an objection isn't kept at all: one
// officer looks into it, another settles it, and only then the notice ends.
package publicity

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Notices    = "publicity_notices"
	Objections = "publicity_objections"
)

const edit = "publicity.edit"

// Bind attaches the rules of notices to app.
func Bind(app core.App) {
	org.Follow(app, notices)
	kit.OnSave(app, Notices, saveNotice)

	org.Inherit(app, Objections, "notice")
	org.Follow(app, objections)
	kit.OnSave(app, Objections, saveObjection)

	app.Cron().MustAdd("publicity_remind", "20 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
}

var notices = org.States{
	Collection: Notices,
	Words: []org.Word{
		{State: "draft", Name: "草拟"}, {State: "published", Name: "公示中"}, {State: "closed", Name: "已结束"},
		{State: "withdrawn", Name: "已撤下"}, {State: "exempted", Name: "经批准不公开"},
	},
	Moves: []org.Move{
		{From: "draft", To: "published", Power: edit, Sign: "published_by"},
		{From: "draft", To: "exempted", Power: edit, Sign: "published_by"},
		{From: "published", To: "closed", Power: edit, Sign: "closed_by"},
		{From: "published", To: "withdrawn", Power: edit, Sign: "closed_by"},
	},
	Needs: map[string][]string{
		"published": {"text", "tel", "begins"}, "closed": {"result"}, "withdrawn": {"withdraw_note"}, "exempted": {"exempt", "exempt_document"},
	},
	Filed: []string{"closed", "withdrawn", "exempted"},
}

var objections = org.States{
	Collection: Objections,
	Words:      []org.Word{{State: "received", Name: "已受理"}, {State: "checked", Name: "已核查"}, {State: "settled", Name: "已办结"}},
	Moves: []org.Move{
		{From: "received", To: "checked", Power: edit, Sign: "checked_by"},
		{From: "checked", To: "settled", Power: edit, Sign: "settled_by", Others: []string{"checked_by"}},
	},
	Needs: map[string][]string{"checked": {"facts", "conclusion"}, "settled": {"facts", "conclusion"}},
	Filed: []string{"settled"},
}

func saveNotice(e *core.RecordEvent) error {
	n := noticeOf(e.Record)
	stored, err := storedState(e)
	if err != nil {
		return err
	}
	if err := n.fill(e.App); err != nil {
		return err
	}
	if err := n.check(e.App); err != nil {
		return err
	}
	if err := n.pass(e.App, stored); err != nil {
		return err
	}
	return e.Next()
}

// storedState is the notice as it is stored; nil for a new one. What has been
// put up stays as it was put up.
func storedState(e *core.RecordEvent) (*core.Record, error) {
	if e.Record.IsNew() {
		return nil, nil
	}
	stored, err := kit.Stored(e)
	if err != nil || stored.GetString("state") == "draft" || kit.IsSystem(e.Context) {
		return stored, err
	}
	if field, changed := kit.Changed(e.Record, stored, "title", "kind", "audience", "person", "text", "tel", "begins", "workdays", "inclusive", "exempt", "exempt_document"); changed {
		return nil, kit.Reject(field, "publicity_published", "公示以后内容不能修改；有差错请撤下，重新公示。")
	}
	return stored, nil
}

func saveObjection(e *core.RecordEvent) error {
	r := e.Record
	notice, err := org.Parent(e.App, r, "notice")
	if err != nil {
		return err
	}
	if r.IsNew() && notice.GetString("state") != "published" && !kit.IsSystem(e.Context) {
		return kit.Reject("notice", "publicity_not_published", "只有公示中的才能登记异议。")
	}
	if err := CheckReceived(notice.GetString("state"), r.GetString("received_on"), notice.GetString("begins"), notice.GetString("ends"), kit.Today(e.App)); err != nil {
		return err
	}
	if err := org.CheckAnonymous("facts", r.GetString("facts")); err != nil {
		return err
	}
	return e.Next()
}
