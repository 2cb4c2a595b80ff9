package parse

import (
	"fmt"
	"sort"
)

// warner collects what looks odd.
type warner struct {
	p   *page
	out []Warning
}

// warnings looks over the whole text. None of them stops an import; each is a
// sentence that a clerk can act on.
func warnings(p *page, tree *outline, sections []*draft) []Warning {
	w := &warner{p: p, out: []Warning{}}
	all := rng{0, len(p.r)}
	w.placeholders(all)
	w.names(all)
	w.doubled(all)
	w.quotes()
	w.tags()
	w.yearMismatch(sections)
	w.numbering(tree)
	w.similarTitles(sections)
	w.repeatedItems(sections)
	if countItems(sections) == 0 {
		w.add("plan_no_items", rng{}, "没有识别到任何条目，请检查文本是否完整。")
	}
	sort.SliceStable(w.out, func(a, b int) bool { return w.out[a].Span.From < w.out[b].Span.From })
	return w.out
}

func (w *warner) add(code string, g rng, message string, args ...any) {
	if len(args) > 0 {
		message = fmt.Sprintf(message, args...)
	}
	s := w.p.span(g)
	w.out = append(w.out, Warning{Code: code, Text: string(w.p.src[s.From:s.To]), Span: s, Message: message})
}

func countItems(sections []*draft) int {
	n := 0
	for _, s := range sections {
		n += len(s.items)
	}
	return n
}

func (w *warner) placeholders(all rng) {
	for _, g := range findPlaceholders(w.p, all) {
		w.add("plan_placeholder", g, "“%s”是占位内容，请补充完整。", w.p.clean(g))
	}
}

func (w *warner) names(all rng) {
	first := map[rune][]int{}
	for k, n := range wrongNames {
		c := []rune(n.wrong)[0]
		first[c] = append(first[c], k)
	}
	for i := all.a; i < all.b; i++ {
		for _, k := range first[w.p.r[i]] {
			n := wrongNames[k]
			if n.wrong != n.right && hasAt(w.p.r, i, n.wrong) && !(n.wrong == "条列" && i > 0 && w.p.r[i-1] == '逐') {
				w.add("plan_nonstandard_name", rng{i, i + runeLen(n.wrong)}, "“%s”不是规范用语，是否应为“%s”。", n.wrong, n.right)
				break
			}
		}
	}
}

// pairs of marks that have to match within a line.
var pairs = map[rune]rune{'”': '“', '》': '《', '）': '（', '】': '【', '’': '‘'}

var markNames = map[rune]string{'“': "引号", '”': "引号", '《': "书名号", '》': "书名号", '（': "括号", '）': "括号", '【': "括号", '】': "括号", '‘': "引号", '’': "引号", '"': "引号"}

// quotes reports marks without a partner, line by line.
func (w *warner) quotes() {
	for _, g := range w.p.rawLines() {
		w.quotesIn(g)
	}
}

func (w *warner) quotesIn(g rng) {
	var open []int
	straight := -1
	for i := g.a; i < g.b; i++ {
		switch c := w.p.r[i]; c {
		case '“', '《', '（', '【', '‘':
			open = append(open, i)
		case '"':
			if straight >= 0 {
				straight = -1
			} else {
				straight = i
			}
		case '”', '》', '）', '】', '’':
			k := len(open) - 1
			for k >= 0 && w.p.r[open[k]] != pairs[c] {
				k--
			}
			switch {
			case k >= 0:
				for _, j := range open[k+1:] {
					w.stray(j)
				}
				open = open[:k]
			case !isMark(w.p, g, i):
				w.stray(i)
			}
		}
	}
	for _, j := range open {
		w.stray(j)
	}
	if straight >= 0 {
		w.stray(straight)
	}
}

// isMark reports the bracket of 1） and the apostrophe.
func isMark(p *page, g rng, i int) bool {
	c := p.r[i]
	if c == '’' {
		return true
	}
	return c == '）' && i > g.a && i-g.a <= 80000 && (isNumeral(p.r[i-1]) || p.r[i-1] < 0x80) && (i < g.a+4 || !isNumeral(p.r[i-2]) || i < g.a+3 || !isNumeral(p.r[i-3]))
}

func (w *warner) stray(i int) {
	w.add("plan_stray_quote", rng{i, i + 1}, "这里的%s没有成对，请核对。", markNames[w.p.r[i]])
}

// maxTagWarnings bounds the warnings about tags: a page saved from the web
// has thousands, and one sentence says it.
const maxTagWarnings = 20

func (w *warner) tags() {
	last := -100
	n := 0
	for _, s := range w.p.tags {
		if n == maxTagWarnings {
			return
		}
		if s.From-last > 40 {
			w.out = append(w.out, Warning{Code: "plan_stray_tag", Text: string(w.p.src[s.From:s.To]), Span: s,
				Message: fmt.Sprintf("文本中残留网页标记“%s”，请清理。", string(w.p.src[s.From:s.To]))})
			n++
		}
		last = s.To
	}
}
