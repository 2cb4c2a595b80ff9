package parse

// wrongNames are names that the rules write otherwise, and slips of the pen.
var wrongNames = []struct{ wrong, right string }{
	{"廉政纪律", "廉洁纪律"}, {"三课一会", "三会一课"}, {"党风廉洁建设", "党风廉政建设"}, {"民主评议会员", "民主评议党员"},
	{"布署", "部署"}, {"条列", "条例"}, {"坐谈会", "座谈会"}, {"再接再励", "再接再厉"}, {"贯彻落时", "贯彻落实"}, {"党风廉正", "党风廉政"}, {"廉正建设", "廉政建设"},
	{"组织生活会会", "组织生活会"}, {"意识型态", "意识形态"}, {"主题党日日", "主题党日"}, {"入党积极份子", "入党积极分子"}, {"积极份子", "积极分子"},
}

// Words that meet themselves across a border: 党组织组织学习.
var meetThemselves = words("组织 领导 代表 指导 计划 培训 支部 社区 中心 党委 单位 学院 小组 学习")

// stemKinds end a title of the same name and another kind.
var stemKinds = words("实施方案 实施办法 实施细则 工作方案 工作办法 管理办法 管理细则")

// Words around a year that make it history or outlook, and no slip.
var (
	historyBehind = words("案 案例 案件 问题 以来 总结 述职 考核 评议 民主生活会 组织生活会 审计 决算 遗留 未完成 查处 发现 成果 经验 基础 情况 印发 修订 出台 发布 制定的 颁布 施行 通过 成立 建成 获得 荣获 入党 毕业 届 整改 巡察 巡视 排查 任务 指标完成 收支 报告 的 年报 同期 底数 违纪 违法 以前 之前 前 开始 起 下半年以来 召开的 工作中 完成")
	historyBefore = words("自 从 到 至 近 早在 截至 截止 以 比 较 于 〔 [ ［ （ - ~ 距 与 和")
	futureSigns   = words("责任书 责任状 工作要点 工作计划 目标责任")
)

// The same around the year by which the plan's own year is found.
var (
	pastOpeners = words("自 从 到 至 近 早在 截至 截止 以 比")
	pastWork    = words("案 以来 总结 述职 发现的 查处 年度考核 民主生活会 组织生活会 审计 修订 印发 年前")
	lookBack    = words("近 自 去年 上年 总结 对照 针对 巩固 拓展")
	rangeTitles = words("- ~ 总结 至")
)

// What follows the year of a plan where its text first names it.
var yearTails = words("是 党 工作 全 度 ， 我 为 街道 支部 学校 的")

// The terms of a school year.
var (
	firstTerm  = words("第一学期 上学期 秋")
	secondTerm = words("第二学期 下学期 春")
)
