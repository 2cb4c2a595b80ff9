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

// oneAt returns the first of words that stands at i, or "". Longer words come
// first in a list where one begins like another.
func oneAt(r []rune, i int, words []string) string {
	for _, w := range words {
		if hasAt(r, i, w) {
			return w
		}
	}
	return ""
}

// longestAt returns the longest of words that stands at i, or "".
func longestAt(r []rune, i int, words []string) string {
	best := ""
	for _, w := range words {
		if len(w) > len(best) && hasAt(r, i, w) {
			best = w
		}
	}
	return best
}

// oneBefore is oneAt for words that end at i.
func oneBefore(r []rune, i int, words []string) string {
	for _, w := range words {
		if hasBefore(r, i, w) {
			return w
		}
	}
	return ""
}

// indexIn returns the place of s in r[a:b], or -1.
func indexIn(r []rune, g rng, s string) int {
	n := runeLen(s)
	for i := g.a; i+n <= g.b; i++ {
		if hasAt(r, i, s) {
			return i
		}
	}
	return -1
}

func containsIn(r []rune, g rng, s string) bool { return indexIn(r, g, s) >= 0 }

func anyIn(r []rune, g rng, words ...string) bool {
	for _, w := range words {
		if containsIn(r, g, w) {
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

// words splits a list written on one line.
func words(s string) []string { return strings.Fields(s) }

// lexicon finds the longest of many words by their first rune.
type lexicon map[rune][]entry

type entry struct {
	word []rune
	tag  string
}

// add enters words under a tag; longer words win at the same place.
func (l lexicon) add(tag, list string) lexicon {
	for _, w := range words(list) {
		r := []rune(w)
		l[r[0]] = append(l[r[0]], entry{r, tag})
	}
	return l
}

// at returns the tag and length of the longest word that stands at i within
// g, or "" and 0.
func (l lexicon) at(r []rune, i, end int) (string, int) {
	tag, n := "", 0
	for _, e := range l[r[i]] {
		if len(e.word) > n && i+len(e.word) <= end && equalRunes(r[i:i+len(e.word)], e.word) {
			tag, n = e.tag, len(e.word)
		}
	}
	return tag, n
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
