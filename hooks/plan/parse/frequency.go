package parse

import (
	"fmt"
	"strings"
)

// frequencyHit is a word that says how often.
type frequencyHit struct {
	rng
	rule  string // RFC 5545 without DTSTART; empty when the word is vague.
	weak  bool   // 持续 及时: vague, and hardly ever a promise of its own.
	count bool   // 不少于4次 without a period: the year is meant.
}

func (f frequencyHit) vague() bool { return f.rule == "" }

// Rules of the periods.
const (
	daily     = "FREQ=DAILY"
	weekly    = "FREQ=WEEKLY"
	monthly   = "FREQ=MONTHLY"
	quarterly = "FREQ=MONTHLY;INTERVAL=3"
	halfYear  = "FREQ=MONTHLY;INTERVAL=6"
	yearly    = "FREQ=YEARLY"
	workdays  = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
)

// frequencyAt reads a frequency that begins at i and is not vague.
func frequencyAt(r []rune, i, end int) (frequencyHit, bool) {
	c := r[i]
	switch {
	case c == '每' || c == '毎':
		return everyAt(r, i, end)
	case c == '一' || c == '半':
		return onceAt(r, i, end)
	case c == '全' || c == '年':
		return perYearAt(r, i, end)
	case c == '/':
		return slashAt(r, i, end)
	case is(c, "天日周月季按逐双隔单"):
		if i > 0 && (isNumeral(r[i-1]) || is(r[i-1], "每本上下当第个首")) {
			return frequencyHit{}, false
		}
		if rule, n := fixedPeriods.at(r, i, end); n > 0 {
			return frequencyHit{rng: rng{i, i + n}, rule: rule}, true
		}
		return barePeriodAt(r, i, end)
	}
	return frequencyHit{}, false
}

// everyAt reads 每周, 每个月, 每两周, 每月第一周周五.
func everyAt(r []rune, i, end int) (frequencyHit, bool) {
	j := i + 1
	n, next, _ := ordinalNumber(r, j, end)
	if n > 1 {
		j = next
	} else if n == 1 && next < end && is(r[next], "周月季年天日个") {
		j = next
	}
	if j < end && is(r[j], "个") {
		j++
	}
	if j < end && is(r[j], "双单") { // 每双周
		n, j = 2, j+1
	}
	if j >= end {
		return frequencyHit{}, false
	}
	rule, width := periods.at(r, j, end)
	if width == 0 || rule == yearly && hasAt(r, j, "年轻") || hasAt(r, j, "月子") {
		return frequencyHit{}, false
	}
	rule, more := refine(r, multiply(rule, n), j+width, end)
	return frequencyHit{rng: rng{i, more}, rule: rule}, true
}

// multiply gives the rule of every n periods.
func multiply(rule string, n int) string {
	if n < 2 || rule == workdays {
		return rule
	}
	base, interval := rule, 1
	if at := strings.Index(rule, ";INTERVAL="); at >= 0 {
		base = rule[:at]
		fmt.Sscanf(rule[at:], ";INTERVAL=%d", &interval)
	}
	return fmt.Sprintf("%s;INTERVAL=%d", base, interval*n)
}

// onceAt reads 一年一次, 一季度两次, 半年一次: a period and a count.
func onceAt(r []rune, i, end int) (frequencyHit, bool) {
	j := i
	if r[i] == '一' {
		j++
		if j < end && r[j] == '个' {
			j++
		}
	}
	if j >= end || i > 0 && (isNumeral(r[i-1]) || is(r[i-1], "第每")) {
		return frequencyHit{}, false
	}
	rule, n := periods.at(r, j, end)
	if n == 0 {
		return frequencyHit{}, false
	}
	k := j + n
	if k+1 < end && r[k] == '一' && isHan(r[k+1]) && !is(r[k+1], "次场期日号至到二三四五六") { // 一季一通报
		return frequencyHit{rng: rng{i, k + 2}, rule: rule}, true
	}
	for n := oneAt(r[:end], k, onceVerbs); n > 0; n = oneAt(r[:end], k, onceVerbs) {
		k += n
	}
	next := timesAt(r, k, end)
	if next == 0 {
		return frequencyHit{}, false
	}
	return frequencyHit{rng: rng{i, next}, rule: rule}, true
}

// timesAt reads 一次, 2次, 一至两次 and returns where it ends, or 0.
func timesAt(r []rune, i, end int) int {
	if i >= end {
		return 0
	}
	a := readAmount(r, i, end)
	if a.next == 0 || a.next >= end {
		return 0
	}
	j := a.next
	if is(r[j], "-~至到、或") {
		for j < end && is(r[j], "-~至到、或") {
			j++
		}
		if j < end {
			if b := readAmount(r, j, end); b.next > 0 {
				j = b.next
			}
		}
	}
	if j < end && is(r[j], "次场期讲课遍轮") {
		return j + 1
	}
	return 0
}

// perYearAt reads 全年不少于4次 and 年内至少2次.
func perYearAt(r []rune, i, end int) (frequencyHit, bool) {
	w := oneAt(r, i, wholeYear)
	if w == 0 || i > 0 && isNumeral(r[i-1]) {
		return frequencyHit{}, false
	}
	for j := i + w; j < end && j < i+14 && !is(r[j], "，。；\n"); j++ {
		if !isNumeral(r[j]) {
			continue
		}
		if next := timesAt(r, j, end); next > 0 {
			return frequencyHit{rng: rng{i, next}, rule: yearly}, true
		}
		break
	}
	return frequencyHit{}, false
}

// barePeriodAt reads 季度至少开展1次 at the beginning of a clause.
func barePeriodAt(r []rune, i, end int) (frequencyHit, bool) {
	w := oneAt(r, i, barePeriods)
	if w == 0 || i > 0 && !is(r[i-1], "，。；：、\n\t") {
		return frequencyHit{}, false
	}
	j := i + w
	for j < end && j < i+9 && !isNumeral(r[j]) && !is(r[j], "，。；\n\t") {
		j++
	}
	next := 0
	if j < end && isNumeral(r[j]) {
		next = timesAt(r, j, end)
	}
	if next == 0 {
		return frequencyHit{}, false
	}
	rule, _ := periods.at(r, i, end)
	if rule == "" {
		rule = halfYear
	}
	return frequencyHit{rng: rng{i, next}, rule: rule}, true
}

// slashAt reads 1次/月 at its slash.
func slashAt(r []rune, i, end int) (frequencyHit, bool) {
	if i == 0 || i+1 >= end || !is(r[i-1], "次场期") {
		return frequencyHit{}, false
	}
	rule, n := periods.at(r, i+1, end)
	if n == 0 {
		return frequencyHit{}, false
	}
	a := i - 1
	for a > 0 && isNumeral(r[a-1]) {
		a--
	}
	return frequencyHit{rng: rng{a, i + 1 + n}, rule: rule}, true
}

// vagueAt reads 定期 and its like. Of 不及时 and 可持续, which say something
// else, it returns the length alone.
func vagueAt(r []rune, i, end int) (f frequencyHit, n int) {
	tag, n := vagueWords.at(r, i, end)
	if n == 0 || tag == "other" {
		return frequencyHit{}, n
	}
	return frequencyHit{rng: rng{i, i + n}, weak: tag == "weak"}, n
}

// findFrequencies lists the frequencies in g, in order.
func findFrequencies(p *page, g rng) []frequencyHit {
	var hits []frequencyHit
	for i := g.a; i < g.b; {
		f, ok := frequencyAt(p.m, i, g.b)
		n := f.len()
		if !ok {
			f, n = vagueAt(p.m, i, g.b)
			ok = !f.empty()
		}
		if n == 0 {
			f, ok = countAt(p.m, i, g)
			n = f.len()
		}
		if ok {
			hits = append(hits, f)
			i = f.b
			continue
		}
		i += max(n, 1)
	}
	return hits
}

// countAt reads 不少于4次 and 一至两次 without a period.
func countAt(r []rune, i int, g rng) (frequencyHit, bool) {
	w := oneAt(r, i, lowerBounds)
	k := i + w
	if w == 0 {
		if !isNumeral(r[i]) || i > g.a && (isNumeral(r[i-1]) || r[i-1] == '第') {
			return frequencyHit{}, false
		}
	} else {
		k += oneAt(r, k, countVerbs)
	}
	next := timesAt(r, k, g.b)
	if next == 0 || r[next-1] != '次' || w == 0 && !anyIn(r, rng{i, next}, countRanges) {
		return frequencyHit{}, false
	}
	return frequencyHit{rng: rng{i, next}, rule: yearly, count: true}, true
}

// frequency gives the hit in the words of the text.
func (p *page) frequency(f frequencyHit, g rng) *Frequency {
	out := &Frequency{Text: p.clean(f.rng)}
	if !f.vague() {
		rule := f.rule
		out.RRule = &rule
		out.AtLeast = p.atLeast(f, g)
	}
	return out
}

// atLeast looks around a frequency, within its clause, for a lower bound.
func (p *page) atLeast(f frequencyHit, g rng) bool {
	a, b := f.a, f.b
	for a > g.a && f.a-a < 6 && !is(p.m[a-1], "，；。、\n") {
		a--
	}
	for b < g.b && b-f.b < 24 && !is(p.m[b], "，；。\n\t") {
		b++
	}
	if anyIn(p.m, rng{a, b}, atLeastWords) {
		return true
	}
	return b < g.b && p.m[b] == '，' && oneAt(p.m, b+1, atLeastBehind) > 0
}
