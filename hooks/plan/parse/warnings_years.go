package parse

// isHistory reports that the year at i is told of the past.
func isHistory(p *page, i int) bool {
	if oneBefore(p.r, i, pastOpeners) > 0 {
		return true
	}
	g := rng{i + 5, clauseEnd(p, i+5, 22)}
	return anyIn(p.r, g, pastWork)
}

func clauseEnd(p *page, i, limit int) int {
	j := i
	for j < len(p.r) && j < i+limit && !is(p.r[j], "，。；\n\t") {
		j++
	}
	return min(j, len(p.r))
}

// yearMismatch reports years that contradict the plan's, in the titles, items
// and headings of the sections.
func (w *warner) yearMismatch(sections []*draft) {
	y := w.p.years
	if y.plan == 0 {
		return
	}
	for _, s := range sections {
		w.yearsIn(s.title)
		for _, it := range s.items {
			w.yearsIn(it.span)
		}
	}
}

func (w *warner) yearsIn(g rng) {
	y := w.p.years
	for i := g.a; i < g.b; i++ {
		if !isDigit(w.p.r[i]) {
			continue
		}
		n, ok := fourDigits(w.p.r, i, g.b)
		if !ok {
			continue
		}
		if i+4 < g.b && w.p.r[i+4] == '年' && n != y.plan && !(y.school && (n == y.plan+1 || n == y.plan-1)) && w.contradicts(i, n, g) {
			w.add("plan_year_mismatch", rng{i, i + 5}, "年份“%d年”与计划年度 %d 年不一致，请核对。", n, y.plan)
		}
		i += 3
	}
}

// contradicts decides for one year. Years of the past are told everywhere, so
// that a year is only reported where something is to be done or made in it.
func (w *warner) contradicts(i, n int, g rng) bool {
	r := w.p.r
	if i+5 < g.b && is(r[i+5], "-~至到—") || i > g.a && is(r[i-1], "-~至到〔[") {
		return false
	}
	end := clauseEnd(w.p, i+5, 30)
	behind := rng{i + 5, end}
	if b, inBook := w.bookAt(i); inBook {
		return w.madeBook(b, g) && !anyIn(r, rng{b.a, b.b}, rangeTitles)
	}
	if oneBefore(r, i, historyBefore) > 0 || inBrackets(w.p, i, g) {
		return false
	}
	if n > w.p.years.plan {
		return anyIn(r, behind, futureSigns) && containsIn(r, rng{max(g.a, i-16), i}, "签订")
	}
	if n < w.p.years.plan-8 {
		return false
	}
	if isDue(w.p, i, g) {
		return true
	}
	return !anyIn(r, behind, historyBehind) && !anyIn(r, rng{max(g.a, i-8), i}, lookBack)
}

// isDue reports a month behind the year with 前 or 底: a deadline in the past.
func isDue(p *page, i int, g rng) bool {
	d, ok := dateAt(p, p.m, i, g.b)
	return ok && d.part != fullDate && d.from == nil && d.to != nil && !d.past
}

func (w *warner) bookAt(i int) (rng, bool) {
	books := w.p.booksIn(rng{max(0, i-maxBook), i})
	if n := len(books); n > 0 && books[n-1].b > i {
		return books[n-1], true
	}
	return rng{}, false
}

// madeBook reports a title that the plan drafts, revises or signs.
func (w *warner) madeBook(b, g rng) bool {
	for _, hit := range findDocuments(w.p, sentenceOf(w.p, b, g), false) {
		if hit.rng == b {
			return drafting(hit.action)
		}
	}
	return false
}

func sentenceOf(p *page, b, g rng) rng {
	s := b
	for s.a > g.a && b.a-s.a < 200 && !is(p.m[s.a-1], "。；\n\t") {
		s.a--
	}
	for s.b < g.b && s.b-b.b < 200 && !is(p.m[s.b], "。；\n\t") {
		s.b++
	}
	return s
}

func inBrackets(p *page, i int, g rng) bool {
	for j := i - 1; j >= g.a && j > i-12; j-- {
		if p.r[j] == '）' {
			return false
		}
		if p.r[j] == '（' {
			return true
		}
	}
	return false
}
