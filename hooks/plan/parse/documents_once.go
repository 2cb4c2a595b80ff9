package parse

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
