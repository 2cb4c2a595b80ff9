package parse

import "slices"

// columnRole says what a column of a table holds.
type columnRole int

const (
	noColumn columnRole = iota
	indexColumn
	taskColumn
	contentColumn
	scheduleColumn
	ownerColumn
	deliverColumn
	otherColumn
)

// roleOf is the role of a head's cell.
func roleOf(p *page, g rng) (columnRole, bool) {
	for _, h := range headWords {
		if anyIn(p.r, g, h.list) {
			return h.role, true
		}
	}
	return noColumn, false
}

// columns says which column holds what; -1 is none.
type columns struct {
	task, content, schedule, deliver int
	owners                           []int
}

var noColumns = columns{task: -1, content: -1, schedule: -1, deliver: -1}

// readColumns finds the header and what each column holds. A table that goes
// on below a heading has its header further up.
func (t *table) readColumns(p *page, above *table) {
	t.cols = noColumns
	for len(t.rows) > 1 && filledCells(t.rows[0]) == 1 && isTitleLine(p, t.rows[0].rng) {
		t.rows = t.rows[1:] // The title of the table.
	}
	for n := 0; n < 2 && t.isHeader(p, n); n++ {
		t.header, t.rows = t.rows[0], t.rows[1:]
		for c, g := range t.header.cells {
			t.nameColumn(p, c, g)
		}
	}
	if t.header.cells == nil && above != nil && t.sameWidth(above) {
		t.header, t.cols = above.header, above.cols
		return
	}
	t.guessColumns(p)
}

func (t *table) sameWidth(above *table) bool {
	return above.header.cells != nil && len(t.rows) > 0 && len(t.rows[0].cells) == len(above.header.cells)
}

// isHeader reports a first row that names columns. A second row of names is
// one only where it fills the gaps of the first: names over two rows.
func (t *table) isHeader(p *page, level int) bool {
	if len(t.rows) == 0 || len(t.rows) == 1 && level > 0 {
		return false
	}
	r := t.rows[0]
	known, filled := 0, filledCells(r)
	for _, g := range r.cells {
		if g.empty() {
			continue
		}
		if g.len() > maxHeadCell || anyIn(p.r, g, cellMarks) || isPureTime(p, g) {
			return false
		}
		if _, ok := roleOf(p, g); ok {
			known++
		}
	}
	switch {
	case level > 0:
		return known == filled && filled < len(r.cells) && filledCells(t.header) < len(t.header.cells)
	case len(t.rows) == 1:
		return known == filled && filled >= 3
	}
	return known >= 2 && known*2 >= filled || known >= 1 && t.contrasts(p)
}

// contrasts reports a column of dates or numbers under a first cell that is
// neither.
func (t *table) contrasts(p *page) bool {
	for c, g := range t.rows[0].cells {
		if g.empty() || isDigit(p.r[g.a]) || startsTime(p, g) {
			continue
		}
		same := 0
		for _, r := range t.rows[1:] {
			if v := r.cell(c); !v.empty() && (isDigit(p.r[v.a]) || startsTime(p, v)) {
				same++
			}
		}
		if same == len(t.rows)-1 {
			return true
		}
	}
	return false
}

func filledCells(r row) int {
	n := 0
	for _, g := range r.cells {
		if !g.empty() {
			n++
		}
	}
	return n
}

// nameColumn enters a column under its role; the first of a role counts.
func (t *table) nameColumn(p *page, c int, g rng) {
	role, _ := roleOf(p, g)
	if role == ownerColumn {
		t.cols.owners = append(t.cols.owners, c)
	}
	for _, slot := range []struct {
		role columnRole
		col  *int
	}{
		{deliverColumn, &t.cols.deliver}, {scheduleColumn, &t.cols.schedule},
		{taskColumn, &t.cols.task}, {taskColumn, &t.cols.content}, {contentColumn, &t.cols.content},
	} {
		if slot.role == role && *slot.col < 0 {
			*slot.col = c
			return
		}
	}
}

// guessColumns fills in what the header did not say: the column of dates is
// the schedule, the first other text is the task.
func (t *table) guessColumns(p *page) {
	if t.cols.schedule < 0 {
		t.cols.schedule = t.dateColumn(p)
	}
	if t.cols.task >= 0 || t.cols.content >= 0 || len(t.rows) == 0 {
		return
	}
	for c, g := range t.rows[0].cells {
		if c != t.cols.schedule && !slices.Contains(t.cols.owners, c) && c != t.cols.deliver && g.len() >= 2 && isHan(p.r[g.a]) {
			if t.header.cells == nil || t.cols.schedule > c {
				t.cols.task = c
			} else {
				t.cols.content = c
			}
			return
		}
	}
}

// dateColumn is the column where at least half the rows begin with a date.
func (t *table) dateColumn(p *page) int {
	if len(t.rows) == 0 {
		return -1
	}
	for c := range t.rows[0].cells {
		hits, filled := 0, 0
		for _, r := range t.rows {
			if c < len(r.cells) && !r.cells[c].empty() {
				filled++
				if startsWithDate(p, r.cells[c]) {
					hits++
				}
			}
		}
		if hits > 0 && hits*2 >= filled {
			return c
		}
	}
	return -1
}

func startsWithDate(p *page, g rng) bool {
	d, ok := dateAt(p, p.r, g.a, g.b)
	return ok && d.a == g.a
}
