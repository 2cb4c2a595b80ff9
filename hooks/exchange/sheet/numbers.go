package sheet

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// plain is a number as a file stores it.
var plain = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)

// units are what people write around a number.
var units = strings.NewReplacer(",", "", "，", "", "'", "", "￥", "", "¥", "", "人民币", "", "元整", "", "元", "", "圆", "")

// number reads an amount: with thousands separators, a unit, in full-width
// digits, or in brackets for less than nothing.
func (c Column) number(cell Cell) (any, error) {
	text := bare(cell.Shown)
	if plain.MatchString(cell.Raw) && !strings.ContainsAny(text, "%‰") {
		text = shortest(cell.Raw)
	}
	if strings.ContainsAny(text, "%‰") {
		return nil, problem("percent", "“%s”请填不带百分号的数，这里是“%s”。", c.Title, clip(cell.Shown))
	}
	text = units.Replace(text)
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		text = "-" + strings.Trim(text, "()")
	}
	times := int64(1)
	if rest, ok := strings.CutSuffix(text, "万"); ok {
		text, times = rest, 10_000
	}
	amount, ok := new(big.Rat).SetString(text)
	if !ok || !plain.MatchString(text) {
		return nil, problem("number", "“%s”要填数字，这里是“%s”。", c.Title, clip(cell.Shown))
	}
	return c.measure(amount.Mul(amount, big.NewRat(times, 1)), cell.Shown)
}

// measure turns an exact number into the value that the column stores.
func (c Column) measure(amount *big.Rat, shown string) (any, error) {
	switch c.Kind {
	case Money:
		amount.Mul(amount, big.NewRat(100, 1))
		if !amount.IsInt() {
			return nil, problem("fen", "金额最多到分，“%s”多于两位小数。", clip(shown))
		}
	case Whole:
		if !amount.IsInt() {
			return nil, problem("whole", "“%s”要填整数，这里是“%s”。", c.Title, clip(shown))
		}
	default:
		f, _ := amount.Float64()
		return f, nil
	}
	const exact = 1 << 53 // beyond it a workbook itself no longer tells numbers apart
	if n := amount.Num(); n.IsInt64() && math.Abs(float64(n.Int64())) <= exact {
		return n.Int64(), nil
	}
	return nil, problem("number", "“%s”的数太大了，请检查“%s”。", c.Title, clip(shown))
}

// shortest takes off what binary arithmetic adds: a workbook stores 79.82 as
// 79.819999999999993. It shows no more than fifteen digits, and neither do we.
func shortest(raw string) string {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}

var dialled = regexp.MustCompile(`^(?:\+?86|0086)(1[3-9]\d{9})$`)

// phone keeps the digits of a telephone number; 86 before a mobile goes.
func phone(text string) (any, error) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-—–()", r) {
			return -1
		}
		return r
	}, bare(text))
	if exponent.MatchString(digits) {
		return nil, problem("phone_lost", "号码被 Excel 当成数字存成了“%s”，后几位已经丢失；请把这一列设为“文本”格式，重新填写。", clip(text))
	}
	if m := dialled.FindStringSubmatch(digits); m != nil {
		digits = m[1]
	}
	return digits, nil
}

// identity reads an identity number. A spreadsheet keeps fifteen digits of a
// number, so what was typed into a number cell is lost and can't be guessed.
func identity(cell Cell, text string) (any, error) {
	id := strings.ToUpper(bare(text))
	raw := bare(cell.Raw)
	lost := strings.Contains(id, "E+") || strings.ContainsAny(raw, "eE") && plain.MatchString(raw) ||
		len(id) == 18 && strings.HasSuffix(id, "000") && !checks(id)
	switch {
	case lost:
		return nil, problem("identity_lost", "身份证号被 Excel 当成数字存成了“%s”，原来的号码已经丢失；请把这一列设为“文本”格式，重新填写。", clip(text))
	case len(id) == 15 && plain.MatchString(id):
		return nil, problem("identity_old", "“%s”是十五位的旧号码，请填十八位的身份证号。", id[:6]+"…")
	case len(id) != 18:
		return nil, problem("identity", "身份证号应为十八位，这里有 %d 位。", len([]rune(id)))
	case !checks(id):
		return nil, problem("identity", "身份证号的校验位不对，请对照证件检查。")
	}
	return id, nil
}

// checks is the check digit of GB 11643-1999.
func checks(id string) bool {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		if id[i] < '0' || id[i] > '9' {
			return false
		}
		sum += int(id[i]-'0') * weight
	}
	return id[17] == "10X98765432"[sum%11]
}
