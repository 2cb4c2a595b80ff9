package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// Who keeps the dues of the demo besides the branches.
const (
	organizer  = "10008"
	accountant = "10011"
	cashier    = "10015"
)

// treasury is the year of dues: what happens when, by whom.
type treasury struct {
	*loader
	acts   []act
	houses []house
}

// house is an organization that collects dues, with who records and who checks
// them there.
type house struct{ path, recorder, checker string }

// collectDues plays the year of dues: assessed in January, billed every month,
// mostly paid, closed, spent, remitted and disclosed.
func (l *loader) collectDues(a *ages) error {
	t := &treasury{loader: l, houses: []house{{root, "10010", organizer}}}
	for _, u := range units {
		switch u.kind {
		case "branch", "retired":
			no := slices.Index(branches(), u.path) + 1
			t.houses = append(t.houses, house{u.path, fmt.Sprintf("10%d03", no), fmt.Sprintf("10%d01", no)})
		case "office", "union", "league":
			t.houses = append(t.houses, house{u.path, "10010", organizer})
		}
	}
	t.plan()
	slices.SortStableFunc(t.acts, func(x, y act) int { return x.at.Compare(y.at) })
	for _, act := range t.acts {
		if act.at.After(l.now) || act.at.Before(l.start) {
			continue
		}
		kit.SetNow(l.app, act.at)
		if err := act.do(); err != nil {
			return fmt.Errorf("dues of %s: %w", act.at.Format(time.DateOnly), err)
		}
		if err := a.date(); err != nil {
			return err
		}
	}
	kit.SetNow(l.app, l.now)
	if _, _, err := dues.Remind(l.app, l.now.Format(time.DateOnly)); err != nil {
		return err
	}
	return a.date()
}

// on plans something for a day of the year, written MM-DD.
func (t *treasury) on(day string, hour int, do func() error) {
	t.acts = append(t.acts, act{t.moment(fmt.Sprintf("%d-%s", t.year, day), hour, 10), do})
}

func (t *treasury) plan() {
	t.on("01-05", 9, t.openAccount)
	t.on("01-12", 9, t.assess)
	for n := range 12 {
		month := rate.Shift(fmt.Sprintf("%d-01", t.year), n)
		day := map[bool]string{true: "21", false: "01"}[n == 0]
		t.on(month[5:]+"-"+day, 0, func() error {
			_, err := charge.BillMonth(t.app, month, kit.Now(t.app))
			return err
		})
		t.on(month[5:]+"-22", 15, func() error { return t.collect(month) })
	}
	t.on("02-16", 10, func() error {
		return t.waive("10215", "illness", "住院治疗，自付医药费较多。", 0, "10201", organizer, secretary)
	})
	t.on("03-10", 10, func() error {
		return t.waive("10715", "other", "独居，养老金主要用于护理。", 5_00, "10703", "10701")
	})
	t.on("04-06", 10, func() error { return t.closeQuarter(1) })
	t.on("04-15", 16, func() error { return t.disclose("/qh/zb1/", "Q1", "members", "10101") })
	t.on("04-16", 16, func() error { return t.disclose(root, "Q1", "public", organizer) })
	t.on("04-20", 9, t.remit)
	t.on("04-25", 9, func() error {
		return t.spend("training", "支部书记集中培训食宿费", 3_600_00, "街道党校", 1)
	})
	t.on("06-28", 9, func() error {
		return t.spend("hardship", "“七一”走访慰问生活困难党员", 4_000_00, "8 名生活困难党员", 2)
	})
	t.on("07-01", 9, t.donate)
	t.on("07-06", 10, func() error { return t.closeQuarter(2) })
	t.on("07-20", 8, func() error {
		_, _, err := account.Remind(t.app, kit.Today(t.app))
		return err
	})
}

// enter saves a new record the way a person's request does.
func (t *treasury) enter(collection string, data map[string]any) (*core.Record, error) {
	record, err := t.record(collection, data)
	if err != nil {
		return nil, err
	}
	return record, t.app.SaveWithContext(context.Background(), record)
}

// as changes a record as somebody, with the powers that they hold.
func (t *treasury) as(who, collection, id string, data map[string]any) error {
	record, err := t.app.FindRecordById(collection, id)
	if err != nil {
		return err
	}
	record.Load(data)
	ctx := kit.WithActor(context.Background(), kit.Actor{Kind: kit.ByPerson, ID: t.people[who].Id, Name: t.people[who].GetString("name")})
	return t.app.SaveWithContext(ctx, record)
}

func (t *treasury) openAccount() error {
	_, err := t.enter(account.Incomes, map[string]any{
		"org": t.units[root], "kind": "opening", "amount": 28_615_40, "booked_on": kit.Today(t.app), "document": "上年结转", "recorded_by": t.people[accountant].Id,
	})
	return err
}

// waive asks for a waiver and has it approved by each in turn.
func (t *treasury) waive(number, reason, detail string, amount int, approvers ...string) error {
	month := kit.Today(t.app)[:7]
	w, err := t.enter(assess.Waivers, map[string]any{
		"person": t.people[number].Id, "reason": reason, "detail": detail, "amount": amount, "since": month, "until": month[:4] + "-12",
	})
	if err != nil {
		return err
	}
	if err := t.as(number, assess.Waivers, w.Id, map[string]any{"state": "pending"}); err != nil {
		return err
	}
	return t.agree(w.Id, "情况属实，同意。", approvers...)
}

// agree has what is asked about a record approved by each in turn.
func (t *treasury) agree(record, comment string, approvers ...string) error {
	request, err := t.app.FindFirstRecordByData(approvals.Requests, "subject_id", record)
	if err != nil {
		return err
	}
	for _, by := range approvers {
		_, err := approvals.Decide(t.app, context.Background(), approvals.Decision{Request: request.Id, By: t.people[by].Id, Verdict: approvals.Approve, Comment: comment})
		if err != nil {
			return fmt.Errorf("%s decides: %w", by, err)
		}
	}
	return nil
}

// closeQuarter hands in and closes the three months of a quarter everywhere.
func (t *treasury) closeQuarter(n int) error {
	for _, h := range t.houses {
		for _, month := range rate.Months(fmt.Sprintf("%d-%02d", t.year, 3*n-2), fmt.Sprintf("%d-%02d", t.year, 3*n)) {
			c, err := t.save(account.Closings, map[string]any{"org": t.units[h.path], "month": month, "state": "handed", "handed_by": t.people[h.recorder].Id})
			if err != nil {
				return err
			}
			if err := t.as(organizer, account.Closings, c.Id, map[string]any{"state": "closed"}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *treasury) disclose(path, part, audience, by string) error {
	d, err := t.enter(account.Disclosures, map[string]any{"org": t.units[path], "period": fmt.Sprintf("%d-%s", t.year, part), "audience": audience})
	if err != nil {
		return err
	}
	return t.as(by, account.Disclosures, d.Id, map[string]any{"state": "published"})
}

func (t *treasury) remit() error {
	r, err := t.enter(account.Remittances, map[string]any{
		"org": t.units[root], "from_month": fmt.Sprintf("%d-01", t.year), "to_month": fmt.Sprintf("%d-03", t.year), "rate": 3000, "document": "省委组织部实施办法（演示）",
		"due": fmt.Sprintf("%d-04-30", t.year),
	})
	if err != nil {
		return err
	}
	return t.as(cashier, account.Remittances, r.Id, map[string]any{"state": "remitted", "remitted_on": kit.Today(t.app), "receipt_no": "县组 0412"})
}

func (t *treasury) spend(purpose, title string, amount int, payee string, no int) error {
	x, err := t.enter(account.Expenses, map[string]any{
		"org": t.units[root], "purpose": purpose, "title": title, "amount": amount, "payee": payee, "resolved_on": addDays(kit.Today(t.app), -3),
		"resolution": fmt.Sprintf("清工委会纪〔%d〕%d号", t.year, 3*no), "person": t.people[accountant].Id,
	})
	if err != nil {
		return err
	}
	if err := t.as(accountant, account.Expenses, x.Id, map[string]any{"state": "pending"}); err != nil {
		return err
	}
	if err := t.agree(x.Id, "符合规定，同意。", organizer); err != nil {
		return err
	}
	return t.as(cashier, account.Expenses, x.Id, map[string]any{"state": "paid"})
}

func (t *treasury) donate() error {
	_, err := t.enter(account.Donations, map[string]any{
		"person": t.people["10711"].Id, "amount": 2000_00, "received_on": kit.Today(t.app), "recorded_by": t.people["10703"].Id,
		"profile": "离休干部，党龄六十年，“七一”前自愿多交党费，表达对党的感情。",
	})
	return err
}
