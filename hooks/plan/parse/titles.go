package parse

// Bounds of a title that stands on one line with its text.
const (
	maxInlineTitle = 32
	maxColonTitle  = 20
	maxGapTitle    = 16
)

// splitHead divides a heading line into its title and the text behind it:
// "坚定政治站位。深入学习…" has both, a line of one sentence has no title
// unless something stands below it.
func (o *outline) splitHead(n *node) (title, rest rng) {
	g := o.p.trim(n.head)
	below := len(n.own) > 0 || len(n.kids) > 0 || len(n.tables) > 0
	if cut, next := o.p.titleCut(g); cut > 0 && !(o.p.onlyBracket(rng{next, g.b}) && sentencePromises(o.p, rng{g.a, cut})) {
		return trimTitle(o.p, rng{g.a, cut}), o.p.trim(rng{next, g.b})
	}
	leaf := len(n.kids) == 0 && n.mark.class != heading && n.mark.class != subHeading
	if below && g.len() <= maxTitle && !(leaf && sentencePromises(o.p, g)) || n.mark.class == markdown || o.isTopHeading(n, g) || isTitleOnly(o.p, g) {
		return trimTitle(o.p, g), rng{g.b, g.b}
	}
	return rng{g.a, g.a}, g
}

// lineTitle divides a line without number, where only a colon ends a title:
// 就业帮扶：走访毕业生30名.
func (p *page) lineTitle(g rng) (title, body rng) {
	cut, next := p.titleCut(g)
	if cut == 0 || p.r[cut] != '：' || startsTime(p, g) {
		return rng{g.a, g.a}, g
	}
	return trimTitle(p, rng{g.a, cut}), p.trim(rng{next, g.b})
}

// onlyBracket reports that a sentence is followed by no more than who answers.
func (p *page) onlyBracket(g rng) bool {
	g = p.trim(g)
	return g.len() > 2 && is(p.r[g.a], "（【[〔") && is(p.r[g.b-1], "）】]〕。")
}

// isTopHeading reports a numbered line of the highest level without a
// sentence in it.
func (o *outline) isTopHeading(n *node, g rng) bool {
	return n.mark.class <= cjk && g.len() <= maxTitle && !containsIn(o.p.r, rng{g.a, max(g.a, g.b-1)}, "。")
}

// isTitleOnly reports a short line without any mark in it.
func isTitleOnly(p *page, g rng) bool {
	if g.len() > maxColonTitle {
		return false
	}
	for i := g.a; i < g.b; i++ {
		if is(p.r[i], "，。；！？《") || is(p.r[i], "每月周次") || isDigit(p.r[i]) {
			return false
		}
	}
	return true
}

// titleCut finds where the title ends and where the text goes on; 0 means no
// title.
func (p *page) titleCut(g rng) (cut, next int) {
	if cut := p.knownTitle(g); cut > 0 {
		return cut, cut
	}
	depth := 0
	for i := g.a; i < g.b-1 && i-g.a <= maxInlineTitle; i++ {
		switch c := p.r[i]; {
		case is(c, "“《（"):
			depth++
		case is(c, "”》）"):
			depth--
		case depth > 0:
		case is(c, "。！"):
			return i, i + 1
		case c == '：' && i-g.a <= maxColonTitle:
			if containsIn(p.r, rng{g.a, i}, "，") || isLabel(p, rng{g.a, i + 1}) {
				return 0, 0
			}
			return i, i + 1
		case is(c, "；？"):
			return 0, 0
		}
		if !p.ragged && i > g.a+2 && p.gap[i] && i-g.a <= maxGapTitle && g.b-i > 2*(i-g.a) && isHan(p.r[i]) && isHan(p.r[i-1]) && p.loneGap(g, i) {
			return i, i
		}
	}
	return 0, 0
}

// knownTitle finds such a title before a gap, whatever gaps a PDF put into it.
func (p *page) knownTitle(g rng) int {
	w := oneAt(p.r[:g.b], g.a, knownTitles)
	cut := g.a + w
	if w == 0 || cut >= g.b-1 || !p.gap[cut] {
		return 0
	}
	return cut
}

// loneGap reports that the title before i has no other gap, so that the gap
// is meant and no accident of a PDF.
func (p *page) loneGap(g rng, i int) bool {
	for j := g.a + 1; j < i; j++ {
		if p.gap[j] && isHan(p.r[j]) && isHan(p.r[j-1]) {
			return false
		}
	}
	return i+2 >= g.b || !p.gap[i+1] && !p.gap[i+2]
}

// trimTitle drops the mark that closes a heading.
func trimTitle(p *page, g rng) rng {
	g = p.trim(g)
	for g.b > g.a && is(p.r[g.b-1], "。：；，、.#") {
		g.b--
	}
	for g.a < g.b && is(p.r[g.a], "：、.，") {
		g.a++
	}
	if g.len() > 2 && p.r[g.a] == '【' && p.r[g.b-1] == '】' {
		return rng{g.a + 1, g.b - 1}
	}
	return g
}

// monthOf passes down the month that a heading names.
func (o *outline) monthOf(n *node, when rng) rng {
	g := trimTitle(o.p, n.head)
	if isMonthHeading(o.p, g) {
		return g
	}
	if g.len() <= maxHeading && !g.empty() && g.b-g.a > 2 {
		if d, ok := bracketDate(o.p, g); ok {
			return d
		}
	}
	return when
}

// bracketDate finds （3月） behind a heading.
func bracketDate(p *page, g rng) (rng, bool) {
	if p.r[g.b-1] != '）' {
		return rng{}, false
	}
	for i := g.b - 2; i > g.a; i-- {
		if p.r[i] != '（' {
			continue
		}
		d, ok := dateAt(p, p.r, i+1, g.b-1)
		if ok && d.b == g.b-1 {
			return d.rng, true
		}
		break
	}
	return rng{}, false
}
