package parse

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
	groups bool // Headings over all columns stand between the rows.
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
		if !s.surplus(k, extra) {
			return k
		}
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

// surplus places the lines before a row that are too many for it: a heading
// over all columns, or the rest of the last cell above.
func (s *stacker) surplus(k, extra int) bool {
	last := s.roles[len(s.roles)-1]
	opens := len(s.rows) == 1
	if extra == 1 && looksLikeHeading(s.p, s.lines[k].rng) && (opens || s.groups || last == ownerColumn) {
		group := line{rng: s.lines[k].rng, cells: make([]rng, len(s.roles))}
		for c := range group.cells {
			group.cells[c] = rng{group.b, group.b}
		}
		group.cells[0] = group.rng
		s.rows, s.groups = append(s.rows, group), true
		return true
	}
	if opens || s.anchor+1 >= len(s.roles) {
		return false
	}
	s.extend(k + extra - 1)
	return true
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
