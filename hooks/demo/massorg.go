package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/massorg"
)

// saveMassorg is the year of the union and the league: their plans, and what
// the union does for those who have agreed to it.
func (l *loader) saveMassorg() error {
	b := &book{loader: l}
	for _, p := range []struct {
		unit, title, content string
		by                   int
	}{
		{"/qh/gh/", "街道工会%d年工作计划", "困难职工排查、健康体检、工匠培养、职工关怀。", 10801},
		{"/qh/tw/", "街道团委%d年工作计划", "青年大讲堂、创新创意大赛、青年岗位建功。", 10851},
	} {
		id := b.put(l.on(time.January, 20), massorg.Plans, map[string]any{"org": l.units[p.unit], "title": fmt.Sprintf(p.title, l.year), "year": l.year, "content": p.content})
		b.turn(l.on(time.February, 5), massorg.Plans, id, map[string]any{"state": "submitted", "submitted_by": l.byNumber(p.by)})
		b.turn(l.on(time.February, 20), massorg.Plans, id, map[string]any{"state": "approved", "reviewed_by": l.byNumber(10004), "opinion": "同意，每半年汇报一次。"})
	}
	consent := func(person, scope string) string {
		return b.put(l.on(time.March, 10), massorg.Consents, map[string]any{
			"org": l.units["/qh/gh/"], "person": person, "scope": scope, "notice": fmt.Sprintf("%d-01", l.year), "given_on": l.iso(time.March, 10),
		})
	}
	for i, n := range []int{10802, 10803, 10016} {
		person := l.byNumber(n)
		l.help(b, i, person, consent(person, "hardship"))
	}
	for i := range 8 {
		person := l.byNumber(10011 + i)
		agreed := consent(person, "health")
		id := b.put(l.on(time.April, 10), massorg.Health, map[string]any{"org": l.units["/qh/gh/"], "person": person, "year": l.year, "due": true}, agreed)
		if i < 6 {
			b.turn(l.on(time.August, 10+i), massorg.Health, id, map[string]any{"done": true, "agency": "清河社区卫生服务中心", "consent": agreed})
		}
	}
	for i, c := range []struct{ trade, level string }{{"电工", "senior"}, {"园林绿化", "technician"}, {"养老护理", "middle"}} {
		b.put(l.on(time.May, 12), massorg.Craft, map[string]any{
			"org": l.units["/qh/gh/"], "person": l.hand(i+1, 12), "trade": c.trade, "level": c.level, "mentor": l.hand(i+1, 11), "since": l.iso(time.May, 12), "achievements": "参加区级技能竞赛。",
		})
	}
	return b.err
}

// help takes one case of hardship as far as it has come.
func (l *loader) help(b *book, i int, person, consent string) {
	id := b.put(l.on(time.March, 12), massorg.Hardships, map[string]any{"org": l.units["/qh/gh/"], "person": person}, consent)
	b.turn(l.on(time.March, 19), massorg.Hardships, id, map[string]any{"state": "visited", "visitors": []string{l.byNumber(10801), l.byNumber(10803 - i%2)}, "visited_on": l.iso(time.March, 19)})
	if i == 2 {
		return
	}
	b.turn(l.on(time.March, 30), massorg.Hardships, id, map[string]any{
		"state": "filed", "level": []string{"relative", "accident"}[i], "consent": consent, "members": 3, "income": 4_200_000, "spending": 3_900_000, "review_on": l.iso(time.September, 30),
	})
	b.put(l.on(time.June, 18), massorg.Aid, map[string]any{"hardship": id, "kind": "money", "amount": 100_000, "given_on": l.iso(time.June, 18), "note": "端午节慰问"}, id)
	if i == 0 {
		b.put(l.on(time.September, 2), massorg.Aid, map[string]any{"hardship": id, "kind": "study", "amount": 200_000, "given_on": l.iso(time.September, 2), "note": "助学"}, id)
	}
}
