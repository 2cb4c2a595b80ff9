package demo

import "strings"

// ruling is what the clerk decides about the promises of an item in which a
// word occurs.
type ruling struct {
	item  int
	words string
	name  string // of the task; empty: the sentence
	to    string // short form of the assignment; empty: as suggested, or the item's owner
	rrule string // settles how often
	due   string // MM-DD, settles by when
	drop  bool   // no task follows
}

// The ways to hand out a promise in this plan.
const (
	djb         = "org /qh/djb/"
	jjb         = "org /qh/jjb/"
	xcb         = "org /qh/xcb/"
	msb         = "org /qh/msb/"
	retired     = "org /qh/ltx/"
	eachBranch  = "each_unit branch"
	eachOffice  = "each_unit office"
	eachLeader  = "each_holder committee_member"
	eachMember  = "each_member " + root
	eachOfPilot = "each_member /qh/zb1/"
)

// owners are the offices that answer for an item.
var owners = []string{
	"", djb, djb, xcb, xcb, xcb, djb, eachBranch, djb, djb, eachBranch, djb, djb, eachBranch, djb,
	jjb, jjb, jjb, jjb, msb, jjb, jjb, jjb, jjb, "org /qh/gh/", "org /qh/tw/",
}

var rulings = []ruling{
	{item: 1, words: "通报", name: "通报上级部署落实情况", to: djb},
	{item: 1, words: "先学", to: djb, drop: true},
	{item: 2, words: "讲党课", name: "到联系点支部讲党课", to: eachLeader},
	{item: 2, words: "民主生活会", name: "召开领导班子民主生活会", to: djb},
	{item: 3, words: "研判", name: "分析研判分管领域意识形态形势", to: eachLeader},
	{item: 3, words: "书面报告", name: "报告意识形态工作", to: eachLeader},
	{item: 4, words: "个人学习计划", name: "报备个人学习计划", to: eachLeader},
	{item: 4, words: "中心组学习安排", to: xcb, due: "02-28"},
	{item: 4, words: "集体学习", name: "组织中心组集体学习", to: xcb},
	{item: 5, words: "推荐", name: "举办支部书记讲党课比赛", to: xcb},
	{item: 5, words: "巡回", name: "组织优秀党课巡回展讲", to: xcb},
	{item: 6, words: "履责", name: "书面报告履行管党责任情况", to: eachBranch},
	{item: 6, words: "6个社区", name: "与6个社区党支部签订责任书", to: djb},
	{item: 6, words: "各科室", to: djb, due: "03-31"},
	{item: 7, words: "自查", name: "对照支部工作条例自查，列出问题清单", to: eachBranch},
	{item: 7, words: "整改", name: "整改自查发现的问题", to: eachBranch},
	{item: 7, words: "适时", name: "研究优化党小组设置", to: djb, due: "10-31"},
	{item: 7, words: "上门", name: "上门看望行动不便的老党员", to: retired},
	{item: 8, words: "先锋岗", name: "设立“红色先锋岗”", to: djb},
	{item: 8, words: "服务之星", name: "评选“服务之星”并公示", to: djb},
	{item: 9, words: "换届工作方案", to: djb},
	{item: 9, words: "选举", name: "指导任期届满的支部完成选举", to: djb},
	{item: 10, words: "抽查", name: "抽查支部会议记录", to: djb},
	{item: 10, words: "主题党日", name: "开展主题党日", to: eachBranch},
	{item: 10, words: "党员大会", name: "召开党员大会", to: eachBranch},
	{item: 10, words: "上党课", name: "上党课", to: eachBranch},
	{item: 10, words: "组织生活会", name: "召开组织生活会、民主评议党员", to: eachBranch},
	{item: 11, words: "培训班", name: "举办第三期入党积极分子培训班", to: djb},
	{item: 11, words: "发展党员5", name: "完成全年发展党员任务", to: djb},
	{item: 12, words: "基数", name: "核定党员交费基数", to: eachBranch},
	{item: 12, words: "细则", to: djb},
	{item: 12, words: "公开", name: "向党员公开党费收支", to: djb, rrule: "FREQ=MONTHLY;INTERVAL=3"},
	{item: 13, words: "核对", name: "核对党员信息", to: eachBranch},
	{item: 13, words: "上线", name: "上线3项网上流程", to: djb},
	{item: 14, words: "志愿", name: "登记一次志愿服务", to: eachOfPilot},
	{item: 14, words: "试点", name: "在2个支部试点积分", to: djb},
	{item: 15, words: "全体党员", name: "参加党规党纪测试", to: eachMember},
	{item: 15, words: "组织学习", name: "组织学习党内法规", to: eachBranch},
	{item: 16, words: "讲堂", name: "举办“清风讲堂”", to: jjb},
	{item: 16, words: "教育月", name: "开展纪律教育月活动", to: jjb},
	{item: 17, words: "汇编", name: "汇编身边典型案例", to: jjb},
	{item: 17, words: "自查", name: "开展廉政风险自查", to: eachOffice},
	{item: 17, words: "完善制度", name: "完善制度不少于3项", to: jjb},
	{item: 18, words: "节前提醒", name: "开展节前提醒", to: jjb, rrule: "FREQ=MONTHLY;INTERVAL=3"},
	{item: 18, words: "蹲点", name: "到社区蹲点", to: eachLeader},
	{item: 18, words: "发文", name: "统计发文数量", to: djb},
	{item: 19, words: "入户", name: "入户走访困难群众", to: eachOffice},
	{item: 19, words: "实事", name: "办成民生实事10件", to: msb},
	{item: 21, words: "常规巡察", name: "完成3个社区党支部的常规巡察", to: jjb},
	{item: 21, words: "全部完成", name: "完成其余社区党支部的常规巡察", to: jjb},
	{item: 21, words: "专项巡察", name: "开展民生资金专项巡察", to: jjb},
	{item: 22, words: "移交", name: "移交巡察共性问题", to: jjb},
	{item: 22, words: "整改进展", name: "报送巡察整改进展", to: eachOffice},
	{item: 22, words: "公开", name: "公开被巡察支部整改情况", to: jjb, due: "11-30"},
	{item: 22, words: "约谈", name: "约谈整改不力的支部", to: jjb, due: "12-20"},
	{item: 23, words: "人才库", name: "更新巡察干部人才库", to: jjb},
	{item: 23, words: "推荐", name: "推荐年轻干部参加区委巡察", to: jjb},
	{item: 23, words: "一次一授权", to: jjb, drop: true},
	{item: 24, words: "底数", name: "摸清困难职工底数", to: "org /qh/gh/"},
	{item: 24, words: "体检", name: "组织职工健康体检", to: "org /qh/gh/"},
	{item: 25, words: "讲堂", name: "举办“青年讲堂”", to: "org /qh/tw/"},
	{item: 25, words: "比武", name: "组织青年岗位比武", to: "org /qh/tw/"},
}

// rulingOf is the first ruling that fits a promise.
func rulingOf(item int, text string) ruling {
	for _, r := range rulings {
		if r.item == item && strings.Contains(text, r.words) {
			return r
		}
	}
	return ruling{}
}
