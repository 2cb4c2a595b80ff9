package parse

// findTargets lists the measurable amounts in g.
func findTargets(p *page, g rng) []Target {
	var out []Target
	for i := g.a; i < g.b; {
		if !isNumeral(p.m[i]) && !(p.m[i] == '百' && hasAt(p.m, i, "百分之")) {
			i++
			continue
		}
		t, next, ok := targetAt(p, i, g)
		if ok {
			out = append(out, t)
		}
		i = max(next, i+1)
	}
	return out
}

// targetAt reads one amount and skips over numbers that are none.
func targetAt(p *page, i int, g rng) (Target, int, bool) {
	low, high, next, ok := amountOrRange(p.m, i, g.b)
	if !ok {
		return Target{}, skipNumber(p.m, i, g.b), false
	}
	if i > g.a && isName(p.m, i-1) {
		return Target{}, next, false
	}
	unit, b := unitAt(p, next, g.b, low.isCJK)
	if end, n := sameUnitRange(p, b, g.b, unit, low); n > 0 {
		high, b = n, end
	}
	if b == 0 || isCondition(p, i, b, g) || low.isCJK && !isCountedCJK(p.m, i, b, unit) {
		return Target{}, next, false
	}
	t := Target{Unit: unit}
	a, b := bounds(p, &t, low.value, high, rng{i, b}, g)
	t.Text = p.clean(rng{a, b})
	return t, b, true
}

// sameUnitRange reads the second half of 30万元至50万元.
func sameUnitRange(p *page, i, end int, unit string, low amount) (next int, high float64) {
	j := i
	for j < end && j < i+2 && is(p.m[j], "-~至到") {
		j++
	}
	if i == 0 || j == i || j >= end || !isNumeral(p.m[j]) {
		return 0, 0
	}
	second := readAmount(p.m, j, end)
	if second.next == 0 || second.value <= low.value {
		return 0, 0
	}
	again, b := unitAt(p, second.next, end, second.isCJK)
	if b == 0 || again != unit {
		return 0, 0
	}
	return b, second.value
}

func skipNumber(r []rune, i, end int) int {
	for i < end && (isNumeral(r[i]) || r[i] == '.' || r[i] == '零') {
		i++
	}
	return i
}

// amountOrRange reads 80, 2-4, 一至两 and 百分之八十; high is 0 for one number.
func amountOrRange(r []rune, i, end int) (low amount, high float64, next int, ok bool) {
	if hasAt(r, i, "百分之") && i+3 < end {
		low = readAmount(r, i+3, end)
		if low.next == 0 || low.next < end && hasAt(r, low.next, "百分") {
			return low, 0, i, false
		}
		low.isCJK = false
		return low, 0, low.next, true
	}
	low = readAmount(r, i, end)
	if low.next == 0 {
		return low, 0, i, false
	}
	j := low.next
	if j < end && r[j] == '%' {
		j++
	}
	k := j
	for k < end && is(r[k], "-~至到") {
		k++
	}
	if k == j || k >= end || k-j > 2 || !isNumeral(r[k]) {
		return low, 0, low.next, true
	}
	second := readAmount(r, k, end)
	if second.next == 0 || second.value <= low.value || second.isCJK != low.isCJK {
		return low, 0, low.next, true
	}
	return low, second.value, second.next, true
}

// isName reports that the number belongs to a name: 第三, 1+X, 十九届, 2022.
func isName(r []rune, i int) bool {
	return is(r[i], "第+每首再届〔No.、#") && !is(r[i], "、.") || isWord(r[i]) || isNumeral(r[i])
}

// unitAt reads the unit behind a number, perhaps behind 余 or 多. The returned
// end is 0 when there is none.
func unitAt(p *page, i, end int, cjk bool) (string, int) {
	if i > 3 && hasPercentWords(p.m, i) {
		return "%", i
	}
	if i >= end {
		return "", 0
	}
	if p.m[i] == '%' || p.m[i] == '‰' {
		return string(p.m[i]), i + 1
	}
	j := i
	if is(p.m[j], "余多几+") && j+1 < end {
		j++
	}
	_, n := units.at(p.m, j, end)
	if n == 0 || notUnit(p.m, j, n, end) {
		return "", 0
	}
	return p.clean(rng{j, j + n}), j + n
}

// hasPercentWords looks back for 百分之 before a number that ends at i.
func hasPercentWords(r []rune, i int) bool {
	for j := i - 1; j >= 0 && j > i-7 && (isNumeral(r[j]) || r[j] == '.'); j-- {
		if hasBefore(r, j, "百分之") {
			return true
		}
	}
	return false
}

// notUnit reports runes that look like a unit and begin another word.
func notUnit(r []rune, j, n, end int) bool {
	next := rune(0)
	if j+n < end {
		next = r[j+n]
	}
	switch r[j] {
	case '个':
		return oneAt(r, j+1, abstractThings) > 0 || !isDigit(r[j-1]) && oneAt(r, j+1, vagueThings) > 0
	case '项':
		return oneAt(r, j+1, abstractItems) > 0
	case '期':
		return is(next, "间末中望")
	case '部':
		return is(next, "门署委长队") && next != '署'
	case '节':
		return is(next, "点约日假俭")
	case '分':
		return is(next, "之钟类管解析管工别级层")
	case '面':
		return is(next, "向对貌前")
	case '组', '队', '班', '村', '字', '讲', '课', '对', '类', '条', '人', '位':
		return n == 1 && is(next, "织伍子级委干部话题面应型件例民才员置于生均类规线路理")
	}
	return false
}

// isCountedCJK keeps 两次 and 三个示范点 and leaves 一个中心 and 一次性.
func isCountedCJK(r []rune, i, b int, unit string) bool {
	if i > 0 && (oneBefore(r, i, notCounted) > 0) {
		return false
	}
	if hasAt(r, b, "性") || hasAt(r, b, "又") || is(r[min(b, len(r)-1)], "都均") {
		return false
	}
	if oneBefore(r, i, strictLower) > 0 || oneBefore(r, i, upperBefore) > 0 {
		return true
	}
	if unit == "个" {
		return r[i] != '一' && oneAt(r, b, countedThings) > 0
	}
	if r[i] == '一' && b-i == 2 {
		return is(r[b-1], "次场期堂篇")
	}
	return oneAt([]rune(unit), 0, strictUnits) > 0
}

// isCondition reports ages, terms, trainings and thresholds: 35岁以下, 为期3天,
// 3人以上的支部.
func isCondition(p *page, a, b int, g rng) bool {
	if oneBefore(p.m, a, periodBefore) > 0 && is(p.m[b-1], "天期年节次") {
		return true
	}
	if w := oneAt(p.m, b, thresholds); w > 0 {
		return oneBefore(p.m, a, strictLower) == 0
	}
	if isTrainingTime(p, a, b, g) || oneAt(p.m, b, assemblies) > 0 {
		return true
	}
	if hasAt(p.m, b, "以上党") || hasAt(p.m, b, "以上（含") {
		return true
	}
	return is(p.m[b-1], "天时") && oneAt(p.m, b, limitTails) > 0
}

// isTrainingTime reports how long a training lasts: 培训时间不少于3天或24学时.
func isTrainingTime(p *page, a, b int, g rng) bool {
	unit := p.m[b-1]
	if !is(unit, "天时") {
		return false
	}
	clause := rng{a, a}
	for clause.a > g.a && a-clause.a < 30 && !is(p.m[clause.a-1], "，；。\n\t") {
		clause.a--
	}
	if unit == '天' {
		return anyIn(p.m, clause, trainings)
	}
	return anyIn(p.m, clause, trainingTimes)
}

// bounds sets min and max from the words around the amount and returns the
// range with those words.
func bounds(p *page, t *Target, low, high float64, at, g rng) (int, int) {
	a, b := at.a, at.b
	percent := t.Unit == "%" || t.Unit == "‰"
	before, after := oneBefore(p.m, a, strictLower), oneAt(p.m, b, lowerAfter)
	if w := oneBefore(p.m, a, upperBefore); w >= before && w > 0 {
		t.Max = &low
		return max(g.a, a-w), b
	}
	if w := oneAt(p.m, b, upperAfter); w > 0 {
		t.Max = &low
		return a, b + w
	}
	t.Min = &low
	switch {
	case high > 0:
		t.Max = &high
	case before == 0 && after == 0 && !percent && !anyIn(p.m, at, moreWords) && !p.verbAfterBound(a, g):
		v := low
		t.Max = &v
	}
	return max(g.a, a-before), min(g.b, b+after)
}

// verbAfterBound reports 至少召开1次, where a verb stands between.
func (p *page) verbAfterBound(a int, g rng) bool {
	for back := 1; back <= 6 && a-back >= g.a; back++ {
		if is(p.m[a-back], "，。；、") {
			return false
		}
		if oneBefore(p.m, a-back, lowerBounds) > 0 {
			return true
		}
	}
	return false
}
