package parse

// A table copied from a web page or a PDF may arrive without tabs: each cell
// on a line of its own, or the cells of a row divided by mere spaces. Its
// head gives it away.

// pastedTables turns the lines of such tables into rows.
func pastedTables(p *page, lines []line) []line {
	for k := 0; k < len(lines); k++ {
		if head := stackedHead(p, lines[k:]); head != nil {
			if rows, n := stackedRows(p, lines[k:], head); rows != nil {
				lines = splice(lines, k, n, rows)
				k += len(rows) - 1
			}
			continue
		}
		if head := spacedHead(p, lines[k]); head != nil {
			rows := spacedRows(p, lines[k:], head)
			lines = splice(lines, k, len(rows), rows)
			k += len(rows) - 1
		}
	}
	return lines
}

func splice(lines []line, k, n int, rows []line) []line {
	if len(rows) == 0 {
		return lines
	}
	tail := append(rows, lines[k+n:]...)
	return append(lines[:k:k], tail...)
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

// stackedHead returns the roles of the short lines that begin here, if they
// are the head of a table: two columns at least, one of them of times or of
// people.
func stackedHead(p *page, lines []line) []columnRole {
	var roles []columnRole
	for _, l := range lines {
		role, ok := headRole(p, l.rng)
		if !ok || l.isRow() || l.numbered() || len(roles) == 8 {
			break
		}
		roles = append(roles, role)
	}
	if len(roles) < 2 || !anchored(roles) || len(roles) == 2 && roles[0] == roles[1] {
		return nil
	}
	return roles
}

func anchored(roles []columnRole) bool {
	return indexOfRole(roles, scheduleColumn) >= 0 || indexOfRole(roles, ownerColumn) >= 0
}

func indexOfRole(roles []columnRole, want columnRole) int {
	for c, r := range roles {
		if r == want {
			return c
		}
	}
	return -1
}

// stacker deals lines out to the columns of a stacked table. The anchor is a
// column whose cells are known by their look: times, else offices. What stands
// before an anchor belongs to its row; merged cells leave it shorter.
type stacker struct {
	p      *page
	lines  []line
	roles  []columnRole // Without the column of numbers, which isNoise has taken.
	anchor int
	rows   []line
}

func stackedRows(p *page, lines []line, head []columnRole) ([]line, int) {
	s := &stacker{p: p, lines: lines}
	cells := make([]rng, 0, len(head))
	for c, role := range head {
		if role == indexColumn {
			continue
		}
		s.roles = append(s.roles, role)
		cells = append(cells, lines[c].rng)
	}
	if s.anchor = indexOfRole(s.roles, scheduleColumn); s.anchor < 0 {
		s.anchor = indexOfRole(s.roles, ownerColumn)
	}
	s.rows = []line{{rng: rng{lines[0].a, lines[len(head)-1].b}, cells: cells}}
	k := len(head)
	for {
		next := s.row(k)
		if next == k {
			break
		}
		k = next
	}
	if len(s.rows) < 3 {
		return nil, 0
	}
	return s.rows, k
}

// row reads the row at k and returns where the next one begins, or k.
func (s *stacker) row(k int) int {
	at := k
	for at < len(s.lines) && at-k <= s.anchor+2 && s.plain(at) && !s.isAnchor(at) {
		at++
	}
	if at >= len(s.lines) || !s.plain(at) || !s.isAnchor(at) {
		return k
	}
	cells := make([]rng, len(s.roles))
	for c := range cells {
		cells[c] = rng{s.lines[k].a, s.lines[k].a}
	}
	before := at - k
	if extra := before - s.anchor; extra > 0 {
		if len(s.rows) == 1 || s.anchor+1 >= len(s.roles) {
			return k
		}
		s.extend(k + extra - 1)
		k += extra
		before = s.anchor
	}
	for n := range before {
		cells[s.anchor-before+n] = s.lines[k+n].rng
	}
	cells[s.anchor] = s.lines[at].rng
	end := at
	for c := s.anchor + 1; c < len(cells) && end+1 < len(s.lines) && s.plain(end+1) && !s.opensRow(end+1); c++ {
		end++
		cells[c] = s.lines[end].rng
	}
	s.rows = append(s.rows, line{rng: rng{s.lines[k].a, s.lines[end].b}, cells: cells})
	return end + 1
}

// extend lets the last cell of the row before run on to a line.
func (s *stacker) extend(k int) {
	last := &s.rows[len(s.rows)-1]
	last.b = s.lines[k].b
	c := len(last.cells) - 1
	last.cells[c] = join(last.cells[c], s.lines[k].a, s.lines[k].b)
}

func (s *stacker) plain(k int) bool {
	l := s.lines[k]
	return !l.isRow() && (!l.numbered() || l.mark.class > cjkParen)
}

func (s *stacker) isAnchor(k int) bool {
	g := s.lines[k].rng
	if s.roles[s.anchor] == scheduleColumn {
		return startsTime(s.p, g)
	}
	return g.len() <= 16 && isOffice(s.p.m, g.b)
}

// opensRow reports that nothing stands before the anchor, so that an anchor
// begins the next row.
func (s *stacker) opensRow(k int) bool { return s.anchor == 0 && s.isAnchor(k) }

// startsTime reports a cell that begins with a date or a frequency.
func startsTime(p *page, g rng) bool {
	if startsWithDate(p, g) {
		return true
	}
	if _, ok := frequencyAt(p.r, g.a, g.b); ok {
		return true
	}
	return oneAt(p.r[:g.b], g.a, longTerm) > 0
}

// spacedHead returns the roles of a head whose cells only spaces divide.
func spacedHead(p *page, l line) []columnRole {
	if l.isRow() || l.numbered() || l.len() > 60 {
		return nil
	}
	var roles []columnRole
	for _, g := range gapParts(p, l.rng) {
		role, ok := headRole(p, g)
		if !ok {
			return nil
		}
		roles = append(roles, role)
	}
	if len(roles) < 2 || !anchored(roles) {
		return nil
	}
	return roles
}

// spacedRows reads the rows below such a head, up to a line without gaps.
func spacedRows(p *page, lines []line, head []columnRole) []line {
	rows := []line{lines[0]}
	rows[0].cells = gapParts(p, lines[0].rng)
	for _, l := range lines[1:] {
		parts := spacedParts(p, l.rng, head)
		if l.isRow() || parts == nil || l.mark.class == cjk || l.mark.class == cjkParen {
			break
		}
		l.mark = marker{}
		l.cells = fitCells(parts, head)
		rows = append(rows, l)
	}
	if len(rows) < 3 {
		return nil
	}
	return rows
}

// spacedParts cuts a line that can be a row below the head, else it is nil.
func spacedParts(p *page, g rng, head []columnRole) []rng {
	parts := joinNumbers(p, gapParts(p, g), head[0] == indexColumn)
	if len(parts) < 2 || len(parts) > len(head)+2 {
		return nil
	}
	return parts
}

// joinNumbers takes back the gaps between a number and what it counts.
func joinNumbers(p *page, parts []rng, indexed bool) []rng {
	out := parts[:1]
	for k, g := range parts[1:] {
		last := &out[len(out)-1]
		unit := isDigit(p.r[last.b-1]) && !(indexed && k == 0) && isHan(p.r[g.a])
		count := isHan(p.r[last.b-1]) && onlyOf(p.r[g.a:g.b], "0123456789") && k+2 < len(parts) && !is(p.r[parts[k+2].a], "月年日")
		if unit || count {
			last.b = g.b
			continue
		}
		out = append(out, g)
	}
	return out
}

// fitCells deals parts out to columns: the first ones from the left, and if
// there are too many, the surplus stays in the widest column in the middle.
func fitCells(parts []rng, head []columnRole) []rng {
	for len(parts) < len(head) {
		end := parts[len(parts)-1].b
		parts = append(parts, rng{end, end})
	}
	extra := len(parts) - len(head)
	if extra == 0 {
		return parts
	}
	wide := indexOfRole(head, contentColumn)
	if wide < 0 {
		wide = max(0, indexOfRole(head, taskColumn))
	}
	cells := append([]rng(nil), parts[:wide]...)
	cells = append(cells, rng{parts[wide].a, parts[wide+extra].b})
	return append(cells, parts[wide+extra+1:]...)
}

// gapParts cuts a line at its gaps.
func gapParts(p *page, g rng) []rng {
	var parts []rng
	a := g.a
	for i := g.a + 1; i <= g.b; i++ {
		if i == g.b || p.gap[i] {
			parts = append(parts, p.trim(rng{a, i}))
			a = i
		}
	}
	return parts
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
