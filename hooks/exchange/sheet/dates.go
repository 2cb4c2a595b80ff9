package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Era is the day from which a workbook counts: 1900, or 1904 if it comes from
// an old Mac.
type Era bool

// The two eras.
const (
	From1900 Era = false
	From1904 Era = true
)

var (
	// dated is a year with what may follow it: 2019年6月18日, 1990.05, 1990-1-2 10:30.
	dated = regexp.MustCompile(`^(\d{4})(?:\s*[-./、年\s]\s*(\d{1,2}))?(?:\s*[-./、月\s]\s*(\d{1,2}))?\s*[年月日号]?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?)?$`)
	// packed is a date without separators: 19900102, 199001.
	packed = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
	// serial is a day as a workbook counts them, from 1927 on; before it lies what
	// could be a year.
	serial = regexp.MustCompile(`^([1-9]\d{4})(\.\d+)?$`)
)

// stamp is a point in time as far as somebody wrote it down.
type stamp struct {
	year, month, day int
	clock            time.Duration
}

// day reads Date, Month and Moment columns.
func (c Column) day(cell Cell, era Era) (any, string, error) {
	s, bySerial, err := c.read(cell, era)
	if err != nil {
		return nil, "", err
	}
	note := ""
	if bySerial && cell.Raw == cell.Shown {
		note = fmt.Sprintf("“%s”按表格的日期序号读作 %04d-%02d-%02d。", cell.Shown, s.year, s.month, s.day)
	}
	if c.Kind == Month {
		if s.month == 0 {
			return nil, "", problem("date_year", "“%s”只写了年份，请写到月，例如 2019-06。", cell.Shown)
		}
		return fmt.Sprintf("%04d-%02d", s.year, s.month), note, nil
	}
	if s.month == 0 || s.day == 0 {
		if !c.FirstDay || s.month == 0 {
			return nil, "", problem("date_month", "“%s”没有写到日，请写全，例如 2019-06-18。", clip(cell.Shown))
		}
		s.day = 1
		note = fmt.Sprintf("“%s”只写到月，按 %04d-%02d-01 登记。", clip(cell.Shown), s.year, s.month)
	}
	if c.Kind == Date {
		return fmt.Sprintf("%04d-%02d-%02d", s.year, s.month, s.day), note, nil
	}
	at := time.Date(s.year, time.Month(s.month), s.day, 0, 0, 0, 0, beijingTime).Add(s.clock)
	return at.UTC().Format(stored), note, nil
}

// read understands a date; bySerial says that it was a serial number.
func (c Column) read(cell Cell, era Era) (s stamp, bySerial bool, err error) {
	if serial.MatchString(cell.Raw) {
		s, err = unserial(cell.Raw, era)
		return s, true, err
	}
	text := numerals(narrow(cell.Shown))
	m := dated.FindStringSubmatch(text)
	if m == nil {
		if m = packed.FindStringSubmatch(bare(text)); m == nil {
			return s, false, problem("date", "“%s”不是日期，请写成 2019-06-18 的样子。", clip(cell.Shown))
		}
	}
	if strings.Contains(text, ".") && m[2] == "1" && m[3] == "" {
		return s, false, problem("date_vague", "“%s”看不出是 1 月还是 10 月，请写成 %s-01 或 %[2]s-10。", cell.Shown, m[1])
	}
	s.year, _ = strconv.Atoi(m[1])
	s.month, _ = strconv.Atoi(m[2])
	s.day, _ = strconv.Atoi(m[3])
	if len(m) > 4 {
		if s.clock, err = clock(m[4:]); err != nil {
			return s, false, err
		}
	}
	return s, false, s.check(cell.Shown)
}

// check: the day exists, in a year that somebody now may have to do with.
func (s stamp) check(shown string) error {
	if s.year < 1900 || s.year > 2100 {
		return problem("date", "“%s”的年份不对，请检查。", clip(shown))
	}
	month, day := max(s.month, 1), max(s.day, 1)
	at := time.Date(s.year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if int(at.Month()) != month || at.Day() != day {
		return problem("date_unreal", "没有“%s”这一天，请检查。", clip(shown))
	}
	return nil
}

func clock(m []string) (time.Duration, error) {
	if m[0] == "" {
		return 0, nil
	}
	hour, _ := strconv.Atoi(m[0])
	minute, _ := strconv.Atoi(m[1])
	second, _ := strconv.ParseFloat("0"+m[2]+m[3], 64)
	if hour > 23 || minute > 59 || second >= 60 {
		return 0, problem("date_unreal", "没有“%s:%s”这个时刻，请检查。", m[0], m[1])
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second*1000+0.5)*time.Millisecond, nil
}

func unserial(raw string, era Era) (stamp, error) {
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return stamp{}, problem("date", "“%s”不是日期，请写成 2019-06-18 的样子。", clip(raw))
	}
	at, err := excelize.ExcelDateToTime(n, bool(era))
	if err != nil {
		return stamp{}, problem("date", "“%s”不是日期，请写成 2019-06-18 的样子。", clip(raw))
	}
	s := stamp{year: at.Year(), month: int(at.Month()), day: at.Day()}
	s.clock = at.Sub(time.Date(s.year, at.Month(), s.day, 0, 0, 0, 0, time.UTC)).Round(time.Millisecond)
	return s, s.check(raw)
}

const (
	digits  = "〇一二三四五六七八九"
	stored  = "2006-01-02 15:04:05.000Z"
	written = "2006-01-02 15:04:05.999"
)

// counted is a number in Chinese characters.
var counted = regexp.MustCompile(`[〇零○一二三四五六七八九十]+`)

// numerals writes 二〇一九年六月十八日 in digits.
func numerals(s string) string {
	if !strings.ContainsRune(s, '年') {
		return s
	}
	return counted.ReplaceAllStringFunc(s, func(word string) string {
		tens, units, isTens := strings.Cut(word, "十")
		if !isTens {
			return digitsOf(word)
		}
		if tens == "" {
			tens = "一"
		}
		if units == "" {
			units = "〇"
		}
		return digitsOf(tens + units)
	})
}

func digitsOf(word string) string {
	out := make([]byte, 0, len(word))
	for _, r := range word {
		value := strings.IndexRune(digits, r) / len("〇")
		out = append(out, byte('0'+max(value, 0)))
	}
	return string(out)
}

var beijingTime = time.FixedZone("UTC+8", 8*60*60)

// beijing writes a stored moment as people there read it.
func beijing(v string) string {
	at, err := time.Parse(stored, v)
	if err != nil {
		return v
	}
	return at.In(beijingTime).Format(written)
}
