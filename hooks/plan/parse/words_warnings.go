package parse

// wrongNames under what they should read: names that the rules write
// otherwise, and slips of the pen.
var wrongNames = newLexicon().
	add("廉洁纪律", "廉政纪律").
	add("三会一课", "三课一会").
	add("党风廉政建设", "党风廉洁建设 党风廉正建设").
	add("廉政建设", "廉正建设").
	add("民主评议党员", "民主评议会员").
	add("部署", "布署").
	add("条例", "条列").
	add("座谈会", "坐谈会").
	add("再接再厉", "再接再励").
	add("贯彻落实", "贯彻落时 惯彻落实").
	add("意识形态", "意识型态").
	add("积极分子", "积极份子")

// Words that meet themselves across a border: 党组织组织学习.
var meetThemselves = words("组织 领导 代表 指导 计划 培训 支部 社区 中心 党委 单位 学院 小组 学习")

// stutters are words with their last character twice. In general that can't be
// told from the border of two words: 工作|作风.
var stutters = words("主题党日日 三会一课课 党支部部 意识形态态 责任书书 党委委书记")

// A verb whose first character stands twice, unless the double ends a word:
// 落|落实 against 公开|开展.
var (
	commonVerbs = words("落实 落到 加强 推进 推动 开展 组织 制定 制订 严格 建立 提升 提高 完善 强化 确保 坚持 认真 做好 深化 抓好 抓实")
	verbBorders = words("公开 召开 参加 增加 更加 创建 共建 组建 新建 修建 扩建 筹建 部落 角落 村落 院落 下落 班组 小组 编制 体制 机制 控制 研制 前提 大力推 助推 强强 准确 明确 正确 精确 的确")
)

// stemKinds end a title of the same name and another kind.
var stemKinds = words("实施方案 实施办法 实施细则 工作方案 工作办法 管理办法 管理细则")

// Words around a year that make it history or outlook, and no slip.
var (
	historyBehind = words("版 案 案例 案件 问题 以来 总结 述职 考核 评议 民主生活会 组织生活会 审计 决算 遗留 未完成 查处 发现 成果 经验 基础 情况 印发 修订 出台 发布 制定的 颁布 施行 通过 成立 建成 获得 荣获 入党 毕业 届 整改 巡察 巡视 排查 任务 指标完成 收支 报告 的 年报 同期 底数 违纪 违法 以前 之前 前 开始 起 下半年以来 召开的 工作中 完成")
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
