package parse

// draft is a section while its facts are being read.
type draft struct {
	number int
	title  rng
	span   rng
	items  []*item
}

// item is a leaf while its facts are being read.
type item struct {
	number  int
	title   rng
	span    rng
	body    []rng // Where its promises stand.
	when    rng   // A month heading or a schedule cell that dates it.
	owners  []rng // Cells that name who is responsible.
	deliver rng   // A cell that names what has to be delivered.
	dated   bool  // Has a schedule of its own, which stands beside stricter dates.
	duties  []*duty
}

func (d *draft) section(p *page) Section {
	s := Section{Number: d.number, Title: p.clean(d.title), Span: p.span(d.span), Items: []Item{}}
	for _, it := range d.items {
		out := Item{Number: it.number, Title: p.clean(it.title), Text: p.text(it.span), Span: p.span(it.span), Obligations: []Obligation{}}
		for _, d := range it.duties {
			out.Obligations = append(out.Obligations, d.obligation(p))
		}
		s.Items = append(s.Items, out)
	}
	return s
}

// sections turns the tree into sections and their leaves.
func (o *outline) sections() []*draft {
	if o.volumes != nil {
		return o.volumeSections()
	}
	top := o.topRank()
	var out []*draft
	loose := &draft{}
	flat := o.isFlat(top)
	for _, n := range o.root.kids {
		rank := o.ranks[n.mark.rankKey()]
		switch {
		case n.mark.class == annex:
			if d := o.annexSection(n, len(out)+1); d != nil {
				out = append(out, d)
			}
		case !flat && rank == top:
			out = append(out, o.section(n))
		default:
			loose.items = append(loose.items, o.leaves(n, rng{})...)
		}
	}
	return o.finish(out, loose)
}

// finish adds what stands above the first section, or is without sections.
func (o *outline) finish(out []*draft, loose *draft) []*draft {
	if len(o.root.tables) > 0 {
		out = append(o.tableSections(o.root.tables), out...)
	}
	if len(out) == 0 && len(loose.items) == 0 {
		loose.items = o.lineItems(o.root.own, rng{})
	}
	if len(loose.items) > 0 {
		loose.span = rng{loose.items[0].span.a, loose.items[len(loose.items)-1].span.b}
		out = append([]*draft{loose}, out...)
	}
	numberInOrder(out)
	return out
}

func (o *outline) volumeSections() []*draft {
	var out []*draft
	for k, v := range o.volumes {
		d := &draft{number: k + 1, title: trimTitle(o.p, v.title)}
		for _, s := range v.sections() {
			d.items = append(d.items, s.items...)
		}
		d.span = rng{v.title.a, max(v.title.b, v.root.end)}
		out = append(out, d)
	}
	numberInOrder(out)
	return out
}

// topRank is the highest rank among the lines that hang at the top.
func (o *outline) topRank() float64 {
	top, found := 0.0, false
	for _, n := range o.root.kids {
		if r := o.ranks[n.mark.rankKey()]; n.mark.class != annex && (!found || r < top) {
			top, found = r, true
		}
	}
	return top
}

// isFlat reports a plan whose highest numbering is already that of its items:
// most of the lines carry their text themselves.
func (o *outline) isFlat(top float64) bool {
	heads, leaves := 0, 0
	c := noClass
	for _, n := range o.root.kids {
		if o.ranks[n.mark.rankKey()] != top || n.mark.class == annex {
			continue
		}
		c = n.mark.class
		if len(n.kids) > 0 || len(n.own) > 0 || len(n.tables) > 0 {
			heads++
		} else {
			leaves++
		}
	}
	switch c {
	case markdown, part, heading, subHeading:
		return false
	case cjk:
		return heads == 0
	}
	return heads <= leaves
}

func (o *outline) section(n *node) *draft {
	d := &draft{number: n.mark.number, span: rng{n.line.a, max(n.line.b, n.end)}}
	d.title, _ = o.splitHead(n)
	d.items = o.sectionItems(n, o.monthOf(n, rng{}))
	return d
}

// annexSection keeps an annex that is a plan or a table, not a list of names.
func (o *outline) annexSection(n *node, number int) *draft {
	if len(n.tables) == 0 && len(n.kids) == 0 {
		return nil
	}
	d := &draft{number: number, title: trimTitle(o.p, n.head), span: rng{n.line.a, n.end}}
	if len(n.own) > 0 && isTitleLine(o.p, n.own[0]) {
		d.title = trimTitle(o.p, n.own[0])
	}
	for _, k := range n.kids {
		d.items = append(d.items, o.leaves(k, rng{})...)
	}
	for _, t := range n.tables {
		d.items = append(d.items, o.rowItems(t)...)
	}
	return d
}

// sectionItems are the leaves below a heading of the highest level.
func (o *outline) sectionItems(n *node, when rng) []*item {
	if kids := o.realKids(n); len(kids) > 0 {
		var items []*item
		for _, k := range kids {
			items = append(items, o.leaves(k, when)...)
		}
		return items
	}
	var items []*item
	if _, rest := o.splitHead(n); rest.len() > 1 {
		own := append([]rng{rest}, n.own...)
		items = []*item{{number: 1, span: rng{rest.a, own[len(own)-1].b}, body: own, when: when}}
	} else {
		items = o.lineItems(n.own, when)
	}
	for _, t := range n.tables {
		items = append(items, o.rowItems(t)...)
	}
	return items
}

// leaves are the items at and below a node.
func (o *outline) leaves(n *node, when rng) []*item {
	when = o.monthOf(n, when)
	if kids := o.realKids(n); len(kids) > 0 {
		var items []*item
		for _, k := range kids {
			items = append(items, o.leaves(k, when)...)
		}
		return items
	}
	if len(n.tables) > 0 && len(n.own) == 0 && isShortHead(o.p, n.head) && !sentencePromises(o.p, n.head) {
		var items []*item
		for _, t := range n.tables {
			items = append(items, o.rowItems(t)...)
		}
		return items
	}
	inserted := o.takeSchedules(n)
	items := []*item{o.leaf(n, when)}
	for _, t := range inserted {
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

// numberInOrder numbers the items that have no number of their own.
func numberInOrder(sections []*draft) {
	n, own := 0, false
	for _, s := range sections {
		for _, it := range s.items {
			own = own || it.number > 0
		}
	}
	for k, s := range sections {
		if s.number == 0 && !s.title.empty() {
			s.number = k + 1
		}
		if own {
			n = 0
		}
		for _, it := range s.items {
			if it.number == 0 {
				n++
				it.number = n
			}
		}
	}
}
