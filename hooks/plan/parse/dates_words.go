package parse

// wordForm is a word that dates within the year.
type wordForm struct {
	word       string
	m1, d1     int // First day; month 0 is open.
	m2, d2     int
	form       dateForm
	beforeForm int // With 前: 0 the last day, 1 the day before the first.
}

// Runes before 年底 or 年中 that make them part of another word.
const notBeforeYearWord = "学近周青少成去往历多半常新百千万老幼壮每几数逐中丰"

func (s *dateScanner) wordOfYear() bool {
	start := s.i
	year, next := s.year()
	if year > 0 {
		// 2022年底 and 2022年年底 both: the 年 may belong to the word.
		if s.peek(0) != '年' && is(s.peek(0), "底末初中内终") {
			s.i--
		}
	} else if s.i > start && is(s.peek(0), "底末初内终") {
		s.i--
	} else if s.i == start && s.peek(0) == '年' && start > 0 && (isNumeral(s.r[start-1]) || is(s.r[start-1], notBeforeYearWord)) && s.r[start-1] != '每' {
		return false
	}
	if s.quarter(year, next) {
		return true
	}
	for _, w := range yearWords {
		if !hasAt(s.r[:s.end], s.i, w.word) || w.word == "年中" && is(s.peek(2), "央国心学小共") {
			continue
		}
		s.i += runeLen(w.word)
		s.hit.part = yearForm
		lo, hi := day{year, next, max(w.m1, 1), max(w.d1, 1)}, day{year, next, w.m2, w.d2}
		s.set(point{lo, hi, w.form}, nil)
		return true
	}
	return false
}

// quarter reads 四季度, 第一季度, 一至三季度 and 第二、三季度末.
func (s *dateScanner) quarter(year, next int) bool {
	start := s.i
	s.take(ordinalMark)
	first, i, _ := ordinalNumber(s.r, s.i, s.end)
	if first < 1 || first > 4 {
		s.i = start
		return false
	}
	s.i = i
	s.take(quarterMark)
	last := first
	if mark := s.i; s.rangeMark() || s.take(listMarks) {
		s.take(ordinalMark)
		n, j, _ := ordinalNumber(s.r, s.i, s.end)
		if n > first && n <= 4 {
			last, s.i = n, j
		} else {
			s.i = mark
		}
	}
	if s.i-start >= 2 && hasBefore(s.r, s.i, "季度") {
		s.i -= 2
	}
	if !s.take(quarterWords) || isOnceAMonth(s.r, s.i, s.end) || isDigit(s.peek(0)) && s.peek(1) == '次' {
		s.i = start
		return false
	}
	form := yearForm
	if s.take(endMarks) {
		form = endForm
	}
	s.hit.part = yearForm
	s.set(point{day{year, next, first*3 - 2, 1}, day{year, next, last * 3, monthDays}, form}, nil)
	return true
}

// feast reads “七一”前夕, 国庆节期间, 春节前. Without such a word a feast is a
// name and no date, unless it stands in quotation marks before what is held.
func (s *dateScanner) feast() bool {
	start := s.i
	quoted := is(s.raw[s.i], "“\"")
	if quoted {
		s.i++
	}
	for _, f := range feasts {
		if !hasAt(s.raw[:s.end], s.i, f.name) {
			continue
		}
		s.i += runeLen(f.name)
		if quoted {
			if s.i >= s.end || !is(s.raw[s.i], "”\"") {
				break
			}
			s.i++
		}
		s.take(feastTails)
		if s.feastTime(f.month, f.day, quoted) {
			s.hit.part = feast
			return true
		}
		break
	}
	s.i = start
	return false
}

// feastTime reads what makes a feast a date.
func (s *dateScanner) feastTime(month, d int, quoted bool) bool {
	at := day{month: month, day: d}
	first := day{month: month, day: 1}
	if d == 1 && month > 1 {
		first.month--
	}
	switch s.takeWord(feastTimes) {
	case "前夕":
		eve := at.dayBefore()
		s.fix(month, &first, &eve)
	case "前", "之前":
		eve := at.dayBefore()
		s.fix(month, nil, &eve)
	case "前后", "期间", "来临之际", "之际":
		last := day{month: month, day: min(d+9, monthDays)}
		s.fix(month, &first, &last)
	case "当天", "当日":
		s.fix(month, &at, &at)
	default:
		if !quoted || !is(s.peek(0), "走慰表活主系专座庆") {
			return false
		}
		s.fix(month, &first, &at)
		s.hit.named = true
	}
	return true
}

func (s *dateScanner) fix(month int, from, to *day) {
	if month > 0 {
		s.hit.from, s.hit.to = from, to
	}
}

// schoolTime reads the dates that only a school's calendar can turn into days.
func (s *dateScanner) schoolTime() bool {
	if s.i > 0 && is(s.r[s.i-1], "每") {
		return false
	}
	if !s.take(schoolTimes) {
		return false
	}
	s.takeBefore()
	s.hit.part = vague
	return true
}
