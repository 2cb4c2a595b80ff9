package parse

const cjkDigits = "零一二三四五六七八九"

// smallInt reads up to three digits; more are a year or an amount.
func smallInt(r []rune, i, end int) (n, next int) {
	for next = i; next < end && isDigit(r[next]); next++ {
		n = n*10 + int(r[next]-'0')
		if next-i >= 3 {
			return 0, i
		}
	}
	return n, next
}

// ordinalNumber reads 3 or 十二 and says which script it was in.
func ordinalNumber(r []rune, i, end int) (n, next int, isCJK bool) {
	if n, next = smallInt(r, i, end); next > i {
		return n, next, false
	}
	n, next = cjkInt(r, i, end)
	return n, next, n > 0
}

// cjkInt reads 一 to 九百九十九, also 廿一 and 两.
func cjkInt(r []rune, i, end int) (n, next int) {
	unit := 0
	for next = i; next < end; next++ {
		c := r[next]
		d := cjkDigit(c)
		switch {
		case d >= 0 && (unit == 0 || c == '零'):
			unit = d
		case c == '十' && n%100 == 0:
			n, unit = n+max(unit, 1)*10, 0
		case c == '廿' && n == 0:
			n = 20
		case c == '百' && n == 0 && unit > 0:
			n, unit = unit*100, 0
		default:
			return n + unit, next
		}
	}
	return n + unit, next
}

// cjkDigit is the value of 零 to 九 and of 两, or -1. It is asked of every
// glyph.
func cjkDigit(c rune) int {
	switch c {
	case '零':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// amount is a number as it stands in a target.
type amount struct {
	value float64
	next  int
	isCJK bool
}

// readAmount reads 12, 1,000, 2.5, 十二 and 两. A zero next means none.
func readAmount(r []rune, i, end int) amount {
	if isDigit(r[i]) {
		return readDigitsAmount(r, i, end)
	}
	n, next := cjkInt(r, i, end)
	if next == i || n == 0 {
		return amount{}
	}
	return amount{float64(n), next, true}
}

func readDigitsAmount(r []rune, i, end int) amount {
	v, j := 0.0, i
	for ; j < end && j-i < 15; j++ {
		switch {
		case isDigit(r[j]):
			v = v*10 + float64(r[j]-'0')
		case r[j] == '，' && groupOfThree(r, j+1, end):
		default:
			return fraction(r, j, end, v)
		}
	}
	return amount{value: v, next: j}
}

func groupOfThree(r []rune, i, end int) bool {
	for k := i; k < i+3; k++ {
		if k >= end || !isDigit(r[k]) {
			return false
		}
	}
	return i+3 >= end || !isDigit(r[i+3])
}

func fraction(r []rune, j, end int, v float64) amount {
	if j+1 >= end || r[j] != '.' || !isDigit(r[j+1]) {
		return amount{value: v, next: j}
	}
	scale := 0.1
	for j++; j < end && isDigit(r[j]); j++ {
		v += float64(r[j]-'0') * scale
		scale /= 10
	}
	return amount{value: v, next: j}
}

// isNumeral reports the runes a number can begin with.
func isNumeral(c rune) bool { return isDigit(c) || cjkDigit(c) > 0 || c == '十' || c == '百' }
