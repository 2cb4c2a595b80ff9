package parse

// findPlaceholders lists what still has to be filled in: xx, X次, ××, 某.
func findPlaceholders(p *page, g rng) []rng {
	var out []rng
	for i := g.a; i < g.b; {
		b := placeholderAt(p.r, i, g.b)
		if b == 0 {
			i++
			continue
		}
		out = append(out, rng{i, b})
		i = b
	}
	return out
}

// placeholderAt returns the end of a placeholder at i, or 0.
func placeholderAt(r []rune, i, end int) int {
	switch {
	case is(r[i], "xX×"):
		return crosses(r, i, end)
	case r[i] == '某':
		return somebody(r, i, end)
	case r[i] == '_':
		j := i
		for j < end && r[j] == '_' {
			j++
		}
		if j-i >= 2 {
			return j
		}
	}
	return 0
}

// crosses reads xx, X and ××, but neither 1+X nor 3×4 nor a letter of a word.
func crosses(r []rune, i, end int) int {
	j := i
	for j < end && is(r[j], "xX×*") {
		j++
	}
	if i > 0 && (isWord(r[i-1]) || is(r[i-1], "+-.&/")) || j < end && (isWord(r[j]) || is(r[j], "+&.")) {
		return 0
	}
	if j-i == 1 && j < end && is(r[j], "光线射轴型") {
		return 0
	}
	if j < end && is(r[j], "月") {
		for k := j + 1; k < end && is(r[k], "xX×"); k++ {
			if k+1 < end && r[k+1] == '日' {
				return k + 2
			}
		}
	}
	if j < end && is(r[j], "次日月年届个名场号人期条项份") {
		j++
	}
	return j
}

// somebody reads 某 and 某某, but not 某些, 某种 and 某一.
func somebody(r []rune, i, end int) int {
	j := i + 1
	for j < end && r[j] == '某' {
		j++
	}
	if j < end && is(r[j], "些种一个项方类几") && j == i+1 || i > 0 && r[i-1] == '谋' {
		return 0
	}
	return j
}
