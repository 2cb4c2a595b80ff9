package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/development"
	"yaodian/hooks/publicity"
)

// saveDevelopment gives the branches their places, and five people a case: one
// has come as far as the application form, the others have begun.
func (l *loader) saveDevelopment() error {
	b := &book{loader: l}
	l.allot(b)
	entered := l.on(time.February, 10)
	for _, c := range []struct {
		no, hand                int
		applied, talk, activist string
		last                    int
	}{
		{1, 28, l.ago(1, 3, 10), l.ago(1, 3, 25), l.ago(1, 4, 20), 6},
		{1, 29, l.ago(1, 9, 2), l.ago(1, 9, 20), l.ago(1, 10, 12), 6},
		{2, 27, l.ago(1, 6, 1), l.ago(1, 6, 18), l.ago(1, 7, 6), 5},
		{3, 26, l.ago(1, 11, 3), l.ago(1, 11, 20), "", 2},
		{4, 27, l.iso(1, 12), "", "", 1},
	} {
		guides := []string{l.hand(c.no, 3), l.hand(c.no, 4)}
		id := b.put(entered, development.Cases, map[string]any{"org": l.units[zb(c.no)], "person": l.hand(c.no, c.hand), "applied_on": c.applied, "contacts": guides, "sponsors": guides, "kin_talk": "none", "kin_contacts": "none", "kin_review": map[bool]string{true: "none"}[c.last > 5]})
		dates := []string{"", c.applied, c.talk, c.activist, c.activist, c.activist, l.iso(1, 20)}
		for n := 1; n <= c.last; n++ {
			l.step(b, entered, id, n, dates[n], nil)
		}
		b.put(entered, development.Files, map[string]any{"dossier": id, "step": 1, "title": "入党申请书", "kind": "application", "made_on": c.applied, "place": "党员档案柜 2-" + fmt.Sprint(c.no)}, id)
		if c.no == 1 && c.hand == 28 {
			l.candidate(b, id, l.hand(c.no, c.hand))
		}
	}
	return b.err
}

// allot divides twelve places among the branches.
func (l *loader) allot(b *book) {
	b.put(l.on(time.February, 5), development.Quotas, map[string]any{"org": l.units[root], "year": l.year, "allocated": 9, "women": 3, "young": 6, "college": 4, "frontline": 4, "document": l.number(3)})
	for no := 1; no <= 6; no++ {
		b.put(l.on(time.February, 6), development.Quotas, map[string]any{"org": l.units[zb(no)], "year": l.year, "allocated": 1 + map[bool]int{true: 1}[no <= 2], "young": 1, "document": l.number(3)})
	}
}

func (l *loader) step(b *book, day time.Time, dossier string, n int, on string, more map[string]any) {
	b.put(day, development.Steps, plus(map[string]any{"dossier": dossier, "step": n, "state": "done", "done_on": on, "done_by": l.byNumber(10103)}, more), dossier)
}

// candidate takes an activist through the notice to the preview.
func (l *loader) candidate(b *book, dossier, person string) {
	take := func(m time.Month, d, n int, more map[string]any) {
		l.step(b, l.on(m, d), dossier, n, l.iso(m, d), more)
	}
	passed := func(document int) map[string]any {
		return map[string]any{"conclusion": "passed", "document": l.number(document)}
	}
	take(time.May, 6, 7, nil)
	notice := b.put(l.on(time.May, 7), publicity.Notices, map[string]any{
		"org": l.units[zb(1)], "kind": "object", "title": "关于拟列为发展对象人选的公示", "audience": "party", "person": person, "tel": "010-55501101", "begins": l.iso(time.May, 7),
	}, dossier)
	b.turn(l.on(time.May, 7), publicity.Notices, notice, map[string]any{"state": "published", "published_by": l.head(1)})
	objection := b.put(l.on(time.May, 11), publicity.Objections, map[string]any{"notice": notice, "number": "异议-01", "received_on": l.iso(time.May, 11), "channel": "letter", "matter": "procedure"}, notice)
	b.turn(l.on(time.May, 13), publicity.Objections, objection, map[string]any{"state": "checked", "facts": "查阅推荐会议记录，程序完整，票数无误。", "conclusion": "unfounded", "checked_by": l.byNumber(10103)})
	b.turn(l.on(time.May, 14), publicity.Objections, objection, map[string]any{"state": "settled", "settled_by": l.byNumber(10008), "answered_on": l.iso(time.May, 14)})
	b.turn(l.on(time.May, 18), publicity.Notices, notice, map[string]any{"state": "closed", "result": "settled", "closed_by": l.head(1)})
	take(time.May, 20, 8, nil)
	take(time.May, 21, 9, nil)
	take(time.June, 10, 10, passed(14))
	take(time.June, 18, 11, map[string]any{"days": 3, "hours": 24})
	take(time.July, 1, 12, passed(16))
	take(time.July, 10, 13, passed(17))
	b.put(l.on(time.July, 14), development.Steps, map[string]any{"dossier": dossier, "step": 14}, dossier)
	b.put(l.on(time.June, 10), development.Files, map[string]any{"dossier": dossier, "step": 10, "title": "政治审查结论性材料", "kind": "review", "made_on": l.iso(time.June, 10), "place": "党员档案柜 2-1"}, dossier)
}

// saveNotices are the notices that aren't about joining.
func (l *loader) saveNotices() error {
	b := &book{loader: l}
	for i, n := range []map[string]any{
		{"kind": "honor", "title": "拟授予党员示范岗的公示", "org": l.units[root], "audience": "party", "text": "拟授予三名同志党员示范岗、党员服务标兵称号，名单在支部公开栏张贴。"},
		{"kind": "fix", "title": "东风社区党支部巡察整改情况公开", "org": l.units[zb(1)], "audience": "party", "text": "组织生活会查摆问题不具体的问题，已经修订制度、补齐记录，完成整改。"},
		{"kind": "fix", "title": "西苑社区党支部巡察整改情况公开", "org": l.units[zb(2)], "audience": "party", "text": "党员活动经费审批手续不全的问题，正在整改，期限为第三季度末。"},
	} {
		day := []time.Time{l.on(time.June, 11), l.on(time.July, 20), l.on(time.July, 21)}[i]
		id := b.put(day, publicity.Notices, plus(n, map[string]any{"tel": "010-55501100", "begins": day.Format(time.DateOnly)}))
		b.turn(day, publicity.Notices, id, map[string]any{"state": "published", "published_by": l.byNumber(10008)})
		b.turn(day.AddDate(0, 0, 15), publicity.Notices, id, map[string]any{"state": "closed", "result": "clean", "closed_by": l.byNumber(10002)})
	}
	b.put(l.on(time.November, 16), publicity.Notices, map[string]any{"org": l.units[root], "kind": "other", "title": "年度评优评先推荐对象公示", "audience": "party", "text": "名单见附件。", "tel": "010-55501100"})
	return b.err
}
