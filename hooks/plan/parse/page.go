package parse

import (
	"strings"
	"unicode"
)

// page is the text as folded glyphs. Each glyph knows the runes of the text
// it stands for, so that facts found here can be traced there.
type page struct {
	src []rune  // The normalised text.
	r   []rune  // Folded glyphs: simplified, half-width, without stray spaces and tags.
	m   []rune  // Like r, with quotations and titles blanked out by mask.
	at  []int32 // at[i] is the rune of src where glyph i begins,
	end []int32 // end[i] where it ends.
	gap []bool  // gap[i] says that white space stood before glyph i.

	ragged bool   // White space stands in the middle of words, as in text from a PDF.
	tags   []Span // Leftover HTML tags and entities.
	books  []rng  // 《》 in order, brackets included.
	years  years
}

// rng is a half-open range of glyphs.
type rng struct{ a, b int }

func (g rng) empty() bool { return g.b <= g.a }
func (g rng) len() int    { return g.b - g.a }

// Glyphs that never stand for themselves.
const (
	hidden  = '\uFFFC' // In m: part of a quotation or of a title.
	newline = '\n'
	cellEnd = '\t'
	ditto   = '〃' // A cell that was merged with the one above it.
)

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\f", "\n", "\v", "\n")

// normalise decides what spans refer to: valid UTF-8, \n as the only line
// break, no byte order mark in front.
func normalise(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return newlines.Replace(strings.TrimPrefix(text, "\uFEFF"))
}

func newPage(text string) *page {
	src := []rune(normalise(text))
	n := len(src)
	p := &page{
		src: src,
		r:   make([]rune, 0, n), at: make([]int32, 0, n), end: make([]int32, 0, n), gap: make([]bool, 0, n),
	}
	l := lexer{page: p}
	for l.i < n {
		l.next()
	}
	return p
}

// insert writes a glyph that stands for nothing in the text.
func (l *lexer) insert(c rune) { l.push(c, int32(l.i), int32(l.i), false) }

// lexer walks the text once and writes glyphs.
type lexer struct {
	*page
	i       int
	pending bool // White space was seen.
	grid    grid // Of the HTML table being read.
}

func (l *lexer) next() {
	c := l.src[l.i]
	switch {
	case c == newline:
		l.emit(newline, 1)
	case c == '\t':
		l.tab()
	case unicode.IsSpace(c) || isZeroWidth(c):
		l.pending = l.pending || !isZeroWidth(c)
		l.i++
	case c == '<':
		l.angle()
	case c == '>' && l.peek(1) == '>':
		l.emit('》', 2)
	case c == '&':
		l.entity()
	case c == '*' && l.peek(1) == '*':
		l.i += 2 // Markdown emphasis.
	case c == '\\' && strings.ContainsRune(`.-*_#()[]+!`, l.peek(1)):
		l.i++ // Markdown escape.
	default:
		l.emit(fold(c), 1)
	}
}

func (l *lexer) peek(n int) rune {
	if l.i+n < len(l.src) {
		return l.src[l.i+n]
	}
	return 0
}

// emit writes one glyph for the next width runes.
func (l *lexer) emit(c rune, width int) {
	at := int32(l.i)
	l.i += width
	prev := l.last()
	if l.pending && isWord(prev) && isWord(c) {
		l.push(' ', at-1, at, false)
	}
	l.push(c, at, int32(l.i), l.pending && prev != newline)
	l.pending = false
}

func (l *lexer) push(c rune, at, end int32, gap bool) {
	l.r = append(l.r, c)
	l.at = append(l.at, at)
	l.end = append(l.end, end)
	l.gap = append(l.gap, gap)
}

func (l *lexer) last() rune {
	if len(l.r) == 0 {
		return newline
	}
	return l.r[len(l.r)-1]
}

// tab ends a cell, except where it only indents a line.
func (l *lexer) tab() {
	if l.last() == newline && l.peek(1) != '\t' && !l.tabLater() {
		l.pending = true
		l.i++
		return
	}
	l.emit(cellEnd, 1)
}

// tabLater reports whether the line has another tab after text, as a table
// row with an empty first cell has.
func (l *lexer) tabLater() bool {
	for j := l.i + 1; j < len(l.src) && j < l.i+400 && l.src[j] != newline; j++ {
		if l.src[j] == '\t' {
			return true
		}
	}
	return false
}

func isZeroWidth(c rune) bool {
	return c >= 0x200B && c <= 0x200F || c == 0xFEFF || c == 0x2060 || c == 0xAD
}

// isWord reports letters and digits that white space separates.
func isWord(c rune) bool {
	return c < 0x250 && (unicode.IsLetter(c) || c >= '0' && c <= '9')
}

// span is the place of glyphs in the text.
func (p *page) span(g rng) Span {
	if g.empty() {
		if g.a < len(p.at) {
			return Span{int(p.at[g.a]), int(p.at[g.a])}
		}
		return Span{len(p.src), len(p.src)}
	}
	return Span{int(p.at[g.a]), int(p.end[g.b-1])}
}

// text is the exact slice of the text that glyphs stand for.
func (p *page) text(g rng) string {
	s := p.span(g)
	return string(p.src[s.From:s.To])
}

// clean is the wording of the text without stray spaces, breaks and tags.
func (p *page) clean(g rng) string {
	var b strings.Builder
	for i := g.a; i < g.b; i++ {
		switch {
		case p.r[i] == newline || p.r[i] == cellEnd || p.end[i] == p.at[i]:
		case p.end[i]-p.at[i] == 1:
			b.WriteRune(p.src[p.at[i]])
		default:
			b.WriteRune(p.r[i])
		}
	}
	return strings.TrimSpace(b.String())
}

// joined is the wording of several lines, one per line.
func (p *page) joined(lines []rng) string {
	parts := make([]string, 0, len(lines))
	for _, g := range lines {
		if s := p.clean(g); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}

// trim drops separators at both ends.
func (p *page) trim(g rng) rng {
	for g.a < g.b && isBlank(p.r[g.a]) {
		g.a++
	}
	for g.b > g.a && isBlank(p.r[g.b-1]) {
		g.b--
	}
	return g
}

func isBlank(c rune) bool { return c == newline || c == cellEnd || c == ' ' || c == '|' }

// mask blanks out what stands in quotation marks and in 《》: a brand or a
// title may look like a date, a target or a frequency and is none.
func (p *page) mask() {
	p.m = append([]rune(nil), p.r...)
	p.books = p.findBooks()
	for _, g := range p.books {
		p.hide(rng{g.a + 1, g.b - 1})
	}
	for i := 0; i < len(p.r); i++ {
		if p.r[i] != '“' && p.r[i] != '"' {
			continue
		}
		if j := p.closing(i); j > 0 {
			p.hide(rng{i + 1, j})
			i = j
		}
	}
}

// maxQuote bounds a quotation; a longer one has lost its mark.
const maxQuote = 60

func (p *page) closing(i int) int {
	want := '”'
	if p.r[i] == '"' {
		want = '"'
	}
	for j := i + 1; j < len(p.r) && j-i <= maxQuote && p.r[j] != newline; j++ {
		if p.r[j] == want {
			return j
		}
		if p.r[j] == '“' || p.r[j] == '。' && p.r[i] == '"' {
			return 0
		}
	}
	return 0
}

func (p *page) hide(g rng) {
	for i := g.a; i < g.b; i++ {
		p.m[i] = hidden
	}
}
