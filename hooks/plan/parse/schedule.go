package parse

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
	for k := 1; k < min(len(due), maxDoubles); k++ {
		again := *duties[0]
		again.due = &due[k]
		again.documents = nil
		duties = append(duties[:k], append([]*duty{&again}, duties[k:]...)...)
	}
	return duties
}
