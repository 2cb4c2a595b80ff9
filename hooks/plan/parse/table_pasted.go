package parse

// A table copied from a web page or a PDF may arrive without tabs: each cell
// on a line of its own, or the cells of a row divided by mere spaces. Its
// head gives it away.

// pastedTables turns the lines of such tables into rows.
func pastedTables(p *page, lines []line) []line {
	out := make([]line, 0, len(lines))
	for k := 0; k < len(lines); {
		rows, n := pastedTable(p, lines[k:])
		if n == 0 {
			rows, n = lines[k:k+1], 1
		}
		out = append(out, rows...)
		k += n
	}
	return out
}

// pastedTable returns the rows of the table that begins here and the number
// of lines it takes, or 0.
func pastedTable(p *page, lines []line) ([]line, int) {
	if head := stackedHead(p, lines); head != nil {
		return stackedRows(p, lines, head)
	}
	if head := spacedHead(p, lines[0]); head != nil {
		rows := spacedRows(p, lines, head)
		return rows, len(rows)
	}
	return nil, 0
}

// maxHeadCell bounds a cell of a table's head.
const maxHeadCell = 14

// headRole is the column that a head's cell names.
func headRole(p *page, g rng) (columnRole, bool) {
	if g.len() < 2 || g.len() > maxHeadCell || startsTime(p, g) {
		return noColumn, false
	}
	for _, c := range p.r[g.a:g.b] {
		if is(c, "，。；：、《》“”") || isDigit(c) {
			return noColumn, false
		}
	}
	role, ok := roleOf(p, g)
	return role, ok && mostlyHeadWords(p, g)
}

// mostlyHeadWords tells 任务分解/时序进度 from 抓好意识形态工作, which only ends
// like the head of a column.
func mostlyHeadWords(p *page, g rng) bool {
	covered := 0
	for i := g.a; i < g.b; {
		n := oneAt(p.r[:g.b], i, headFillers)
		for _, h := range headWords {
			n = max(n, oneAt(p.r[:g.b], i, h.list))
		}
		covered += n
		i += max(n, 1)
	}
	return covered*5 >= g.len()*3
}

// pastedLines marks the lines of such tables, whose breaks unwrap has to keep.
func pastedLines(p *page, lines []rng) []bool {
	keep := make([]bool, len(lines))
	var filled []line
	var at []int
	for k, g := range lines {
		if g = p.trim(g); !g.empty() {
			filled, at = append(filled, line{rng: g}), append(at, k)
		}
	}
	for k := 0; k < len(filled); k++ {
		if stackedHead(p, filled[k:]) != nil {
			for ; k < len(filled) && readMarker(p, filled[k].rng).class != cjk; k++ {
				keep[at[k]] = true
			}
		} else if head := spacedHead(p, filled[k]); head != nil {
			for ; k < len(filled) && spacedParts(p, filled[k].rng, head) != nil; k++ {
				keep[at[k]] = true
			}
		}
	}
	return keep
}
