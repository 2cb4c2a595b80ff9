package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Members who are away (流动党员), how contact is kept with them, and those with
// whom contact was lost (失联党员). Whoever keeps the roster registers; a branch's
// officers and the member report contacts, without a word of what was said; who
// helps where the member lives reads the entry. A member reads their own.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{contactSettings, peopleFlows, peopleContacts, peopleLosses} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		if err := drop(app, "people_flows", "people_contacts", "people_losses"); err != nil {
			return err
		}
		settings, err := app.FindCollectionByNameOrId("people_settings")
		if err != nil {
			return err
		}
		settings.Fields.RemoveByName("contact_days")
		return app.Save(settings)
	})
}

func contactSettings(app core.App) error {
	c, err := app.FindCollectionByNameOrId("people_settings")
	if err != nil {
		return err
	}
	c.Fields.Add(&core.NumberField{Name: "contact_days", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(366.0),
		Help: "流动党员多少天没有联系就提醒支部。为 0 即 90 天。"})
	return app.Save(c)
}

func peopleFlows(app core.App) error {
	c := core.NewBaseCollection("people_flows")
	read := either(self("person"), under("people"), `under(to_org.path, @request.auth.id, "people") = true`)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("people.edit"))
	c.UpdateRule = all(under("people.edit"), unchanged("org", "person"))
	c.Fields.Add(
		requiredRelation(app, "person", "people", "流动党员：外出六个月以上、没有转组织关系的正式党员和预备党员。"),
		choice("reason", "外出事由：work 务工经商，study 学习，family 随亲属居住，abroad 出国（境）学习研究，settle 因私出国长期定居，other 其他。",
			"work", "study", "family", "abroad", "settle", "other"),
		required(date("since", "外出日期。")),
		date("expected", "预计返回日期。"),
		&core.TextField{Name: "flow_to", Required: true, Max: 100, Help: "外出流向：写到县区，不写门牌。"},
		relation(app, "to_org", "org_units", "流入地党支部：在本系统内的选这里，协助管理。"),
		text("host", "流入地党组织：在系统外的写全称。"),
		relation(app, "contact", "people", "流出地联系人：支部由谁保持联系，不是本人。"),
		&core.TextField{Name: "card", Max: 40, Help: "《流动党员活动证》编号。"},
		date("reviewed_on", "复核日期：最近一次核对外出情况。每六个月至少一次。"),
		date("review_due", "下次复核：由系统填写。"),
		date("last_contact", "最近联系：由系统按联系记录填写。"),
		date("ended_on", "结束日期。结束时必填。"),
		optional(choice("outcome", "结果：returned 已返回，transferred 已转组织关系，lost 失去联系，other 其他。结束时必填。", "returned", "transferred", "lost", "other")),
		state("状态：away 外出，ended 已结束。", "away", "ended"),
	)
	scope(app, c, "流出地：本人所在的支部。由系统填写。")
	indexEach(c, "to_org", "contact", "review_due")
	c.AddIndex("idx_people_flows_person", false, "person, since", "")
	c.AddIndex("idx_people_flows_away", true, "person", "state = 'away'")
	return app.Save(c)
}

func peopleContacts(app core.App) error {
	c := core.NewBaseCollection("people_contacts")
	read := either(self("flow.person"), under("people"), `under(flow.to_org.path, @request.auth.id, "people") = true`)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(self("flow.person"), underParent("flow", "people"), `under(flow.to_org.path, @request.auth.id, "people") = true`)
	c.Fields.Add(
		goesWith(requiredRelation(app, "flow", "people_flows", "流动登记：与谁联系。")),
		required(date("contacted_on", "联系日期。")),
		choice("way", "方式：phone 电话，video 视频，visit 走访，letter 书信，report 本人汇报。不记联系的内容。", "phone", "video", "visit", "letter", "report"),
		relation(app, "by", "people", "由谁联系。由系统填写。"),
	)
	scope(app, c, "流出地。由系统填写。")
	indexEach(c, "by")
	c.AddIndex("idx_people_contacts_flow", false, "flow, contacted_on", "")
	return app.Save(c)
}

func peopleLosses(app core.App) error {
	c := core.NewBaseCollection("people_losses")
	read := either(self("person"), under("people"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("people.edit"))
	c.UpdateRule = all(under("people.edit"), unchanged("org", "person"))
	c.Fields.Add(
		requiredRelation(app, "person", "people", "失联党员。"),
		required(date("lost_since", "失去联系日期：从哪天起联系不上。")),
		choice("cause", "失联情形：work 外出务工经商，reform 单位改制破产，graduate 毕业去向不明，employer 工作单位改变，abroad 出国境，moved 居住地改变，other 其他。",
			"work", "reform", "graduate", "employer", "abroad", "moved", "other"),
		&core.TextField{Name: "searches", Max: 1000, Help: "查找经过：哪天、通过什么途径查找，不写电话、证件号。停止党籍前必填。"},
		optional(choice("suggestion", "系统建议：stop 失联满六个月，请研究是否停止党籍；remove 停止党籍满两年，请核查是否除名。只是建议，由组织决定。由系统填写。", "stop", "remove")),
		date("suggested_on", "建议日期。由系统填写。"),
		date("stopped_on", "停止党籍日期：组织决定的日期。"),
		text("stop_document", "停止党籍的文号。"),
		date("removed_on", "除名日期：组织决定的日期。"),
		text("remove_document", "除名的文号。"),
		date("found_on", "取得联系日期。"),
		state("状态：searching 查找中，found 已取得联系，stopped 已停止党籍，removed 已除名。", "searching", "found", "stopped", "removed"),
	)
	scope(app, c, "本人所在的支部。由系统填写。")
	c.AddIndex("idx_people_losses_person", false, "person, lost_since", "")
	c.AddIndex("idx_people_losses_open", true, "person", "state IN ('searching', 'stopped')")
	c.AddIndex("idx_people_losses_state", false, "state, lost_since", "")
	return app.Save(c)
}
