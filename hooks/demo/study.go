package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/kit"
	"yaodian/hooks/study"
)

// saveStudy gives the centre group its plan, the first branch some hours, and
// the activists their class.
func (l *loader) saveStudy() error {
	kit.SetNow(l.app, l.now)
	if _, err := l.save(study.Plans, map[string]any{
		"org": l.units[root], "title": fmt.Sprintf("%d年中心组学习计划", l.year), "scope": "center_group", "year": l.year, "person": l.byNumber(10006),
		"schedule": "每季度最后一个月第二周", "content": "党的创新理论、上级全会精神、党纪党规", "requirements": "人人发言，缺席的 10 日内补课", "assessment": "年底由党工委考核",
	}); err != nil {
		return err
	}
	for i, number := range []int{10101, 10102, 10103, 10104, 10105, 10111} {
		day := l.on(time.January, 10+i)
		if day.After(l.now) {
			continue
		}
		if _, err := l.save(study.Records, map[string]any{
			"org": l.units["/qh/zb1/"], "person": l.byNumber(number), "studied_on": day.Format(time.DateOnly), "tenths": study.HalfDay, "source": "class", "title": "党员集中培训",
		}); err != nil {
			return err
		}
	}
	_, err := l.save(study.Classes, map[string]any{
		"org": l.units[root], "title": "第三期教育辅导班", "session_no": 3, "kind": "activist_new_member", "tenths": 240,
		"starts_on": l.on(time.May, 18).Format(time.DateOnly), "ends_on": l.on(time.May, 20).Format(time.DateOnly),
	})
	return err
}
