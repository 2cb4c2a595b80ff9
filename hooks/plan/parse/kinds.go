package parse

// kindOf says what kind of work an obligation is.
func kindOf(p *page, d *duty) string {
	for _, doc := range d.documents {
		if doc.action == signAction {
			return "sign"
		}
		if drafting(doc.action) {
			return "document"
		}
	}
	if studies(d) {
		return "study"
	}
	for _, k := range mainVerbs {
		if anyIn(p.m, d.rng, k.list) {
			return k.kind
		}
	}
	if i := firstIn(p.m, d.rng, makeOpeners); i >= 0 && i-d.a <= 8 {
		return "document"
	}
	for _, k := range kindWords {
		if anyIn(p.m, d.rng, k.list) {
			return k.kind
		}
	}
	return "other"
}

// studies reports that the first document an obligation names is studied.
func studies(d *duty) bool { return len(d.documents) > 0 && d.documents[0].action == studyAction }
