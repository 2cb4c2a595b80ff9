package parse

// sectionItems are the leaves below a heading of the highest level.
func (o *outline) sectionItems(n *node, when rng) []*item {
	if kids := o.realKids(n); len(kids) > 0 {
		return o.leavesOf(kids, when)
	}
	var items []*item
	if _, rest := o.splitHead(n); rest.len() > 1 {
		own := append([]rng{rest}, n.own...)
		items = []*item{{number: 1, span: rng{rest.a, own[len(own)-1].b}, body: own, when: when}}
	} else {
		items = o.lineItems(n.own, when)
	}
	return append(items, o.tableItems(n.tables)...)
}

// leaves are the items at and below a node.
func (o *outline) leaves(n *node, when rng) []*item {
	when = o.monthOf(n, when)
	if kids := o.realKids(n); len(kids) > 0 {
		return o.leavesOf(kids, when)
	}
	if len(n.tables) > 0 && len(n.own) == 0 && isShortHead(o.p, n.head) && !sentencePromises(o.p, n.head) {
		return o.tableItems(n.tables)
	}
	inserted := o.takeSchedules(n)
	return append([]*item{o.leaf(n, when)}, o.tableItems(inserted)...)
}

func (o *outline) leavesOf(nodes []*node, when rng) []*item {
	items := make([]*item, 0, len(nodes))
	for _, n := range nodes {
		items = append(items, o.leaves(n, when)...)
	}
	return items
}

func (o *outline) tableItems(tables []*table) []*item {
	items := make([]*item, 0, len(tables))
	for _, t := range tables {
		items = append(items, o.rowItems(t)...)
	}
	return items
}

// takeSchedules takes the tables with a schedule out of a leaf: their rows are
// items of their own, those of other tables belong to the text of the leaf.
func (o *outline) takeSchedules(n *node) []*table {
	var taken, kept []*table
	for _, t := range n.tables {
		if t.cols.schedule >= 0 && len(n.kids) == 0 {
			taken = append(taken, t)
		} else {
			kept = append(kept, t)
		}
	}
	if len(taken) > 0 {
		n.end = n.line.b
		if len(n.own) > 0 {
			n.end = max(n.end, taken[0].a-1)
			n.end = o.p.trim(rng{n.line.a, n.end}).b
		}
	}
	n.tables = kept
	return taken
}

func isShortHead(p *page, g rng) bool {
	return g.len() <= maxHeading && !anyIn(p.r, rng{g.a, max(g.a, g.b-1)}, headMarks)
}

// realKids leaves out small headings inside an item, which divide its text
// and are no items.
func (o *outline) realKids(n *node) []*node {
	if n.mark.class > heading && len(n.kids) > 0 && n.kids[0].mark.class == subHeading {
		return nil
	}
	return n.kids
}

func (o *outline) leaf(n *node, when rng) *item {
	title, rest := o.splitHead(n)
	if isPureTime(o.p, title) { // （2）3月：召开…
		when = title
	}
	it := &item{dated: !title.empty() && title == when, number: n.mark.number, title: title, when: when, span: rng{n.line.a, max(n.line.b, n.end)}}
	if !rest.empty() {
		it.body = append(it.body, rest)
	}
	it.body = append(it.body, o.below(n)...)
	if len(it.body) == 0 {
		it.body = []rng{n.head}
	}
	return it
}

// below lists the text under a leaf: its lines, small headings and tables.
func (o *outline) below(n *node) []rng {
	out := append([]rng(nil), n.own...)
	for _, t := range n.tables {
		for _, r := range t.rows {
			out = append(out, r.rng)
		}
	}
	for _, k := range n.kids {
		out = append(out, k.line)
		out = append(out, o.below(k)...)
	}
	return out
}

// lineItems makes an item of each plain line.
func (o *outline) lineItems(lines []rng, when rng) []*item {
	var items []*item
	for k, g := range lines {
		if k+1 < len(lines) && isLeadIn(o.p, g) {
			continue
		}
		if len(items) > 0 && isLabelLine(o.p, g) {
			last := items[len(items)-1]
			last.span.b, last.body = g.b, append(last.body, g)
			continue
		}
		title, body := o.p.lineTitle(g)
		items = append(items, &item{span: g, title: title, body: []rng{body}, when: when})
	}
	return items
}
