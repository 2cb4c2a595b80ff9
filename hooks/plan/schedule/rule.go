package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/teambition/rrule-go"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// Rule says how often, and between which days, a task is done in a year.
type Rule struct {
	RRule   string         // RFC 5545 without DTSTART; empty: once
	DueFrom string         // the first day on which it may be done; empty: New Year
	DueTo   string         // the last day by which it is done; empty: the end of the year
	Shift   calendar.Shift // what becomes of a due date on a day off; empty: it stays
	Lead    int            // days that a duty opens before it is due; 0: with its period
	Year    int
	Since   string // what was due before this day isn't asked for; empty: all
}

// pattern is a rule that has been read and found possible.
type pattern struct {
	Rule
	option rrule.ROption
	unit   unit
	window span
	since  calendar.Date
}

// span is a run of days, both ends included.
type span struct{ from, to calendar.Date }

func (s span) holds(d calendar.Date) bool { return s.from <= d && d <= s.to }

// Check: a rule can be read, its dates are real, in order and within the year,
// and by it something is to be done at least once.
func Check(r Rule) error {
	r.Since = ""
	_, err := Expand(r, calendar.Days{})
	return err
}

// read parses a rule strictly: what isn't understood is refused, not guessed.
func read(r Rule) (pattern, error) {
	r.Shift = cmp.Or(r.Shift, calendar.Stay)
	p := pattern{Rule: r}
	if r.Year < 2000 || r.Year > 2099 {
		return p, kit.Reject("year", "plan_year_out_of_range", "年度应当在 2000 到 2099 之间。")
	}
	if r.Lead < 0 {
		return p, kit.Reject("lead", "plan_lead_negative", "提前办理的天数不能小于 0。")
	}
	if !slices.Contains([]calendar.Shift{calendar.Before, calendar.After, calendar.Stay}, r.Shift) {
		return p, kit.Reject("shift", "plan_shift_unknown", "期限遇节假日，只能选择提前、顺延或不动。")
	}
	option, err := parse(r.RRule)
	if err != nil {
		return p, err
	}
	p.option, p.unit = option, unitOf(option)
	return p, p.readDates()
}

// readDates finds the days between which the rule holds.
func (p *pattern) readDates() (err error) {
	year := span{calendar.On(p.Year, 1, 1), calendar.On(p.Year, 12, 31)}
	if p.window.from, err = dateOr(year.from, "due_from", p.DueFrom); err != nil {
		return err
	}
	if p.window.to, err = dateOr(year.to, "due_to", p.DueTo); err != nil {
		return err
	}
	if p.since, err = dateOr(0, "since", p.Since); err != nil {
		return err
	}
	switch {
	case !year.holds(p.window.from):
		return kit.Reject("due_from", "plan_due_outside", fmt.Sprintf("最早日期 %s 不在 %d 年内。", p.DueFrom, p.Year))
	case !year.holds(p.window.to):
		return kit.Reject("due_to", "plan_due_outside", fmt.Sprintf("最晚日期 %s 不在 %d 年内。", p.DueTo, p.Year))
	case p.window.to < p.window.from:
		return kit.Reject("due_to", "plan_due_reversed", "最晚日期不能早于最早日期。")
	}
	if until := p.option.Until; !until.IsZero() {
		p.window.to = min(p.window.to, calendar.On(until.Year(), until.Month(), until.Day()))
	}
	return nil
}

func dateOr(empty calendar.Date, field, s string) (calendar.Date, error) {
	if s == "" {
		return empty, nil
	}
	d, err := calendar.Parse(s)
	if err != nil {
		return 0, kit.Reject(field, "plan_date_unreal", fmt.Sprintf("没有 %s 这一天，请重新选择日期。", s))
	}
	return d, nil
}

// maxCount is the largest COUNT and INTERVAL that mean anything in a year.
const maxCount = 366

// maxLength is how long an RRULE may be written, as in plan_tasks.
const maxLength = 300

// parse reads an RRULE; none means once a year.
func parse(s string) (rrule.ROption, error) {
	switch {
	case s == "":
		return rrule.ROption{Freq: rrule.YEARLY}, nil
	case len(s) > maxLength:
		return rrule.ROption{}, invalid(fmt.Sprintf("频次太长，最多 %d 个字符。", maxLength))
	}
	if err := checkParts(s); err != nil {
		return rrule.ROption{}, err
	}
	option, err := rrule.StrToROption(s)
	if err == nil {
		_, err = rrule.NewRRule(*option)
	}
	if err != nil {
		return rrule.ROption{}, unreadable(s)
	}
	return *option, checkOption(*option)
}

var parts = []string{"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS"}

// checkParts: every part is known and stands once, and no number is zero. The
// library would let these pass.
func checkParts(s string) error {
	seen := map[string]bool{}
	for part := range strings.SplitSeq(s, ";") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "BYHOUR", "BYMINUTE", "BYSECOND":
			return invalid("频次最密为每天一次，不能指定时刻。")
		}
		if seen[name] || !slices.Contains(parts, name) {
			return unreadable(s)
		}
		seen[name] = true
		for v := range strings.SplitSeq(value, ",") {
			if n, err := strconv.Atoi(strings.TrimRight(v, "ADEFHMORSTUW")); err == nil && n == 0 {
				return unreadable(s)
			}
		}
	}
	return nil
}

// checkOption: the parts of a rule go together (RFC 5545, 3.3.10).
func checkOption(o rrule.ROption) error {
	ordinal := slices.ContainsFunc(o.Byweekday, func(d rrule.Weekday) bool { return d.N() != 0 })
	dayless := len(o.Byweekday)+len(o.Bymonthday)+len(o.Byyearday) == 0
	switch {
	case o.Freq > rrule.DAILY:
		return invalid("频次最密为每天一次。")
	case o.Count < 0 || o.Count > maxCount:
		return invalid(fmt.Sprintf("一年的次数应当在 1 到 %d 之间。", maxCount))
	case o.Interval > maxCount:
		return invalid("两次之间的间隔太长。")
	case o.Count > 0 && !o.Until.IsZero():
		return invalid("次数（COUNT）和截止日期（UNTIL）只能选一个。")
	case ordinal && (o.Freq == rrule.WEEKLY || o.Freq == rrule.DAILY || len(o.Byweekno) > 0):
		return invalid("“第几个星期几”只能用在每月或每年的频次中。")
	case len(o.Byweekno)+len(o.Byyearday) > 0 && o.Freq != rrule.YEARLY:
		return invalid("“第几周”“第几天”只能用在每年的频次中。")
	case len(o.Bymonthday) > 0 && o.Freq == rrule.WEEKLY:
		return invalid("每周的频次不能指定几号。")
	case len(o.Bysetpos) > 0 && (dayless || o.Freq == rrule.DAILY):
		return invalid("BYSETPOS 要从一周、一月或一年中写明的日子里选。")
	}
	return nil
}

func unreadable(s string) error {
	return invalid(fmt.Sprintf("看不懂频次“%s”，请按 RFC 5545 书写，例如每季度为 FREQ=MONTHLY;INTERVAL=3。", s))
}

func invalid(message string) error { return kit.Reject("rrule", "plan_rrule_invalid", message) }
