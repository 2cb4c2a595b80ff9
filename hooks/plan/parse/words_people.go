package parse

// An owner label is one of these heads and tails, or a head alone, before a
// colon: 责任单位： 牵头科室： 责任：
var (
	ownerHeads = words("责任 牵头 配合 协办 承办 主办 落实 分管 参与 参加 协同 协助 组织 实施 负责 主责 主管 完成 督办 包联 联系 主持 主讲 主要负责 具体负责")
	ownerTails = words("单位 部门 科室 处室 股室 领导 领导人 人员 人 者 主体 支部 院系 学院 处 科 室 组 局 办 分工 校领导 院领导 局领导 委领导 县领导 区领导 市领导 镇领导")
	loneOwners = words("责任 牵头 配合 协办 承办 主办 负责 主讲 主持")
)

// timeLabels stand before a colon and date the item.
var timeLabels = words("完成时限 完成时间 时间安排 时间节点 时间要求 工作时限 办理时限 进度安排 时间进度 时限要求 活动时间 开展时间 实施时间 完成期限 推进时限 时限 时间 期限")

// officeEnds end the name of an office, a post or a group.
var officeEnds = words(`办公室 党政办 党建办 委员会 党支部 支部 办 部 科 室 局 委 中心 组 处 院 站 队 所 股 工会 团委 妇联 书记 主任 委员 校长 班主任 团支部 党总支 总支 党委 党工委 纪委 纪工委 社区 学校
	学院 负责人 干部 教师 组长 处长 科长 部长 主席 成员 单位 部门 党小组 小组 政协 人大 武装部 联合会 协会 公司 队长 所长 站长 园长 院长 党员 村 镇 街道 老师 辅导员 专委 馆 校 人员 会 工委 专干 领导 机关 秘书长 秘书 职工 居委会 政府 同志`)

// byVerbs end the name of who acts: 由X负责.
var byVerbs = words("会同 联合 轮流 值班 督查 核对 审查 审批 检查 指导 监督 统计 撰写 报 统一 定期 每 主管 管理 抽 作 带 参加 通报 审议 公布 讲 评 收 办 做 开展 召开 举办 开设 发 提 写 选 代 填 负责 牵头 主持 承担 承办 协办 主办 组织 实施 召集 主讲 具体负责 统筹 落实 完成 讲授 汇总 办理 收集 制定 起草 审核 协调 担任 带队 分别")

// kindsOfOffice alone name nobody: 各村（社区）.
var kindsOfOffice = words("社区 街道 学校 单位 部门 党委 支部 科室 村镇 乡镇 总支 学院")

// Words that open a clause and are no part of a name: 组织党员每月… has no
// subject, 组织委员每月… has.
var notSubject = words(`组织党 组织全 组织机 组织开 组织社 组织支 组织各 组织教 组织学 组织干 组织职 督促 指导 引导 加强 推进 推动 做好 抓好 开展 召开 建立 完善 落实 选派 要求 教育 邀请 动员 发挥 强化 支持 安排 推荐 培养 确保 深入 认真 坚持
	以 对 与 为 从 向 在 把 将 按 由 通过 全面 进一步 积极 健全 规范 优化 适时 定期 不定期 及时 择机 持续 举办 使 让 给 严格 切实 持续 不断 巩固 深化 提升 提高 扎实 结合 围绕 聚焦 走访 慰问 表彰 评选 帮助 联系 充分 探索 打造 制定 修订 利用
	针对 根据 按照 关心 关爱 争取 营造 努力 牢固 树立 增强 着力 大力 每 年 本 全年 上 下 不 其 该 是 及 或 和 凡 如 对于 各项 鼓励 动员 调动 吸收 号召 配合 协助 协调 压实 突出 紧盯 明确 创新 拓展`)

// What follows the name of an office when it is to act.
var subjectActs = words(`每 要 应 须 需 负责 牵头 定期 不定期 至少 带头 严格执行 组织 召开 开展 举办 制定 一年 一季度一次 轮流 主持 承担 必须 按月 按季度 按时 分别 认真落实 七一 “七一” 五四 “五四” 具体负责 统筹 审查 督查 全年 年内 年底 上半年 下半年 一季度 二季度 三季度 四季度 讲 为 于`)

// posts are names that can act; more general words, as 干部 or 部门, only with
// 各 or a name before them.
var posts = words(`党支部 总支 党委 党工委 纪委 纪工委 支委会 委员会 党小组 团委 团支部 工会 妇联 学生会 居委会 村委会 办公室 党政办 党建办 组织部 宣传部 书记 委员 主任 组长 校长 园长 院长 处长 科长 局长 主席 部长 队长 班主任 成员 科室 处室
	支部 社区 领导 负责人 联络员 辅导员 党校 学院 老师 文体部 各部门 各单位 各村 各校 机关党委 干部 宣传科 组织科 办 科 科协 纪检组`)

// What is no part of a name in a list of owners.
var (
	nameTails = words("（牵头） （配合） （责任） 牵头 等 等部门 等单位 分别 共同")
	notNames  = words("含 包括 如 的 及以上")
)
