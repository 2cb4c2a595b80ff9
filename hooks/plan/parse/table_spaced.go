package parse

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
