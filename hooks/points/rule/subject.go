// Package rule is what points are given for and how they add up (积分规则),
// purely: no database and no clock.
//
// A Subject is a kind of fact that a rule may speak of; the list is closed. A
// Rule gives a value for each fact. A Scheme says what everybody begins with and
// where the year's total ends. Points are counted in tenths.
package rule

import "slices"

// Subject is a kind of fact that points may be given for.
type Subject struct {
	Key        string `json:"key"`
	Name       string `json:"name"`
	Collection string `json:"collection"` // whose records are the facts
	Ready      string `json:"ready"`      // what a record must have reached
	Sign       int    `json:"sign"`       // 1: gives points, -1: takes points off
	// Parent is the relation of a record to the one that it goes with: a rule may
	// speak of its fields, too.
	Parent string `json:"parent"`
	// Manual: somebody claims or reports it, and others decide.
	Manual bool `json:"manual"`
	// Spared are those from whom it never takes points (R-ORG-05).
	Spared []string `json:"spared"`
}

// Special are the old, weak, ill and disabled (老弱病残).
const Special = "special"

// Subjects are all that points may be given for. Whether somebody signs in,
// forwards, likes, gives money, what they say, think or believe, and their
// family are not among them, and there is no way to add them (domain.md 10.2).
var Subjects = []Subject{
	{Key: "attendance", Name: "参加会议和组织生活", Collection: "meetings_attendance", Parent: "meeting", Ready: "签到为“到会”，会议已归档", Sign: 1},
	{Key: "absence", Name: "无故缺席", Collection: "meetings_attendance", Parent: "meeting", Ready: "签到为“无故缺席”，会议已归档", Sign: -1, Spared: []string{Special}},
	{Key: "dues", Name: "按时交纳党费", Collection: "dues_payments", Ready: "当月或提前交纳，没有冲正，每月计一次", Sign: 1},
	{Key: "study", Name: "完成学习", Collection: "study_records", Ready: "已登记学时", Sign: 1},
	{Key: "class", Name: "培训合格", Collection: "study_enrolments", Parent: "class", Ready: "到班并且合格，培训班已结业", Sign: 1},
	{Key: "visit", Name: "走访帮扶对象", Collection: "outreach_visits", Ready: "已登记走访", Sign: 1},
	{Key: "honor", Name: "被授予荣誉", Collection: "activities_honors", Ready: "公示期满，已授予", Sign: 1},
	{Key: "volunteer", Name: "志愿服务", Collection: "points_claims", Ready: "申报已通过", Sign: 1, Manual: true},
	{Key: "helping", Name: "联系帮扶", Collection: "points_claims", Ready: "申报已通过", Sign: 1, Manual: true},
	{Key: "pledge", Name: "承诺践诺", Collection: "points_claims", Ready: "申报已通过", Sign: 1, Manual: true},
	{Key: "lecture", Name: "讲党课、宣讲", Collection: "points_claims", Ready: "申报已通过", Sign: 1, Manual: true},
	{Key: "article", Name: "调研文章", Collection: "points_claims", Ready: "申报已通过", Sign: 1, Manual: true},
	{Key: "commended", Name: "受上级表彰", Collection: "points_claims", Ready: "申报已通过", Sign: 1, Manual: true},
	{Key: "dunned", Name: "迟交党费被催缴", Collection: "points_claims", Ready: "扣分意见已通过", Sign: -1, Manual: true, Spared: []string{Special}},
	{Key: "undone", Name: "未完成交办任务", Collection: "points_claims", Ready: "扣分意见已通过", Sign: -1, Manual: true},
	{Key: "falsified", Name: "弄虚作假", Collection: "points_claims", Ready: "扣分意见已通过", Sign: -1, Manual: true},
}

// SubjectOf finds a subject by its key.
func SubjectOf(key string) (Subject, bool) {
	i := slices.IndexFunc(Subjects, func(s Subject) bool { return s.Key == key })
	if i < 0 {
		return Subject{}, false
	}
	return Subjects[i], true
}
