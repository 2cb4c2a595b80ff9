package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/integrity"
)

// saveIntegrity is the year of the discipline office: talks, cases, three
// campaigns and a month, a check at each festival, and stays in the branches.
func (l *loader) saveIntegrity() error {
	b := &book{loader: l}
	for i := range 6 {
		talk := b.put(l.on(time.February, 22), integrity.Talks, map[string]any{"org": l.units[root], "kind": "lianzheng", "talker": l.byNumber(10001), "person": l.byNumber(10003 + i)})
		b.turn(l.on(time.March, 2+i), integrity.Talks, talk, map[string]any{"state": "held", "held_on": l.iso(time.March, 2+i)})
		talk = b.put(l.on(time.March, 10), integrity.Talks, map[string]any{"org": l.units[zb(i+1)], "kind": "lianzheng", "talker": l.byNumber(10005), "person": l.head(i + 1)})
		if i < 5 {
			b.turn(l.on(time.March, 16+i), integrity.Talks, talk, map[string]any{"state": "held", "held_on": l.iso(time.March, 16+i)})
		}
	}
	b.put(l.on(time.August, 20), integrity.Talks, map[string]any{"org": l.units["/qh/zb2/"], "kind": "yuetan", "talker": l.byNumber(10005), "person": l.head(2), "state": "held", "held_on": l.iso(time.August, 20)})
	l.saveCases(b)
	l.saveCampaigns(b)
	l.saveChecks(b)
	saturday := l.on(time.March, 8)
	for saturday.Weekday() != time.Saturday {
		saturday = saturday.AddDate(0, 0, 1)
	}
	b.put(l.on(time.March, 2), "calendar_days", map[string]any{"date": saturday.Format(time.DateOnly), "kind": "workday", "name": "学雷锋集中服务日", "source": "街道办事处通知"})
	for i := range 4 {
		begins := l.on(time.Month(3+2*i), 9)
		stay := b.put(begins, integrity.Stays, map[string]any{"org": l.units[zb(i+1)], "person": l.byNumber(10003 + i), "begins": begins.Format(time.DateOnly), "state": "staying"})
		b.turn(begins.AddDate(0, 0, 2), integrity.Stays, stay, map[string]any{
			"state": "ended", "ends": begins.AddDate(0, 0, 2).Format(time.DateOnly), "log": "走访楼栋，参加议事会，收集意见，当场答复一部分，其余列入清单。", "problems": 4 + i, "solved": 3 + i,
		})
	}
	return b.err
}

func (l *loader) saveCases(b *book) {
	for i, c := range []map[string]any{
		{"title": "某地违规发放津贴补贴问题", "source": "public", "notice": "市纪委监委公开通报", "class": "integrity", "level": "township", "loopholes": "补贴发放没有集体研究"},
		{"title": "某社区虚报冒领临时救助金问题", "source": "public", "notice": "区纪委监委公开通报", "class": "mass", "level": "grassroots", "loopholes": "审核只看材料，没有入户"},
		{"title": "某单位公车私用问题", "source": "public", "notice": "市纪委监委公开通报", "class": "integrity", "level": "township", "loopholes": "派车单不登记事由"},
		{"title": "某科室干部未按规定请示报告问题", "source": "inner", "alias": "甲某", "class": "organizational", "level": "grassroots", "loopholes": "请示报告没有清单"},
	} {
		id := b.put(l.on(time.March, 18+i), integrity.Cases, plus(c, map[string]any{"org": l.units["/qh/jjb/"], "summary": "简要经过见通报，重点剖析思想根源和制度漏洞。"}))
		b.turn(l.on(time.March, 25), integrity.Cases, id, map[string]any{"state": "published"})
	}
}

func (l *loader) saveCampaigns(b *book) {
	for i, c := range []struct{ title, topic string }{
		{"利用职务便利谋取私利专项整治", "gain"}, {"违规接受请托插手选人用人专项整治", "appointments"}, {"违规插手工程建设专项整治", "projects"},
	} {
		id := b.put(l.on(time.April, 7), integrity.Campaigns, map[string]any{"org": l.units["/qh/jjb/"], "title": c.title, "kind": "special", "topic": c.topic, "begins": l.iso(time.April, 7), "state": "running"})
		b.turn(l.on(time.June, 26), integrity.Campaigns, id, map[string]any{"problems": 3 - i, "fixed": 2 - i, "policies": 1})
		if i > 0 {
			b.turn(l.on(time.August, 28), integrity.Campaigns, id, map[string]any{
				"state": "closed", "ends": l.iso(time.August, 28), "fixed": 3 - i, "loopholes": "事项办理没有留痕，已补充登记制度。", "summary": "各科室自查，抽查三个科室，问题全部整改。",
			})
		}
	}
	id := b.put(l.on(time.July, 1), integrity.Campaigns, map[string]any{"org": l.units["/qh/jjb/"], "title": fmt.Sprintf("%d年纪律教育学习宣传月", l.year), "kind": "month", "begins": l.iso(time.July, 1), "state": "running"})
	b.turn(l.on(time.July, 31), integrity.Campaigns, id, map[string]any{
		"state": "closed", "ends": l.iso(time.July, 31), "film_on": l.iso(time.July, 8), "talk_on": l.iso(time.July, 15), "discussion_on": l.iso(time.July, 22), "summary": "三类活动都已举办，覆盖全部科室和支部。",
	})
}

func (l *loader) saveChecks(b *book) {
	nodes, err := l.app.FindAllRecords("calendar_nodes")
	if err != nil {
		b.err = err
		return
	}
	names := map[string]string{}
	for _, n := range nodes {
		names[n.GetString("name")] = n.Id
	}
	for _, c := range []struct {
		node    string
		day     time.Time
		target  string
		problem string
	}{
		{"元旦", l.on(time.January, 2), "/qh/msb/", ""}, {"春节", l.on(time.February, 20), "/qh/djb/", ""}, {"清明", l.on(time.April, 5), "/qh/xcb/", ""},
		{"五一", l.on(time.May, 2), "/qh/msb/", "派车单有两张没有写明事由。"}, {"端午", l.on(time.June, 20), "/qh/djb/", ""}, {"国庆", l.on(time.October, 2), "/qh/msb/", ""},
	} {
		id := b.put(c.day, integrity.Checks, map[string]any{
			"org": l.units["/qh/jjb/"], "node": names[c.node], "held_on": c.day.Format(time.DateOnly), "target": l.units[c.target], "team": []string{l.byNumber(10901), l.byNumber(10005)},
			"items": []string{"dining", "cars", "gifts"}, "result": map[bool]string{true: "none", false: "found"}[c.problem == ""], "problems": c.problem,
		}, names[c.node])
		b.turn(c.day.AddDate(0, 0, 4), integrity.Checks, id, map[string]any{"state": "filed", "reported_on": c.day.AddDate(0, 0, 4).Format(time.DateOnly)})
	}
}
