package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/ideology"
	"yaodian/hooks/kit"
)

// saveIdeology gives three leaders an area each, reviewed in every quarter that
// is over; the first half-year is reported on, one report is still to come.
func (l *loader) saveIdeology() error {
	kit.SetNow(l.app, l.now)
	for i, a := range []struct {
		name   string
		leader int
	}{{"社区教育和文化场所", 10006}, {"新就业群体服务", 10007}, {"离退休党员学习阵地", 10008}} {
		area, err := l.save(ideology.Areas, map[string]any{
			"org": l.units[root], "name": a.name, "leader": l.byNumber(a.leader), "since": fmt.Sprintf("%d-01-01", l.year),
		})
		if err != nil {
			return err
		}
		if err := l.review(area.Id, i < 2); err != nil {
			return err
		}
	}
	return nil
}

// review hands in what is over of an area's year.
func (l *loader) review(area string, reports bool) error {
	var half []string
	for q := 1; q <= 4 && l.on(time.Month(q*3), 25).Before(l.now); q++ {
		record, err := l.save(ideology.Reviews, map[string]any{
			"area": area, "quarter": fmt.Sprintf("%d-Q%d", l.year, q), "groups": "社区居民和党员群众", "matters": "群众关心配套设施和停车管理",
			"risks": "政策宣传不及时，容易产生误解", "measures": "支部书记上门宣讲，每月公开办理进度", "office": l.units["/qh/xcb/"], "state": "handed",
		})
		if err != nil {
			return err
		}
		half = append(half, record.Id)
		if q%2 > 0 || !reports {
			continue
		}
		if _, err := l.save(ideology.Reports, map[string]any{
			"area": area, "half": fmt.Sprintf("%d-H%d", l.year, q/2), "reviews": half[q-2:], "text": "领域总体平稳，风险点都有措施和责任科室。", "state": "handed",
		}); err != nil {
			return err
		}
	}
	return nil
}
