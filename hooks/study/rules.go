package study

import (
	"strings"
	"time"

	"yaodian/hooks/kit"
)

// What counts as how long, in tenths of an hour (domain.md 2.7).
const (
	FullDay = 80
	HalfDay = 40
	Hour    = 10
)

// A member studies at least 32 hours a year, and 24 by the end of September
// (R-ORG-09).
const (
	YearTenths = 320
	WarnTenths = 240
)

// Short: from October on, who has fewer than 24 hours so far; from January,
// who had fewer than 32 in the year before. It returns the year to look at and
// how many tenths are asked; 0 where it is nobody's turn.
func Short(day time.Time) (year, asked int) {
	switch {
	case day.Month() == time.January:
		return day.Year() - 1, YearTenths
	case day.Month() == time.October:
		return day.Year(), WarnTenths
	}
	return day.Year(), 0
}

// CheckPast: what was studied was studied on a real day.
func CheckPast(field, on, today string) error {
	if !kit.IsDate(on) || on > today {
		return kit.Reject(field, "study_date", "学习日期要真实，并且不晚于今天。")
	}
	return nil
}

// CheckOpen: a paper is answered while it is open.
func CheckOpen(state, opens, closes, today string) error {
	if state != "open" || today < opens || today > closes {
		return kit.Reject("quiz", "study_quiz_closed", "试卷没有开考或者已经结束。")
	}
	return nil
}

// CheckHours: candidates are trained for at least 24 hours.
func CheckHours(kind string, tenths int) error {
	if kind == "candidate" && tenths < 240 {
		return kit.Reject("tenths", "study_class_hours", "发展对象的短期集中培训不少于 24 学时。")
	}
	return nil
}

// CheckCertificate: who came and passed gets a certificate.
func CheckCertificate(present, passed bool, certificate string) error {
	switch {
	case passed && !present:
		return kit.Reject("passed", "study_not_present", "没有到班的不能合格。")
	case !passed && strings.TrimSpace(certificate) != "":
		return kit.Reject("certificate", "study_not_passed", "考核合格的才填写结业编号。")
	}
	return nil
}

// CheckPupil: the class for activists and new members takes activists,
// probationary members and members of less than a year (domain.md 2.7).
func CheckPupil(class, kind, fullDate, starts string) error {
	fits := true
	switch class {
	case "activist_new_member":
		fits = kind == "activist" || kind == "probationary" || kind == "member" && fullDate != "" && yearAfter(fullDate) >= starts
	case "candidate":
		fits = kind == "activist"
	case "member":
		fits = kind == "member" || kind == "probationary"
	}
	if !fits {
		return kit.Reject("person", "study_pupil", "这位同志不是这个班的对象，请核对党员名册。")
	}
	return nil
}

func yearAfter(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(1, 0, 0).Format(time.DateOnly)
}
