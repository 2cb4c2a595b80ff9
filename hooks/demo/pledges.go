package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/kit"
	"yaodian/hooks/pledges"
)

// savePledges has every branch and its secretary sign in February, and all of
// the committee; one branch hasn't yet.
func (l *loader) savePledges() error {
	kit.SetNow(l.app, l.now)
	plan, err := l.app.FindFirstRecordByData("plan_years", "year", l.year)
	if err != nil {
		return err
	}
	for i, path := range branches() {
		for _, kind := range []string{"a", "c"} {
			title := map[string]string{"a": "党建及党风廉政建设责任状", "c": "党建和党风廉政建设目标责任书"}[kind]
			if err := l.pledge(plan.Id, kind, title, path, 10000+(i+1)*100+1, i < len(branches())-1); err != nil {
				return err
			}
		}
	}
	for n := 10003; n <= 10008; n++ {
		if err := l.pledge(plan.Id, "b", "党风廉政建设“一岗双责”目标责任书", root, n, true); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) pledge(plan, kind, title, path string, number int, signs bool) error {
	data := map[string]any{
		"plan": plan, "year": l.year, "kind": kind, "title": fmt.Sprintf("%d年%s", l.year, title), "org": l.units[path], "person": l.byNumber(number),
	}
	if kind == "b" {
		data["seat"] = "member"
	}
	record, err := l.save(pledges.Pledges, data)
	if err != nil {
		return err
	}
	for i, text := range []string{"履行第一责任，每季度研究一次党建工作", "落实“三会一课”和主题党日", "开展谈心谈话和廉政提醒"} {
		if _, err := l.save(pledges.Items, map[string]any{"pledge": record.Id, "number": i + 1, "text": text, "due": fmt.Sprintf("%d-12-20", l.year)}); err != nil {
			return err
		}
	}
	day := l.on(time.February, 25)
	if !signs || day.After(l.now) {
		return nil
	}
	on := day.Format(time.DateOnly)
	if err := l.change(pledges.Pledges, record.Id, map[string]any{"state": "signed", "person_on": on, "committee_on": on, "committee_by": l.byNumber(10001)}); err != nil {
		return err
	}
	return l.fulfil(kind, record.Id, number)
}

// fulfil: the secretaries report in mid-year, but for the last two.
func (l *loader) fulfil(kind, pledge string, number int) error {
	if kind != "c" || number > 10501 {
		return nil
	}
	b := &book{loader: l}
	id := b.put(l.on(time.June, 24), pledges.Reports, map[string]any{"pledge": pledge, "term": "mid"})
	b.turn(l.on(time.June, 29), pledges.Reports, id, map[string]any{"state": "handed", "text": "上半年召开支部党员大会两次、主题党日六次，责任清单按进度完成。"})
	kit.SetNow(l.app, l.now)
	return b.err
}
