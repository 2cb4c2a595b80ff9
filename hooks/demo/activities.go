package demo

import (
	"time"

	"yaodian/hooks/activities"
)

// saveActivities has one activity of every kind, a contest with its scores, and
// honours for those who were nominated.
func (l *loader) saveActivities() error {
	b := &book{loader: l}
	for _, a := range []struct {
		kind, title, unit, outcome string
		day                        time.Time
		people                     int
	}{
		{"brand", "“清河先锋”服务品牌创建", root, "形成品牌手册，六个社区挂牌。", l.on(time.March, 27), 40},
		{"moral", "第一期道德讲坛", "/qh/xcb/", "三位身边典型宣讲，到场六十人。", l.on(time.March, 20), 60},
		{"values", "核心价值观进科室", "/qh/xcb/", "覆盖全部四个科室。", l.on(time.April, 17), 32},
		{"lecture", "青年大讲堂", "/qh/tw/", "两位青年岗位能手授课。", l.on(time.May, 4), 45},
		{"moral", "第二期道德讲坛", "/qh/xcb/", "到场五十八人。", l.on(time.June, 12), 58},
		{"theme", "“感党恩、跟党走”主题活动", root, "七个支部全部参加。", l.on(time.June, 28), 130},
		{"posts", "青年岗位建功", "/qh/tw/", "十二个岗位承诺公开，年底考评。", l.on(time.July, 16), 36},
		{"moral", "第三期道德讲坛", "/qh/xcb/", "到场六十二人。", l.on(time.September, 11), 62},
		{"innovation", "创新创意大赛", "/qh/tw/", "收到作品九件，两件转化应用。", l.on(time.October, 15), 30},
	} {
		id := b.put(a.day.AddDate(0, 0, -20), activities.Activities, map[string]any{"org": l.units[a.unit], "kind": a.kind, "title": a.title, "held_on": a.day.Format(time.DateOnly), "place": "街道会议室"})
		b.turn(a.day.AddDate(0, 0, -14), activities.Activities, id, map[string]any{"state": "open"})
		b.turn(a.day.AddDate(0, 0, 1), activities.Activities, id, map[string]any{"state": "closed", "participants": a.people, "outcome": a.outcome})
	}
	l.contest(b)
	l.honor(b)
	return b.err
}

// contest is the branches' contest of lectures: three judges of the committee,
// the highest and the lowest score left out.
func (l *loader) contest(b *book) {
	judges := []string{l.byNumber(10003), l.byNumber(10005), l.byNumber(10006)}
	id := b.put(l.on(time.May, 20), activities.Activities, map[string]any{
		"org": l.units[root], "kind": "contest", "title": "支部书记讲党课比赛", "held_on": l.iso(time.June, 24), "scored": true, "judges": judges, "place": "街道礼堂",
	})
	b.turn(l.on(time.May, 25), activities.Activities, id, map[string]any{"state": "open"})
	var entries []string
	for no := 1; no <= 6; no++ {
		entries = append(entries, b.put(l.on(time.June, 8+no), activities.Entries, map[string]any{
			"activity": id, "person": l.head(no), "team": l.units[zb(no)], "title": []string{"一面旗帜", "家门口的答卷", "把群众放在心上", "初心在社区", "平凡的岗位", "网格里的红色"}[no-1],
		}, id))
	}
	b.turn(l.on(time.June, 24), activities.Activities, id, map[string]any{"state": "judging"})
	for i, entry := range entries {
		for j, judge := range judges {
			b.put(l.on(time.June, 24), activities.Scores, map[string]any{"entry": entry, "judge": judge, "points": 8800 + 130*((i*3+j*5)%7)}, entry)
		}
	}
	b.turn(l.on(time.June, 26), activities.Activities, id, map[string]any{"state": "closed", "participants": 96, "outcome": "六个社区支部全部参赛，讲稿汇编成册。"})
}

func (l *loader) honor(b *book) {
	for no := 1; no <= 4; no++ {
		id := b.put(l.on(time.June, 1), activities.Honors, map[string]any{
			"org": l.units[root], "title": []string{"党员示范岗", "党员服务标兵"}[no%2], "person": l.hand(no, 4), "merits": "长期在服务窗口，群众满意度高，多次化解邻里纠纷。", "nominated_by": l.head(no),
		})
		b.turn(l.on(time.June, 5), activities.Honors, id, map[string]any{"state": "nominated", "nominated_by": l.head(no)})
		if no == 4 {
			continue
		}
		b.turn(l.on(time.June, 10), activities.Honors, id, map[string]any{"state": "reviewed", "reviewed_by": l.byNumber(10008)})
		b.turn(l.on(time.June, 29), activities.Honors, id, map[string]any{"state": "awarded", "notice_from": l.iso(time.June, 11), "notice_until": l.iso(time.June, 26), "document": l.number(18)})
	}
}
