package parse

import (
	"html"
	"strings"
	"unicode"
)

// Tags that end a line or a cell; all others vanish.
var (
	blockTags = map[string]bool{"br": true, "p": true, "div": true, "li": true, "tr": true, "table": true, "ul": true, "ol": true,
		"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "section": true, "article": true, "tbody": true, "thead": true}
	cellTags = map[string]bool{"/td": true, "/th": true}
)

// maxTag bounds a tag; beyond it a "<" is only a "<".
const maxTag = 400

// angle reads a tag, 《 written as <<, or a plain "<".
func (l *lexer) angle() {
	if l.peek(1) == '<' {
		l.emit('《', 2)
		return
	}
	name, width := l.tag()
	if width == 0 {
		l.emit('〈', 1)
		return
	}
	if name != "br" || !l.inPipes() {
		l.tags = append(l.tags, Span{l.i, l.i + width})
	}
	l.grid.tag(l, name, l.src[l.i:l.i+width])
	switch {
	case name == "br" && l.inPipes():
		l.emit('；', width)
	case cellTags[name]:
		l.emit(cellEnd, width)
	case blockTags[strings.TrimPrefix(name, "/")]:
		l.pending = false
		l.emit(newline, width)
	default:
		l.i += width
	}
}

// tag returns the lower-case name of the tag here and its width, or 0.
func (l *lexer) tag() (string, int) {
	c := l.peek(1)
	if c != '/' && c != '!' && !(c < unicode.MaxASCII && unicode.IsLetter(c)) {
		return "", 0
	}
	var name strings.Builder
	inName := true
	for j := 1; j < maxTag && l.i+j < len(l.src); j++ {
		c := l.src[l.i+j]
		switch {
		case c == '>':
			return strings.ToLower(name.String()), j + 1
		case c == '<':
			return "", 0
		case inName && (c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) || c == '/' && j == 1):
			name.WriteRune(c)
		default:
			inName = false
		}
	}
	return "", 0
}

// inPipes reports a row of a Markdown table, where <br> is the only way to
// break a line and nothing left over.
func (l *lexer) inPipes() bool {
	for k := len(l.r) - 1; k >= 0 && l.r[k] != newline && len(l.r)-k < 2000; k-- {
		if l.r[k] == '|' {
			return true
		}
	}
	return false
}

// maxEntity bounds an entity: the longest in use have 8 letters.
const maxEntity = 10

// entity reads &nbsp; and its like, or a plain "&".
func (l *lexer) entity() {
	for j := 2; j <= maxEntity && l.i+j < len(l.src); j++ {
		c := l.src[l.i+j]
		if c == ';' {
			l.decoded(string(l.src[l.i:l.i+j+1]), j+1)
			return
		}
		if c > unicode.MaxASCII || !(unicode.IsLetter(c) || unicode.IsDigit(c) || c == '#') {
			break
		}
	}
	l.emit('&', 1)
}

func (l *lexer) decoded(entity string, width int) {
	c := []rune(html.UnescapeString(entity))
	if len(c) != 1 {
		l.emit('&', 1)
		return
	}
	l.tags = append(l.tags, Span{l.i, l.i + width})
	switch {
	case unicode.IsSpace(c[0]) || isZeroWidth(c[0]):
		l.pending = true
		l.i += width
	case c[0] == '<' || c[0] == '>':
		l.emit(map[rune]rune{'<': '〈', '>': '〉'}[c[0]], width)
	default:
		l.emit(fold(c[0]), width)
	}
}
