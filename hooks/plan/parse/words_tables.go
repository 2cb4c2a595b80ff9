package parse

// headWords name a column in the head of a table. The first list that has a
// word of the cell decides: 责任部门 is an owner before it is a 部门, 完成时限
// a schedule before it is a 完成情况.
var headWords = []struct {
	role columnRole
	list *list
}{
	{indexColumn, words("序号 编号")},
	{otherColumn, words("备注 说明 地点 方式 级别 经费 分值 人数 班次 培训对象")},
	{ownerColumn, words("责任 牵头 责任人 负责人 负责 承办 主办 配合 参加 主持 主讲 组织者 协办 部门 单位 科室 人员 对象 领导")},
	{deliverColumn, words("成果 交付 佐证 产出 标志 材料 资料 考核要点 考核标准 评价标准 预期")},
	{scheduleColumn, words("时间 时序进度 进度 月份 时限 周次 日期 节点 日程 季度 步骤 期限 阶段 频次 周期")},
	{taskColumn, words("任务分解 任务 项目 重点工作 工作项目 类别 事项 工作要点 板块 模块 主题 名称 领域")},
	{deliverColumn, words("目标 成效 标准 完成情况 结果")},
	{contentColumn, words("内容 措施 举措 要求 工作安排 具体工作 活动 议题 主要工作 工作 做法 事宜")},
	{scheduleColumn, words("安排 月")},
	{deliverColumn, words("形式 要点")},
}

// headFillers go with them: 完成时限, 主要内容及要求.
var headFillers = words("完成 主要 具体 重点 工作 年度 分解 情况 计划 拟 及 与 和 / 、")

// longTerm opens a cell of times that names none.
var longTerm = words("长期 常年 适时 不定期 定期")
