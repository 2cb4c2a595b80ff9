package pb_migrations

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Transfers of membership (组织关系转接). A member applies for their own, whoever
// keeps the roster for others; both sides read the letter, the receiving one
// only from the day it was issued, and it holds nothing that is sensitive.
// Approvals move a transfer on; people only issue letters, enter what comes
// back on paper, and file.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{letterSettings, peopleTransfers, receivingFlow} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		if _, err := app.DB().Delete("approvals_flows", dbx.HashExp{"id": nearFlow}).Execute(); err != nil {
			return err
		}
		if err := drop(app, "people_transfers"); err != nil {
			return err
		}
		settings, err := app.FindCollectionByNameOrId("people_settings")
		if err != nil {
			return err
		}
		for _, name := range []string{"letter_days", "letter_notice"} {
			settings.Fields.RemoveByName(name)
		}
		return app.Save(settings)
	})
}

// letterSettings: how long letters are valid is a matter of the place (domain.md
// 5.1 and 16, 14).
func letterSettings(app core.App) error {
	c, err := app.FindCollectionByNameOrId("people_settings")
	if err != nil {
		return err
	}
	c.Fields.Add(
		&core.NumberField{Name: "letter_days", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(180.0),
			Help: "介绍信最长有效多少天。为 0 即 90 天。开信时可以写得更短，例如市内 10 天、市外 30 天。"},
		&core.NumberField{Name: "letter_notice", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(60.0),
			Help: "介绍信到期前多少天提醒双方。为 0 即 7 天。"},
	)
	return app.Save(c)
}

func peopleTransfers(app core.App) error {
	c := core.NewBaseCollection("people_transfers")
	read := either(self("person"), self("by"), under("people"), `(issued_on != "" && under(to_org.path, @request.auth.id, "people") = true)`)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(self("person"), underNew("people.edit"))
	c.UpdateRule = all(`(`+under("people.edit")+` || (state = "applied" && (`+self("person")+` || `+self("by")+`)))`, unchanged("org", "person"))
	c.Fields.Add(
		&core.TextField{Name: "name", Max: 50, Presentable: true, Help: "姓名：名册上有的由系统填写，从系统外转入的照介绍信填写。"},
		relation(app, "person", "people", "谁：转入的人还不在名册上时为空，接收后由系统填写。"),
		choiceOf("direction", "去向：inner 本党工委内，across 系统内其他党工委，out 转往系统外，in 从系统外转入。系统内的由系统按转入支部判断。",
			"inner", "across", "out", "in"),
		choiceOf("kind", "人员类别：member 正式党员，probationary 预备党员，activist 入党积极分子。名册上有的由系统填写。", "member", "probationary", "activist"),
		choice("reason", "转接原因：work 工作单位变动，residence 经常居住地变动，study 外出学习工作六个月以上且地点固定，retire 离退休，org 组织设置调整，other 其他。",
			"work", "residence", "study", "retire", "org", "other"),
		&core.TextField{Name: "note", Max: 300, Help: "补充说明：原因为“其他”时必填。双方组织都看得到，不写电话、证件号。"},
		text("from_name", "转出单位：全称。从系统外转入的照介绍信填写，其余由系统填写。"),
		relation(app, "to_org", "org_units", "转入支部：转往系统外的为空。"),
		text("to_name", "转入单位：全称。转往系统外的必填，其余由系统填写。"),
		&core.TextField{Name: "paid_to", Pattern: monthPattern, Help: "党费交至：年月，例如 2026-05。正式党员和预备党员开信前必填，转入方从次月起收。"},
		date("trained_since", "培养起始：入党积极分子从哪天起培养，转入后连续计算。积极分子开信前必填。"),
		day("join_date", "入党日期：从系统外转入的照介绍信填写。"),
		day("full_date", "转正日期：从系统外转入的照介绍信填写。"),
		relation(app, "issuer", "org_units", "开信单位：由系统填写。"),
		whole("letter_year", "介绍信的年份。由系统填写。"),
		whole("letter_no", "介绍信的序号：同一单位同一年不重复。由系统填写。"),
		&core.TextField{Name: "letter", Max: 60, Help: "介绍信编号：例如〔2026〕12号。从系统外转入的照介绍信填写，其余由系统填写。"},
		date("issued_on", "开信日期：从系统外转入的照介绍信填写，其余由系统填写。"),
		&core.NumberField{Name: "valid_days", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(180.0), Help: "有效天数：为 0 即按设置的最长天数。"},
		date("valid_until", "有效期至：当天还有效。从系统外转入的照介绍信填写，其余由系统填写。"),
		signed(app, "issued_by", "开信经办人。由系统填写。"),
		date("receipt_on", "回执日期：转往系统外的，收到回执时填写；其余由系统填写。"),
		signed(app, "receipt_by", "回执经办人。由系统填写。"),
		&core.TextField{Name: "refusal", Max: 500, Help: "未办成的原因：退回、撤销时写明。"},
		&core.TextField{Name: "explanation", Max: 500, Help: "情况说明：上一封介绍信过期的，原支部说明情况，开信前必填。"},
		relation(app, "by", "people", "登记人：本人申请的为本人。由系统填写。"),
		state("进度：applied 已申请，agreed 支部已同意，approved 待开介绍信，issued 在途，received 支部已接收，receipted 已回执，archived 已归档，"+
			"returned 被退回，expired 介绍信过期，rejected 未批准，withdrawn 已撤回。",
			"applied", "agreed", "approved", "issued", "received", "receipted", "archived", "returned", "expired", "rejected", "withdrawn"),
	)
	scope(app, c, "转出的支部；从系统外转入的为转入的支部。由系统填写。")
	indexEach(c, "to_org", "issued_by", "receipt_by", "by")
	c.AddIndex("idx_people_transfers_person", false, "person, created", "")
	c.AddIndex("idx_people_transfers_open", true, "person",
		"person != '' AND state IN ('applied', 'agreed', 'approved', 'issued', 'received')")
	c.AddIndex("idx_people_transfers_letter", true, "issuer, letter_year, letter_no", "letter_no > 0")
	c.AddIndex("idx_people_transfers_valid", false, "state, valid_until", "")
	if err := app.Save(c); err != nil {
		return err
	}
	c.Fields.Add(relation(app, "previous", c.Name, "上一次：上一封过期的介绍信。由系统填写。"))
	indexEach(c, "previous")
	return app.Save(c)
}

// nearFlow is the flow of letters that stay below one committee: it has checked
// already, so the branch alone receives (a burden less).
const nearFlow = "flowtransfernea"

func receivingFlow(app core.App) error {
	now := types.NowDateTime().String()
	_, err := app.DB().Insert("approvals_flows", dbx.Params{
		"id": nearFlow, "kind": "transfer_in", "name": "组织关系转入（本党工委内）", "priority": 1, "version": 1, "since": "2020-01-01", "until": "",
		"condition": `direction = "inner"`, "subject": "people_transfers", "expires": 20, "document": "", "created": now, "updated": now,
		"steps": `[{"name":"支部接收","role":"branch_secretary","at":"own","min":1,"days":5,"bulk":false}]`,
	}).Execute()
	return err
}
