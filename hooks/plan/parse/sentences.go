package parse

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
	for _, l := range labels {
		if l.whole.a >= a && l.whole.b <= g.b {
			out = p.cutSentences(out, rng{a, l.whole.a})
			a = l.whole.b
		}
	}
	return p.cutSentences(out, rng{a, g.b})
}

// cutSentences appends the sentences of g. A semicolon inside brackets ends
// none.
func (p *page) cutSentences(out []rng, g rng) []rng {
	a, depth := g.a, 0
	end := func(i, next int) {
		if s := trimSentence(p, rng{a, i}); s.len() >= 2 && hasHan(p, s) {
			out = append(out, s)
		}
		a = next
	}
	for i := g.a; i < g.b; i++ {
		switch c := p.m[i]; {
		case c == '（':
			depth++
		case c == '）':
			depth = max(0, depth-1)
		case is(c, "。！\n\t|"):
			depth = 0
			end(i, i+1)
		case c == '；' && depth == 0:
			end(i, i+1)
		}
		if i > a && beginsInlineItem(p, i) {
			end(i, i)
		}
	}
	end(g.b, g.b)
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

func hasHan(p *page, g rng) bool {
	for _, c := range p.r[g.a:g.b] {
		if isHan(c) {
			return true
		}
	}
	return false
}
