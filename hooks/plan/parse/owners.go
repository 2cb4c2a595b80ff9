package parse

import "strings"

// An owner label is one of these heads and tails, or a head alone, before a
// colon: 责任单位： 牵头科室： 责任：
var (
	ownerHeads = words("责任 牵头 配合 协办 承办 主办 落实 分管 参与 参加 协同 协助 组织 实施 负责 主责 主管 完成 督办 包联 联系 主持 主讲 主要负责 具体负责")
	ownerTails = words("单位 部门 科室 处室 股室 领导 领导人 人员 人 者 主体 支部 院系 学院 处 科 室 组 局 办 分工 校领导 院领导 局领导 委领导 县领导 区领导 市领导 镇领导")
	loneOwners = words("责任 牵头 配合 协办 承办 主办 负责 主讲 主持")
)

// timeLabels stand before a colon and date the item.
var timeLabels = words("完成时限 完成时间 时间安排 时间节点 时间要求 工作时限 办理时限 进度安排 时间进度 时限要求 活动时间 开展时间 实施时间 完成期限 推进时限 时限 时间 期限")

// label is a segment like 责任单位：党政办、组织部.
type label struct {
	whole, value rng
	owner        bool
}

// isLabel reports that g is a label with its colon.
func isLabel(p *page, g rng) bool { return labelAt(p, g.a, g.b) > 0 }

// isLabelLine reports a line that begins with a label.
func isLabelLine(p *page, g rng) bool { return labelAt(p, g.a, g.b) > 0 }

// labelAt returns where the value of a label at i begins, or 0.
func labelAt(p *page, i, end int) int {
	if v := ownerLabelAt(p, i, end); v > 0 {
		return v
	}
	if w := oneAt(p.m, i, timeLabels); w != "" {
		return behindColon(p, i+runeLen(w), end)
	}
	return 0
}

func ownerLabelAt(p *page, i, end int) int {
	head := longestAt(p.m, i, ownerHeads)
	if head == "" {
		return 0
	}
	j := i + runeLen(head)
	if tail := longestAt(p.m, j, ownerTails); tail != "" {
		return behindColon(p, j+runeLen(tail), end)
	}
	if oneAt(p.m, i, loneOwners) == "" {
		return 0
	}
	return behindColon(p, j, end)
}

func behindColon(p *page, i, end int) int {
	if i < end && p.m[i] == '：' {
		return i + 1
	}
	return 0
}

// findLabels lists the labelled segments of g.
func findLabels(p *page, g rng) []label {
	var labels []label
	for i := g.a; i < g.b; i++ {
		if !mayOpenLabel(p, g, i) {
			continue
		}
		v := labelAt(p, i, g.b)
		if v == 0 {
			continue
		}
		l := label{owner: ownerLabelAt(p, i, g.b) > 0}
		end := labelEnd(p, v, g.b)
		l.value = p.trimMarks(p.trim(rng{v, end}))
		l.whole = rng{i, end}
		if i > g.a && is(p.m[i-1], "（[【") {
			l.whole.a--
			if end < g.b && is(p.m[end], "）]】") {
				l.whole.b++
			}
		}
		labels = append(labels, l)
		i = end - 1
	}
	return labels
}

func mayOpenLabel(p *page, g rng, i int) bool {
	return i == g.a || p.gap[i] || is(p.m[i-1], "（【[。；，、\n\t|）")
}

// labelEnd finds the end of a value: a closing bracket, a full stop, a line,
// or the next label.
func labelEnd(p *page, a, end int) int {
	for i := a; i < end; i++ {
		if is(p.m[i], "）】]。\n\t|") || is(p.m[i], "；，、") && labelAt(p, i+1, end) > 0 || i > a && p.gap[i] && labelAt(p, i, end) > 0 {
			return i
		}
	}
	return end
}

// splitOwners takes a list apart: 、，；/ and gaps, 和 between two offices.
func splitOwners(p *page, g rng) []string {
	var out []string
	a := g.a
	depth := 0
	for i := g.a; i <= g.b; i++ {
		if i < g.b && p.m[i] == '（' {
			depth++
		}
		if i < g.b && p.m[i] == '）' {
			depth--
		}
		cut := i == g.b || depth <= 0 && (is(p.m[i], "、，；/\n\t|。") || is(p.m[i], "和及与") && isOffice(p.m, i) && joinsOffices(p, i, g.b))
		if !cut && !(i > a && p.gap[i] && isHan(p.m[i]) && isHan(p.m[i-1]) && i-a >= 2 && depth <= 0) {
			continue
		}
		if s := ownerName(p, rng{a, i}); s != "" {
			out = append(out, s)
		}
		a = i
		if cut {
			a++
		}
	}
	return out
}

// joinsOffices reports that an office also ends behind the 和 at i.
func joinsOffices(p *page, i, end int) bool {
	for j := i + 2; j <= end && j <= i+14; j++ {
		if isOffice(p.m, j) && (j == end || is(p.m[j], "、，；。）\n\t和及与") || p.gap[min(j, len(p.gap)-1)]) {
			return true
		}
	}
	return false
}

var officeEnds = words(`办公室 党政办 党建办 委员会 党支部 支部 办 部 科 室 局 委 中心 组 处 院 站 队 所 股 工会 团委 妇联 书记 主任 委员 校长 班主任 团支部 党总支 总支 党委 党工委 纪委 纪工委 社区 学校
	学院 负责人 干部 教师 组长 处长 科长 部长 主席 成员 单位 部门 党小组 小组 政协 人大 武装部 联合会 协会 公司 队长 所长 站长 园长 院长 党员 村 镇 街道 老师 辅导员 专委 馆 校 人员 会 工委 专干 领导 机关 秘书长 秘书 职工 居委会 政府 同志`)

// isOffice reports that an office or a post ends before i.
func isOffice(r []rune, i int) bool { return oneBefore(r, i, officeEnds) != "" }

// ownerName cleans one name of a list: （牵头） behind it and 等 are dropped.
func ownerName(p *page, g rng) string {
	g = p.trim(g)
	for g.a < g.b && is(p.r[g.a], "：、，.") {
		g.a++
	}
	for _, w := range words("（牵头） （配合） （责任） 牵头 等 等部门 等单位 分别 共同") {
		if hasBefore(p.r, g.b, w) && g.len() > runeLen(w)+1 {
			g.b -= runeLen(w)
		}
	}
	if g.empty() || g.len() > 24 {
		return ""
	}
	return strings.Trim(p.clean(g), "。；，、：")
}

// findOwners reads who is responsible from a sentence: 由X负责, X牵头, （X）.
func findOwners(p *page, g rng) []string {
	var out []string
	for i := g.a; i < g.b; i++ {
		switch {
		case p.m[i] == '由':
			if owner, ok := byWhom(p, i, g); ok {
				out = append(out, owner...)
			}
		case hasAt(p.m, i, "牵头") && i+1 < g.b || hasAt(p.m, i, "负责") && !hasAt(p.m, i, "负责人") && !hasAt(p.m, i, "负责制") && !hasAt(p.m, i, "负责同志") || hasAt(p.m, i, "配合") && endsClause(p, i+2, g.b):
			out = append(out, subjectBefore(p, i, g)...)
		case p.m[i] == '（':
			if end := closingBracket(p, i, g.b); end > 0 && isOwnerList(p, rng{i + 1, end}) {
				out = append(out, splitOwners(p, rng{i + 1, end})...)
				i = end
			}
		}
	}
	return unique(append(out, subjects(p, g)...))
}

func endsClause(p *page, i, end int) bool { return i >= end || is(p.m[i], "，。；、）\n\t") }

var byVerbs = words("会同 联合 轮流 值班 督查 核对 审查 审批 检查 指导 监督 统计 撰写 报 统一 定期 每 主管 管理 抽 作 带 参加 通报 审议 公布 讲 评 收 办 做 开展 召开 举办 开设 发 提 写 选 代 填 负责 牵头 主持 承担 承办 协办 主办 组织 实施 召集 主讲 具体负责 统筹 落实 完成 讲授 汇总 办理 收集 制定 起草 审核 协调 担任 带队 分别")

// byWhom reads 由X负责.
func byWhom(p *page, i int, g rng) ([]string, bool) {
	if i > g.a && is(p.m[i-1], "自理缘经") || hasAt(p.m, i, "由于") || hasAt(p.m, i, "由此") {
		return nil, false
	}
	for j := i + 2; j < g.b && j < i+26; j++ {
		if is(p.m[j], "，。；\n\t") {
			return nil, false
		}
		k := j
		if p.m[j] == '”' {
			k++
		}
		w := oneAt(p.m, k, byVerbs)
		if w == "" || !isOffice(p.m, j) {
			continue
		}
		out := splitOwners(p, rng{i + 1, j})
		if w == "会同" || w == "联合" {
			more, _ := byWhom(p, k+1, g)
			out = append(out, more...)
		}
		return out, true
	}
	return nil, false
}

// subjectBefore reads the office that stands at the beginning of the clause
// before 牵头 or 负责.
func subjectBefore(p *page, i int, g rng) []string {
	a := i
	for a > g.a && i-a < 24 && !is(p.m[a-1], "，。；：（〔【[\n\t") {
		a--
	}
	if a < i && p.m[a] == '由' || !isOffice(p.m, i) || i-a > 20 {
		return nil
	}
	return splitOwners(p, rng{a, i})
}

func closingBracket(p *page, i, end int) int {
	for j := i + 1; j < end && j < i+60; j++ {
		if p.m[j] == '）' {
			return j
		}
		if is(p.m[j], "。\n（") {
			return 0
		}
	}
	return 0
}

// kindsOfOffice alone name nobody: 各村（社区）.
var kindsOfOffice = words("社区 街道 学校 单位 部门 党委 支部 科室 村镇 乡镇 总支 学院")

// isOwnerList reports a bracket that holds nothing but offices, and at the
// end of a clause.
func isOwnerList(p *page, g rng) bool {
	if g.len() < 2 || g.len() > 50 || !endsClause(p, g.b+1, len(p.m)) || is(p.m[min(g.b+1, len(p.m)-1)], "、，") {
		return false
	}
	a := g.a
	for i := g.a; i <= g.b; i++ {
		if i == g.b || is(p.m[i], "、，；") {
			if i-a < 2 || oneAt(p.m[:i], a, kindsOfOffice) != "" && i-a == 2 || !isOffice(p.m, i) || anyIn(p.m, rng{a, i}, "含", "包括", "如", "的", "及以上") {
				return false
			}
			a = i + 1
		}
	}
	return true
}

func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	out := list[:0]
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
