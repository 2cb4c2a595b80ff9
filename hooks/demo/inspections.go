package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"

	"yaodian/hooks/inspections"
)

// round is an inspection of the demo: who leads, who checks, who reviews.
type round struct {
	title, kind    string
	begins         time.Time
	targets        []string
	leader, second int
	third          int
	over           bool // reported and worked off
}

// saveInspections has two rounds and a special one, if the year's points have
// been issued: the first is worked off, the second is fed back, the third is
// at work.
func (l *loader) saveInspections() error {
	b := &book{loader: l}
	b.put(l.on(time.March, 5), inspections.Settings, map[string]any{
		"org": l.units[root], "document": fmt.Sprintf("街道巡察工作规则〔%d〕", l.year), "plan_days": 30, "report_months": 2, "focus_months": 3, "rate": 95, "overdue_days": 30, "recusal_years": 3,
	})
	var points []string
	err := l.app.DB().Select("id").From("documents").Where(dbx.NewExp("title LIKE '%巡察工作%' AND state = 'issued' AND year = {:year}", dbx.Params{"year": l.year})).OrderBy("issued_on").Limit(1).Column(&points)
	if err != nil || len(points) == 0 {
		return err
	}
	for _, n := range []int{10901, 10012, 10013, 10017, 10018, 10019, 10020} {
		b.put(l.on(time.March, 5), inspections.Pool, map[string]any{
			"org": l.units[root], "person": l.byNumber(n), "leader": n == 10901 || n == 10017, "since": l.iso(time.March, 5), "seconded": map[bool]int{true: l.year}[n == 10018 || n == 10019],
		})
	}
	for _, r := range []round{
		{"第一轮常规巡察", "regular", l.on(time.April, 13), []string{zb(1), zb(2), zb(3)}, 10901, 10012, 10013, true},
		{"第二轮常规巡察", "regular", l.on(time.August, 17), []string{zb(4), zb(5), zb(6)}, 10017, 10018, 10019, true},
		{"民生资金专项巡察", "special", l.on(time.September, 7), []string{"/qh/msb/"}, 10901, 10013, 10019, false},
	} {
		l.inspect(b, r, points[0])
	}
	return b.err
}

func (l *loader) inspect(b *book, r round, points string) {
	targets := make([]string, len(r.targets))
	for i, path := range r.targets {
		targets[i] = l.units[path]
	}
	day := func(n int) time.Time { return r.begins.AddDate(0, 0, n) }
	id := b.put(day(-14), inspections.Rounds, map[string]any{
		"org": l.units[root], "title": r.title, "kind": r.kind, "begins": r.begins.Format(time.DateOnly), "points": points, "targets": targets,
	})
	for i, n := range []int{r.leader, r.second, r.third} {
		b.put(day(-10), inspections.Teams, map[string]any{
			"inspection": id, "person": l.byNumber(n), "role": []string{"leader", "deputy", "member"}[i], "recusal": "none", "recusal_on": day(-12).Format(time.DateOnly),
		}, id)
	}
	b.turn(day(0), inspections.Rounds, id, map[string]any{"state": "working", "authority_basis": "区委巡察工作领导小组授权", "authority_number": "授权〔" + fmt.Sprint(l.year) + "〕" + fmt.Sprint(int(r.begins.Month())) + "号"})
	findings := make([]string, 0, len(r.targets))
	for i, path := range r.targets {
		findings = append(findings, l.findAt(b, r, id, path, i))
	}
	if !r.over {
		return
	}
	b.turn(day(12), inspections.Rounds, id, map[string]any{"state": "reporting", "ends": day(10).Format(time.DateOnly)})
	b.turn(day(25), inspections.Rounds, id, map[string]any{
		"state": "feedback", "report_number": "清巡〔" + fmt.Sprint(l.year) + "〕" + fmt.Sprint(int(r.begins.Month())) + "号", "advice": "健全会议记录和经费审批制度，每季度自查一次。", "feedback_on": day(25).Format(time.DateOnly),
	})
	for i, finding := range findings {
		l.fix(b, r, finding, i)
	}
	b.put(day(13), inspections.Handovers, map[string]any{"inspection": id, "number": fmt.Sprintf("巡移〔%d〕%d号", l.year, int(r.begins.Month())), "receiver": "discipline", "handed_on": day(13).Format(time.DateOnly)}, id)
}

// findAt is one paper about a target, and what was found.
func (l *loader) findAt(b *book, r round, id, path string, i int) string {
	day := func(n int) time.Time { return r.begins.AddDate(0, 0, n) }
	about := []struct{ title, class, area string }{
		{"组织生活会查摆问题不具体", "building", "style"}, {"党员活动经费审批手续不全", "strictness", "funds"}, {"议事记录缺少不同意见", "leadership", "service"},
	}[i%3]
	paper := b.put(day(2), inspections.Papers, map[string]any{
		"inspection": id, "target": l.units[path], "number": fmt.Sprintf("底稿-%02d", i+1), "title": about.title, "facts": "查阅近一年记录，抽查六次，有两次不符合要求。",
	}, id)
	b.turn(day(4), inspections.Papers, paper, map[string]any{"state": "checked", "checked_by": l.byNumber(r.second)})
	if !r.over {
		return ""
	}
	b.sign(day(6), inspections.Papers, paper, map[string]any{"state": "reviewed", "reviewed_by": l.byNumber(r.leader)})
	finding := b.put(day(8), inspections.Findings, map[string]any{
		"inspection": id, "paper": paper, "target": l.units[path], "number": fmt.Sprintf("%d-%02d", int(r.begins.Month()), i+1), "title": about.title, "facts": "六次中有两次不符合要求。",
		"class": about.class, "area": about.area, "common": i == 1,
	}, paper)
	b.turn(day(25), inspections.Findings, finding, map[string]any{"state": "reported"})
	return finding
}

// fix takes a finding as far as its unit has come: closed, submitted, at work.
func (l *loader) fix(b *book, r round, finding string, i int) {
	day := func(n int) time.Time { return r.begins.AddDate(0, 0, n) }
	no := i + 1
	if r.begins.Month() > time.June {
		no = i + 4
	}
	id := b.put(day(26), inspections.Fixes, map[string]any{"finding": finding}, finding)
	b.turn(day(40), inspections.Fixes, id, map[string]any{"state": "planned", "person": l.head(no), "leader": l.byNumber(10002 + no), "goal": "制度健全，记录完整", "measures": "一、补齐记录；二、修订制度；三、每季度自查。", "due": day(90).Format(time.DateOnly)})
	b.turn(day(45), inspections.Fixes, id, map[string]any{"state": "doing"})
	if i == 1 {
		return
	}
	b.turn(day(80), inspections.Fixes, id, map[string]any{"state": "submitted", "result": "记录已补齐，制度已修订并公布。", "promised": true, "submitted_by": l.head(no)})
	if i == 2 {
		return
	}
	b.turn(day(85), inspections.Fixes, id, map[string]any{"state": "checked", "checked_by": l.byNumber(r.second)})
	b.turn(day(88), inspections.Fixes, id, map[string]any{"state": "reviewed", "reviewed_by": l.byNumber(r.leader)})
	b.turn(day(92), inspections.Fixes, id, map[string]any{"state": "closed", "closed_on": day(92).Format(time.DateOnly)})
}
