// Package idno reads citizen identity numbers (公民身份号码, GB 11643-1999):
// whether one is real, whose birthday and sex it carries, how it is shown.
package idno

import (
	"strings"
	"time"

	"golang.org/x/text/width"
)

// The sexes that a number can carry.
const (
	Male   = "male"
	Female = "female"
)

// Number is a number that has been checked.
type Number struct {
	Text   string // eighteen characters, X in upper case
	Birth  string // YYYY-MM-DD
	Gender string
}

// Fault is why a number isn't one.
type Fault string

// The faults of a number, as codes.
const (
	Length      Fault = "length"
	Digits      Fault = "digits"
	Region      Fault = "region"
	Birth       Fault = "birth"
	CheckDigit  Fault = "check_digit"
	Placeholder Fault = "placeholder"
)

func (f Fault) Error() string { return string(f) }

// size is the length of a number.
const size = 18

// Parse checks a number on a day. Full-width digits, spaces and a small x are
// put right; nothing else is.
func Parse(text, today string) (Number, error) {
	s := strings.ToUpper(strings.ReplaceAll(width.Narrow.String(text), " ", ""))
	if len(s) != size {
		return Number{}, Length
	}
	for i, c := range []byte(s) {
		if (c < '0' || c > '9') && (i != size-1 || c != 'X') {
			return Number{}, Digits
		}
	}
	if !provinces[s[:2]] {
		return Number{}, Region
	}
	birth, err := birthday(s, today)
	if err != nil {
		return Number{}, err
	}
	if CheckDigitOf(s[:size-1]) != s[size-1] {
		return Number{}, CheckDigit
	}
	gender := Female
	if (s[16]-'0')%2 == 1 {
		gender = Male
	}
	return Number{s, birth, gender}, nil
}

// birthday is the real day that stands in the number. The first day of 1900
// and the order number 000 are what people write who don't know.
func birthday(s, today string) (string, error) {
	day, err := time.Parse("20060102", s[6:14])
	if err != nil {
		return "", Birth
	}
	birth := day.Format(time.DateOnly)
	switch {
	case birth < "1900-01-01" || birth > today:
		return "", Birth
	case birth == "1900-01-01" || s[14:17] == "000" || s[2:6] == "0000":
		return "", Placeholder
	}
	return birth, nil
}

var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// CheckDigitOf is the last character that belongs to the first seventeen digits.
func CheckDigitOf(body string) byte {
	sum := 0
	for i, w := range weights {
		sum += w * int(body[i]-'0')
	}
	return "10X98765432"[sum%11]
}

// provinces are the first two digits that have been given out.
var provinces = func() map[string]bool {
	out := map[string]bool{}
	for _, p := range strings.Fields("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91") {
		out[p] = true
	}
	return out
}()

// Mask shows the last four characters. The first six and the last four
// together with a birthday would be the whole number, so both are never shown.
func Mask(number string) string {
	if len(number) < 4 {
		return ""
	}
	return strings.Repeat("*", len(number)-4) + number[len(number)-4:]
}
