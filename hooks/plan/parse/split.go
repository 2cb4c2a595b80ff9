package parse

import (
	"slices"
	"sort"
)

// fact is a place in a sentence that may ask for an obligation of its own.
type fact struct {
	at   rng
	freq *frequencyHit
	due  *dateHit
	doc  *documentHit
}

// splitSentence makes the obligations of a sentence. A new one begins at the
// clause that brings a second time, or a time where a document was drafted:
// "制定《A》，每季度召开会议" are two promises, "制定《A》，3月底前印发" is one.
func splitSentence(p *page, g rng, deliver bool) []*duty {
	facts := collectFacts(p, g, deliver)
	cur := &duty{rng: g, deliver: deliver}
	duties := []*duty{cur}
	from, doubles := g.a, 0
	for k := range facts {
		f := facts[k]
		if cur.conflicts(p, f) {
			cut := cutBefore(p, rng{from, g.b}, f, cur)
			if cut > cur.a {
				cur.b = cut
				cur = &duty{rng: rng{cut, g.b}, deliver: deliver}
				duties = append(duties, cur)
			} else if f.due != nil && cur.due != nil {
				// 5月/10月: one sentence, one promise for each date.
				if doubles++; doubles > maxDoubles {
					continue
				}
				again := &duty{rng: cur.rng, deliver: deliver, freq: cur.freq, vague: cur.vague}
				duties = append(duties, again)
				cur = again
			}
		}
		cur.add(f)
		from = f.at.b
	}
	return finishDuties(p, duties)
}

// maxDoubles bounds how often one sentence is promised again, for each of its
// dates: a year has twelve months.
const maxDoubles = 12

// finishDuties trims the pieces and reads what needs the final ranges.
func finishDuties(p *page, duties []*duty) []*duty {
	out := duties[:0]
	for _, d := range duties {
		d.rng = trimSentence(p, d.rng)
		if d.len() < 2 {
			continue
		}
		d.owners = findOwners(p, d.rng)
		if d.freq != nil && d.freq.vague() {
			d.vague = true
		}
		if d.freq != nil && d.freq.count && d.due != nil && d.due.part != yearForm {
			d.freq = nil
		}
		out = append(out, d)
	}
	return sharePieces(out)
}

// sharePieces joins the ends of duties that a list of dates doubled: all but
// the last were cut short when the next began.
func sharePieces(duties []*duty) []*duty {
	for k := len(duties) - 2; k >= 0; k-- {
		if duties[k].a == duties[k+1].a {
			duties[k].b = duties[k+1].b
		}
	}
	return duties
}

// collectFacts lists the facts of a sentence in order.
func collectFacts(p *page, g rng, deliver bool) []fact {
	var facts []fact
	freqs := findFrequencies(p, g)
	for k := range freqs {
		facts = append(facts, fact{at: freqs[k].rng, freq: &freqs[k]})
	}
	for _, d := range findDates(p, g) {
		if !insideFrequency(d, freqs) {
			facts = append(facts, fact{at: d.rng, due: &d})
		}
	}
	for _, d := range findDocuments(p, g, deliver) {
		facts = append(facts, fact{at: d.rng, doc: &d})
	}
	sort.SliceStable(facts, func(a, b int) bool { return facts[a].at.a < facts[b].at.a })
	return facts
}

// insideFrequency reports a date that is part of a frequency: 每年底, 一季度一次.
func insideFrequency(d dateHit, freqs []frequencyHit) bool {
	for _, f := range freqs {
		if d.a >= f.a && d.a < f.b && d.b <= f.b {
			return true
		}
	}
	return false
}

// conflicts reports that a duty can't take a fact besides what it has.
func (d *duty) conflicts(p *page, f fact) bool {
	drafts := slices.ContainsFunc(d.documents, func(doc documentHit) bool { return drafting(doc.action) })
	switch {
	case f.freq != nil && f.freq.count:
		return false
	case f.freq != nil && f.freq.vague():
		if d.freq != nil && d.freq.vague() {
			return !d.freq.weak && !f.freq.weak
		}
		return d.freq != nil && !f.freq.nextTo(*d.freq) || d.due != nil && !f.freq.weak
	case f.freq != nil:
		return d.freq != nil && !d.freq.count && !f.freq.nextTo(*d.freq) || drafts || d.due != nil && d.due.part != yearForm && !f.freq.nextToDate(*d.due)
	case f.due != nil:
		return d.due != nil || d.freq != nil && !d.freq.count && !d.freq.nextToDate(*f.due) && f.due.part != yearForm
	default:
		return d.hasTime() && drafting(f.doc.action) && len(d.documents) > 0 || drafting(f.doc.action) && !drafts && d.freq != nil && !d.freq.vague()
	}
}

func (d *duty) hasTime() bool { return d.due != nil || d.freq != nil }

// near is how far apart two words of one phrase can stand: 每季度定期.
const near = 4

func (f frequencyHit) nextTo(g frequencyHit) bool {
	return f.a >= g.b && f.a-g.b <= near && f.vague() != g.vague()
}

func (f frequencyHit) nextToDate(d dateHit) bool {
	return f.a >= d.b && f.a-d.b <= near || d.a >= f.b && d.a-f.b <= near
}

// add takes a fact; a concrete time replaces a vague one.
func (d *duty) add(f fact) {
	switch {
	case f.freq != nil:
		switch {
		case d.freq == nil, d.freq.vague() && !f.freq.vague() && !f.freq.count, d.freq.weak && !f.freq.weak && !f.freq.count, d.freq.count && !f.freq.vague():
			d.freq = f.freq
		}
	case f.due != nil:
		if d.due == nil {
			d.due = f.due
		}
	case f.doc != nil:
		d.documents = append(d.documents, *f.doc)
	}
}

// cutBefore is where the obligation of a fact begins: at its clause, or right
// at the fact if its clause also holds the one before.
func cutBefore(p *page, g rng, f fact, cur *duty) int {
	for i := f.at.a; i > g.a; i-- {
		if is(p.m[i-1], "，：") {
			return i
		}
	}
	i := f.at.a
	for i > g.a && is(p.m[i-1], "于在并、和到至及") {
		i--
	}
	if f.doc == nil && i > cur.a && !adjacent(p, rng{g.a, i}) {
		return i
	}
	return cur.a
}

// adjacent reports that only list marks stand between two dates.
func adjacent(p *page, g rng) bool {
	for i := g.a; i < g.b; i++ {
		if !is(p.m[i], "/、和及与-~ ，") {
			return false
		}
	}
	return true
}
