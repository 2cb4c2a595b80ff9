package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Activities and contests (活动评比): who enters, what the judges give, which is
// never changed, and who is honoured after public notice.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{activitiesActivities, activitiesEntries, activitiesScores, activitiesHonors} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "activities", "activities_entries", "activities_scores", "activities_honors")
	})
}

func activitiesActivities(app core.App) error {
	c := core.NewBaseCollection("activities")
	kept(c, "activities")
	read := either(under("activities"), `(state != "planned" && `+under("belong")+`)`)
	c.ListRule, c.ViewRule = read, read
	judges := relation(app, "judges", "people", "评委：奇数，至少三人。评分前必填。")
	judges.MaxSelect = 15
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "名称：例如“支部书记讲党课比赛”。"},
		choice("kind", "类别：contest 党课竞赛，theme 主题活动，moral 道德讲坛，values 核心价值观进科室，brand 品牌创建，lecture 青年大讲堂，innovation 创新创意大赛，posts 青年岗位建功。",
			"contest", "theme", "moral", "values", "brand", "lecture", "innovation", "posts"),
		required(date("held_on", "举办日期。")),
		flag("scored", "评分：勾选即由评委打分。"),
		flag("trimmed", "去掉最高分和最低分：算法事先公开，开始评分后不能改。"),
		judges,
		text("place", "地点。"),
		atLeastZero(whole("participants", "参加人数。")),
		&core.TextField{Name: "outcome", Max: 2000, Help: "成效：成果和转化。结束时必填。"},
		state("进度：planned 筹备，open 报名，judging 评分，closed 已结束。", "planned", "open", "judging", "closed"),
	)
	scope(app, c, "主办的组织。")
	indexEach(c, "judges", "held_on")
	return app.Save(c)
}

func activitiesEntries(app core.App) error {
	c := core.NewBaseCollection("activities_entries")
	keptIn(c, "activity", "activities")
	read := either(self("person"), under("activities"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		requiredRelation(app, "activity", "activities", "活动。"),
		requiredRelation(app, "person", "people", "参赛人。"),
		requiredRelation(app, "team", "org_units", "代表的支部或科室。"),
		&core.TextField{Name: "title", Required: true, Max: 200, Presentable: true, Help: "作品：题目。"},
		&core.FileField{
			Name: "file", MaxSelect: 1, MaxSize: 20 << 20, Protected: true, MimeTypes: []string{"application/pdf", "text/plain", "image/jpeg", "image/png"},
			Help: "讲稿或作品，不超过 20 MB。",
		},
	)
	scope(app, c, "主办的组织。由系统填写。")
	c.AddIndex("idx_activities_entries_once", true, "activity, person", "")
	indexEach(c, "person", "team")
	return app.Save(c)
}

func activitiesScores(app core.App) error {
	c := core.NewBaseCollection("activities_scores")
	read := either(self("judge"), under("activities"))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = either(self("judge"), underParent("entry", "activities.edit"))
	c.Fields.Add(
		requiredRelation(app, "entry", "activities_entries", "作品。"),
		requiredRelation(app, "judge", "people", "评委。"),
		whole("points", "分数：百分之一分，例如 9250 即 92.50 分。"),
		flag("reversal", "冲正：冲掉这位评委对这件作品的上一次打分，再重新打分。"),
		text("reason", "冲正原因。冲正时必填。"),
	)
	scope(app, c, "主办的组织。由系统填写。")
	c.AddIndex("idx_activities_scores_entry", false, "entry, judge", "")
	indexEach(c, "judge")
	return app.Save(c)
}

func activitiesHonors(app core.App) error {
	c := core.NewBaseCollection("activities_honors")
	kept(c, "activities")
	read := either(under("activities"), self("person"), `(state = "awarded" && `+under("belong")+`)`)
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "荣誉：例如“党员示范岗”。"},
		relation(app, "activity", "activities", "活动：由哪项活动评出，可以不填。"),
		relation(app, "person", "people", "获得人。和获得组织填一个。"),
		relation(app, "unit", "org_units", "获得组织。和获得人填一个。"),
		&core.TextField{Name: "merits", Max: 2000, Help: "事迹。提名时必填。"},
		signed(app, "nominated_by", "提名人。由系统填写。"),
		signed(app, "reviewed_by", "评审人，不能是提名人。由系统填写。"),
		date("notice_from", "公示开始日期。"),
		date("notice_until", "公示结束日期：公示不少于 5 个工作日。"),
		text("document", "表彰文号。授予时必填。"),
		state("进度：draft 草拟，nominated 已提名，reviewed 已评审，declined 未通过，awarded 已授予。", "draft", "nominated", "reviewed", "declined", "awarded"),
	)
	scope(app, c, "授予的组织。")
	indexEach(c, "activity", "person", "unit", "nominated_by", "reviewed_by")
	return app.Save(c)
}
