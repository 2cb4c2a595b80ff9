package parse

// kindWords in the order in which they decide: what is signed or delivered
// says more than where it is talked about.
var kindWords = []struct {
	kind string
	list *list
}{
	{"sign", words("签订 签署 签定 承诺书 责任书 责任状")},
	{"report", words("报告 汇报 报送 上报 述职 报备 总结 报表 请示")},
	{"inspection", words("巡察 巡视 督查 检查 抽查 督导 考核 排查 整治 核查 督办 审计 测评 评估 评议 督促 监督 约谈 问责 查处 严查 纠正 整改 回头看")},
	{"training", words("培训 辅导班 轮训 研修 教育班 跟班 以干代训")},
	{"study", words("学习 党课 研讨 宣讲 宣贯 研读 读书 自学 领会 贯彻")},
	{"meeting", words("召开 会议 研判 例会 座谈 组织生活会 民主生活会 支委会 党员大会 党小组会 联席 议事 换届 三会一课 研究")},
	{"visit", words("走访 慰问 谈心 谈话 家访 调研 蹲点 帮扶 联系点 看望 入户 下沉")},
	{"publish", words("公开 公示 公布 通报 宣传 发布 推送 报道 信息 公告")},
	{"document", words("制定 制订 修订 起草 出台 印发 编制 拟定 建立健全 完善 台账 方案 制度 计划 档案 清单 机制")},
	{"activity", words("活动 比赛 竞赛 大赛 主题党日 志愿 评选 表彰 举办 开展 组织 仪式 征文 演讲 参观")},
}

// mainVerbs are decided by the verb that opens the promise.
var mainVerbs = []struct {
	kind string
	list *list
}{
	{"meeting", words("召开")},
	{"report", words("汇报 报告 报送 上报 述职")},
	{"publish", words("公示 公布 公开 通报")},
	{"training", words("举办培训 开展培训 组织培训 开设")},
	{"activity", words("开展主题党日 开展活动 举办 组织开展志愿")},
}

// makeOpeners open an obligation whose kind is document.
var makeOpeners = words("制定 制订 修订 起草 出台 编制 拟定")
