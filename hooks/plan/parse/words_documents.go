package parse

// verbs by what they do to the document behind them. The nearest verb before
// a title decides.
var verbs = newLexicon().
	add(draftAction, `制定 制订 起草 拟定 拟订 草拟 拟制 出台 印发 编制 编写 编印 编撰 编纂 编修 制发 下发 发布 订立 形成 撰写 推出 汇编 制作 制修订 研究制定 制定出台 制定印发 编订 制 拟 建立 研究出台`).
	add(reviseAction, `修订 修改 完善 修编 健全 更新 改进 优化 修正 修改完善 修订完善 调整完善 建立健全`).
	add(signAction, `签订 签署 签定 签 续签 缔结`).
	add(studyAction, `学习 研读 宣讲 宣贯 宣传 解读 领会 传达 背诵 诵读 观看 阅读 学 读 研学 学透 温习 重温 研讨 培训 自学 通读 精读 学懂 收看 领学`).
	add(citeAction, `落实 贯彻 按照 根据 依据 依照 遵循 遵守 执行 对照 参照 结合 承接 符合 违反 围绕 依托 填写 填报 报送 运用 使用 订阅 征订 实施 推进 推行 遵照
		按 依 对标 转发 转载 适用 援引 用好 做好 填 佩戴 发放 张贴 履行 坚持 对接 巩固 衔接 深化 抓好 借鉴 参考 悬挂 经 听取 报 推广 申报 引用 利用 用 以 严守 恪守
		纳入 装订 发出 寄送 签收 签阅 上报 提交 通过`)

// Verbs behind a title: 《A》修订工作, 《A》的学习.
var verbsBehind = newLexicon().
	add(draftAction, `制定 制订 起草 拟定 编制 编写 编纂 编撰 编修 印发 出台 发布`).
	add(reviseAction, `修订 修改 完善 修编`).
	add(signAction, `签订 签署`).
	add(studyAction, `学习 宣讲 宣贯 宣传 解读 培训 研读`).
	add(citeAction, `要求 规定 精神 落实 贯彻 执行 实施 部署 有关 相关 内容 明确 所 指出 提出 为`)

// Nouns that a verb is part of: 学习计划, 实施方案. There it does nothing.
var verbNouns = words("计划 方案 制度 细则 办法 中心组 教育 型 强国 资料 考核 小组 措施 清单 规划 情况 体系 机制 意见 心得 成效 成果 任务 记录 笔记 内容 要点 手册 班 会议 会 活动 月 周 日 阵地 平台 工作")

// Who is above every committee that uses this: what they issue is given.
var superiors = words("中央 国务院 中组部 中宣部 中央纪委 中纪委 教育部 省委 省政府 省纪委 上级 国家 全国 中办 国办 市委组织部 省委组织部 省教育厅 上级党委 自治区党委")

// Things that are made of a title and not the title itself: 制定《A》实施细则.
var derived = words("实施细则 实施方案 实施办法 实施意见 落实方案 落实措施 具体措施 工作措施 贯彻落实 贯彻措施 贯彻意见 任务分解 责任分工 分工方案 学习计划 学习方案 宣传方案 宣讲方案 配套 的实施 的具体 的落实 的贯彻 的学习 的分工 的工作方案 的配套 的意见 的措施 的宣传 学习 宣传 宣讲 培训 精神 要求 有关要求 规定的 情况 执行情况 落实情况 学习宣传 贯彻 解读 任务清单 重点任务 分工 台账 专题 读书 知识 实施 主题 心得 征文 简报 内刊 期刊 杂志 专刊 专栏 刊物 手抄报 宣传片 微视频 专题片 的通知 的批复 的决定 的函 的报告")

// Verbs and kinds that make an unnamed document certain: 出台…实施细则. Others
// (制定整改措施) stay obligations of the kind document without an entry.
var (
	issueVerbs  = words("研究制定出台 制定出台 修订出台 研究出台 出台 制定印发 制定并印发 印发")
	makeVerbs   = words("研究制定 制定完善 制定 制订 修订完善 修订 起草")
	formalKinds = words("实施细则 实施方案 工作方案 实施办法 管理办法 实施意见 指导意见 暂行办法 试行办法 管理规定 工作规则 工作规程 细则 办法 方案 制度 规定 意见 条例 规则 规程")
	strictKinds = words("实施细则 实施办法 管理办法 暂行办法 试行办法 管理规定 工作规则 议事规则 工作规程 细则 办法 规则 规程")
	pledgeKinds = words("目标责任书 责任书 责任状 承诺书 军令状 协议书 保证书 公约 协议")
)

// bareWords name no document: 相关制度, 各项规章.
var bareWords = words("相关 有关 配套 各项 具体 一系列 系列 管理 工作 正式 相应 规章 落实 若干 并 的 一批 新 本 学校 各类")

// Words that take a verb back: 修订后的《A》, 《A》实施方案.
var (
	pastTails   = words("了的 后的 过的")
	nounsBehind = words("方案 细则 办法 意见 计划 的")
)

// Words before a verb by which the document is there already or is made by
// others: 已印发的, 配合县委制定, 根据…出台的.
var (
	alreadyMade = words("已经 去年 此前 年前")
	helpWords   = words("配合 协助")
	givenWords  = words("根据 按照 落实 学习 贯彻 已 配合 对照 依据")
)

// A superior is no author where his will is followed: 贯彻中央精神，制定….
var (
	followWords = words("对标 落实 贯彻 按照 根据 结合 对照")
	spiritWords = words("精神 要求 部署 规定 会 意见 的 实际 情况")
)

var signVerbs = words("签订 签署 签定")
