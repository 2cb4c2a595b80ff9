package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Meetings and what belongs to one. Officers with "meetings" in reach read,
// "meetings.edit" writes; who hosts, records, lectures or is talked with reads
// their own, and everybody of an organization the filed meetings that were held
// for all. A member reads their own attendance; who answers for a resolution
// reports on it. A vote holds numbers, never who voted what.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{meetings, meetingsLists, meetingsAgenda, meetingsAttendance, meetingsVotes, meetingsResolutions} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "meetings", "meetings_lists", "meetings_agenda", "meetings_attendance", "meetings_votes", "meetings_resolutions")
	})
}

func meetings(app core.App) error {
	c := core.NewBaseCollection("meetings")
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "会议名称：例如“三月支部党员大会”。"},
		choice("kind", "类别：branch_assembly 支部大会，branch_committee 支委会，party_group 小组会，party_lecture 党课，theme_day 主题党日，org_life_meeting 组织生活会，appraisal 评议，democratic_life 民主生活会，center_group 中心组，committee 党工委会，heart_talk 谈心。",
			"branch_assembly", "branch_committee", "party_group", "party_lecture", "theme_day", "org_life_meeting",
			"appraisal", "democratic_life", "center_group", "committee", "heart_talk"),
		required(date("held_on", "日期：安排或实际召开的日期。")),
		&core.TextField{Name: "starts", Pattern: `^([01]\d|2[0-3]):[0-5]\d$`, Help: "时间：几点开始，例如 09:30。"},
		text("place", "地点。"),
		relation(app, "host", "people", "主持人。谈心谈话的为发起人。"),
		relation(app, "recorder", "people", "记录人：不能是主持人。"),
		relation(app, "lecturer", "people", "主讲人：党课和中心组学习填写。"),
		relation(app, "talked_with", "people", "谈话对象：谈心谈话填写。只记谁与谁、何时，不记谈了什么。"),
		choiceOf("state", "状态：planned 已安排，held 已召开，recorded 已记录，filed 已归档，cancelled 已取消。归档后不能修改，差错另作更正件。",
			"planned", "held", "recorded", "filed", "cancelled"),
		whole("expected", "应到：不含免于要求的。由系统按签到填写。"),
		whole("attended", "实到。由系统按签到填写。"),
		longText("minutes", "发言要点。谈心谈话不填写。"),
		&core.TextField{Name: "urgent_note", Max: 300, Help: "紧急说明：党工委会没有第一议题的，写明是什么紧急会议。"},
		&core.TextField{Name: "cancel_note", Max: 300, Help: "取消原因。"},
		relation(app, "filed_by", "people", "归档人。由系统填写。"),
		&core.FileField{Name: "files", MaxSelect: 20, MaxSize: 20 << 20, Protected: true, Help: "材料：通知、讲稿、签到表、照片等。"},
	)
	scope(app, c, "召开的组织。")
	open := `(state = "filed" && (kind = "branch_assembly" || kind = "theme_day" || kind = "party_lecture") && ` + under("belong") + `)`
	read := either(under("meetings"), self("host"), self("recorder"), self("lecturer"), self("talked_with"), open)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("meetings.edit"))
	c.UpdateRule = all(under("meetings.edit"), unchanged("org", "expected", "attended", "filed_by"))
	c.DeleteRule = all(under("meetings.edit"))
	c.AddIndex("idx_meetings_kind", false, "org, kind, held_on", "")
	c.AddIndex("idx_meetings_held_on", false, "held_on", "")
	for _, by := range []string{"host", "recorder", "lecturer", "talked_with", "filed_by"} {
		c.AddIndex("idx_meetings_"+by, false, by, "")
	}
	return app.Save(c)
}

// meetingsLists: the matters that the committee decides on itself (三重一大). A list
// in force is followed by a new version, never changed.
func meetingsLists(app core.App) error {
	c := core.NewBaseCollection("meetings_lists")
	kept(c, "meetings")
	read := either(under("meetings"), under("belong"))
	c.ListRule, c.ViewRule = read, read
	from := func(name, help string) *core.NumberField {
		return &core.NumberField{Name: name, Required: true, OnlyInt: true, Min: types.Pointer(1.0), Help: help}
	}
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "清单：例如“党工委前置讨论‘三重一大’事项清单（2026年修订）”。"},
		&core.TextField{Name: "document", Required: true, Max: 100, Help: "文号：哪份文件定的。"},
		required(date("effective_on", "生效日期：从这一天起按它判定，上一版自动失效。生效后不能修改，修订的登记新版。")),
		from("project_from", "重大项目起点（分）：多少钱起的项目要上会，例如 2 万元写 2000000。"),
		from("funds_from", "大额资金起点（分）：多少钱起的资金要上会，例如 1 万元写 1000000。"),
		&core.TextField{Name: "matters", Required: true, Max: 20_000, Help: "事项：重大决策、人事任免、重大项目、大额资金各有哪些，逐条列出。"},
		&core.FileField{Name: "files", MaxSelect: 3, MaxSize: 20 << 20, Protected: true, Help: "文件：印发的清单。"},
	)
	scope(app, c, "适用的组织：及于它和它的下级，离得最近的一份为准。")
	c.AddIndex("idx_meetings_lists_version", true, "org, effective_on", "")
	return app.Save(c)
}

func meetingsAgenda(app core.App) error {
	c := core.NewBaseCollection("meetings_agenda")
	speakers := relation(app, "speakers", "people", "表态次序：党工委会议决事项，按先后选表过态的人，书记排在最后。只记谁表过态，不记什么意见。")
	speakers.MaxSelect = 50
	withdrew := relation(app, "withdrew", "people", "回避：事项涉及本人或者亲属利益，讨论和表决时离场的人。不写原因。")
	withdrew.MaxSelect = 20
	c.Fields.Add(
		child(app, "meeting", "meetings", "会议。"),
		&core.NumberField{Name: "number", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(99.0), Help: "次序：从 1 开始。"},
		&core.TextField{Name: "title", Required: true, Max: 300, Presentable: true, Help: "议题。"},
		choice("kind", "性质：first_topic 第一议题，decision 议决，report 听取汇报，study 学习，other 其他。第一议题排在第 1 项。",
			"first_topic", "decision", "report", "study", "other"),
		choiceOf("major", "重大事项：decision 重大决策，appointment 人事任免，project 重大项目，funds 大额资金，award 奖惩，community 社区重大事项。不是的为空。",
			"decision", "appointment", "project", "funds", "award", "community"),
		whole("amount", "金额（分）：项目和资金填写，按现行清单判定是不是重大事项。"),
		relation(app, "list", "meetings_lists", "依据清单：开会那天生效的“三重一大”清单。由系统填写。"),
		relation(app, "reporter", "people", "汇报人。"),
		longText("speeches", "发言要点。"),
		speakers,
		withdrew,
		choiceOf("outcome", "结果：noted 已传达，adopted 通过，rejected 未通过，deferred 暂缓。", "noted", "adopted", "rejected", "deferred"),
	)
	scope(app, c, "所属组织。由系统填写。")
	ofMeeting(c, under("meetings"))
	c.AddIndex("idx_meetings_agenda_meeting", true, "meeting, number", "")
	indexEach(c, "reporter", "list", "speakers", "withdrew")
	return app.Save(c)
}

// ofMeeting opens what belongs to a meeting.
func ofMeeting(c *core.Collection, read ...string) {
	c.ListRule, c.ViewRule = either(read...), either(read...)
	c.CreateRule = all(underParent("meeting", "meetings.edit"))
	c.UpdateRule = all(under("meetings.edit"), unchanged("org", "meeting"))
	c.DeleteRule = all(under("meetings.edit"))
}

func meetingsAttendance(app core.App) error {
	c := core.NewBaseCollection("meetings_attendance")
	c.Fields.Add(
		child(app, "meeting", "meetings", "会议。"),
		requiredRelation(app, "person", "people", "应到人。"),
		choice("status", "到会：present 到会，leave 请假，absent 无故缺席，exempt 免于要求，observer 列席。免于要求的（老弱病残等）和列席的不计入应到和缺席。",
			"present", "leave", "absent", "exempt", "observer"),
		text("reason", "原因：请假和免于要求的填写。不写病情。"),
		date("made_up_on", "补课日期：缺席中心组学习的，补课后填写。"),
	)
	scope(app, c, "所属组织。由系统填写。")
	ofMeeting(c, under("meetings"), self("person"))
	c.AddIndex("idx_meetings_attendance_meeting", true, "meeting, person", "")
	c.AddIndex("idx_meetings_attendance_person", false, "person, status", "")
	return app.Save(c)
}

func meetingsVotes(app core.App) error {
	c := core.NewBaseCollection("meetings_votes")
	count := func(name, help string) *core.NumberField {
		return &core.NumberField{Name: name, OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(100_000.0), Help: help}
	}
	c.Fields.Add(
		child(app, "agenda", "meetings_agenda", "议题。一项议题一次表决，逐项、人事逐人。"),
		child(app, "meeting", "meetings", "会议。由系统填写。"),
		choice("mode", "口径：assembly_general 支部大会一般议题，assembly_dev 接收和转正，assembly_election 选举，committee_branch 支委会，street_committee 党工委会，street_major 党工委会（三分之二到会）。",
			"assembly_general", "assembly_dev", "assembly_election", "committee_branch", "street_committee", "street_major"),
		choice("method", "方式：oral 口头，hands 举手，ballot 票决。", "oral", "hands", "ballot"),
		count("expected", "应到：有表决权的人数。"),
		count("attended", "实到：有表决权的到会人数。"),
		count("written", "书面意见：因故不能到会、会前正式提出的人数，只用于接收和转正，计入票数，不计入到会。"),
		count("yes", "赞成。"),
		count("no", "反对。"),
		count("abstain", "弃权。"),
		flag("quorum", "到会有效：由系统按口径计算。"),
		flag("passed", "通过：由系统按口径计算。"),
		text("remark", "提示：由系统填写，例如到会恰好五分之四。"),
	)
	scope(app, c, "所属组织。由系统填写。")
	ofMeeting(c, under("meetings"))
	c.CreateRule = all(underParent("agenda", "meetings.edit"))
	c.UpdateRule = all(under("meetings.edit"), unchanged("org", "agenda", "meeting", "quorum", "passed", "remark"))
	c.AddIndex("idx_meetings_votes_agenda", true, "agenda", "")
	c.AddIndex("idx_meetings_votes_meeting", false, "meeting", "")
	return app.Save(c)
}

func meetingsResolutions(app core.App) error {
	c := core.NewBaseCollection("meetings_resolutions")
	c.Fields.Add(
		child(app, "agenda", "meetings_agenda", "议题：哪一项的决议。"),
		child(app, "meeting", "meetings", "会议。由系统填写。"),
		&core.TextField{Name: "text", Required: true, Max: 1000, Presentable: true, Help: "决议：定了什么事。归档后要变，须重新上会。"},
		relation(app, "unit", "org_units", "责任组织。"),
		relation(app, "responsible", "people", "责任人。"),
		date("due", "期限。"),
		choiceOf("state", "状态：decided 已议定，doing 办理中，done 已办结，replaced 已变更。", "decided", "doing", "done", "replaced"),
		&core.TextField{Name: "feedback", Max: 5000, Help: "反馈：办得怎样，有量化的写数量。"},
		date("done_on", "办结日期。由系统填写。"),
		relation(app, "done_by", "people", "办结登记人。由系统填写。"),
	)
	scope(app, c, "所属组织。由系统填写。")
	if err := app.Save(c); err != nil { // a relation to itself comes after it
		return err
	}
	c.Fields.Add(relation(app, "replaces", c.Name, "变更：这项决议变更以前哪一项决议。本次会议归档时，原决议改为“已变更”。"))
	ofMeeting(c, under("meetings"), self("responsible"))
	c.CreateRule = all(underParent("agenda", "meetings.edit"))
	c.UpdateRule = either(`(`+under("meetings.edit")+` && `+unchanged("org", "agenda", "meeting", "done_by", "done_on")+`)`,
		`(`+self("responsible")+` && `+unchanged("org", "agenda", "meeting", "text", "unit", "responsible", "due", "replaces", "done_by", "done_on")+`)`)
	for _, by := range []string{"agenda", "meeting", "unit", "responsible", "done_by"} {
		c.AddIndex("idx_meetings_resolutions_"+by, false, by, "")
	}
	c.AddIndex("idx_meetings_resolutions_due", false, "state, due", "")
	c.AddIndex("idx_meetings_resolutions_replaces", true, "replaces", "replaces != ''")
	return app.Save(c)
}
