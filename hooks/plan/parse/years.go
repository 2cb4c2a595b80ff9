package parse

// years is what the text says about its own year.
type years struct {
	plan     int
	school   bool // 2024-2025学年: both years are its own.
	autumn   bool // First term: January and February are in the next year.
	textYear int  // What the title says, when the caller says otherwise.
}

func (y years) ptr() *int {
	if y.plan == 0 {
		return nil
	}
	n := y.plan
	return &n
}

// shift moves the months of a winter that a first term reaches.
func (y years) shift(month int) int {
	if y.autumn && month <= 2 {
		return 1
	}
	return 0
}

// findYears takes the year from the caller, else from the title, else from
// the beginning of the text, else the year named most often.
func findYears(p *page, title rng, given int) years {
	y := years{}
	head := rng{0, min(len(p.r), 600)}
	if !title.empty() {
		y.read(p, title)
	}
	y.textYear = y.plan
	if y.plan == 0 {
		y.plan = firstYear(p, head)
	}
	if y.plan == 0 {
		y.plan = commonYear(p)
	}
	if given > 0 {
		y.plan = given
	}
	return y
}

// read reads a title: 2025年, 2024-2025学年第一学期.
func (y *years) read(p *page, g rng) {
	for i := g.a; i < g.b; i++ {
		n, ok := fourDigits(p.r, i, g.b)
		if !ok {
			if n, ok = cjkYear(p.r, i, g.b); !ok {
				continue
			}
		}
		y.plan = n
		if second, ok := fourDigits(p.r, i+5, g.b); ok && second == n+1 && is(p.r[i+4], "-~至/") {
			y.school = containsIn(p.r, g, "学年") || containsIn(p.r, g, "学期")
			y.autumn = y.school && anyIn(p.r, g, firstTerm)
			if y.school && anyIn(p.r, g, secondTerm) {
				y.plan = second
			}
		}
		return
	}
}

// cjkYear reads 二零二二 and 二〇二二 before 年.
func cjkYear(r []rune, i, end int) (int, bool) {
	if i+5 > end || r[i] != '二' || r[i+4] != '年' {
		return 0, false
	}
	n := 0
	for _, c := range r[i : i+4] {
		d := cjkDigit(c)
		if d < 0 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, n >= 1990 && n <= 2100
}

// firstYear is the first year in g that is said of the plan.
func firstYear(p *page, g rng) int {
	for i := g.a; i < g.b; i++ {
		n, ok := fourDigits(p.m, i, g.b)
		if !ok {
			n, ok = cjkYear(p.m, i, g.b)
		}
		if !ok || i+4 >= g.b || p.m[i+4] != '年' || isHistory(p, i) {
			continue
		}
		if oneAt(p.m, i+5, yearTails) > 0 || i == g.a {
			return n
		}
	}
	return 0
}

// commonYear is the year named most often, if any is named twice or alone.
func commonYear(p *page) int {
	count := map[int]int{}
	best := 0
	for i := 0; i+4 < len(p.r); i++ {
		if n, ok := fourDigits(p.r, i, len(p.r)); ok && p.r[i+4] == '年' && !isHistory(p, i) {
			if count[n]++; count[n] > count[best] || count[n] == count[best] && n > best {
				best = n
			}
		}
	}
	return best
}
