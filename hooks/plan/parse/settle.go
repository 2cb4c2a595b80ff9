package parse

// settleNumbers corrects what a line alone does not show: whether 5.24小时 is
// item 5 or clause 5.24, and whether "1 组织工作" is numbered at all.
func settleNumbers(p *page, lines []line) {
	decimals := settleDecimals(p, lines)
	settleSpaced(p, lines, decimals)
}

// settleDecimals gives a line its whole number where that goes on from the
// item before and the decimal from nothing. It returns how many decimals stay.
func settleDecimals(p *page, lines []line) int {
	kept, items := 0, 0
	var last marker
	for k := range lines {
		m := &lines[k].mark
		switch {
		case m.class == decimal && m.number != 1 && !(m.major == last.major && m.number == last.number+1) && m.major == items+1:
			dot := lines[k].a
			for p.r[dot] != '.' {
				dot++
			}
			*m = marker{class: digit, number: m.major, end: dot + 1}
			items = m.number
		case m.class == decimal:
			last = *m
			kept++
		case m.class == digit:
			items = m.number
		}
	}
	return kept
}

// settleSpaced numbers the lines that have only a gap behind their number, if
// these count from 1 and either decimals stand below them or there are three.
func settleSpaced(p *page, lines []line, decimals int) {
	var found []int
	for k := range lines {
		n, end := spacedNumber(p, lines[k])
		if n == len(found)+1 {
			found = append(found, k)
			lines[k].mark = marker{class: digit, number: n, end: end}
		}
	}
	if decimals > 0 || len(found) >= 3 {
		return
	}
	for _, k := range found {
		lines[k].mark = marker{}
	}
}

// spacedNumber reads "1 组织工作".
func spacedNumber(p *page, l line) (n, end int) {
	if l.isRow() || l.numbered() {
		return 0, 0
	}
	n, end = smallInt(p.r, l.a, l.b)
	if end >= l.b || n == 0 || !p.gap[end] || !isHan(p.r[end]) || is(p.r[end], "年月日") {
		return 0, 0
	}
	return n, end
}
