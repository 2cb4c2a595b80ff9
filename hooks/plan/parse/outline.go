package parse

// node is a heading or a numbered line with what stands below it.
type node struct {
	mark   marker
	line   rng   // The whole line.
	head   rng   // The line without its numbering.
	own    []rng // Plain lines below it, before its first kid.
	tables []*table
	kids   []*node
	end    int // Last glyph of everything below, exclusive.
}

// outline is the tree of a document.
type outline struct {
	p        *page
	title    rng
	preamble []rng
	root     node
	volumes  []*outline
	ranks    ranks
}

// readOutline builds the tree, or several if the file holds several documents.
func readOutline(p *page, lines []line) *outline {
	lines = dropTail(p, lines)
	markHeadings(p, lines)
	cover, lines := splitCover(p, lines)
	if vols := splitVolumes(p, lines); vols != nil {
		return outlineOfVolumes(p, lines, vols)
	}
	o := &outline{p: p, ranks: rankClasses(lines)}
	for _, l := range cover {
		o.preamble = append(o.preamble, l.rng)
	}
	lines = o.readFront(lines)
	o.build(lines)
	return o
}

func outlineOfVolumes(p *page, lines []line, vols []volume) *outline {
	all := &outline{p: p}
	for k := range lines {
		if lines[k].body() == vols[0].title {
			break
		}
		all.preamble = append(all.preamble, lines[k].rng)
	}
	if len(all.preamble) > 0 && isTitleLine(p, all.preamble[0]) {
		all.title, all.preamble = all.preamble[0], all.preamble[1:]
	}
	for _, v := range vols {
		o := &outline{p: p, title: v.title, ranks: rankClasses(v.lines)}
		o.build(o.skipPreamble(v.lines))
		o.root.line = v.title
		all.volumes = append(all.volumes, o)
	}
	return all
}

// build hangs each line below the nearest line of a higher rank.
func (o *outline) build(lines []line) {
	stack := []*node{&o.root}
	for _, l := range lines {
		top := stack[len(stack)-1]
		switch {
		case l.table != nil:
			top.tables = append(top.tables, l.table)
		case !l.numbered():
			top.own = append(top.own, l.rng)
		default:
			for len(stack) > 1 && o.ranks[stack[len(stack)-1].mark.rankKey()] >= o.ranks[l.mark.rankKey()] {
				stack = stack[:len(stack)-1]
			}
			n := &node{mark: l.mark, line: l.rng, head: l.body()}
			parent := stack[len(stack)-1]
			parent.kids = append(parent.kids, n)
			stack = append(stack, n)
		}
		for _, n := range stack {
			n.end = lineEnd(l)
		}
	}
}

func lineEnd(l line) int {
	if l.table != nil {
		return l.table.b
	}
	return l.b
}

// readFront takes the title and the preamble from the lines before the first
// numbered one.
func (o *outline) readFront(lines []line) []line {
	lines = o.readTitle(lines)
	return o.skipPreamble(lines)
}

func (o *outline) readTitle(lines []line) []line {
	if len(lines) == 0 {
		return lines
	}
	first := lines[0]
	if first.mark.class == markdown && (first.mark.number == 0 && onlyOfLevel(lines, first.mark.level)) {
		o.title = first.body()
		return lines[1:]
	}
	for k := 0; k < len(lines) && k < 3 && (!lines[k].numbered() || lines[k].mark.class >= heading) && !lines[k].isRow(); k++ {
		if isTitleLine(o.p, rng{first.a, lines[k].b}) || isTitleLine(o.p, lines[k].rng) {
			o.title = rng{first.a, lines[k].b}
			return lines[k+1:]
		}
		if cut := titlePrefix(o.p, lines[k].rng); k == 0 && cut > 0 {
			o.title = rng{first.a, cut}
			lines[0].a = cut
			lines[0].mark = marker{}
			return lines
		}
		if lines[k].len() > 36 {
			break
		}
	}
	if o.isPlainTitle(lines) {
		o.title = first.rng
		return lines[1:]
	}
	return lines
}

// isPlainTitle reports a short first line without end mark above a paragraph
// or above 一、.
func (o *outline) isPlainTitle(lines []line) bool {
	first := lines[0]
	if len(lines) < 2 || first.numbered() && first.mark.class != subHeading || first.isRow() || first.len() > 40 || first.len() < 4 {
		return false
	}
	for _, c := range o.p.r[first.a:first.b] {
		if is(c, "。；！，：") {
			return false
		}
	}
	switch next := lines[1]; {
	case next.isRow() || next.mark.class == cjk || next.mark.class == part || next.mark.class == article:
		return true
	case next.numbered():
		return namesYear(o.p, first.rng)
	default:
		return next.len() > 40 || endsSentence(o.p.r[next.b-1]) && namesYear(o.p, first.rng)
	}
}

// namesYear reports 2025年 in a line.
func namesYear(p *page, g rng) bool {
	for i := g.a; i+4 < g.b; i++ {
		if _, ok := fourDigits(p.r, i, g.b); ok && p.r[i+4] == '年' {
			return true
		}
	}
	return false
}

// titlePrefix finds the title at the beginning of a text that came in one
// line; a gap ends it.
func titlePrefix(p *page, g rng) int {
	for i := g.a + 4; i < g.b && i < g.a+maxTitle; i++ {
		if p.gap[i] && isTitleLine(p, rng{g.a, i}) {
			return i
		}
	}
	return 0
}

func onlyOfLevel(lines []line, level int) bool {
	for _, l := range lines[1:] {
		if l.mark.class == markdown && l.mark.level <= level {
			return false
		}
	}
	return true
}

// skipPreamble takes the lines before the first heading; a plan without any
// keeps all but its introduction.
func (o *outline) skipPreamble(lines []line) []line {
	k := 0
	for k < len(lines) && !lines[k].numbered() && !lines[k].isRow() {
		k++
	}
	if k == len(lines) {
		k = 0
		for k < len(lines) && (isIntroduction(o.p, lines[k].rng) || isDateLine(o.p, lines[k].rng) || isSalutation(o.p, lines[k].rng)) {
			k++
		}
	}
	for _, l := range lines[:k] {
		o.preamble = append(o.preamble, l.rng)
	}
	return lines[k:]
}

// isIntroduction reports the paragraph that says why there is a plan.
func isIntroduction(p *page, g rng) bool {
	tail := rng{max(g.a, g.b-24), g.b}
	return anyIn(p.r, tail, introWords)
}

// dropTail removes what stands below a plan: signature, date, distribution.
func dropTail(p *page, lines []line) []line {
	n := len(lines)
	for n > 1 && !lines[n-1].isRow() && !lines[n-1].numbered() {
		g := lines[n-1].rng
		if isDateLine(p, g) || isSignature(p, g) || isDistribution(p, g) || isClosing(p, g) {
			n--
			continue
		}
		break
	}
	return lines[:n]
}

// isClosing reports 特此报告。 and its like.
func isClosing(p *page, g rng) bool {
	return g.len() <= 12 && oneAt(p.r, g.a, closings) > 0
}

func isDistribution(p *page, g rng) bool {
	return oneAt(p.r, g.a, distribution) > 0 || g.len() < 40 && hasBefore(p.r, g.b, "印发")
}
