package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// trim takes the blanks off both ends, those that only look like one included,
// and makes every line end the same.
func trim(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
}

// invisible are the marks that copying from a web page or WeChat leaves behind.
func invisible(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\u202a', '\u202c', '\ufeff':
		return true
	}
	return false
}

// narrow turns full-width letters, digits and signs into their usual form.
func narrow(s string) string { return width.Narrow.String(s) }

// bare is narrow without any blank.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || invisible(r) {
			return -1
		}
		return r
	}, narrow(s))
}

// squeeze takes blanks out of a Chinese name (张　三) and leaves one between the
// words of a foreign one.
func squeeze(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) }), " ")
	var out []rune
	runes := []rune(s)
	for i, r := range runes {
		if r == ' ' && (unicode.Is(unicode.Han, runes[i-1]) || unicode.Is(unicode.Han, runes[i+1])) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// formulaSigns begin what a spreadsheet takes for a formula.
const formulaSigns = "=+-@\t\r"

// guard keeps a text from being run as a formula: it gets an apostrophe, as
// does one that looks guarded already. unguard takes it off again.
func guard(s string) string {
	if rest := strings.TrimLeft(s, "'"); rest != "" && strings.ContainsRune(formulaSigns, rune(rest[0])) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	rest := strings.TrimLeft(s, "'")
	if len(rest) < len(s) && rest != "" && strings.ContainsRune(formulaSigns, rune(rest[0])) {
		return s[1:]
	}
	return s
}

// splitList separates what is listed in one cell.
func splitList(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;；|\n", r) }) {
		if part = trim(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
