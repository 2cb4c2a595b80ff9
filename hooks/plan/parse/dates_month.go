package parse

// monthRange reads 3月, 3-4月, 3月至5月, 3月15日前 and their like. Of a list,
// 5月/10月 or 3、6、9月, it reads the first.
func (s *dateScanner) monthRange() bool {
	a, b, ok := s.monthOrRange()
	if !ok {
		return false
	}
	s.hit.part = a.form
	if a.form == endForm {
		s.hit.part = monthForm
	}
	if a.lo.year > 0 && a.form == dayForm {
		s.hit.part = fullDate
	}
	if a.lo.month == 0 { // x月
		s.takeBefore()
		return true
	}
	s.set(a, b)
	return true
}

func (s *dateScanner) monthOrRange() (a point, b *point, ok bool) {
	start := s.i
	year, next := s.year()
	if first, last, ok := s.bareRange(); ok {
		lo := day{year, next, first, 1}
		hi := day{year, next, last, monthDays}
		return point{lo, lo, monthForm}, &point{hi, hi, monthForm}, true
	}
	a, ok = s.point(year, next)
	if !ok {
		s.i = start
		return a, nil, false
	}
	mark := s.i
	if s.rangeMark() {
		y, n := s.year()
		if y == 0 && n == 0 {
			y, n = year, next
		}
		end, ok := s.point(y, n)
		if !ok && a.form == dayForm {
			end, ok = s.dayOnly(a.lo)
		}
		if ok {
			return a, &end, true
		}
		s.i = mark
	}
	return a, nil, true
}

// rangeMark steps over what joins the ends of a range.
func (s *dateScanner) rangeMark() bool {
	n := 0
	for s.i < s.end && is(s.r[s.i], "-~") {
		s.i++
		n++
	}
	if n > 0 {
		return true
	}
	return s.take(toWords)
}

// bareRange reads 3-4月, whose first number has no 月.
func (s *dateScanner) bareRange() (first, last int, ok bool) {
	start := s.i
	n, next, _ := ordinalNumber(s.r, s.i, s.end)
	if n < 1 || n > 12 || next == s.i {
		return 0, 0, false
	}
	s.i = next
	if s.rangeMark() {
		m, next, _ := ordinalNumber(s.r, s.i, s.end)
		if m >= 1 && m <= 12 && next < s.end && s.r[next] == '月' {
			s.i = next + 1
			s.take(monthMark)
			s.take(endMarks)
			return n, m, true
		}
	}
	s.i = start
	return 0, 0, false
}

// inMonthList reports that the number before i is one of 3、6、9月.
func inMonthList(r []rune, i, end int) bool {
	for i < end && is(r[i], "、/") {
		n, next, _ := ordinalNumber(r, i+1, end)
		if n < 1 || n > 12 || next >= end {
			return false
		}
		if r[next] == '月' {
			return true
		}
		i = next
	}
	return false
}

// point reads 3月, 三月份, 3月底, 3月中旬, 3月15日 and x月x日.
func (s *dateScanner) point(year, next int) (point, bool) {
	if s.placeholderMonth() {
		return point{form: vague}, true
	}
	n, i, isCJK := ordinalNumber(s.r, s.i, s.end)
	if n >= 1 && n <= 12 && inMonthList(s.r, i, len(s.r)) {
		s.i = i
		month := day{year: year, next: next, month: n}
		lo, hi := month, month
		lo.day, hi.day = 1, monthDays
		return point{lo, hi, monthForm}, true
	}
	if n < 1 || n > 12 || i >= s.end || s.r[i] != '月' || isCJK && isOnceAMonth(s.r, i+1, s.end) {
		return point{}, false
	}
	s.i = i + 1
	s.take(monthMark)
	month := day{year: year, next: next, month: n, day: 1}
	if p, ok := s.dayOnly(month); ok {
		return p, true
	}
	return s.partOfMonth(month), true
}

// isOnceAMonth tells 一月一次 from January.
func isOnceAMonth(r []rune, i, end int) bool {
	a, next := cjkInt(r, i, end)
	return a > 0 && next < end && is(r[next], "次场期课会讲")
}

func (s *dateScanner) placeholderMonth() bool {
	i := s.i
	for i < s.end && is(s.r[i], "xX×") {
		i++
	}
	if i == s.i || i >= s.end || s.r[i] != '月' {
		return false
	}
	s.i = i + 1
	s.take(placeholderParts)
	for i = s.i; i < s.end && is(s.r[i], "xX×"); i++ {
	}
	if i > s.i && i < s.end && s.r[i] == '日' {
		s.i = i + 1
	}
	return true
}

func (s *dateScanner) dayOnly(month day) (point, bool) {
	n, i, _ := ordinalNumber(s.r, s.i, s.end)
	if n < 1 || n > 31 || i >= s.end {
		return point{}, false
	}
	if is(s.r[i], "日号") {
		s.i = i + 1
	} else if mark := s.i; is(s.r[i], "-~") {
		s.i = i // 3月1-5日: the day follows the range.
		ok := s.rangeMark()
		_, j, _ := ordinalNumber(s.r, s.i, s.end)
		if !ok || j == s.i || j >= s.end || !is(s.r[j], "日号") {
			s.i = mark
			return point{}, false
		}
		s.i = i
	} else {
		return point{}, false
	}
	month.day = n
	return point{month, month, dayForm}, true
}

// partOfMonth reads 初 上旬 中旬 下旬 底 末 behind a month.
func (s *dateScanner) partOfMonth(month day) point {
	span := func(a, b int, form dateForm) point {
		lo, hi := month, month
		lo.day, hi.day = a, b
		return point{lo, hi, form}
	}
	switch s.takeWord(monthParts) {
	case "上旬":
		return span(1, 10, partForm)
	case "中旬":
		return span(11, 20, partForm)
	case "下旬":
		return span(21, monthDays, partForm)
	case "月底", "底", "末":
		return span(1, monthDays, endForm)
	}
	if s.peek(0) == '初' && !is(s.peek(1), "步级中心") {
		s.i++
		return span(1, 10, partForm)
	}
	return span(1, monthDays, monthForm)
}

// partForm is a part of a month, whose 前 means its last day.
const partForm dateForm = -2
