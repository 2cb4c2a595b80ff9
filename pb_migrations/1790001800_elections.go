package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Elections (换届). Officers of the branch keep them, the committee approves the
// request and the result. A ballot is counted and never kept: no record says
// who voted for whom. Candidates and results are read by the members of the
// branch, the candidates once they are approved, the count once it is verified.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{electionsElections, electionsCandidates, electionsTallies} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "elections", "elections_candidates", "elections_tallies")
	})
}

func electionsElections(app core.App) error {
	c := core.NewBaseCollection("elections")
	kept(c, "elections")
	known := `(state != "preparing" && state != "requested" && ` + under("belong") + `)`
	c.ListRule, c.ViewRule = either(under("elections"), known), either(under("elections"), known)
	helpers := relation(app, "counters", "people", "监票人和计票人：至少两人，从不是候选人的党员中推选。选举前必填。")
	helpers.MaxSelect = 10
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "名称：例如“东风社区党支部换届选举”。"},
		choice("kind", "类别：renewal 换届，early 提前换届，byelection 补选。", "renewal", "early", "byelection"),
		relation(app, "term", "org_terms", "本届：换届选举结束哪一届。补选不填。"),
		text("next", "下届名称：例如“东风社区党支部第六届”。换届的，结果批准前必填。"),
		&core.NumberField{Name: "seats", Required: true, OnlyInt: true, Min: types.Pointer(1.0), Max: types.Pointer(11.0), Help: "应选名额。"},
		text("request_document", "请示文号。报请示时必填。"),
		date("requested_on", "请示日期。报请示时必填。"),
		text("approval_document", "批复文号。批复时必填。"),
		date("held_on", "选举日期：召开党员大会的日期。选举后必填。"),
		helpers,
		atLeastZero(whole("expected", "应到人数：有选举权的正式党员，可以剔除的须经上级同意和大会通过。选举后必填。")),
		atLeastZero(whole("present", "实到人数：到会的有选举权党员，不能少于应到的五分之四。选举后必填。")),
		text("exclusion_document", "剔除批复文号：有经同意不计入应到的人时填写。"),
		atLeastZero(whole("issued", "发出选票。选举后必填。")),
		atLeastZero(whole("returned", "收回选票：多于发出的无效。选举后必填。")),
		atLeastZero(whole("invalid", "废票：选数多于应选名额等作废的选票。")),
		text("result_document", "结果批复文号：书记、副书记报党工委批准，委员备案。批准时必填。"),
		date("reported_on", "报告日期：换届后一个月内报告换届情况。归档前必填。"),
		atLeastZero(whole("complaints", "换届纪律举报：收到几件。只记件数，不登记举报人。")),
		atLeastZero(whole("handled", "已办结的举报件数。没有全部办结的不能批准结果。")),
		text("cancel_note", "取消说明。取消时必填。"),
		&core.FileField{Name: "files", MaxSelect: 20, MaxSize: 20 << 20, Protected: true, Help: "材料：请示、批复、选举办法、选票样张、工作报告、党费报告、会议记录。"},
		signed(app, "counted_by", "计票登记人。由系统填写。"),
		signed(app, "verified_by", "核对人，不能是计票登记人。由系统填写。"),
		signed(app, "approved_by", "登记结果批准的人。由系统填写。"),
		state("进度：preparing 筹备，requested 已请示，approved 已批复，counted 已计票，verified 已核对，confirmed 已批准，filed 已归档，cancelled 已取消。核对以后票数不能修改。",
			"preparing", "requested", "approved", "counted", "verified", "confirmed", "filed", "cancelled"),
	)
	scope(app, c, "选举的组织。")
	c.AddIndex("idx_elections_held", false, "state, held_on", "")
	indexEach(c, "term", "counters", "counted_by", "verified_by", "approved_by")
	return app.Save(c)
}

func electionsCandidates(app core.App) error {
	c := core.NewBaseCollection("elections_candidates")
	keptIn(c, "election", "elections")
	known := `(state = "approved" && ` + under("belong") + `)`
	c.ListRule, c.ViewRule = either(under("elections"), known), either(under("elections"), known)
	c.Fields.Add(
		requiredRelation(app, "election", "elections", "选举。"),
		requiredRelation(app, "person", "people", "候选人：正式党员。"),
		&core.TextField{Name: "name", Max: 50, Presentable: true, Help: "姓名。由系统填写。"},
		choice("source", "怎样产生：member 党员推荐，committee 支委会提名，written 另选他人。", "member", "committee", "written"),
		choice("seat", "人选：member 委员，secretary 书记人选，deputy 副书记人选。书记、副书记由新一届支委会等额选出。", "member", "secretary", "deputy"),
		text("document", "审批文号：预备人选报党工委审批的文号。"),
		state("进度：proposed 初步人选，approved 正式候选人，dropped 未列入。", "proposed", "approved", "dropped"),
	)
	scope(app, c, "选举的组织。由系统填写。")
	c.AddIndex("idx_elections_candidates_once", true, "election, person", "")
	indexEach(c, "person")
	return app.Save(c)
}

func electionsTallies(app core.App) error {
	c := core.NewBaseCollection("elections_tallies")
	keptIn(c, "candidate", "elections")
	known := `((election.state = "verified" || election.state = "confirmed" || election.state = "filed") && ` + under("belong") + `)`
	c.ListRule, c.ViewRule = either(under("elections"), known), either(under("elections"), known)
	c.UpdateRule = all(under("elections.edit"), unchanged("org", "election", "candidate", "elected"))
	c.Fields.Add(
		relation(app, "election", "elections", "选举。由系统填写。"),
		requiredRelation(app, "candidate", "elections_candidates", "候选人。"),
		&core.NumberField{Name: "round", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(5.0), Help: "第几次投票：不填为 1。得票相等或者不足名额再次投票的，为 2、3。"},
		atLeastZero(whole("yes", "赞成票。")),
		atLeastZero(whole("no", "反对票。")),
		atLeastZero(whole("abstain", "弃权票。")),
		flag("elected", "当选：赞成超过实到有选举权人数的一半，并在应选名额之内。由系统填写。"),
	)
	scope(app, c, "选举的组织。由系统填写。")
	c.AddIndex("idx_elections_tallies_once", true, "candidate, round", "")
	indexEach(c, "election")
	return app.Save(c)
}
