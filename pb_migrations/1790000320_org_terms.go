package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Terms of office (届期), what a branch lacks against its regulations (对标), and
// branches that are looked into (软弱涣散排查). Terms and benchmarks are kept by
// who keeps the tree; a branch assesses itself; gradings are read and written
// by the committee alone until they are decided.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{orgTerms, orgBenchmarks, orgGaps, orgGradings} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "org_terms", "org_benchmarks", "org_gaps", "org_gradings")
	})
}

func orgTerms(app core.App) error {
	c := core.NewBaseCollection("org_terms")
	read := either(under("belong"), under("org"), under("elections"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("org"))
	c.UpdateRule = all(under("org"), unchanged("org", "ends"))
	c.DeleteRule = all(under("org"))
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 60, Presentable: true, Help: "届次：例如“东风社区党支部第五届”。"},
		required(date("since", "当选日期：本届从这一天算。")),
		&core.NumberField{Name: "years", Required: true, OnlyInt: true, Min: types.Pointer(2.0), Max: types.Pointer(5.0),
			Help: "任期年数：社区支部 5，其他支部 3；2018 年以前选出的本届按当时的任期，届满后才按新的执行。"},
		date("ends", "届满日期：当选日期加任期。由系统填写。"),
		date("extended", "延期至：经上级批准延期的，最长延 12 个月。"),
		text("extended_document", "延期批复文号。延期的必填。"),
		date("ended_on", "本届结束日期：换届选举的那一天。结束时必填。"),
		text("note", "备注。"),
		state("进度：current 在届，ended 已换届。", "current", "ended"),
	)
	scope(app, c, "所属组织：哪个组织的届期。党工委由上级任命，没有届期。")
	c.AddIndex("idx_org_terms_current", true, "org", "state = 'current'")
	c.AddIndex("idx_org_terms_ends", false, "state, ends", "")
	return app.Save(c)
}

func orgBenchmarks(app core.App) error {
	c := core.NewBaseCollection("org_benchmarks")
	read := either(under("belong"), under("org"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("org"))
	c.UpdateRule = all(under("org"), unchanged("org"))
	c.DeleteRule = all(under("org"))
	c.Fields.Add(
		choice("regulation", "哪部条例：organ 党和国家机关基层组织工作条例，branch 支部工作条例。社区支部用后者，两套清单分开。", "organ", "branch"),
		&core.TextField{Name: "article", Required: true, Max: 20, Help: "条：例如“第十一条”。"},
		&core.TextField{Name: "requirement", Required: true, Max: 500, Presentable: true, Help: "要求：这一条要求做到什么。"},
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(2020.0), Max: types.Pointer(2099.0), Help: "年度：哪一年的对标清单。"},
		whole("sort", "排列次序，小的在前。"),
	)
	scope(app, c, "制定清单的组织，下级按它对标。")
	c.AddIndex("idx_org_benchmarks_year", false, "year, regulation, sort", "")
	return app.Save(c)
}

func orgGaps(app core.App) error {
	c := core.NewBaseCollection("org_gaps")
	read := either(under("plan"), under("org"))
	c.ListRule, c.ViewRule = read, read
	writes := "(" + under("plan.submit") + " || " + under("org") + ")"
	c.CreateRule = either(underNew("plan.submit"), underNew("org"))
	c.UpdateRule = all(writes, unchanged("org", "benchmark"))
	c.DeleteRule = all(writes)
	c.Fields.Add(
		requiredRelation(app, "benchmark", "org_benchmarks", "对照的条款。"),
		choice("result", "自评：met 已做到，partly 部分做到，unmet 没有做到。", "met", "partly", "unmet"),
		&core.TextField{Name: "problem", Max: 1000, Help: "不足：差在哪里。没有完全做到的必填。"},
		&core.TextField{Name: "measures", Max: 2000, Help: "整改措施：怎么改。审核以前必填，已做到的不用填。"},
		relation(app, "person", "people", "整改责任人。"),
		date("due", "整改期限。没有完全做到的，审核以前必填。"),
		&core.TextField{Name: "done", Max: 2000, Help: "整改情况：做了什么、成效如何。提请销号时必填。"},
		signed(app, "submitted_by", "自评人。由系统填写。"),
		signed(app, "reviewed_by", "审核人，不能是自评人。由系统填写。"),
		signed(app, "fixed_by", "提请销号的人。由系统填写。"),
		signed(app, "closed_by", "销号人，不能是提请人。由系统填写。"),
		state("进度：draft 自评中，submitted 已提交，reviewed 已审核，fixed 已整改，closed 已销号。", "draft", "submitted", "reviewed", "fixed", "closed"),
	)
	scope(app, c, "对标的支部或科室。")
	c.AddIndex("idx_org_gaps_once", true, "org, benchmark", "")
	c.AddIndex("idx_org_gaps_due", false, "state, due", "")
	indexEach(c, "benchmark", "person", "submitted_by", "reviewed_by", "fixed_by", "closed_by")
	return app.Save(c)
}

func orgGradings(app core.App) error {
	c := core.NewBaseCollection("org_gradings")
	read := either(under("org"), `(state != "listed" && state != "cleared" && `+under("plan.submit")+`)`)
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew("org"))
	c.UpdateRule = all(under("org"), unchanged("org", "year"))
	c.DeleteRule = all(under("org"))
	signs := optional(choice("signs", "排查线索：vacancy 书记空缺三个月以上，idle 上季度没有支部党员大会，overdue 届满没有换届也没有延期批复，weak 班子配备不齐，service 服务群众不力，other 其他。列入排查不等于认定。",
		"vacancy", "idle", "overdue", "weak", "service", "other"))
	signs.MaxSelect = 6
	c.Fields.Add(
		&core.NumberField{Name: "year", Required: true, OnlyInt: true, Min: types.Pointer(2020.0), Max: types.Pointer(2099.0), Help: "年度：一个支部一年一条。"},
		signs,
		&core.TextField{Name: "facts", Max: 5000, Help: "情况：排查和调研了解到什么。认定以前必填。只写组织的工作。"},
		date("surveyed_on", "专题调研日期。认定以前必填。"),
		&core.FileField{Name: "survey", MaxSelect: 3, MaxSize: 20 << 20, Protected: true, Help: "调研报告。"},
		date("decided_on", "研究决定日期：党工委会研究认定或不认定的日期。"),
		text("document", "决定文号：会议纪要或者文件的编号。认定、不认定都必填。"),
		&core.TextField{Name: "measures", Max: 5000, Help: "转化措施：整顿时必填。"},
		date("due", "转化期限：整顿时必填。"),
		&core.TextField{Name: "outcome", Max: 2000, Help: "转化结果：转化时必填。"},
		signed(app, "decided_by", "登记决定的人。由系统填写。"),
		signed(app, "accepted_by", "验收人。由系统填写。"),
		state("进度：listed 列入排查，weak 认定软弱涣散，cleared 不认定，fixing 整顿中，turned 已转化。是否认定由党工委研究决定，系统不作结论。",
			"listed", "weak", "cleared", "fixing", "turned"),
	)
	scope(app, c, "排查的党支部。")
	c.AddIndex("idx_org_gradings_once", true, "org, year", "")
	c.AddIndex("idx_org_gradings_due", false, "state, due", "")
	indexEach(c, "decided_by", "accepted_by")
	return app.Save(c)
}
