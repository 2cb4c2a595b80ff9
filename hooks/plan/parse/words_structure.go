package parse

// Who is addressed by 各…： above a letter, and who signs below it.
var salutationEnds = words("支部 单位 部门 科室 学校 总支 党委 社区 党组织 村 处室 镇 乡 街道 局 办 中心 公司 同志")

var signatureEnds = words("支部 委员会 党委 党工委 办公室 总支 学校 小学 中学 幼儿园 大学 学院 中心 局 处 科 工会 团委 妇联 公司 党组 医院 社区 办事处")

// knownTitles head a part of nearly every plan.
var knownTitles = words("总体要求 总体思路 总体目标 指导思想 工作思路 工作目标 工作原则 基本原则 主要任务 主要工作 重点工作 重点任务 工作任务 工作重点 工作措施 主要措施 保障措施 工作要求 组织领导 组织保障 目标任务 具体措施 工作安排 活动安排 基本情况")

// titleEnds end the title of a plan; 表 does too, but not in 党代表.
var titleEnds = words("计划 要点 方案 安排 总结 规划 打算 计划书 计划表 安排表 一览表 分解表 任务书 要点表 清单 配档表 行事历 工作历 工作表 思路 汇编 规程 制度 通知 意见 办法 细则 规则 范文 条例 任务表 工作表 推进表 进度表 统计表 任务清单 任务分解 责任分解 任务分工 责任分工")

// What announces a list or closes the introduction above one.
var (
	leadIns     = words("以下 如下 下列 特制定 现将 做到 要求是")
	listLeadIns = words("如下： 计划如下 安排如下 要点如下")
	introWords  = words("如下 特制定 制定本 以下")
)

// What stands around a plan and is none of it.
var (
	audience     = words("同志们 老师们 同学们")
	annexWords   = words("附件 附表 附：")
	closings     = words("特此 以上报告 以上计划 此致 敬礼")
	distribution = words("抄送 抄报 主题词 印发单位 发至")
)

// monthHeadTails may follow the month of a heading: 3月工作.
var monthHeadTails = words("工作 安排 计划 重点 活动 （")

// Marks that no heading has inside, no organization and no cell of a head.
var (
	headMarks     = words("。 ；")
	sentenceMarks = words("， 。 ： 、")
	cellMarks     = words("。 ， ； 《")
)

var notTables = words("代表 发表 填表 报表")
