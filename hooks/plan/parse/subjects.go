package parse

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
	if oneAt(p.m, i, notSubject) > 0 {
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
		if isPost(p.m, j) && (oneAt(p.m[:end], j, subjectActs) > 0 || signsWith(p, j, end) || isNumeral(c) && beginsDate(p, j, end)) {
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
	return anyIn(p.m, rng{i, min(b, end)}, signVerbs)
}

func beginsDate(p *page, i, end int) bool {
	_, ok := dateAt(p, p.m, i, end)
	return ok
}

func isPost(r []rune, i int) bool { return oneBefore(r, i, posts) > 0 }
