package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/outreach"
)

// saveOutreach has projects for the people, six households that are looked
// after and visited, and jobs that were recommended.
func (l *loader) saveOutreach() error {
	b := &book{loader: l}
	for i, p := range []struct{ title, result string }{
		{"东风社区楼道灯改造", "三栋楼楼道灯全部更换为感应灯。"}, {"西苑社区增设非机动车充电棚", "新建充电棚两处，装表到位。"}, {"南桥社区食堂延时服务", "每天延时到晚上七点半。"}, {"北辰社区健身场地修缮", ""}, {"梧桐社区就业信息角", ""},
	} {
		no := []int{1, 2, 3, 4, 6}[i]
		id := b.put(l.on(time.March, 3), outreach.Projects, map[string]any{"org": l.units[zb(no)], "title": p.title})
		b.turn(l.on(time.March, 20), outreach.Projects, id, map[string]any{"state": "doing", "person": l.head(no), "due": l.iso(time.Month(6+i), 25)})
		if p.result == "" {
			continue
		}
		done := l.on(time.Month(5+i), 20)
		b.turn(done, outreach.Projects, id, map[string]any{"state": "done", "result": p.result, "done_on": done.Format(time.DateOnly), "done_by": l.head(no)})
		b.turn(done.AddDate(0, 0, 5), outreach.Projects, id, map[string]any{"state": "accepted", "satisfaction": 95 + i, "accepted_by": l.byNumber(10004)})
	}
	for i := range 6 {
		l.lookAfter(b, i)
	}
	return b.err
}

func (l *loader) lookAfter(b *book, i int) {
	names := []string{"东风", "西苑", "南桥", "北辰", "河湾", "梧桐"}
	pair := b.put(l.on(time.January, 8), outreach.Pairs, map[string]any{
		"org": l.units[zb(i+1)], "person": l.hand(i+1, 2), "alias": fmt.Sprintf("%s%d号户", names[i], i+2), "brief": "两口人，一人待业，需要就业信息", "since": l.iso(time.January, 8),
	})
	for w := range 6 {
		day := l.on(time.January, 12+i%5).AddDate(0, 0, 49*w)
		b.put(day, outreach.Visits, map[string]any{
			"pair": pair, "visited_on": day.Format(time.DateOnly), "kinds": [][]string{{"policy"}, {"training"}, {"policy", "job"}}[w%3], "note": "介绍了近期招聘和培训安排，本人有意向。",
		}, pair)
	}
	job := b.put(l.on(time.May, 11+i), outreach.Jobs, map[string]any{
		"pair": pair, "title": []string{"保洁员", "理货员", "护理员"}[i%3], "employer": []string{"清河物业", "惠民超市", "清河养老驿站"}[i%3], "recommended_on": l.iso(time.May, 11+i),
	}, pair)
	if i%3 != 1 {
		return
	}
	b.turn(l.on(time.June, 8), outreach.Jobs, job, map[string]any{"employed": true, "employed_on": l.iso(time.June, 8)})
	b.turn(l.on(time.November, 2), outreach.Pairs, pair, map[string]any{"state": "ended", "until": l.iso(time.November, 1), "outcome": "reached"})
}
