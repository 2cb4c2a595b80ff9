package parse

// duty is an obligation while its facts are being read.
type duty struct {
	rng
	freq      *frequencyHit
	due       *dateHit
	documents []documentHit
	owners    []string
	vague     bool
	deliver   bool
	only      rng // Of a list of dates the one that is meant.
}

// readFacts reads the obligations of all items, then settles what only the
// whole plan shows: a document that is drafted twice is drafted once.
func readFacts(p *page, sections []*draft) {
	for _, s := range sections {
		for _, it := range s.items {
			it.read(p)
		}
	}
	settleDocuments(sections)
}

// read finds the obligations of an item and what its labels say of them all.
func (it *item) read(p *page) {
	var labels []label
	for _, g := range it.body {
		labels = append(labels, findLabels(p, g)...)
	}
	for _, g := range it.body {
		for _, s := range sentences(p, g, labels) {
			it.duties = append(it.duties, splitSentence(p, s, g == it.deliver)...)
		}
	}
	if !it.title.empty() && (titlePromises(p, it.title) && it.title != it.when || len(it.duties) == 0) {
		it.duties = append(splitSentence(p, it.title, false), it.duties...)
	}
	it.share(p, labels)
}

// titlePromises reports a title with a fact of its own: 每月召开支委会。
func titlePromises(p *page, g rng) bool {
	return len(p.booksIn(g)) > 0 || sentencePromises(p, g)
}

// sentencePromises reports a time or an amount.
func sentencePromises(p *page, g rng) bool {
	if len(findDates(p, g)) > 0 || len(findTargets(p, g)) > 0 {
		return true
	}
	for _, f := range findFrequencies(p, g) {
		if !f.weak {
			return true
		}
	}
	return false
}

// sentences cuts g at full stops, semicolons, lines and cells, and leaves the
// labelled segments out.
func sentences(p *page, g rng, labels []label) []rng {
	var out []rng
	a := g.a
	end := func(b int) {
		if s := trimSentence(p, rng{a, b}); s.len() >= 2 && hasHan(p, s) {
			out = append(out, s)
		}
	}
	k := 0
	depth := 0
	for i := g.a; i < g.b; i++ {
		for k < len(labels) && labels[k].whole.b <= i {
			k++
		}
		if k < len(labels) && labels[k].whole.a == i && labels[k].whole.b <= g.b {
			end(i)
			a = labels[k].whole.b
			i = a - 1
			continue
		}
		switch p.m[i] {
		case '（':
			depth++
		case '）':
			depth = max(0, depth-1)
		case '。', '！', newline, cellEnd, '|':
			depth = 0
			end(i)
			a = i + 1
		case '；':
			if depth == 0 {
				end(i)
				a = i + 1
			}
		}
		if i > a && beginsInlineItem(p, i) {
			end(i)
			a = i
		}
	}
	end(g.b)
	return out
}

// beginsInlineItem reports （1）, ① or 一是 behind a mark, which begin a
// promise of their own.
func beginsInlineItem(p *page, i int) bool {
	if !is(p.m[i-1], "，；：。") && !p.gap[i] {
		return is(p.m[i], "①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼")
	}
	if n := cjkDigit(p.m[i]); n > 0 && i+1 < len(p.m) && p.m[i+1] == '是' {
		return true
	}
	m := readMarker(p, rng{i, min(len(p.m), i+6)})
	return m.class == digitParen || m.class == circled || m.class == digit && (p.gap[i] || p.m[i-1] != '，') || m.class == halfParen
}

func hasHan(p *page, g rng) bool {
	for _, c := range p.r[g.a:g.b] {
		if isHan(c) {
			return true
		}
	}
	return false
}

func trimSentence(p *page, g rng) rng {
	g = p.trim(g)
	for g.b > g.a && is(p.r[g.b-1], "，；。、：") {
		g.b--
	}
	for g.a < g.b && is(p.r[g.a], "，；。、：）") {
		g.a++
	}
	return g
}

// share gives every obligation what the item says once for all: the owners of
// its labels or its owner cell, and the date of its heading, schedule or label.
func (it *item) share(p *page, labels []label) {
	var owners []string
	var due []dateHit
	var freq []frequencyHit
	collect := func(g rng) {
		due = append(due, findDates(p, g)...)
		freq = append(freq, findFrequencies(p, g)...)
	}
	for _, l := range labels {
		if l.owner {
			owners = append(owners, splitOwners(p, l.value)...)
		} else {
			collect(l.value)
		}
	}
	for _, g := range it.owners {
		owners = append(owners, splitOwners(p, g)...)
	}
	if !it.when.empty() {
		collect(it.when)
	}
	if it.dated && len(due) > 0 {
		it.keepSchedule(p)
	}
	it.duties = spread(it.duties, due, freq)
	for _, d := range it.duties {
		d.owners = unique(append(append([]string(nil), d.owners...), owners...))
	}
}

// keepSchedule parts a promise from the stricter date behind it where no other
// is left for the schedule: 团代会召开，11月底前完成换届.
func (it *item) keepSchedule(p *page) {
	for _, d := range it.duties {
		if d.due == nil {
			return
		}
	}
	for k, d := range it.duties {
		cut := cutBefore(p, d.rng, fact{at: d.due.rng, due: d.due}, d)
		if cut <= d.a {
			continue
		}
		first := &duty{rng: trimSentence(p, rng{d.a, cut}), owners: d.owners, deliver: d.deliver}
		d.a = cut
		it.duties = append(it.duties[:k], append([]*duty{first}, it.duties[k:]...)...)
		first.documents, d.documents = documentsBefore(d.documents, cut)
		return
	}
}

// documentsBefore divides documents by their place.
func documentsBefore(docs []documentHit, cut int) (before, behind []documentHit) {
	for _, doc := range docs {
		if doc.a < cut {
			before = append(before, doc)
		} else {
			behind = append(behind, doc)
		}
	}
	return before, behind
}

// spread dates the obligations that say no time themselves. What has to be
// delivered keeps its own, stricter date, but is not left without one.
func spread(duties []*duty, due []dateHit, freq []frequencyHit) []*duty {
	var concrete *frequencyHit
	for k := range freq {
		if !freq[k].count && !freq[k].vague() && concrete == nil {
			concrete = &freq[k]
		}
	}
	timed := len(due) > 0
	for _, d := range duties {
		if timed && (d.due == nil || d.due.named || d.due.open()) {
			d.vague = d.vague || d.due != nil && d.due.open()
			d.due = &due[0]
		}
		if d.freq == nil && concrete != nil {
			d.freq = concrete
			d.vague = false
		}
	}
	if len(due) < 2 || len(duties) == 0 {
		return duties
	}
	for k := 1; k < len(due); k++ {
		again := *duties[0]
		again.due = &due[k]
		again.documents = nil
		duties = append(duties[:k], append([]*duty{&again}, duties[k:]...)...)
	}
	return duties
}

// obligation writes a duty with the wording of the text.
func (d *duty) obligation(p *page) Obligation {
	o := Obligation{
		Kind: kindOf(p, d), Text: p.text(d.rng), Span: p.span(d.rng),
		Documents: []Document{}, Targets: findTargets(p, d.rng), Owners: d.owners,
		Placeholders: []string{}, NeedsConfirmation: d.vague,
	}
	if d.freq != nil {
		o.Frequency = p.frequency(*d.freq, d.rng)
	}
	if d.due != nil {
		o.Due = p.due(*d.due)
		o.NeedsConfirmation = o.NeedsConfirmation || d.due.part == vague
	}
	for _, doc := range d.documents {
		o.Documents = append(o.Documents, Document{doc.title, doc.action})
	}
	for _, g := range findPlaceholders(p, d.rng) {
		o.Placeholders = append(o.Placeholders, p.clean(g))
	}
	if o.Targets == nil {
		o.Targets = []Target{}
	}
	if o.Owners == nil {
		o.Owners = []string{}
	}
	return o
}

// settleDocuments drops a second drafting of the same document: one document
// named twice is one.
func settleDocuments(sections []*draft) {
	seen := map[string]bool{}
	for _, s := range sections {
		for _, it := range s.items {
			best := strongest(it)
			inItem := map[string]bool{}
			for _, d := range it.duties {
				d.documents = keepOnce(d.documents, best, inItem, seen)
			}
		}
	}
}

// strongest is the strongest action on each document of an item.
func strongest(it *item) map[string]string {
	best := map[string]string{}
	for _, d := range it.duties {
		for _, doc := range d.documents {
			if key := docKey(doc.title); strength[doc.action] > strength[best[key]] {
				best[key] = doc.action
			}
		}
	}
	return best
}

func keepOnce(docs []documentHit, best map[string]string, inItem, seen map[string]bool) []documentHit {
	out := docs[:0]
	for _, doc := range docs {
		key := docKey(doc.title)
		if inItem[key] || doc.action != best[key] {
			continue
		}
		inItem[key] = true
		if drafting(doc.action) {
			if seen[key] {
				doc.action = citeAction
			}
			seen[key] = true
		}
		out = append(out, doc)
	}
	return out
}
