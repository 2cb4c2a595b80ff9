package parse

import (
	"strings"
	"unicode"
)

// hasAt reports whether s stands in r at i.
func hasAt(r []rune, i int, s string) bool {
	for _, c := range s {
		if i < 0 || i >= len(r) || r[i] != c {
			return false
		}
		i++
	}
	return true
}

// hasBefore reports whether s stands in r right before i.
func hasBefore(r []rune, i int, s string) bool { return hasAt(r, i-runeLen(s), s) }

func runeLen(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}

// containsIn reports whether s stands within g.
func containsIn(r []rune, g rng, s string) bool {
	n := runeLen(s)
	for i := g.a; i+n <= g.b; i++ {
		if hasAt(r, i, s) {
			return true
		}
	}
	return false
}

func is(c rune, set string) bool { return strings.ContainsRune(set, c) }

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

func isHan(c rune) bool {
	return c >= 0x3400 && c <= 0x9FFF || c >= 0x20000 && unicode.Is(unicode.Han, c)
}

func equalRunes(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
