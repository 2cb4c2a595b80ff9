package parse

// Text from a PDF comes in lines of one width, broken anywhere. unwrap joins
// them to paragraphs again by dropping the breaks that end no sentence.
func (p *page) unwrap() {
	p.ragged = isRagged(p)
	lines := p.rawLines()
	width := wrapWidth(p, lines)
	keep := pastedLines(p, lines)
	soft := make([]bool, len(lines))
	for k := 0; k+1 < len(lines); k++ {
		soft[k] = !keep[k] && !keep[k+1] && p.continues(lines[k], lines[k+1], width)
	}
	p.dropBreaks(lines, soft)
}

// isRagged reports white space between characters more often than titles and
// tables explain.
func isRagged(p *page) bool {
	gaps, han := 0, 0
	for i := 1; i < len(p.r); i++ {
		if isHan(p.r[i]) && isHan(p.r[i-1]) {
			han++
			if p.gap[i] {
				gaps++
			}
		}
	}
	return gaps >= 3 && gaps*60 > han
}

// rawLines are the lines between newline glyphs.
func (p *page) rawLines() []rng {
	var lines []rng
	a := 0
	for i, c := range p.r {
		if c == newline {
			lines = append(lines, rng{a, i})
			a = i + 1
		}
	}
	return append(lines, rng{a, len(p.r)})
}

const (
	minWrapLines = 6  // Fewer lines say nothing about a width.
	minWrapWidth = 12 // Narrower columns are lists.
	maxWrapWidth = 70
)

// wrapWidth returns the width at which the text was broken, or 0. Broken text
// has many lines of nearly the same width that end in the middle of a
// sentence.
func wrapWidth(p *page, lines []rng) int {
	var counts [maxWrapWidth + 1]int
	total := 0
	for _, g := range lines {
		if g.empty() || g.len() > maxWrapWidth || p.isTableLine(g) {
			continue
		}
		total++
		if !endsSentence(p.r[g.b-1]) {
			counts[g.len()]++
		}
	}
	best, width := 0, 0
	for w := minWrapWidth; w <= maxWrapWidth; w++ {
		n := 0
		for d := -2; d <= 2; d++ {
			if w+d <= maxWrapWidth {
				n += counts[w+d]
			}
		}
		if n >= best {
			best, width = n, w
		}
	}
	if total < minWrapLines || best*10 < total*3 {
		return 0
	}
	return width
}

// continues reports whether line b is the rest of line a.
func (p *page) continues(a, b rng, width int) bool {
	if a.empty() || b.empty() || p.isTableLine(a) || p.isTableLine(b) || p.startsNumbered(b) {
		return false
	}
	last, first := p.r[a.b-1], p.r[b.a]
	switch {
	case is(first, "，。；、：）》”！？%"):
		return true
	case is(last, "，、（《“"):
		return true
	case p.openTitle(a) || p.breaksTitleWord(a, b):
		return true
	case endsSentence(last) || last == '：':
		return false
	}
	return width > 0 && a.len() >= width-width/6-2
}

// breaksTitleWord reports a title cut within its last word: 工作要 | 点.
func (p *page) breaksTitleWord(a, b rng) bool {
	if b.len() > 3 {
		return false
	}
	joined := append(append([]rune(nil), p.r[max(a.a, a.b-3):a.b]...), p.r[b.a:b.b]...)
	w := oneBefore(joined, len(joined), titleEnds)
	return w > b.len()
}

// openTitle reports a 《 that the line doesn't close.
func (p *page) openTitle(g rng) bool {
	depth := 0
	for _, c := range p.r[g.a:g.b] {
		switch c {
		case '《':
			depth++
		case '》':
			depth--
		}
	}
	return depth > 0
}

func endsSentence(c rune) bool { return is(c, "。；！？") }

// dropBreaks removes the newline glyphs behind soft lines.
func (p *page) dropBreaks(lines []rng, soft []bool) {
	drop := make(map[int]bool)
	for k, s := range soft {
		if s {
			drop[lines[k].b] = true
		}
	}
	if len(drop) == 0 {
		return
	}
	n, gap := 0, false
	for i := range p.r {
		if drop[i] {
			gap = isWord(p.r[i-1])
			continue
		}
		p.r[n], p.at[n], p.end[n], p.gap[n] = p.r[i], p.at[i], p.end[i], p.gap[i] || gap
		gap = false
		n++
	}
	p.r, p.at, p.end, p.gap = p.r[:n], p.at[:n], p.end[:n], p.gap[:n]
}

// isTableLine reports tabs or pipes between cells.
func (p *page) isTableLine(g rng) bool {
	pipes := 0
	for i := g.a; i < g.b; i++ {
		switch p.r[i] {
		case cellEnd:
			if !p.afterMarker(g.a, i) {
				return true
			}
		case '|':
			pipes++
		}
	}
	return pipes >= 2
}

// afterMarker reports a tab that only stands between a number and its text,
// as Word writes it, with no other tab behind.
func (p *page) afterMarker(a, tab int) bool {
	m := readMarker(p, rng{a, tab})
	if m.class == noClass || m.end != tab {
		return false
	}
	for i := tab + 1; i < len(p.r) && p.r[i] != newline; i++ {
		if p.r[i] == cellEnd {
			return false
		}
	}
	return true
}
