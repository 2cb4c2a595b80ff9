package parse

// line is one line of the page, without blanks at its ends.
type line struct {
	rng
	mark  marker
	cells []rng  // Of a table row; nil for every other line.
	table *table // On the first row of a table, once rows are gathered.
	blank bool   // A blank line stood before it.
	point bool   // A bullet stood before it.
}

func (l line) isRow() bool    { return l.cells != nil }
func (l line) numbered() bool { return l.mark.class != noClass }

// body is the line without its numbering.
func (l line) body() rng { return rng{max(l.mark.end, l.a), l.b} }

// readLines reads the lines that carry text, one-line text split up.
func readLines(p *page) []line {
	var lines []line
	blank := false
	for _, g := range unflatten(p, p.rawLines()) {
		full := g
		if g = p.trim(g); g.empty() || isNoise(p, g) {
			blank = true
			continue
		}
		l := line{rng: g, blank: blank}
		if p.isTableLine(full) {
			l.cells = splitCells(p, full)
		} else {
			l.a = skipBullet(p, g)
			l.point = l.a > g.a
			l.mark = readMarker(p, l.rng)
		}
		if !l.empty() {
			lines = append(lines, l)
		}
		blank = false
	}
	lines = pastedTables(p, lines)
	settleNumbers(p, lines)
	return gatherTables(p, lines)
}

// skipBullet steps over - • ● and the mark of a Markdown quotation.
func skipBullet(p *page, g rng) int {
	i := g.a
	for i < g.b-1 && is(p.r[i], "-*+•●◆■□▪◇★➢·〉√☆▲►") {
		i++
	}
	if i == g.a+1 && is(p.r[g.a], "-*+") && isDigit(p.r[i]) {
		return g.a
	}
	return i
}

// isNoise reports page numbers and rulers.
func isNoise(p *page, g rng) bool {
	if onlyOf(p.r[g.a:g.b], "-=_*~|：. \t") {
		return true
	}
	return g.len() <= 10 && !p.isTableLine(g) && onlyOf(p.r[g.a:g.b], "-=_*~ 0123456789./#") || isPageNumber(p, g)
}

func isPageNumber(p *page, g rng) bool {
	return p.r[g.a] == '第' && onlyOf(p.r[g.a:g.b], "第共页 0123456789，/-") && containsIn(p.r, g, "页")
}

func onlyOf(r []rune, set string) bool {
	for _, c := range r {
		if !is(c, set) {
			return false
		}
	}
	return true
}

// unflatten splits text that a PDF delivered in one line, where numbering
// stands behind sentences instead of at the beginning of lines.
func unflatten(p *page, lines []rng) []rng {
	if !isFlattened(p, lines) {
		return lines
	}
	var split []rng
	seq := sequence{}
	for _, g := range lines {
		a := g.a
		if !p.isTableLine(g) {
			for i := g.a; i < g.b; i++ {
				m := inlineMarker(p, i, g)
				if m.class == noClass || !seq.fits(m) {
					continue
				}
				if i > a {
					split = append(split, rng{a, i})
					a = i
				}
			}
		}
		split = append(split, rng{a, g.b})
	}
	return split
}

// isFlattened looks for 一、二、三、 in the middle of lines, or for 1. 2. 3.
// in a text that has hardly any lines.
func isFlattened(p *page, lines []rng) bool {
	seq, inline, filled := sequence{}, map[class]int{}, 0
	for _, g := range lines {
		if g.empty() {
			continue
		}
		filled++
		if p.isTableLine(g) {
			continue
		}
		for i := g.a; i < g.b; i++ {
			m := inlineMarker(p, i, g)
			if m.class != noClass && seq.fits(m) && i > p.trim(g).a {
				inline[m.class]++
			}
		}
	}
	if filled <= 3 && (inline[digit] >= 2 || inline[cjkParen] >= 2) {
		return true
	}
	return inline[cjk] >= 2 || inline[cjk] == 1 && filled <= 3
}

// inlineMarker reads numbering at i if a sentence or a gap ends before it.
func inlineMarker(p *page, i int, g rng) marker {
	c := p.r[i]
	if !isNumeral(c) && c != '（' {
		return marker{}
	}
	if i > g.a && !p.gap[i] && !is(p.r[i-1], "。；！：”）") {
		return marker{}
	}
	m := readMarker(p, rng{i, min(g.b, i+12)})
	switch m.class {
	case cjk, cjkParen, digit:
		return m
	}
	return marker{}
}

// sequence accepts numbers that begin at 1 or go on by one.
type sequence map[class]int

func (s sequence) fits(m marker) bool {
	if m.number != 1 && m.number != s[m.class]+1 {
		return false
	}
	s[m.class] = m.number
	for c := m.class + 1; c <= circled && m.class == cjk; c++ {
		if c == cjkParen {
			s[c] = 0
		}
	}
	return true
}
