package parse

import "slices"

// tableSections makes sections of the tables of a plan that has no headings:
// a row that is a heading, else the task column, is the section, each schedule
// row an item. A calendar, whose first column is the date, is one section.
func (o *outline) tableSections(tables []*table) []*draft {
	var out []*draft
	for _, t := range tables {
		switch {
		case t.grouped(o.p):
			out = append(out, o.groupSections(t)...)
		case t.byTask():
			out = append(out, o.taskSections(t)...)
		default:
			out = append(out, &draft{items: o.rowItems(t), span: t.rng})
		}
	}
	return out
}

// byTask reports a task column in front of a schedule, or of contents where
// there is no schedule.
func (t *table) byTask() bool {
	c := t.cols
	return c.task >= 0 && (c.schedule > c.task || c.schedule < 0 && c.content > c.task)
}

// grouped reports that a heading over all columns stands above the rows.
func (t *table) grouped(p *page) bool { return len(t.rows) > 1 && t.rows[0].isGroup(p) }

// isGroup reports a row of one heading.
func (r row) isGroup(p *page) bool {
	return len(r.cells) > 2 && filledCells(r) == 1 && !r.cells[0].empty() && looksLikeHeading(p, r.cells[0]) && !startsTime(p, r.cells[0])
}

func (o *outline) groupSections(t *table) []*draft {
	var out []*draft
	part := *t
	for k := 0; k < len(t.rows); {
		n := k + 1
		for n < len(t.rows) && !t.rows[n].isGroup(o.p) {
			n++
		}
		part.rows = t.rows[k+1 : n]
		g := t.rows[k].cells[0]
		m := readMarker(o.p, g)
		out = append(out, &draft{number: m.number, title: trimTitle(o.p, rng{max(g.a, m.end), g.b}), span: rng{t.rows[k].a, t.rows[n-1].b}, items: o.rowItems(&part)})
		k = n
	}
	return out
}

func (o *outline) taskSections(t *table) []*draft {
	var out []*draft
	var cur *draft
	for _, r := range t.rows {
		task := r.cell(t.cols.task)
		if cur == nil || !task.empty() && o.p.clean(task) != o.p.clean(cur.title) {
			cur = &draft{number: len(out) + 1, title: trimTitle(o.p, task), span: r.rng}
			out = append(out, cur)
		}
		cur.span.b = r.b
		cur.items = append(cur.items, o.itemsOfRow(t, r, true)...)
	}
	return out
}

// rowItems makes items of the rows where the section is known already.
func (o *outline) rowItems(t *table) []*item {
	var items []*item
	var month rng
	for _, r := range t.rows {
		if r.isGroup(o.p) {
			continue
		}
		if g := r.cell(t.cols.schedule); !g.empty() {
			month = g
		} else if t.cols.schedule == 0 || t.cols.schedule == 1 {
			r.cells = withCell(r.cells, t.cols.schedule, month)
		}
		items = append(items, o.itemsOfRow(t, r, false)...)
	}
	return items
}

// withCell fills a cell that was merged with the one above it.
func withCell(cells []rng, c int, g rng) []rng {
	if c >= len(cells) {
		return cells
	}
	cells = append([]rng(nil), cells...)
	cells[c] = g
	return cells
}

func (r row) cell(c int) rng {
	if c < 0 || c >= len(r.cells) {
		return rng{}
	}
	return r.cells[c]
}

// itemsOfRow makes one item of a row, or one for each month its schedule
// lists. A task above contents names the row and promises nothing itself.
func (o *outline) itemsOfRow(t *table, r row, inSection bool) []*item {
	sched, task := r.cell(t.cols.schedule), r.cell(t.cols.task)
	it := item{span: o.p.trim(r.rng), deliver: r.cell(t.cols.deliver), dated: true}
	for _, c := range t.cols.owners {
		if g := r.cell(c); !g.empty() {
			it.owners = append(it.owners, g)
		}
	}
	if !task.empty() && t.hasContent(o.p, r) && !titlePromises(o.p, task) {
		if inSection && task.b < r.b {
			it.span.a = task.b
			it.span = o.p.trim(it.span)
		} else {
			it.title = trimTitle(o.p, task)
		}
	}
	if it.span.empty() {
		return nil
	}
	parts := o.p.monthParts(sched)
	if len(parts) == 0 {
		parts = []rng{sched}
	}
	items := make([]*item, len(parts))
	for k := range parts {
		one := it
		if !isPureTime(o.p, parts[len(parts)-1]) {
			one.span = o.shareOfRow(it.span, parts, k)
		}
		o.fillRow(t, r, &one, parts[k])
		items[k] = &one
	}
	return items
}

// shareOfRow divides a row among the entries of its schedule, so that each
// cell belongs to one of them.
func (o *outline) shareOfRow(span rng, parts []rng, k int) rng {
	if k > 0 {
		span.a = parts[k].a
	}
	if k+1 < len(parts) {
		span.b = o.p.trim(rng{parts[k].a, parts[k+1].a}).b
	}
	return span
}

// hasContent reports that a row says what to do outside of its task cell.
func (t *table) hasContent(p *page, r row) bool {
	if g := r.cell(t.cols.schedule); !g.empty() && !isPureTime(p, g) {
		return true
	}
	return !r.cell(t.cols.content).empty()
}

// fillRow decides where the promises of a row stand. A schedule cell that
// only says when dates the other cells; one that says what is a promise.
func (o *outline) fillRow(t *table, r row, it *item, sched rng) {
	pure := isPureTime(o.p, sched)
	if pure {
		it.when = sched
	} else if !sched.empty() {
		it.body = append(it.body, sched)
	}
	for c, g := range r.cells {
		if g.empty() || c == t.cols.schedule || slices.Contains(t.cols.owners, c) || isIndex(o.p, g) {
			continue
		}
		if g.b <= it.span.a || g.a >= it.span.b || c == t.cols.task && !it.title.empty() {
			continue
		}
		it.body = append(it.body, g)
	}
	if len(it.body) == 0 {
		it.body = []rng{it.span}
	}
}

func isIndex(p *page, g rng) bool {
	return g.len() <= 4 && onlyOf(p.r[g.a:g.b], "0123456789.、一二三四五六七八九十")
}

// isPureTime reports a cell that says when and nothing else.
func isPureTime(p *page, g rng) bool {
	if g.empty() {
		return false
	}
	for i := g.a; i < g.b; {
		if d, ok := dateAt(p, p.r, i, g.b); ok {
			i = d.b
		} else if f, ok := frequencyAt(p.r, i, g.b); ok {
			i = f.b
		} else if is(p.r[i], "、，；/ -~和前后及\n") {
			i++
		} else {
			return false
		}
	}
	return true
}

// monthParts cuts a schedule cell at each month it lists: "3月：…；4月：…",
// "5月/10月". It returns nothing when there are fewer than two.
func (p *page) monthParts(g rng) []rng {
	var starts []int
	for i := g.a; i < g.b; {
		d, ok := dateAt(p, p.r, i, g.b)
		if !ok {
			i++
			continue
		}
		if d.part != vague && p.beginsPart(g, i, d.b) {
			starts = append(starts, i)
		}
		i = d.b
	}
	if len(starts) < 2 {
		return nil
	}
	parts := make([]rng, len(starts))
	for k, a := range starts {
		b := g.b
		if k+1 < len(starts) {
			b = starts[k+1]
		}
		parts[k] = p.trimMarks(rng{a, b})
	}
	return p.shareText(parts)
}

// shareText joins dates that share one text, 4月~6月/9月~11月：分期举办. Where
// all parts are dates and nothing else, each stands for itself.
func (p *page) shareText(parts []rng) []rng {
	if isPureTime(p, parts[len(parts)-1]) {
		return parts
	}
	out := parts[:1]
	for _, g := range parts[1:] {
		if last := &out[len(out)-1]; isPureTime(p, *last) {
			last.b = g.b
			continue
		}
		out = append(out, g)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// beginsPart reports a date at the beginning of an entry: behind a break, a
// mark or a gap, and followed by its text or by nothing.
func (p *page) beginsPart(g rng, i, next int) bool {
	if i > g.a && !p.gap[i] && !is(p.r[i-1], "。；、/\n，") && !p.afterNumber(g.a, i) {
		return false
	}
	return next >= g.b || p.gap[next] || is(p.r[next], "：、/；，-\n") || isHan(p.r[next])
}

func (p *page) afterNumber(a, i int) bool {
	for j := max(a, i-4); j < i; j++ {
		if m := readMarker(p, rng{j, i}); m.class != noClass && m.end == i && (j == a || p.gap[j] || is(p.r[j-1], "。；\n")) {
			return true
		}
	}
	return false
}

func (p *page) trimMarks(g rng) rng {
	for g.b > g.a && (isBlank(p.r[g.b-1]) || is(p.r[g.b-1], "；、/，")) {
		g.b--
	}
	return g
}
