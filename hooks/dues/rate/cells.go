package rate

// LeastCell is how many people a published number stands for at least: a
// smaller group could be recognized.
const LeastCell = 5

// Hide says which of several groups, whose total is published as well, must not
// show their number: those with fewer than least people, and if that is one
// alone, the next smallest too, since otherwise the total would give it away.
func Hide(counts []int, least int) []bool {
	hidden := make([]bool, len(counts))
	n, next := 0, -1
	for i, c := range counts {
		switch {
		case c > 0 && c < least:
			hidden[i] = true
			n++
		case c > 0 && (next < 0 || c < counts[next]):
			next = i
		}
	}
	if n == 1 && next >= 0 {
		hidden[next] = true
	}
	return hidden
}
