package parse

// table is a block of rows with the meaning of its columns.
type table struct {
	rng
	rows   []row
	header row
	cols   columns
}

// row is one row, its cells in order; an empty cell has an empty range.
type row struct {
	rng
	cells []rng
}

// How far a cell may run over the following lines.
const (
	maxCellLines = 12
	maxTailLines = 3
)

// splitCells cuts a row at tabs, or at pipes where there are no tabs.
func splitCells(p *page, g rng) []rng {
	sep := rune('|')
	for _, c := range p.r[g.a:g.b] {
		if c == cellEnd {
			sep = cellEnd
		}
	}
	if sep == '|' {
		g = p.trim(g)
		g.a, g.b = skipPipe(p, g)
	}
	var cells []rng
	a := g.a
	for i := g.a; i <= g.b; i++ {
		if i == g.b || p.r[i] == sep {
			cells = append(cells, p.trim(rng{a, i}))
			a = i + 1
		}
	}
	return cells
}

// skipPipe gives the range between the outer pipes, which trim has removed.
func skipPipe(p *page, g rng) (int, int) {
	for g.a < g.b && p.r[g.a] == '|' {
		g.a++
	}
	for g.b > g.a && p.r[g.b-1] == '|' {
		g.b--
	}
	return g.a, g.b
}

// gatherTables puts the rows of each table into its first line, with the
// lines over which a cell runs on. A head with nothing below it serves the
// table behind the next heading.
func gatherTables(p *page, lines []line) []line {
	var out []line
	var above *table
	for k := 0; k < len(lines); {
		if !lines[k].isRow() {
			out = append(out, lines[k])
			k++
			continue
		}
		t, next := readTable(p, lines, k, above)
		if t.header.cells != nil {
			above = t
		}
		if len(t.rows) > 0 {
			l := lines[k]
			l.table = t
			out = append(out, l)
		}
		k = next
	}
	return out
}

func readTable(p *page, lines []line, k int, above *table) (*table, int) {
	t := &table{rng: lines[k].rng}
	width := len(lines[k].cells)
	for k < len(lines) {
		if lines[k].isRow() {
			t.addRow(lines[k], width)
			k++
			continue
		}
		n := runOn(p, lines, k, len(t.rows[len(t.rows)-1].cells) < width)
		if n == 0 {
			break
		}
		last := &t.rows[len(t.rows)-1]
		last.b = lines[k+n-1].b
		if c := len(last.cells) - 1; c >= 0 {
			last.cells[c] = join(last.cells[c], lines[k].a, last.b)
		}
		k += n
	}
	t.b = t.rows[len(t.rows)-1].b
	t.readColumns(p, above)
	return t, k
}

// runOn counts the plain lines at k that belong to the last cell: another row
// of the table must follow.
func runOn(p *page, lines []line, k int, open bool) int {
	limit := maxTailLines
	if open {
		limit = maxCellLines
	}
	for n := 0; n <= limit && k+n < len(lines); n++ {
		l := lines[k+n]
		if l.isRow() {
			return n
		}
		if l.mark.class != noClass && l.mark.class <= cjkParen || !open && (l.numbered() || l.len() > 60) {
			return 0
		}
	}
	return 0
}

func join(g rng, a, b int) rng {
	if g.empty() {
		return rng{a, b}
	}
	return rng{g.a, b}
}

// addRow appends a row, or completes the last one if that was cut by a break
// inside a cell.
func (t *table) addRow(l line, width int) {
	if n := len(t.rows); n > 0 {
		last := &t.rows[n-1]
		if len(last.cells) < width && len(last.cells) > 0 && len(last.cells)+len(l.cells)-1 <= width && !l.cells[0].empty() && t.cut(last) {
			c := len(last.cells) - 1
			last.cells[c] = join(last.cells[c], l.cells[0].a, l.cells[0].b)
			last.cells = append(last.cells, l.cells[1:]...)
			last.b = l.b
			return
		}
	}
	t.rows = append(t.rows, row{l.rng, append([]rng(nil), l.cells...)})
}

// cut reports that the last row ended inside a cell: only the header tells
// how many cells a row has.
func (t *table) cut(last *row) bool { return len(t.rows) > 1 && len(last.cells) < len(t.rows[0].cells) }
