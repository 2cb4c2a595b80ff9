package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/pay"
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

// assess gives everybody who pays dues a category and a base. In the first
// branch the base of some is made of its items and goes through every hand.
func (t *treasury) assess() error {
	for i, p := range everybody() {
		if kind := or(p.kind, "member"); kind != "member" && kind != "probationary" || or(p.state, "active") == "left" || p.state == "deceased" {
			continue
		}
		category, base := t.income(p, i)
		_, err := t.enter(assess.Profiles, map[string]any{
			"person": t.people[p.number].Id, "category": string(category), "since": fmt.Sprintf("%d-01", t.year), "quarterly": !strings.HasPrefix(p.unit, "/qh/zb1/"),
		})
		if err != nil {
			return fmt.Errorf("category of %s: %w", p.number, err)
		}
		if base > 0 {
			if err := t.assessOne(p, i, base); err != nil {
				return fmt.Errorf("base of %s: %w", p.number, err)
			}
		}
	}
	return nil
}

// income invents what somebody lives on, from the person's number.
func (t *treasury) income(p person, i int) (rate.Category, int) {
	seed, _ := strconv.Atoi(p.number)
	vary := seed*37%40*5000 + seed%7*100
	switch {
	case p.generation() == elderly:
		return rate.Retired, 3100_00 + vary
	case strings.Count(p.unit, "/") == 3 && !strings.HasPrefix(p.unit, "/qh/zb") || p.unit == root:
		return rate.WageMonthly, 5200_00 + vary
	case i%11 == 3:
		return rate.Unemployed, 0
	case i%9 == 4:
		return rate.SelfEmployed, 4000_00 + vary
	case p.kind == "probationary" && i%2 == 0:
		return rate.Student, 0
	default:
		return rate.WageMonthly, 3400_00 + vary
	}
}

func (t *treasury) houseOf(unit string) house {
	for _, h := range slices.Backward(t.houses) {
		if strings.HasPrefix(unit, h.path) {
			return h
		}
	}
	panic("no house for " + unit)
}

// items are how the base of some is made up, with what doesn't count.
var items = []struct {
	name, role string
	share      int // of the base, in per mille
}{
	{"岗位工资", "counted", 480}, {"薪级工资", "counted", 320}, {"津贴补贴", "counted", 420}, {"个人所得税", "deducted", 15}, {"社保、公积金个人部分", "deducted", 205},
	{"公务交通补贴", "excluded", 90},
}

func (t *treasury) assessOne(p person, i, base int) error {
	h, id := t.houseOf(p.unit), t.people[p.number].Id
	reviewer := h.checker
	if reviewer == p.number || reviewer == h.recorder {
		reviewer = "10004"
	}
	data := map[string]any{"person": id, "year": t.year, "since": fmt.Sprintf("%d-01", t.year), "base": base}
	if h.path != "/qh/zb1/" || i%3 > 0 || p.number == h.checker {
		for field, who := range map[string]string{"assessed_by": h.recorder, "confirmed_by": p.number, "reviewed_by": reviewer} {
			data[field] = t.people[who].Id
		}
		data["state"] = "reviewed"
		_, err := t.save(assess.Bases, data)
		return err
	}
	record, err := t.enter(assess.Bases, data)
	if err != nil {
		return err
	}
	for _, item := range items {
		if _, err := t.enter(assess.Items, map[string]any{"base_of": record.Id, "name": item.name, "amount": base * item.share / 1000, "role": item.role}); err != nil {
			return err
		}
	}
	for _, step := range []struct{ who, state string }{{h.recorder, "handed"}, {p.number, "confirmed"}, {reviewer, "reviewed"}} {
		if err := t.as(step.who, assess.Bases, record.Id, map[string]any{"state": step.state}); err != nil {
			return err
		}
	}
	return nil
}

// debt is what somebody owes at a house.
type debt struct {
	Person string `db:"person"`
	From   string `db:"since"`
	Owed   int    `db:"owed"`
	Due    int    `db:"due"` // a month
}

// collect takes in what is owed: the first branch every month, the others a
// quarter at a time. Now and then somebody comes a month late; two don't come at
// all.
func (t *treasury) collect(month string) error {
	quarter := (month[5:] == "01" || month[5:] == "04" || month[5:] == "07" || month[5:] == "10")
	for n, h := range t.houses {
		monthly := h.path == "/qh/zb1/"
		if !monthly && !quarter {
			continue
		}
		to := month
		if !monthly {
			to = rate.Shift(month, 2)
		}
		if err := t.takeIn(h, n, month, to); err != nil {
			return fmt.Errorf("at %s: %w", h.path, err)
		}
	}
	return nil
}

func (t *treasury) takeIn(h house, n int, month, to string) error {
	var debts []debt
	err := t.app.DB().NewQuery(`SELECT m.person, min(m.month) AS since, SUM(m.owed) AS owed, SUM(CASE WHEN m.month = {:month} THEN m.owed ELSE 0 END) AS due
		FROM (SELECT person, month, SUM(amount) AS owed FROM dues_entries WHERE org = {:org} AND month <= {:month} AND month > {:old}
			GROUP BY person, month HAVING SUM(amount) > 0) m
		JOIN people p ON p.id = m.person GROUP BY m.person ORDER BY p.number`).
		Bind(dbx.Params{"org": t.units[h.path], "month": month, "old": rate.Shift(month, -4)}).All(&debts)
	if err != nil {
		return err
	}
	day := pay.Day{ReceivedOn: kit.Today(t.app)}
	at, _ := strconv.Atoi(month[5:])
	for i, d := range debts {
		switch number := t.numbers[d.Person]; {
		case number == "10122" || number == "10316":
			continue // has to be talked to
		case month == to && (i+at)%9 == 5, month != to && (i+n+at)%17 == 5:
			continue // comes later
		}
		row := pay.Row{Person: d.Person, Amount: rate.Fen(d.Owed), From: d.From, To: month, Method: []string{"cash", "transfer"}[i%2]}
		if month != to {
			row.To, row.Amount, row.Reason = to, row.Amount+rate.Fen(2*d.Due), "经支部同意按季度交纳"
		}
		if rate.Span(row.From, row.To) > pay.MaxSpan {
			row.Document = "清工委〔" + fmt.Sprint(t.year) + "〕12号"
		}
		if i%13 == 7 {
			row.Method, row.Payer = "behalf", "家属代交"
		}
		day.Rows = append(day.Rows, row)
	}
	if len(day.Rows) == 0 {
		return nil
	}
	result, err := pay.Enter(t.app, context.Background(), day, t.people[h.recorder].Id)
	if err != nil {
		return err
	}
	if result.Written {
		return t.check(h, day.ReceivedOn, result)
	}
	for _, row := range result.Rows {
		if row.Error != "" {
			return fmt.Errorf("%s: %s", t.numbers[row.Person], row.Error)
		}
	}
	return nil
}

// check has a day's payments checked by somebody else, the latest ones aside:
// they wait.
func (t *treasury) check(h house, day string, result pay.DayResult) error {
	if day > addDays(t.now.Format(time.DateOnly), -35) {
		return nil
	}
	for _, row := range result.Rows {
		if err := t.as(h.checker, pay.Payments, row.ID, map[string]any{"state": "checked"}); err != nil {
			return err
		}
	}
	return nil
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
