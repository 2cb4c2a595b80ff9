package parse

// maxHeading bounds a heading without a number.
const maxHeading = 30

// markHeadings gives unnumbered headings a class. A short line is a heading
// when numbering begins anew below it, or when it stands above a paragraph
// again and again.
func markHeadings(p *page, lines []line) {
	for k := range lines {
		if lines[k].numbered() || lines[k].isRow() {
			continue
		}
		if isAnnexLine(p, lines[k]) {
			lines[k].mark = marker{class: annex, end: lines[k].a}
			unmarkAnnexList(p, lines[k:])
			continue
		}
		if k+1 < len(lines) && looksLikeHeading(p, lines[k].rng) && opensBelow(p, lines, k) {
			lines[k].mark = marker{class: heading, end: lines[k].a}
		}
	}
	markSubHeadings(p, lines)
	numberHeadings(lines)
}

// looksLikeHeading: short, one sentence at most, no list and no lead-in.
func looksLikeHeading(p *page, g rng) bool {
	if g.len() > maxHeading || g.len() < 2 || isSalutation(p, g) {
		return false
	}
	for i := g.a; i < g.b-1; i++ {
		if is(p.r[i], "。；！？|") || p.r[i] == '：' {
			return false
		}
	}
	if is(p.r[g.b-1], "，、；！？") || isLeadIn(p, g) {
		return false
	}
	return !isDateLine(p, g) || isMonthHeading(p, g)
}

// isLeadIn reports "重点做好以下工作：", which announces and names nothing.
func isLeadIn(p *page, g rng) bool {
	return p.r[g.b-1] == '：' && (anyIn(p.r, g, leadIns) || g.len() > 24) ||
		anyIn(p.r, g, listLeadIns)
}

// isSalutation reports "各党支部：", which opens a letter.
func isSalutation(p *page, g rng) bool {
	if p.r[g.b-1] != '：' {
		return false
	}
	return p.r[g.a] == '各' && oneBefore(p.r, g.b-1, salutationEnds) > 0 || anyIn(p.r, g, audience)
}

// opensBelow reports that the line after k begins a numbering at 1, or goes
// on with one, or is the first row of a table.
func opensBelow(p *page, lines []line, k int) bool {
	next := lines[k+1]
	switch {
	case next.mark.class == markdown || next.mark.class == part || next.mark.class == cjk:
		return false
	case next.point && !lines[k].point:
		return true
	case next.numbered():
		if next.mark.number == 1 {
			return true
		}
		return endsAlone(p, lines, k) && next.mark.number == lastNumber(lines, k, next.mark.class)+1
	}
	return isMonthHeading(p, lines[k].rng) && !next.isRow()
}

// endsAlone reports a line without end mark or with a colon, behind a line
// that is complete.
func endsAlone(p *page, lines []line, k int) bool {
	if k == 0 {
		return true
	}
	return !endsSentence(p.r[lines[k].b-1]) && endsSentence(p.r[lines[k-1].b-1])
}

// lastNumber is the number of class c last seen in the lines before k.
func lastNumber(lines []line, k int, c class) int {
	for j := k - 1; j >= 0 && j > k-40; j-- {
		if lines[j].mark.class == c {
			return lines[j].mark.number
		}
		if lines[j].mark.class != noClass && lines[j].mark.class < c && lines[j].mark.class != heading {
			return -1
		}
	}
	return -1
}

// markSubHeadings marks pairs of a short line and a paragraph, where at least
// two of them stand together.
func markSubHeadings(p *page, lines []line) {
	for k := 0; k < len(lines); {
		from := k
		for k < len(lines) && !lines[k].numbered() && !lines[k].isRow() {
			k++
		}
		markPairs(p, lines[from:k])
		if k == from {
			k++
		}
	}
}

func markPairs(p *page, run []line) {
	var heads []int
	for k := 0; k+1 < len(run); k++ {
		if isBareHeading(p, run[k].rng) && isParagraph(p, run[k+1].rng) {
			heads = append(heads, k)
		}
	}
	if len(heads) < 2 {
		return
	}
	for _, k := range heads {
		run[k].mark = marker{class: subHeading, end: run[k].a}
	}
}

// isBareHeading: like a heading, and not itself a promise.
func isBareHeading(p *page, g rng) bool {
	if startsWithDate(p, g) && !isMonthHeading(p, g) {
		return false
	}
	return looksLikeHeading(p, g) && g.len() <= 24 && !isSignature(p, g) && !isTitleLine(p, g)
}

// isParagraph reports a line that reads as text.
func isParagraph(p *page, g rng) bool {
	return g.len() > 16 && (endsSentence(p.r[g.b-1]) || containsIn(p.r, g, "，") || g.len() > maxHeading)
}

// numberHeadings counts unnumbered headings within their surroundings.
func numberHeadings(lines []line) {
	count := map[class]int{}
	for k := range lines {
		m := &lines[k].mark
		switch m.class {
		case heading, subHeading, annex:
			count[m.class]++
			m.number = count[m.class]
		case part, cjk, cjkParen:
			count[subHeading] = 0
			if m.class != cjkParen {
				count[heading] = 0
			}
		}
	}
}

// isAnnexLine reports the head of an annex: 附件2 or 附表：….
func isAnnexLine(p *page, l line) bool {
	if l.len() > 40 || !hasAt(p.r, l.a, "附") {
		return false
	}
	w := oneAt(p.r, l.a, annexWords)
	if w == 0 {
		return false
	}
	i := l.a + w
	return p.r[i-1] == '：' || i >= l.b || isNumeral(p.r[i]) || p.r[i] == '：' || p.gap[i]
}

// unmarkAnnexList takes the numbers from the names below 附件：1.…, which are
// no items.
func unmarkAnnexList(p *page, lines []line) {
	i := lines[0].a + 2
	if i >= lines[0].b || p.r[i] != '：' {
		return
	}
	last := readMarker(p, p.trim(rng{i + 1, lines[0].b}))
	for k := 1; k < len(lines) && last.class != noClass; k++ {
		m := lines[k].mark
		if m.class != last.class || m.number != last.number+1 || lines[k].len() > maxTitle || endsSentence(p.r[lines[k].b-1]) {
			return
		}
		last, lines[k].mark = m, marker{}
	}
}

// isMonthHeading reports a line that only says when: 3月： 三月份 第一季度.
func isMonthHeading(p *page, g rng) bool {
	if g.len() > 14 {
		return false
	}
	if is(p.r[g.b-1], "：。") {
		g.b--
	}
	d, ok := dateAt(p, p.r, g.a, g.b)
	if !ok || d.part == fullDate {
		return false
	}
	rest := p.trim(rng{d.b, g.b})
	return rest.empty() || rest.len() <= 5 && oneAt(p.r, rest.a, monthHeadTails) > 0
}

// isDateLine reports a line that is nothing but a date, as under a letter.
func isDateLine(p *page, g rng) bool {
	if g.len() > 16 {
		return false
	}
	for _, c := range p.r[g.a:g.b] {
		if !isDigit(c) && !is(c, "年月日号.-/ xX×零一二三四五六七八九十印发（）") {
			return false
		}
	}
	return true
}

// isSignature reports the name of an organization alone on a line.
func isSignature(p *page, g rng) bool {
	return g.len() <= 24 && !anyIn(p.r, g, sentenceMarks) && oneBefore(p.r, g.b, signatureEnds) > 0
}
