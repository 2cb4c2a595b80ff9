package parse

// class is a way of numbering.
type class int

// Classes from the highest level to the lowest, as official style nests them
// (GB/T 9704: 一、 （一） 1. （1）). Documents that nest otherwise are found by
// nesting in outline.go.
const (
	noClass    class = iota
	markdown         // # to ######, in six ranks
	part             // 第一部分 第一章
	cjk              // 一、
	article          // 第一条
	cjkParen         // （一）
	heading          // no number, stands above what follows
	ordinal          // 第一，
	digit            // 1. 1、 1．
	decimal          // 1.1
	decimal3         // 1.1.1
	digitParen       // （1） ⑴ (1).
	halfParen        // 1）
	circled          // ①
	subHeading       // no number, stands above plain paragraphs
	annex            // 附件 附表: opens again at the top
)

// marker is the numbering at the beginning of a line.
type marker struct {
	class  class
	number int
	major  int // Of 2.3 the 2.
	end    int // First glyph behind the marker.
	level  int // Of Markdown headings.
}

// readMarker reads the numbering that begins a line.
func readMarker(p *page, g rng) marker {
	if g.empty() {
		return marker{}
	}
	m := marker{end: g.a}
	if level := p.hashes(g); level > 0 {
		inner := readMarker(p, p.trim(rng{g.a + level, g.b}))
		m = marker{class: markdown, level: level, number: inner.number, end: g.a + level}
		if inner.class != noClass {
			m.end = inner.end
		}
		return m
	}
	for _, read := range []func([]rune, rng) marker{readWrapped, readSymbol, readCJK, readDi, readDigits} {
		if m := read(p.r, g); m.class != noClass {
			if m.class == digit || m.class == cjk {
				m.end = skipGlyph(p.r, m.end, g.b, '\t')
			}
			return m
		}
	}
	return m
}

// startsNumbered reports whether a line begins with numbering.
func (p *page) startsNumbered(g rng) bool { return readMarker(p, g).class != noClass }

// hashes counts the # of a Markdown heading.
func (p *page) hashes(g rng) int {
	n := 0
	for g.a+n < g.b && p.r[g.a+n] == '#' {
		n++
	}
	if n > 6 || g.a+n >= g.b {
		return 0
	}
	return n
}

// readWrapped reads （一） （1） and their like, with a stray mark behind.
func readWrapped(r []rune, g rng) marker {
	if !is(r[g.a], "（[【") || g.len() < 3 {
		return marker{}
	}
	n, next, isCJK := ordinalNumber(r, g.a+1, g.b)
	if n == 0 || next >= g.b || !is(r[next], "）]】") {
		return marker{}
	}
	c := digitParen
	if isCJK {
		c = cjkParen
	}
	return marker{class: c, number: n, end: skipMark(r, next+1, g.b)}
}

// readSymbol reads ① ⑴ ⒈ ㈠, whose number is their code point.
func readSymbol(r []rune, g rng) marker {
	for _, s := range []struct {
		first, last rune
		class       class
	}{
		{'①', '⑳', circled}, {'❶', '❿', circled}, {'⑴', '⒇', digitParen},
		{'⒈', '⒛', digit}, {'㈠', '㈩', cjkParen}, {'Ⅰ', 'Ⅻ', part},
	} {
		if r[g.a] >= s.first && r[g.a] <= s.last {
			return marker{class: s.class, number: int(r[g.a]-s.first) + 1, end: skipMark(r, g.a+1, g.b)}
		}
	}
	return marker{}
}

// readCJK reads 一、 and 一. but not 一、二季度 or 一是.
func readCJK(r []rune, g rng) marker {
	n, next, isCJK := ordinalNumber(r, g.a, g.b)
	if n == 0 || !isCJK || next >= g.b || !is(r[next], "、.．：，") {
		return marker{}
	}
	if next+1 < g.b && r[next] == '、' {
		if m, after, more := ordinalNumber(r, next+1, g.b); more && (after < g.b && !isHan(r[after]) || m == n+1) {
			return marker{}
		}
	}
	return marker{class: cjk, number: n, end: next + 1}
}

// readDi reads 第一章, 第一条 and 第一，.
func readDi(r []rune, g rng) marker {
	if r[g.a] != '第' {
		return marker{}
	}
	n, next, _ := ordinalNumber(r, g.a+1, g.b)
	if n == 0 || next >= g.b {
		return marker{}
	}
	switch {
	case hasAt(r, next, "部分"):
		return marker{class: part, number: n, end: skipMark(r, next+2, g.b)}
	case is(r[next], "章编"):
		return marker{class: part, number: n, end: skipMark(r, next+1, g.b)}
	case r[next] == '条' && (next+1 >= g.b || !is(r[next+1], "件至和、")):
		return marker{class: article, number: n, end: skipMark(r, next+1, g.b)}
	case is(r[next], "、，：."):
		return marker{class: ordinal, number: n, end: next + 1}
	}
	return marker{}
}

// readDigits reads 1. 1、 1） and 1.1.
func readDigits(r []rune, g rng) marker {
	n, next := smallInt(r, g.a, g.b)
	if next == g.a || next >= g.b || n == 0 {
		return marker{}
	}
	switch c := r[next]; {
	case c == '）':
		return marker{class: halfParen, number: n, end: skipMark(r, next+1, g.b)}
	case c == '.' && next+1 < g.b && isDigit(r[next+1]):
		return readDecimal(r, g, n, next)
	case is(c, ".、．"):
		return marker{class: digit, number: n, end: skipMark(r, next+1, g.b)}
	}
	return marker{}
}

// readDecimal reads 1.1 and 1.1.1 but neither 3.5亿元 nor 1.12月底前, where
// the number ends at the dot.
func readDecimal(r []rune, g rng, major, dot int) marker {
	short := marker{class: digit, number: major, end: dot + 1}
	n, next := smallInt(r, dot+1, g.b)
	if next == dot+1 {
		return short // 2.2025年3月底前
	}
	m := marker{class: decimal, number: n, major: major, end: skipMark(r, next, g.b)}
	if next+1 < g.b && r[next] == '.' && isDigit(r[next+1]) {
		k, after := smallInt(r, next+1, g.b)
		m = marker{class: decimal3, number: k, major: n, end: skipMark(r, after, g.b)}
	}
	blank := m.end < g.b && r[m.end] == ' '
	m.end = skipGlyph(r, m.end, g.b, ' ')
	switch {
	case m.end >= g.b || n == 0 || is(r[m.end], "亿万元倍"):
		return marker{}
	case blank || is(r[m.end], "《“"):
		return m
	case is(r[m.end], "年月日号名个次场项人户家-~至到/、%"):
		return short
	case !isHan(r[m.end]):
		return marker{}
	}
	return m
}

// skipMark skips one stray mark behind a number: （1）、 or (1).
func skipMark(r []rune, i, end int) int {
	if i < end && is(r[i], "、.．，：") {
		i++
	}
	return skipGlyph(r, i, end, cellEnd)
}

func skipGlyph(r []rune, i, end int, c rune) int {
	if i < end && r[i] == c {
		return i + 1
	}
	return i
}
