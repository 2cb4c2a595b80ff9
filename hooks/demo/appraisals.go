package demo

import (
	"fmt"

	"yaodian/hooks/appraisals"
	"yaodian/hooks/kit"
)

// saveAppraisals has the first branch appraise its members of last year.
func (l *loader) saveAppraisals() error {
	kit.SetNow(l.app, l.now)
	appraisal, err := l.save(appraisals.Appraisals, map[string]any{
		"org": l.units["/qh/zb1/"], "year": l.year - 1, "title": fmt.Sprintf("%d年度民主评议党员", l.year-1), "members": 20, "state": "assessing",
	})
	if err != nil {
		return err
	}
	for i, number := range []int{10101, 10102, 10103, 10104, 10105, 10111, 10112, 10113} {
		grade := map[bool]string{true: "excellent", false: "qualified"}[i < 2]
		for round, n := range map[string]int{"self": 1, "poll": 18} {
			score := map[string]any{"appraisal": appraisal.Id, "person": l.byNumber(number), "round": round, grade: n}
			if _, err := l.save(appraisals.Scores, score); err != nil {
				return err
			}
		}
		if _, err := l.save(appraisals.Results, map[string]any{"appraisal": appraisal.Id, "person": l.byNumber(number), "grade": grade}); err != nil {
			return err
		}
	}
	if err := l.change(appraisals.Appraisals, appraisal.Id, map[string]any{"state": "decided"}); err != nil {
		return err
	}
	return l.change(appraisals.Appraisals, appraisal.Id, map[string]any{"state": "filed", "filed_by": l.byNumber(10103)})
}
