package parse

import (
	"slices"
	"strings"
)

// The Chinese words by which plans are read stand in words_*.go, one file per
// subject, and nowhere else: whoever misses a word adds it there.

// list is a set of words to be looked up in glyphs. The longest word wins.
type list struct {
	first, last map[rune][][]rune
	opens       sieve
	closes      sieve
}

// words enters the words of a line, which blanks divide.
func words(s string) *list {
	l := &list{first: map[rune][][]rune{}, last: map[rune][][]rune{}}
	for _, w := range strings.Fields(s) {
		r := []rune(w)
		a, b := r[0], r[len(r)-1]
		l.first[a], l.last[b] = append(l.first[a], r), append(l.last[b], r)
		l.opens.add(a)
		l.closes.add(b)
	}
	longestFirst := func(a, b []rune) int { return len(b) - len(a) }
	for _, byRune := range []map[rune][][]rune{l.first, l.last} {
		for _, ws := range byRune {
			slices.SortStableFunc(ws, longestFirst)
		}
	}
	return l
}

// oneAt returns the length of the longest word that stands at i, or 0.
func oneAt(r []rune, i int, l *list) int {
	if i < 0 || i >= len(r) || !l.opens.has(r[i]) {
		return 0
	}
	for _, w := range l.first[r[i]] {
		if i+len(w) <= len(r) && equalRunes(r[i:i+len(w)], w) {
			return len(w)
		}
	}
	return 0
}

// oneBefore is oneAt for words that end at i.
func oneBefore(r []rune, i int, l *list) int {
	if i <= 0 || i > len(r) || !l.closes.has(r[i-1]) {
		return 0
	}
	for _, w := range l.last[r[i-1]] {
		if len(w) <= i && equalRunes(r[i-len(w):i], w) {
			return len(w)
		}
	}
	return 0
}

// firstIn returns where the first word within g stands, or -1.
func firstIn(r []rune, g rng, l *list) int {
	for i := g.a; i < g.b; i++ {
		if oneAt(r[:g.b], i, l) > 0 {
			return i
		}
	}
	return -1
}

func anyIn(r []rune, g rng, l *list) bool { return firstIn(r, g, l) >= 0 }

// sieve tells at the cost of one load that no word begins with a rune.
type sieve [16]uint64

func (s *sieve) add(c rune)      { s[c>>6&15] |= 1 << (c & 63) }
func (s *sieve) has(c rune) bool { return s[c>>6&15]>>(c&63)&1 == 1 }

// lexicon is a list whose words carry a tag.
type lexicon struct {
	first map[rune][]entry
	opens *sieve
}

type entry struct {
	word []rune
	tag  string
}

func newLexicon() lexicon { return lexicon{map[rune][]entry{}, &sieve{}} }

// add enters words under a tag.
func (l lexicon) add(tag, list string) lexicon {
	for _, w := range strings.Fields(list) {
		r := []rune(w)
		l.first[r[0]] = append(l.first[r[0]], entry{r, tag})
		l.opens.add(r[0])
	}
	return l
}

// at returns the tag and length of the longest word that stands at i before
// end, or "" and 0.
func (l lexicon) at(r []rune, i, end int) (string, int) {
	tag, n := "", 0
	if !l.opens.has(r[i]) {
		return tag, n
	}
	for _, e := range l.first[r[i]] {
		if len(e.word) > n && i+len(e.word) <= end && equalRunes(r[i:i+len(e.word)], e.word) {
			tag, n = e.tag, len(e.word)
		}
	}
	return tag, n
}
