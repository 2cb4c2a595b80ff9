package demo

import (
	"context"
	"fmt"
	"time"

	"yaodian/hooks/approvals"
	"yaodian/hooks/declarations"
	"yaodian/hooks/documents"
	"yaodian/hooks/kit"
	"yaodian/hooks/org/changes"
)

// petition is something that a person asks for, a number of days ago, and who
// has agreed so far.
type petition struct {
	collection string
	by         int
	ago        int
	data       map[string]any
	agreed     []int
	after      map[string]any // what is entered when it is approved; nil: nothing
}

// saveDeclarations has members declare and report, branches ask, and the
// committee rename one of its offices.
func (l *loader) saveDeclarations(a *ages) error {
	kit.SetNow(l.app, l.now)
	if err := a.date(); err != nil {
		return err
	}
	if _, err := l.save(declarations.Settings, map[string]any{
		"org": l.units[root], "document": "清河街道党员操办婚丧喜庆事宜报备规定", "matter_days": 30, "before_days": 10, "funeral_days": 10, "after_days": 10,
		"tables": 20, "tables_joint": 30, "per_table": 10, "cars": 6, "oral_hours": 24,
	}); err != nil {
		return err
	}
	for _, p := range l.petitions() {
		if err := l.petition(p); err != nil {
			return fmt.Errorf("%s of %d: %w", p.collection, p.by, err)
		}
		if err := a.date(); err != nil {
			return err
		}
	}
	kit.SetNow(l.app, l.now)
	return nil
}

// before is a day so many days before today.
func (l *loader) before(days int) string { return addDays(l.now.Format(time.DateOnly), -days) }

func (l *loader) petitions() []petition {
	matter := func(by, ago int, kind, summary string, agreed ...int) petition {
		return petition{declarations.Matters, by, ago, map[string]any{"kind": kind, "occurred_on": l.before(ago + 9), "summary": summary}, agreed, nil}
	}
	event := func(by, ago, held int, kind, title, party string, tables int, after map[string]any, agreed ...int) petition {
		return petition{declarations.Events, by, ago, map[string]any{
			"kind": kind, "title": title, "party": party, "held_on": l.before(held), "place": "清河社区食堂", "tables": tables, "persons": tables * 10,
			"standard": 68000, "cars": 3, "guests": "双方亲属", "promise": true,
		}, agreed, after}
	}
	paper := func(by, ago int, kind, subject, title, body string, agreed ...int) petition {
		return petition{declarations.Reports, by, ago, map[string]any{
			"org": l.units[fmt.Sprintf("/qh/zb%d/", (by-10000)/100)], "kind": kind, "subject": subject, "title": title, "main_to": l.units[root], "body": body,
		}, agreed, nil}
	}
	return []petition{
		matter(10111, 40, "abroad", "国庆期间自费赴泰国旅游，同行二人，已办理护照。", 10101, 10008),
		matter(10112, 2, "marriage", "已登记结婚，配偶在本区工作。"),
		matter(10211, 12, "illness", "母亲住院手术，需要照料一个月。", 10201),
		event(10113, 45, 25, "wedding", "儿子婚礼", "次子，在外区工作", 12, map[string]any{"state": "reported", "gifts": "无", "actual_tables": 11, "actual_persons": 108, "actual_cars": 3}, 10101, 10008),
		event(10212, 1, 10, "funeral", "父亲丧事", "父亲", 6, nil),
		event(10311, 3, -20, "wedding", "女儿婚礼", "长女", 18, nil, 10301),
		paper(10101, 60, "qingshi", "election", "关于东风社区党支部换届选举的请示", "东风社区党支部本届任期即将届满，拟按期进行换届选举，已拟定工作方案。\n妥否，请批示。", 10008, 10001),
		paper(10201, 4, "qingshi", "development", "关于调整发展党员计划的请示", "西苑社区党支部现有入党积极分子三名，拟增加发展党员名额一名。\n妥否，请批示。", 10008),
		paper(10301, 20, "baogao", "annual", "关于上半年党建工作的报告", "现将南桥社区党支部上半年党建工作情况报告如下。\n一、组织生活\n按期召开支部党员大会和主题党日。\n二、服务群众\n走访困难户十二户。"),
		{changes.Changes, 10002, 30, map[string]any{
			"kind": "rename", "unit": l.units["/qh/xcb/"], "new_name": "宣传文化服务办公室", "new_short": "宣传办", "effective_on": l.before(28),
			"reason": "机构职能调整，统一名称。", "number": fmt.Sprintf("清工委〔%d〕16号", l.year),
		}, []int{10008, 10001}, nil},
	}
}

// petition plays what somebody asks for: drafted, handed in, agreed to.
func (l *loader) petition(p petition) error {
	at := l.now.AddDate(0, 0, -p.ago)
	if at.Before(l.start) {
		at = l.start
	}
	kit.SetNow(l.app, at)
	p.data["person"] = l.byNumber(p.by)
	record, err := l.save(p.collection, p.data)
	if err != nil {
		return err
	}
	if p.data["kind"] == "baogao" {
		return l.change(p.collection, record.Id, map[string]any{"state": "filed"})
	}
	if err := l.change(p.collection, record.Id, map[string]any{"state": "pending"}); err != nil {
		return err
	}
	request, err := l.app.FindFirstRecordByData(approvals.Requests, "subject_id", record.Id)
	if err != nil {
		return err
	}
	for _, by := range p.agreed {
		_, err := approvals.Decide(l.app, context.Background(), approvals.Decision{Request: request.Id, By: l.byNumber(by), Verdict: approvals.Approve, Comment: "同意。"})
		if err != nil {
			return err
		}
	}
	if p.after == nil {
		return nil
	}
	kit.SetNow(l.app, l.now)
	return l.change(p.collection, record.Id, p.after)
}

// savePaperwork has branches sign for what was issued, divides what the county
// asked for, and counts what the offices issue.
func (l *loader) savePaperwork() error {
	kit.SetNow(l.app, l.now)
	if err := l.signFor(); err != nil {
		return err
	}
	if err := l.direct(); err != nil {
		return err
	}
	topics := []string{"安全生产", "党员教育", "垃圾分类", "志愿服务", "防汛", "档案"}
	for i := range 40 {
		on := l.before(8 + i*13)
		year := on[:4]
		if _, err := l.save(documents.Issues, map[string]any{
			"org": l.units[[]string{"/qh/djb/", "/qh/xcb/", "/qh/msb/"}[i%3]], "number": fmt.Sprintf("清工委〔%s〕%d号", year, 80-i), "kind": []string{"notice", "opinion", "circular"}[i%3],
			"title": "关于" + topics[i%6] + "工作的" + []string{"通知", "意见", "通报"}[i%3], "level": "committee", "issued_on": on, "topic": topics[i%6],
			"pages": 2 + i%5, "words": 260 + i*90, "forwards": i%7 == 0, "basis": "县委同类工作部署，结合街道实际。",
		}); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) signFor() error {
	list, err := l.app.FindRecordsByFilter(documents.Documents, "state = 'issued' && org = {:org}", "-issued_on,id", 2, 0, map[string]any{"org": l.units[root]})
	if err != nil {
		return err
	}
	for _, d := range list {
		for i, path := range branches() {
			receipt, err := l.save(documents.Receipts, map[string]any{"document": d.Id, "org": l.units[path], "due": addDays(l.now.Format(time.DateOnly), 3)})
			if err != nil {
				return err
			}
			if i%3 == 2 {
				continue
			}
			if err := l.change(documents.Receipts, receipt.Id, map[string]any{"state": "signed", "signed_by": l.byNumber(10000 + (i+1)*100 + 1)}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *loader) direct() error {
	for i, title := range []string{"学习贯彻县委全会精神", "开展党员干部作风专项整治", "落实意识形态工作责任制"} {
		on := l.before(20 + i*30)
		root, err := l.save(documents.Directives, map[string]any{
			"org": l.units[root], "title": title, "source": "县委办公室", "number": fmt.Sprintf("县办〔%s〕%d号", on[:4], 11+i), "received_on": on,
			"conveyed_on": addDays(on, 4), "person": l.byNumber(10002),
		})
		if err != nil {
			return err
		}
		for j, path := range branches()[:3] {
			part, err := l.save(documents.Directives, map[string]any{
				"org": l.units[path], "title": title + "：支部学习讨论", "parent": root.Id, "person": l.byNumber(10000 + (j+1)*100 + 1),
				"due": addDays(on, 40),
			})
			if err != nil {
				return err
			}
			if i == 0 && j > 0 {
				continue
			}
			answer := map[string]any{"state": "reported", "result": fmt.Sprintf("组织学习 %d 次，参加 %d 人次", 1+j, 18+7*j), "reported_by": l.byNumber(10000 + (j+1)*100 + 1)}
			if err := l.change(documents.Directives, part.Id, answer); err != nil {
				return err
			}
		}
	}
	return nil
}
