package parse

// units of a target. Time that passes (年 岁 届 日) is none.
var units = newLexicon().add("u", `次 名 人 个 件 场 项 篇 期 堂 节 课时 学时 小时 分钟 天 万元 亿元 元 户 份 部 条 支 处 人次 批次 车次 班次 对 套 例 本 遍 轮 批
	张 面 块 门 类 所 间 座 台 亩 公里 平方米 家 分 班 字 只 幅 讲 课 余人 余名 余场 余次 余户 万字 万人 万人次 万次 万件 万户 万条 盏 棵 株 封 辆 枚 组 队 村 位 吨 场次`)

// Units that a number in characters may have: 一次 is a target, 一项 is not.
var strictUnits = words("人次 场次 课时 学时 小时 次 名 场 期 篇 堂 节 户 件 部 遍 轮 批 份 天 家 支 对 位")

// Things that 三个 counts when it is meant: 三个示范点, not 三个方面.
var countedThings = words("示范 支部 党支部 社区 村 点 基地 品牌 项目 典型 站 单位 学校 班 企业 党组织 小组 家庭 岗 案例 课题 窗口 阵地 中心 党建 网格 小区 先进 以上 以内")

// bound words before or behind an amount.
var (
	strictLower = words("不少于 不得少于 不低于 不得低于 不能少于 至少 最少 ≥ 〉= 大于 超过 高于 达到 达 超 不小于 突破")
	upperBefore = words("不超过 不得超过 不多于 不高于 控制在 最多 至多 ≤ 〈= 低于 少于 小于 降至 降到 不大于")
	lowerAfter  = words("以上 及以上 左右及以上 余")
	upperAfter  = words("以内 以下 之内 及以下")
)

// abstractThings behind 三个 make a slogan or a time of it.
var abstractThings = words("月 工作日 星期 方面 层面 环节 维度 阶段 学期 季度 年头 意识 维护 自信 确保 聚焦 坚持 统一 结合 必须 带头 面向 小时 字 不 体系 到位 好 中心任务 强化 抓手 着力 服从 代表 务必 更加 一 百分")

// assemblies behind a number make it a name: 六次全会.
var assemblies = words("全会 全体会议 全委会 党代会 代表大会 会议精神 全体")

// Things that 三个 and 六项 count in slogans and rules.
var (
	vagueThings   = words("关键 重点 突出 专题 一批")
	abstractItems = words("规定 纪律 制度 重点 机制 禁令 职能 职责 建设")
)

// notCounted before 一次 make it no amount: 每次, 统一.
var notCounted = words("第 每 首 再 下 上 这 那 某 逐 任 同 统 唯 如 划 万 任何 进 专 单 初")

// Words by which an amount is a condition or a duration: 为期3天, 35岁以下的,
// 2小时内, 培训时间不少于3天.
var (
	periodBefore  = words("为期 历时 期限为 任期 公示 公示期 学制 预备期 考察期 试用期 近 连续 前 后 满 年满 工作 提前 相隔 党龄 工龄")
	thresholds    = words("以上的 以下的 及以上的 及以下的 以上且 以内的")
	limitTails    = words("内 以内 之内 前 的培训")
	trainings     = words("培训 轮训 辅导班 学习班 研修 每期 每批 时间")
	trainingTimes = words("培训时间 学习时间 培训时长 学习时长 每期 每批 每次 每场")
)

// moreWords inside an amount leave it open upwards: 60余名.
var moreWords = words("余 多")
