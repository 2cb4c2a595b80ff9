package outreach

import (
	"fmt"
	"strings"

	"yaodian/hooks/kit"
)

// CheckDay: an optional day is real, not before another and not in the future.
func CheckDay(field, on, since, today string) error {
	if on != "" && (!kit.IsDate(on) || on > today || on < since) {
		return kit.Reject(field, "outreach_date", "请填写真实的日期，不能晚于今天，也不能早于开始的日期。")
	}
	return nil
}

// CheckHandover: a pair that is handed over goes to somebody else (干部离任须交接).
func CheckHandover(outcome, person, successor string) error {
	if outcome == "handed" && (successor == "" || successor == person) {
		return kit.Reject("successor", "outreach_successor", "交接要写明由哪位干部接手，不能是本人。")
	}
	return nil
}

// CheckVisit: a visit falls into the time of its pair and not into the future.
func CheckVisit(on, since, until, today string) error {
	if !kit.IsDate(on) || on > today || on < since || until != "" && on > until {
		return kit.Reject("visited_on", "outreach_visit_date", "走访日期要在帮扶期间内，不能晚于今天。")
	}
	return nil
}

// Backfills is how many earlier visits may be entered on one day without a
// word (domain.md 14.19, a parameter of ours).
const Backfills = 5

// CheckBackfill: whoever enters many earlier visits on one day says why.
func CheckBackfill(before int, late bool, reason string) error {
	if late && before >= Backfills && strings.TrimSpace(reason) == "" {
		return kit.Reject("reason", "outreach_backfill", fmt.Sprintf("今天已经补录 %d 次走访，再补录请写明原因。", before))
	}
	return nil
}

// CheckEmployed: who is employed has been since a day.
func CheckEmployed(employed bool, on string) error {
	if employed != (on != "") {
		return kit.Reject("employed_on", "outreach_employed_on", "“已就业”和就业日期要一起填写。")
	}
	return nil
}

// WeekOf writes an ISO week.
func WeekOf(year, week int) string { return fmt.Sprintf("%04d-W%02d", year, week) }
