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
	labels := make([]label, 0, 4)
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
