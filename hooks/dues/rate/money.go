// Package rate says how much party dues (党费) somebody owes in a month, and
// explains it. It is pure: rates are values, time is an argument, money is whole
// fen, and nothing is ever a float.
package rate

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Fen is an amount of money in fen, a hundredth of a yuan.
type Fen int64

// String writes the amount in yuan with two places, as "79.82".
func (f Fen) String() string {
	sign := ""
	if f < 0 {
		sign = "-"
		f = -f
	}
	return fmt.Sprintf("%s%d.%02d", sign, f/100, f%100)
}

// ErrAmount: the text is no amount in yuan with at most two places.
var ErrAmount = errors.New("金额请写成元，最多两位小数，例如 5321.37。")

// maxYuan bounds what is read as an amount: a hundred million yuan.
const maxYuan = 100_000_000

// ParseYuan reads an amount in yuan, such as "5321.37" or "3000", into fen. It
// refuses a third decimal, signs of any kind but a leading minus, and whatever
// else isn't a plain number.
func ParseYuan(s string) (Fen, error) {
	s = strings.TrimSpace(s)
	digits, negative := strings.CutPrefix(s, "-")
	whole, part, dotted := strings.Cut(digits, ".")
	if whole == "" || dotted && (part == "" || len(part) > 2) {
		return 0, ErrAmount
	}
	part += strings.Repeat("0", 2-len(part))
	var fen int64
	for _, r := range whole + part {
		if r < '0' || r > '9' {
			return 0, ErrAmount
		}
		if fen = fen*10 + int64(r-'0'); fen > maxYuan*100 {
			return 0, ErrAmount
		}
	}
	if negative {
		fen = -fen
	}
	return Fen(fen), nil
}

// micro is an exact product of an amount and a rate, in millionths of a yuan:
// a fen times a basis point.
type micro int64

// perFen is how many micro make a fen.
const perFen = 10_000

// times is the exact share of an amount; bp is the rate in basis points (1.5 %
// is 150). Amounts up to maxYuan can't overflow.
func (f Fen) times(bp int) micro { return micro(int64(f) * int64(bp)) }

// round brings a product to a multiple of unit fen, halves up (domain.md 1.3:
// 41.005 becomes 41.01). Products are never negative here.
func (m micro) round(unit Fen) Fen {
	step := int64(unit) * perFen
	return Fen((int64(m) + step/2) / step * int64(unit))
}

// String writes the exact product in yuan, with as many places as it needs and
// at least two.
func (m micro) String() string {
	text := fmt.Sprintf("%d.%06d", m/(100*perFen), m%(100*perFen))
	for strings.HasSuffix(text, "0") && len(text)-strings.IndexByte(text, '.') > 3 {
		text = text[:len(text)-1]
	}
	return text
}

// Percent writes basis points the way people read a rate: 150 is "1.5%".
func Percent(bp int) string {
	text := fmt.Sprintf("%d.%02d", bp/100, bp%100)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".") + "%"
}

// Unlimited is the upper bound of the last bracket.
const Unlimited = Fen(math.MaxInt64)
