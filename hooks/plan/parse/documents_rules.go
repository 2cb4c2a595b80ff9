package parse

import "strings"

// qualify takes back a drafting action where the sentence says that the
// document is there already, is made by others, or is only referred to.
func (p *page) qualify(action string, b, clause rng) string {
	if !drafting(action) {
		return action
	}
	if w := oneAt(p.m, b.b, derived); w > 0 && action != signAction {
		return citeAction
	}
	if p.madeElsewhere(rng{clause.a, b.a}) {
		return citeAction
	}
	return action
}

// madeElsewhere looks for 已印发, 中央出台, 配合县委制定 before a title.
func (p *page) madeElsewhere(g rng) bool {
	v, ok := p.verbBefore(g)
	if !ok {
		return false
	}
	subject := rng{max(g.a, v.a-12), v.a}
	near := rng{max(g.a, v.a-4), v.a}
	if anyIn(p.m, near, alreadyMade) || hasBefore(p.m, v.a, "已") || hasBefore(p.m, v.a, "所") || anyIn(p.m, subject, helpWords) {
		return true
	}
	return p.bySuperior(subject, v.a)
}

// bySuperior reports a subject that is above the committee, right before the
// verb at end.
func (p *page) bySuperior(subject rng, end int) bool {
	for i := subject.a; i < subject.b; i++ {
		n := oneAt(p.m[:subject.b], i, superiors)
		if n == 0 || oneBefore(p.m, i, followWords) > 0 {
			continue
		}
		if behind := (rng{i + n, end}); behind.len() <= 4 && !anyIn(p.m, behind, spiritWords) {
			return true
		}
	}
	return false
}

// strength orders actions for a document that is named twice.
var strength = map[string]int{draftAction: 5, reviseAction: 4, signAction: 3, studyAction: 2, citeAction: 1}

// docKey is the title by which a document is known again.
func docKey(title string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ' || c == '　' || c == '\u00a0':
			return -1
		case c == '（':
			return '('
		case c == '）':
			return ')'
		}
		return fold(c)
	}, title)
}

// findUnnamed lists documents without 《》: issued ones and signed pledges.
func findUnnamed(p *page, g rng) []documentHit {
	var hits []documentHit
	for i := g.a; i < g.b; {
		if w, kinds, action := makingVerb(p.m, i); w > 0 {
			end := i + w
			if hit, ok := p.nounPhrase(end, g.b, kinds, action); ok && !p.given(i, g) {
				hits = append(hits, hit)
				end = hit.b
			}
			i = end
			continue
		}
		if w := oneAt(p.m, i, signVerbs); w > 0 {
			end := i + w
			for {
				hit, ok := p.nounPhrase(end, g.b, pledgeKinds, signAction)
				if !ok {
					break
				}
				hits = append(hits, hit)
				if end = hit.b; end >= g.b || !is(p.m[end], "、和及与") {
					break
				}
				end++
			}
			i = end
			continue
		}
		i++
	}
	return hits
}

// makingVerb reads the verb of an unnamed document. What is issued may be of
// any formal kind; what is only made must be of a kind that is always a paper.
func makingVerb(r []rune, i int) (verb int, kinds *list, action string) {
	if !is(r[i], "研制修出印起") {
		return 0, nil, ""
	}
	if w := oneAt(r, i, issueVerbs); w > 0 {
		action = draftAction
		if r[i] == '修' {
			action = reviseAction
		}
		return w, formalKinds, action
	}
	if w := oneAt(r, i, makeVerbs); w > 0 {
		action = draftAction
		if r[i] == '修' {
			action = reviseAction
		}
		return w, strictKinds, action
	}
	return 0, nil, ""
}

// given reports 中央出台的…办法 and 根据县委印发…方案: no promise.
func (p *page) given(i int, g rng) bool {
	clause := rng{i, i}
	for clause.a > g.a && !is(p.m[clause.a-1], "，；。\n\t") {
		clause.a--
	}
	return anyIn(p.m, rng{clause.a, i}, givenWords) || anyIn(p.m, rng{max(clause.a, i-6), i}, superiors)
}

// maxPhrase bounds the name of an unnamed document.
const maxPhrase = 36

// nounPhrase reads the name that begins at a and ends with one of kinds.
func (p *page) nounPhrase(a, end int, kinds *list, action string) (documentHit, bool) {
	for a < end && is(p.m[a], "了好并") {
		a++
	}
	best := 0
	var stem rng
	for i := a; i < end && i < a+maxPhrase; i++ {
		if is(p.m[i], "，。；\n\t：《》") || p.m[i] == '的' && i == a {
			break
		}
		if w := oneAt(p.m, i, kinds); w > 0 {
			best = i + w
			i = best - 1
			stem = rng{a, best - w}
			if action == signAction || best < end && is(p.m[best], "和及与、") {
				break
			}
		}
	}
	if best == 0 || action != signAction && p.isBareStem(stem) || best < end && is(p.m[best], "的落执要") {
		return documentHit{}, false
	}
	g := rng{a, best}
	if best < end && p.m[best] == '（' {
		for j := best; j < end && j < best+8; j++ {
			if p.m[j] == '）' {
				g.b = j + 1
				break
			}
		}
	}
	return documentHit{g, p.clean(g), action}, true
}

// isBareStem reports a name that names nothing: 相关制度, 规划和办法.
func (p *page) isBareStem(g rng) bool {
	for n := oneAt(p.m[:g.b], g.a, bareWords); n > 0; n = oneAt(p.m[:g.b], g.a, bareWords) {
		g.a += n
	}
	return g.len() < 3 || is(p.m[g.b-1], "和与及、")
}
