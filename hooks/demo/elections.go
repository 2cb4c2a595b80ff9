package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/elections"
	"yaodian/hooks/org/gradings"
	"yaodian/hooks/org/terms"
)

// saveTerms gives every branch its term; that of the retired members ends this
// year, and they elect.
func (l *loader) saveTerms() error {
	b := &book{loader: l}
	for i, path := range branches() {
		years, begun := 5, l.ago(3, time.June, 20)
		if path == "/qh/ltx/" {
			years = 3
		}
		b.put(l.on(time.January, 8), terms.Terms, map[string]any{"org": l.units[path], "title": units[unitAt(path)].short + "第" + []string{"四", "五"}[i%2] + "届", "since": begun, "years": years})
	}
	l.elect(b)
	return b.err
}

func unitAt(path string) int {
	for i, u := range units {
		if u.path == path {
			return i
		}
	}
	panic("no unit " + path)
}

// elect is the election of the retired members: four stand for three seats.
func (l *loader) elect(b *book) {
	const no = 7
	id := b.put(l.on(time.March, 2), elections.Elections, map[string]any{"org": l.units[zb(no)], "kind": "renewal", "title": "离退休党支部换届选举", "seats": 3, "next": "离退休支部第五届"})
	b.turn(l.on(time.April, 16), elections.Elections, id, map[string]any{"state": "requested", "request_document": fmt.Sprintf("清离支〔%d〕2号", l.year), "requested_on": l.iso(time.April, 16)})
	b.turn(l.on(time.April, 24), elections.Elections, id, map[string]any{"state": "approved", "approval_document": l.number(9)})
	stand := make([]string, 0, 4)
	for i := range 4 {
		stand = append(stand, b.put(l.on(time.May, 8), elections.Standing, map[string]any{
			"election": id, "person": l.hand(no, i+1), "source": []string{"member", "committee"}[i%2], "seat": []string{"secretary", "deputy", "member", "member"}[i],
		}, id))
		b.turn(l.on(time.May, 22), elections.Standing, stand[i], map[string]any{"state": "approved", "document": l.number(12)})
	}
	b.turn(l.on(time.June, 18), elections.Elections, id, map[string]any{
		"held_on": l.iso(time.June, 18), "counters": []string{l.hand(no, 11), l.hand(no, 12), l.hand(no, 13)}, "expected": 19, "present": 17, "issued": 17, "returned": 17, "invalid": 0,
	})
	for i, yes := range []int{17, 15, 13, 6} {
		b.put(l.on(time.June, 18), elections.Tallies, map[string]any{"candidate": stand[i], "yes": yes, "no": 17 - yes}, stand[i])
	}
	b.turn(l.on(time.June, 18), elections.Elections, id, map[string]any{"state": "counted", "counted_by": l.hand(no, 11)})
	b.turn(l.on(time.June, 18), elections.Elections, id, map[string]any{"state": "verified", "verified_by": l.hand(no, 12)})
	b.turn(l.on(time.June, 29), elections.Elections, id, map[string]any{"state": "confirmed", "result_document": l.number(19), "approved_by": l.byNumber(10008)})
	b.turn(l.on(time.July, 10), elections.Elections, id, map[string]any{"state": "filed", "reported_on": l.iso(time.July, 10)})
	b.put(l.on(time.October, 20), elections.Elections, map[string]any{"org": l.units[zb(5)], "kind": "byelection", "title": "河湾社区党支部补选委员", "seats": 1})
}

// saveGaps has branches measure themselves against six articles, and two of
// them looked into.
func (l *loader) saveGaps() error {
	b := &book{loader: l}
	articles := make([]string, 0, 6)
	for i, a := range []struct{ article, requirement string }{
		{"第四条", "党员人数、设置形式符合规定"}, {"第九条", "社区党支部履行宣传、组织、凝聚、服务群众的职责"}, {"第十一条", "党员大会一般每季度召开一次"},
		{"第十二条", "支部委员会会议一般每月召开一次"}, {"第十五条", "每月相对固定一天开展主题党日"}, {"第十七条", "每年至少召开一次组织生活会"},
	} {
		articles = append(articles, b.put(l.on(time.February, 24), gradings.Benchmarks, map[string]any{
			"org": l.units[root], "regulation": "branch", "article": a.article, "requirement": a.requirement, "year": l.year, "sort": i + 1,
		}))
	}
	b.put(l.on(time.February, 24), gradings.Benchmarks, map[string]any{"org": l.units[root], "regulation": "organ", "article": "第十条", "requirement": "机关党支部履行教育、管理、监督党员的职责", "year": l.year, "sort": 7})
	for no := 1; no <= 4; no++ {
		for i, article := range articles {
			l.gap(b, no, i, article)
		}
	}
	for i, no := range []int{5, 6} {
		id := b.put(l.on(time.March, 9), gradings.Gradings, map[string]any{"org": l.units[zb(no)], "year": l.year, "signs": [][]string{{"weak"}, {"idle", "service"}}[i]})
		if i == 0 {
			b.turn(l.on(time.May, 15), gradings.Gradings, id, map[string]any{
				"state": "cleared", "facts": "班子已配齐，组织生活正常。", "surveyed_on": l.iso(time.April, 22), "decided_on": l.iso(time.May, 15), "document": fmt.Sprintf("党工委会纪要〔%d〕6号", l.year), "decided_by": l.byNumber(10008),
			})
			continue
		}
		b.turn(l.on(time.May, 15), gradings.Gradings, id, map[string]any{
			"state": "weak", "facts": "第一季度没有召开党员大会，服务事项办理不及时。", "surveyed_on": l.iso(time.April, 23), "decided_on": l.iso(time.May, 15), "document": fmt.Sprintf("党工委会纪要〔%d〕6号", l.year), "decided_by": l.byNumber(10008),
		})
		b.turn(l.on(time.May, 25), gradings.Gradings, id, map[string]any{"state": "fixing", "measures": "联系领导驻点指导，每月排定组织生活，公开服务清单。", "due": l.iso(time.November, 30)})
	}
	return b.err
}

// gap is how a branch stands to an article, and how far it has come.
func (l *loader) gap(b *book, no, i int, article string) {
	data := map[string]any{"org": l.units[zb(no)], "benchmark": article, "result": "met"}
	if (no+i)%4 == 0 {
		data = plus(data, map[string]any{"result": "partly", "problem": "记录不完整，个别月份没有按时开展。", "measures": "年初排定计划，专人记录，每季度自查。", "person": l.head(no), "due": l.iso(time.June, 30)})
	}
	id := b.put(l.on(time.March, 12+no), gradings.Gaps, data, article)
	b.turn(l.on(time.March, 20), gradings.Gaps, id, map[string]any{"state": "submitted", "submitted_by": l.head(no)})
	if no == 4 {
		return
	}
	b.turn(l.on(time.April, 3), gradings.Gaps, id, map[string]any{"state": "reviewed", "reviewed_by": l.byNumber(10008)})
	if data["result"] != "partly" || no == 3 {
		return
	}
	b.turn(l.on(time.June, 22), gradings.Gaps, id, map[string]any{"state": "fixed", "done": "第二季度各项组织生活按计划开展，记录齐全。", "fixed_by": l.head(no)})
	b.turn(l.on(time.July, 3), gradings.Gaps, id, map[string]any{"state": "closed", "closed_by": l.byNumber(10003)})
}
