package parse

// Words that open a clause and are no part of a name: 组织党员每月… has no
// subject, 组织委员每月… has.
var notSubject = words(`组织党 组织全 组织机 组织开 组织社 组织支 组织各 组织教 组织学 组织干 组织职 督促 指导 引导 加强 推进 推动 做好 抓好 开展 召开 建立 完善 落实 选派 要求 教育 邀请 动员 发挥 强化 支持 安排 推荐 培养 确保 深入 认真 坚持
	以 对 与 为 从 向 在 把 将 按 由 通过 全面 进一步 积极 健全 规范 优化 适时 定期 不定期 及时 择机 持续 举办 使 让 给 严格 切实 持续 不断 巩固 深化 提升 提高 扎实 结合 围绕 聚焦 走访 慰问 表彰 评选 帮助 联系 充分 探索 打造 制定 修订 利用
	针对 根据 按照 关心 关爱 争取 营造 努力 牢固 树立 增强 着力 大力 每 年 本 全年 上 下 不 其 该 是 及 或 和 凡 如 对于 各项 鼓励 动员 调动 吸收 号召 配合 协助 协调 压实 突出 紧盯 明确 创新 拓展`)

// What follows the name of an office when it is to act.
var subjectActs = words(`每 要 应 须 需 负责 牵头 定期 不定期 至少 带头 严格执行 组织 召开 开展 举办 制定 一年 一季度一次 轮流 主持 承担 必须 按月 按季度 按时 分别 认真落实 七一 “七一” 五四 “五四” 具体负责 统筹 审查 督查 全年 年内 年底 上半年 下半年 一季度 二季度 三季度 四季度 讲 为 于`)

// maxSubject bounds the name of an office or a post.
const maxSubject = 16

// subjects reads who acts at the beginning of a clause: 支部书记每年至少讲….
func subjects(p *page, g rng) []string {
	var out []string
	start := true
	for i := g.a; i < g.b; i++ {
		if start {
			if b := subjectEnd(p, i, g.b); b > 0 {
				out = append(out, splitOwners(p, rng{i, b})...)
				i = b - 1
			}
		}
		start = is(p.m[i], "，：；")
	}
	return out
}

// subjectEnd returns where the subject that begins at i ends, or 0.
func subjectEnd(p *page, i, end int) int {
	if oneAt(p.m, i, notSubject) != "" {
		return 0
	}
	for j := i + 2; j < end && j <= i+maxSubject; j++ {
		c := p.m[j]
		if c == '（' { // 各镇（街道）工会
			if b := closingBracket(p, j, min(end, j+8)); b > 0 {
				j = b
				continue
			}
		}
		if is(c, "，。；：（《") || c == hidden {
			return 0
		}
		if isPost(p.m, j) && (oneAt(p.m[:end], j, subjectActs) != "" || signsWith(p, j, end) || isNumeral(c) && beginsDate(p, j, end)) {
			return j
		}
	}
	return 0
}

// signsWith reports 支部书记与班子成员签订…: who signs first is the subject.
func signsWith(p *page, i, end int) bool {
	if !is(p.m[i], "与和同") {
		return false
	}
	b := clauseEnd(p, i, 30)
	return anyIn(p.m, rng{i, min(b, end)}, "签订", "签署", "签定")
}

func beginsDate(p *page, i, end int) bool {
	_, ok := dateAt(p, p.m, i, end)
	return ok
}

// posts are names that can act; more general words, as 干部 or 部门, only with
// 各 or a name before them.
var posts = words(`党支部 总支 党委 党工委 纪委 纪工委 支委会 委员会 党小组 团委 团支部 工会 妇联 学生会 居委会 村委会 办公室 党政办 党建办 组织部 宣传部 书记 委员 主任 组长 校长 园长 院长 处长 科长 局长 主席 部长 队长 班主任 成员 科室 处室
	支部 社区 领导 负责人 联络员 辅导员 党校 学院 老师 文体部 各部门 各单位 各村 各校 机关党委 干部 宣传科 组织科 办 科 科协 纪检组`)

func isPost(r []rune, i int) bool { return oneBefore(r, i, posts) != "" }
