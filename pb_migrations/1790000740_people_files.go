package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Members' files (党员档案): that there is one, where it is kept, which of the
// required papers it holds, and who has it. What the papers say is no part of
// it, and no copy of them. A person reads about their own, and who has had it.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{peopleFiles, peoplePapers, peopleLoans} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "people_files", "people_papers", "people_loans")
	})
}

func peopleFiles(app core.App) error {
	c := core.NewBaseCollection("people_files")
	kept(c, "people")
	read := either(self("person"), under("people"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under("people.edit"), unchanged("org", "person"))
	c.DeleteRule = nil
	c.Fields.Add(
		requiredRelation(app, "person", "people", "谁的档案。"),
		choice("kind", "档案类别：personnel 党员材料存入人事档案，party 没有人事档案，单独建党员档案。", "personnel", "party"),
		&core.TextField{Name: "number", Max: 40, Presentable: true, Help: "档案编号。"},
		&core.TextField{Name: "place", Max: 100, Help: "存放地点：例如“党工委档案室 3 柜 2 层”，或者保管人事档案的单位。"},
		text("missing", "缺少的材料：由系统按人员类别和登记的材料填写，为空即齐全。"),
		date("checked_on", "核对日期：最近一次清点。"),
		state("状态：kept 在库，lent 借出，transit 转递中。借出和归还由借阅登记带动，组织关系转走后为转递中。", "kept", "lent", "transit"),
	)
	scope(app, c, "由哪个组织管理，即本人所在的支部。由系统填写。")
	c.AddIndex("idx_people_files_person", true, "person", "")
	return app.Save(c)
}

func peoplePapers(app core.App) error {
	c := core.NewBaseCollection("people_papers")
	keptIn(c, "file", "people")
	c.ListRule = either(self("file.person"), under("people"))
	c.ViewRule = c.ListRule
	c.Fields.Add(
		child(app, "file", "people_files", "档案：属于谁的档案。"),
		choice("material", "材料：application 入党申请书，training 培养教育考察材料，review 政治审查材料，will 入党志愿书，full_application 转正申请书，other 其他。只登记有没有，不录内容。",
			"application", "training", "review", "will", "full_application", "other"),
		required(date("received_on", "归档日期。")),
		atLeastZero(whole("pages", "页数。")),
		choice("form", "原件：original 原件，copy 复印件（加盖公章）。", "original", "copy"),
	)
	scope(app, c, "档案所属的组织。由系统填写。")
	c.AddIndex("idx_people_papers_file", true, "file, material", "material != 'other'")
	indexEach(c, "received_on")
	return app.Save(c)
}

func peopleLoans(app core.App) error {
	c := core.NewBaseCollection("people_loans")
	keptIn(c, "file", "people")
	c.ListRule = either(self("file.person"), self("borrower"), under("people"))
	c.ViewRule = c.ListRule
	c.DeleteRule = nil
	c.Fields.Add(
		requiredRelation(app, "file", "people_files", "档案：借谁的档案。"),
		requiredRelation(app, "borrower", "people", "借阅人：不能是本人。"),
		choice("purpose", "用途：transfer 组织关系转接，development 发展党员，check 组织核查，appointment 考察任用，other 其他。", "transfer", "development", "check", "appointment", "other"),
		&core.TextField{Name: "note", Max: 200, Help: "说明：用途为“其他”时必填。"},
		relation(app, "approved_by", "people", "批准人：不能是借阅人和本人。"),
		required(date("lent_on", "借出日期。")),
		required(date("due", "应还日期。")),
		date("returned_on", "归还日期。归还时必填。"),
		relation(app, "taken_by", "people", "清点人：归还时由谁清点。由系统填写。"),
		state("状态：lent 借出，returned 已归还。", "lent", "returned"),
	)
	scope(app, c, "档案所属的组织。由系统填写。")
	indexEach(c, "borrower", "approved_by", "taken_by", "due")
	c.AddIndex("idx_people_loans_file", false, "file, lent_on", "")
	c.AddIndex("idx_people_loans_lent", true, "file", "state = 'lent'")
	return app.Save(c)
}
