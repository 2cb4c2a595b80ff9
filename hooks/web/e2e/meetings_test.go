package e2e

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
)

// assembly is a meeting of zb1 that has been held and isn't recorded yet.
func assembly(t *testing.T, app core.App) *core.Record {
	t.Helper()
	return apptest.Make(t, app, "meetings", map[string]any{
		"org": "@zb1", "title": "二季度支部党员大会", "kind": "branch_assembly", "held_on": "2026-06-09", "starts": "09:30", "place": "活动室",
		"host": "#branch1", "recorder": "#member", "minutes": "讨论下半年的活动。", "state": "held",
	})
}

// TestMeeting: the secretary of a branch writes down who came and what was on
// the agenda, is told at the field what doesn't go and on the record what is
// missing, and files the meeting; what is filed stays.
func TestMeeting(t *testing.T) {
	t.Parallel()
	h := open(t)
	meeting := assembly(t, h.app)
	apptest.Make(t, h.app, "people", map[string]any{"number": "leave", "name": "陈请假", "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "status_since": "2020-01-01"})
	p := h.as(t, apptest.Branch, desk, "status of 400")

	p.visit("/ledgers/meetings", "会议台账")
	p.press("二季度支部党员大会")
	p.sees("h1", "二季度支部党员大会")
	p.press("已记录")
	p.sees(".states [aria-pressed=true]", "已记录")
	p.press("已归档")
	p.sees(".states .wrong", "会议记录还没有签到情况（应到、实到、缺席及原因），不能归档。")

	p.visit("/ledgers/meetings_attendance/new", "登记签到台账")
	p.choose("会议", "二季度支部党员大会")
	p.choose("应到人", "陈请假")
	p.fill("[name=status]", "leave")
	p.press("登记")
	p.sees(".wrong[id$=-reason-error]", "请假和免于要求的要写明原因。")
	p.fill("[name=reason]", "外出学习")
	p.press("登记")
	p.sees("dd", "外出学习")
	p.visit("/ledgers/meetings_attendance", "签到台账")
	p.press("粘贴登记")
	p.fill("#paste-text", "会议\t应到人\t到会\n二季度支部党员大会\t孙党员\t到会\n二季度支部党员大会\t赵支书\t到会\n")
	p.press("核对")
	p.press("登记 2 行")
	p.sees("dialog [role=status]", "已登记 2 行")
	p.press("关闭")
	p.sees("td", "孙党员")

	p.visit("/ledgers/meetings_agenda/new", "登记议题台账")
	p.choose("会议", "二季度支部党员大会")
	p.fill("[name=number]", "1")
	p.fill("[name=title]", "学习全会精神")
	p.fill("[name=kind]", "study")
	p.press("登记")
	p.sees("h1", "学习全会精神")
	fileMeeting(p, meeting.Id)
}

// fileMeeting files it once nothing is missing, and tries to change it after that.
func fileMeeting(p *tab, meeting string) {
	p.t.Helper()
	p.visit("/ledgers/meetings/"+meeting, "二季度支部党员大会")
	p.press("已归档")
	p.sees(".states .wrong", "第 1 项议题“学习全会精神”还没有填写结果，不能归档。")
	p.visit("/ledgers/meetings_agenda", "议题台账")
	p.press("学习全会精神")
	p.press("修改")
	p.fill("[name=outcome]", "noted")
	p.press("保存")
	p.sees("dd", "已传达")
	p.visit("/ledgers/meetings/"+meeting, "二季度支部党员大会")
	p.press("已归档")
	p.sees(".states [aria-pressed=true]", "已归档")
	p.sees(".facts", "实到")
	p.picture("meeting-filed")

	p.press("修改")
	p.fill("[name=place]", "会议室")
	p.press("保存")
	p.sees(".wrong[id$=-place-error]", "“已归档”的记录不能修改；有差错请登记更正件。")
	p.waits(`document.activeElement.name === "place"`)
	p.visit("/ledgers/meetings_agenda", "议题台账")
	p.press("学习全会精神")
	p.press("修改")
	p.fill("[name=title]", "学习别的")
	p.press("保存")
	p.sees(".wrong[id$=-title-error]", "会议已经归档，不能修改")
}
