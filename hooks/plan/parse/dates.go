package parse

// dateForm says how much a date tells.
type dateForm int

const (
	fullDate  dateForm = iota // A year, a month and a day.
	monthForm                 // A month, a part of one, or a range of them.
	dayForm                   // A month and a day.
	yearForm                  // 上半年 年底 四季度 全年.
	feast                     // “七一”前夕.
	vague                     // 开学初: only the school knows when.
)

// dateHit is a date in the text, still without the year of the plan.
type dateHit struct {
	rng
	part     dateForm
	from, to *day
	past     bool // 3月以来.
	named    bool // “五四” without 前夕 or 期间: a name that dates only what nothing else does.
}

// open reports a date that no calendar of ours can turn into days.
func (d dateHit) open() bool {
	return (d.from == nil || d.from.month == 0) && (d.to == nil || d.to.month == 0)
}

// day is a day of the year; year 0 is the year of the plan.
type day struct{ year, next, month, day int }

// dateAt reads a date that begins at i.
func dateAt(p *page, r []rune, i, end int) (dateHit, bool) {
	if i >= end {
		return dateHit{}, false
	}
	if !mayBeginDate(r[i]) || i > 0 && isNumeral(r[i-1]) && isNumeral(r[i]) {
		return dateHit{}, false
	}
	s := dateScanner{r: r, raw: p.r, i: i, end: end}
	for _, read := range []func() bool{s.feast, s.schoolTime, s.isoDate, s.wordOfYear, s.monthRange} {
		s.i, s.hit = i, dateHit{rng: rng{a: i}}
		if read() {
			s.hit.b = s.i
			return s.hit, true
		}
	}
	return dateHit{}, false
}

func mayBeginDate(c rune) bool {
	return isNumeral(c) || is(c, "年上下全第今本明次当岁“七五三六八国春元中端清重开学期暑寒xX×季月底") || c == '"'
}

// dateScanner reads one date.
type dateScanner struct {
	r, raw []rune
	i, end int
	hit    dateHit
}

func (s *dateScanner) peek(n int) rune {
	if s.i+n < s.end {
		return s.r[s.i+n]
	}
	return 0
}

// take steps over one of the words, if one is here.
func (s *dateScanner) take(l *list) bool {
	n := oneAt(s.r[:s.end], s.i, l)
	s.i += n
	return n > 0
}

// takeWord is take for who has to know which word it was.
func (s *dateScanner) takeWord(l *list) string {
	from := s.i
	s.take(l)
	return string(s.r[from:s.i])
}

// year steps over 2022年 or 今年 and returns what it says.
func (s *dateScanner) year() (year, next int) {
	if n, ok := fourDigits(s.r, s.i, s.end); ok && s.peek(4) == '年' {
		s.i += 5
		if s.peek(0) == '度' {
			s.i++
		}
		return n, 0
	}
	switch s.takeWord(relativeYears) {
	case "明年", "次年", "下一年":
		return 0, 1
	}
	return 0, 0
}

func fourDigits(r []rune, i, end int) (int, bool) {
	if i+4 > end || i > 0 && isDigit(r[i-1]) || i+4 < end && isDigit(r[i+4]) {
		return 0, false
	}
	n := 0
	for _, c := range r[i : i+4] {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, n >= 1900 && n <= 2100
}

// isoDate reads 2022-03-15, 2022.3.15 and 2022/3/15.
func (s *dateScanner) isoDate() bool {
	year, ok := fourDigits(s.r, s.i, s.end)
	if !ok || !is(s.peek(4), "-./") {
		return false
	}
	sep := s.peek(4)
	month, i := smallInt(s.r, s.i+5, s.end)
	if month < 1 || month > 12 || i >= s.end || s.r[i] != sep {
		return false
	}
	d, j := smallInt(s.r, i+1, s.end)
	if d < 1 || d > 31 {
		return false
	}
	s.i = j
	at := day{year: year, month: month, day: d}
	s.hit.part = fullDate
	s.set(point{at, at, fullDate}, nil)
	return true
}

// point is one end of a date: the first and the last day it can mean.
type point struct {
	lo, hi day
	form   dateForm
}

// set applies what stands behind a date: 前, 起, 以来.
func (s *dateScanner) set(a point, b *point) {
	lo, hi := a.lo, a.hi
	if b != nil {
		hi = b.hi
	}
	s.hit.from, s.hit.to = &lo, &hi
	if b == nil && a.form == endForm {
		s.hit.from = nil
	}
	switch {
	case s.takeBefore():
		s.before(a, b)
	case s.take(sinceWords):
		s.hit.past = true
	case s.take(fromWords):
		s.hit.to = nil
	default:
		s.take(aroundWords)
	}
}

// endForm marks 月底 and its like, which name a last day and no first.
const endForm dateForm = -1

// takeBefore steps over 前, 之前, 底前 but not over 前后 or 前期.
func (s *dateScanner) takeBefore() bool {
	if s.take(aroundOnly) {
		return false
	}
	if s.take(beforeWords) {
		return true
	}
	if s.peek(0) == '前' && !is(s.peek(1), "期往列") {
		s.i++
		return true
	}
	return false
}

// before keeps only the last day: 3月底前 ends with March, 4月前 before April.
func (s *dateScanner) before(a point, b *point) {
	last := *s.hit.to
	if b == nil && a.form == monthForm {
		last = a.lo.dayBefore()
	}
	s.hit.from, s.hit.to = nil, &last
}

func (d day) dayBefore() day {
	if d.day > 1 {
		d.day--
		return d
	}
	if d.month == 1 {
		if d.year > 0 {
			return day{year: d.year - 1, month: 12, day: 31}
		}
		return day{next: d.next - 1, month: 12, day: 31}
	}
	d.month--
	d.day = monthDays
	return d
}

// monthDays stands for the last day of a month until the year is known.
const monthDays = 31
