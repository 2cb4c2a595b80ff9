package activities

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// CheckJudges: judges are an odd number, three at least (14.5).
func CheckJudges(state string, judges []string) error {
	if n := len(judges); state == "judging" && (n < 3 || n%2 == 0) {
		return kit.Reject("judges", "activities_judges", fmt.Sprintf("评委要有 3 名以上并且是奇数，现在是 %d 名。", n))
	}
	return nil
}

// CheckRecusal: no judge is of an entrant's own branch (14.5).
func CheckRecusal(names []string) error {
	if len(names) > 0 {
		return kit.Reject("judges", "activities_recusal", fmt.Sprintf("评委“%s”和参赛人同一个支部，应当回避，请另请评委。", strings.Join(names, "、")))
	}
	return nil
}

// CheckOpen: entries are taken while an activity is open.
func CheckOpen(state string) error {
	if state != "open" {
		return kit.Reject("activity", "activities_not_open", "只有报名期间可以登记和修改作品。")
	}
	return nil
}

// CheckJudge: scores are given by the activity's judges while it is judged.
func CheckJudge(state, judge string, judges []string) error {
	switch {
	case state != "judging":
		return kit.Reject("entry", "activities_not_judging", "现在不是评分的时候。")
	case !slices.Contains(judges, judge):
		return kit.Reject("judge", "activities_not_judge", "只有这项活动的评委可以打分。")
	}
	return nil
}

// Score is a line of the scores: what a judge gives, or takes back.
type Score struct {
	Judge    string `db:"judge"`
	Points   int    `db:"points"` // hundredths
	Reversal bool   `db:"reversal"`
}

// Standing is what each judge gives at the end of the lines.
func Standing(lines []Score) map[string]int {
	standing := map[string]int{}
	for _, l := range lines {
		if l.Reversal {
			delete(standing, l.Judge)
		} else {
			standing[l.Judge] = l.Points
		}
	}
	return standing
}

// CheckScore: a judge scores an entry once; to give another score, the first is
// reversed, with a reason (14.5).
func CheckScore(s Score, reason string, lines []Score) error {
	_, given := Standing(lines)[s.Judge]
	switch {
	case s.Reversal && !given:
		return kit.Reject("reversal", "activities_nothing_given", "这位评委对这件作品没有可以冲正的打分。")
	case s.Reversal && strings.TrimSpace(reason) == "":
		return kit.Reject("reason", "activities_reason", "冲正要写明原因。")
	case s.Reversal:
		return nil
	case given:
		return kit.Reject("judge", "activities_given", "这位评委已经打过分；分数不能改，要改请先冲正。")
	case s.Points < 0 || s.Points > 10000:
		return kit.Reject("points", "activities_points", "分数要在 0 到 100 分之间。")
	}
	return nil
}

// Average is the result of an entry in hundredths, rounded half up: all
// judges, or all but the highest and the lowest. It needs three.
func Average(lines []Score, trimmed bool) (hundredths int, ok bool) {
	var points []int
	for _, p := range Standing(lines) {
		points = append(points, p)
	}
	if len(points) < 3 {
		return 0, false
	}
	slices.Sort(points)
	if trimmed {
		points = points[1 : len(points)-1]
	}
	sum := 0
	for _, p := range points {
		sum += p
	}
	return (2*sum + len(points)) / (2 * len(points)), true
}

// CheckHonored: an honour goes to one person or one organization.
func CheckHonored(person, unit string) error {
	if (person == "") == (unit == "") {
		return kit.Reject("person", "activities_honored", "获得人和获得组织请填写其中一个。")
	}
	return nil
}

// NoticeDays is for how many workdays an honour is made public first (14.8).
const NoticeDays = 5

// CheckNotice: public notice has lasted five workdays and is over, the day it
// began not counted.
func CheckNotice(days calendar.Days, from, until, today string) error {
	begin, err := calendar.Parse(from)
	if err != nil {
		return kit.Reject("notice_from", "activities_notice_date", "请填写真实的公示开始日期。")
	}
	last, _ := days.AddWorkdays(begin, NoticeDays, false)
	switch {
	case until < last.String():
		return kit.Reject("notice_until", "activities_notice_short", fmt.Sprintf("公示不少于 %d 个工作日，最早到 %s 结束。", NoticeDays, last))
	case until >= today:
		return kit.Reject("notice_until", "activities_notice_running", "公示还没有结束，结束后才能授予。")
	}
	return nil
}
