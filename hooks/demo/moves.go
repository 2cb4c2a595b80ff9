package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"yaodian/hooks/approvals"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/kit"
	"yaodian/hooks/people/files"
	"yaodian/hooks/people/flows"
	"yaodian/hooks/people/transfers"
)

// passage is a transfer of the demo: who moves where, how long ago, how far.
type passage struct {
	number, to, outside, reason string
	ago                         int // days since the application
	far                         string
}

// passages end in every state that a transfer knows.
var passages = []passage{
	{"10415", "", "中共南山区科技园工作委员会", "work", 97, transfers.Expired},
	{"10314", "/qh/zb4/", "", "residence", 86, transfers.Issued},
	{"10614", "/qh/zb5/", "", "work", 30, transfers.Archived},
	{"10515", "/qh/zb6/", "", "residence", 24, transfers.Receipted},
	{"10316", "/qh/zb2/", "", "work", 21, transfers.Returned},
	{"10416", "/qh/zb1/", "", "residence", 20, transfers.Rejected},
	{"10516", "/qh/zb2/", "", "work", 16, transfers.Withdrawn},
	{"10613", "/qh/zb1/", "", "residence", 9, transfers.Issued},
	{"10514", "", "中共湖东区教育工作委员会", "work", 8, transfers.Issued},
	{"10513", "", "中共北湖市水务局委员会", "work", 6, transfers.Approved},
	{"10413", "/qh/zb2/", "", "residence", 4, transfers.Agreed},
	{"10312", "/qh/zb1/", "", "work", 2, transfers.Applied},
}

// movings plays transfers on the days on which they happen.
type movings struct {
	*loader
	acts []act
}

// saveMoves is what members have applied for, who is away or lost, and where
// the files of the first branch are.
func (l *loader) saveMoves(a *ages) error {
	m := &movings{loader: l}
	for _, p := range passages {
		m.pass(p)
	}
	m.arrive()
	slices.SortStableFunc(m.acts, func(x, y act) int { return x.at.Compare(y.at) })
	for _, act := range m.acts {
		kit.SetNow(l.app, act.at)
		if err := act.do(); err != nil {
			return fmt.Errorf("moves of %s: %w", act.at.Format(time.DateOnly), err)
		}
		if err := a.date(); err != nil {
			return err
		}
	}
	kit.SetNow(l.app, l.now)
	for _, step := range []func() error{
		func() error { _, err := transfers.Expire(l.app, kit.Today(l.app)); return err },
		func() error { _, err := transfers.Remind(l.app, kit.Today(l.app)); return err },
		l.saveFlows, l.saveFiles,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return a.date()
}

// pass plans a transfer, if the year had begun when it was applied for.
func (m *movings) pass(p passage) {
	at := m.now.AddDate(0, 0, -p.ago)
	if at.Before(m.start) {
		return
	}
	id, home := "", "10"+p.number[2:3]+"01"
	steps := []struct {
		day  int
		last string // the state in which a transfer that ends here stays
		do   func() error
	}{
		{0, transfers.Applied, func() (err error) { id, err = m.apply(p); return err }},
		{1, transfers.Agreed, func() error { return m.decide(id, "transfer_out", home, approvals.Approve) }},
		{2, transfers.Approved, func() error { return m.decide(id, "transfer_out", organizer, approvals.Approve) }},
		{2, transfers.Issued, func() error { return m.issue(id, p) }},
	}
	switch p.far {
	case transfers.Rejected:
		m.plan(at, 0, steps[0].do)
		m.plan(at, 1, func() error { return m.decide(id, "transfer_out", home, approvals.Reject) })
		return
	case transfers.Withdrawn:
		m.plan(at, 0, steps[0].do)
		m.plan(at, 1, func() error { return m.withdraw(id, p) })
		return
	}
	for _, s := range steps {
		m.plan(at, s.day, s.do)
		if s.last == p.far {
			return
		}
	}
	m.end(&id, p)
}

// end plans how a letter ends. Who is received is so this month: dues of the
// months before are billed where they belonged.
func (m *movings) end(id *string, p passage) {
	if p.to == "" {
		return
	}
	at := m.now.AddDate(0, 0, -min(3, m.now.Day()-1))
	receiver := "10" + strings.Trim(p.to, "/qhzb") + "01"
	switch p.far {
	case transfers.Receipted, transfers.Archived:
		m.plan(at, 0, func() error { return m.decide(*id, "transfer_in", receiver, approvals.Approve) })
	case transfers.Returned:
		m.plan(at, 0, func() error { return m.decide(*id, "transfer_in", receiver, approvals.Reject) })
	}
	if p.far == transfers.Archived {
		m.plan(at, 0, func() error { return m.change(transfers.Transfers, *id, map[string]any{"state": transfers.Archived}) })
	}
}

func (m *movings) plan(at time.Time, days int, do func() error) {
	at = at.AddDate(0, 0, days)
	if at.After(m.now) {
		at = m.now
	}
	m.acts = append(m.acts, act{at, do})
}

func (m *movings) apply(p passage) (string, error) {
	data := map[string]any{"person": m.people[p.number].Id, "by": m.people[p.number].Id, "reason": p.reason, "note": ""}
	if p.outside != "" {
		data["direction"], data["to_name"] = "out", p.outside
	} else {
		data["to_org"] = m.units[p.to]
	}
	return m.enter(data)
}

func (m *movings) enter(data map[string]any) (string, error) {
	r, err := m.record(transfers.Transfers, data)
	if err != nil {
		return "", err
	}
	return r.Id, m.app.SaveWithContext(context.Background(), r)
}

func (m *movings) decide(id, kind, by string, verdict approvals.Verdict) error {
	request := ""
	err := m.app.DB().Select("id").From(approvals.Requests).Where(dbx.HashExp{"subject_id": id, "kind": kind}).Row(&request)
	if err != nil {
		return err
	}
	comment := "情况属实，同意。"
	if verdict == approvals.Reject {
		comment = "经核实本人工作地点没有变动，暂不办理。"
	}
	_, err = approvals.Decide(m.app, context.Background(), approvals.Decision{Request: request, By: m.people[by].Id, Verdict: verdict, Comment: comment})
	return err
}

func (m *movings) withdraw(id string, p passage) error {
	request := ""
	if err := m.app.DB().Select("id").From(approvals.Requests).Where(dbx.HashExp{"subject_id": id}).Row(&request); err != nil {
		return err
	}
	_, err := approvals.TakeBack(m.app, context.Background(), request, m.people[p.number].Id, "工作调动取消。")
	return err
}

// issue issues a letter that says what the ledger of dues says.
func (m *movings) issue(id string, p passage) error {
	months, err := ledger.OfPerson(m.app, m.people[p.number].Id, "", "")
	if err != nil {
		return err
	}
	paid := min(dues.PaidTo(months), kit.Today(m.app)[:7]) // the demo's year of dues has been played to its end
	if paid == "" {
		paid = fmt.Sprintf("%d-12", m.year-1)
	}
	return m.change(transfers.Transfers, id, map[string]any{"state": transfers.Issued, "paid_to": paid, "issued_by": m.people[clerk].Id})
}

// arrive enters a letter from outside, which the branch has received.
func (m *movings) arrive() {
	at, id := m.now.AddDate(0, 0, -5), ""
	if at.Before(m.start) {
		return
	}
	m.plan(at, 0, func() (err error) {
		day := kit.Today(m.app)
		id, err = m.enter(map[string]any{
			"direction": "in", "org": m.units["/qh/zb3/"], "by": m.people[clerk].Id, "name": "沈知远", "kind": "member", "from_name": "中共临江市经济开发区工作委员会",
			"reason": "residence", "letter": fmt.Sprintf("临开组〔%d〕18号", m.year), "issued_on": addDays(day, -4), "valid_until": addDays(day, 86), "paid_to": day[:7],
			"join_date": m.date("9 07-01"), "full_date": m.date("8 07-01"),
		})
		return err
	})
	m.plan(at, 2, func() error { return m.decide(id, "transfer_in", "10301", approvals.Approve) })
}

// saveFlows: some members are away, and with one contact was lost.
func (l *loader) saveFlows() error {
	today := kit.Today(l.app)
	for i, f := range []struct {
		number, to, reason string
		days               int
	}{
		{"10117", "广东省深圳市宝安区", "work", 230}, {"10217", "浙江省杭州市余杭区", "work", 150}, {"10317", "四川省成都市武侯区", "family", 60},
		{"10417", "上海市浦东新区", "study", 170}, {"10517", "新加坡", "abroad", 200},
	} {
		since := addDays(today, -f.days)
		flow, err := l.save(flows.Flows, map[string]any{
			"person": l.people[f.number].Id, "reason": f.reason, "since": since, "flow_to": f.to, "contact": l.people["10"+f.number[2:3]+"03"].Id,
			"card": fmt.Sprintf("LD%d%03d", l.year, i+1),
		})
		if err != nil {
			return fmt.Errorf("flow of %s: %w", f.number, err)
		}
		for n := 40; n < f.days && i != 1; n += 80 {
			_, err := l.save(flows.Contacts, map[string]any{"flow": flow.Id, "contacted_on": addDays(today, -n), "way": "phone", "by": l.people["10"+f.number[2:3]+"03"].Id})
			if err != nil {
				return err
			}
		}
	}
	_, err := l.save(flows.Losses, map[string]any{
		"person": l.people["10616"].Id, "lost_since": addDays(today, -215), "cause": "work", "searches": "两次走访原住址，询问原工作单位，没有找到。",
	})
	if err != nil {
		return err
	}
	if _, err := flows.SuggestAll(l.app, today); err != nil {
		return err
	}
	_, err = flows.Remind(l.app, today)
	return err
}

// saveFiles: the first branch has its files in order but for a few papers; one
// is out.
func (l *loader) saveFiles() error {
	today, lent := kit.Today(l.app), ""
	for i := range 21 {
		number := 10101 + i
		if i >= 5 {
			number += 5
		}
		p := l.people[strconv.Itoa(number)]
		file, err := l.save(files.Files, map[string]any{
			"person": p.Id, "kind": map[bool]string{true: "personnel", false: "party"}[i%4 == 0], "number": fmt.Sprintf("DF-%03d", i+1),
			"place": fmt.Sprintf("党工委档案室 1 柜 %d 层", i/6+1), "checked_on": today,
		})
		if err != nil {
			return fmt.Errorf("file of %d: %w", number, err)
		}
		for j, material := range []string{"application", "training", "review", "will", "full_application"} {
			if (i+j)%9 == 8 {
				continue
			}
			if _, err := l.save(files.Papers, map[string]any{"file": file.Id, "material": material, "received_on": today, "pages": 2 + j, "form": "original"}); err != nil {
				return err
			}
		}
		lent = file.Id
	}
	_, err := l.save(files.Loans, map[string]any{
		"file": lent, "borrower": l.people[clerk].Id, "approved_by": l.people[organizer].Id, "purpose": "check", "lent_on": addDays(today, -3), "due": addDays(today, 11),
	})
	return err
}
