package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/points/keep"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rounds"
	"yaodian/hooks/points/rule"
)

// givePoints puts the usual rules into force, so that the year's meetings, study
// and dues give points, lets members claim, and publishes the quarters of the
// first branches: the earlier ones are locked, the last one is in publication,
// with an appeal.
func (l *loader) givePoints(a *ages) error {
	kit.SetNow(l.app, l.now)
	t := &scores{&treasury{loader: l}, a}
	if err := a.mark(); err != nil {
		return err
	}
	for _, step := range []func(*scores) error{enactRules, sparePeople, draftRule, claimPoints, publishQuarters} {
		if err := step(t); err != nil {
			return fmt.Errorf("points: %w", err)
		}
		if err := a.date(); err != nil {
			return err
		}
	}
	kit.SetNow(l.app, l.now)
	return nil
}

// scores is the year of points, with what dates it.
type scores struct {
	*treasury
	ages *ages
}

func enactRules(t *scores) error {
	rules, err := t.app.FindRecordsByFilter(keep.Rules, "state = 'draft'", "no", 0, 0)
	if err != nil {
		return err
	}
	for _, r := range rules {
		r.Load(map[string]any{
			"state": "active", "document": fmt.Sprintf("清工委〔%d〕8号", t.year), "since": fmt.Sprintf("%d-01-01", t.year), "activated_by": t.people[organizer].Id,
		})
		if err := t.app.SaveWithContext(context.Background(), r); err != nil {
			return fmt.Errorf("%s: %w", r.GetString("no"), err)
		}
	}
	return nil
}

func sparePeople(t *scores) error {
	_, err := t.enter(keep.Standings, map[string]any{"person": t.people["10316"].Id, "category": "special", "since": fmt.Sprintf("%d-02-01", t.year), "basis": "支委会 2 月 1 日研究"})
	return err
}

// draftRule is a draft to be tried: dues in time worth more.
func draftRule(t *scores) error {
	was, err := t.app.FindFirstRecordByData(keep.Rules, "no", "A04")
	if err != nil {
		return err
	}
	_, err = t.enter(keep.Rules, map[string]any{
		"no": "A04-2", "title": "按时交纳党费（拟调整）", "subject": "dues", "category": "dues", "value": 10, "cap": 60, "cap_per": "year",
		"since": addDays(t.now.Format(time.DateOnly), 30), "replaces": was.Id, "source": "支部书记座谈会建议",
	})
	return err
}

// claimPoints: members claim; some have been approved, one waits.
func claimPoints(t *scores) error {
	for i, c := range []struct {
		who, no, day, text string
		quantity           int
		approved           bool
	}{
		{"10111", "B02", "03-05", "帮助楼上独居老人联系上门理发。", 1, true},
		{"10111", "B03", "05-16", "承诺的楼道清理已经完成。", 1, true},
		{"10112", "B03", "04-20", "承诺的“每月一次政策宣讲”已落实。", 1, true},
		{"10113", "B07", "06-25", "在支部讲微党课《守好一扇门》。", 1, true},
		{"10111", "B02", "07-02", "协助残疾邻居办理证件年审。", 1, false},
		{"10114", "B02", "07-03", "陪同行动不便的老党员参加体检。", 1, false},
	} {
		day := fmt.Sprintf("%d-%s", t.year, c.day)
		if day > t.now.Format(time.DateOnly) {
			continue
		}
		by, err := t.app.FindFirstRecordByData(keep.Rules, "no", c.no)
		if err != nil {
			return err
		}
		who := t.people[c.who]
		if who == nil {
			continue
		}
		r, err := t.enter(rounds.Claims, map[string]any{"person": who.Id, "rule": by.Id, "happened_on": day, "quantity": c.quantity, "text": c.text, "entered_by": who.Id})
		if err != nil {
			return fmt.Errorf("claim %d: %w", i, err)
		}
		if err := t.as(c.who, rounds.Claims, r.Id, map[string]any{"state": "pending"}); err != nil {
			return fmt.Errorf("claim %d: %w", i, err)
		}
		if c.approved {
			if err := t.approve(r, "10103", "10101"); err != nil {
				return fmt.Errorf("claim %d: %w", i, err)
			}
		}
	}
	return nil
}

// approve has the request about a record approved by each in turn.
func (t *scores) approve(r *core.Record, by ...string) error {
	request, err := t.app.FindFirstRecordByFilter(approvals.Requests, "subject_collection = {:c} && subject_id = {:id}", dbx.Params{"c": r.Collection().Name, "id": r.Id})
	if err != nil {
		return err
	}
	for _, who := range by {
		_, err := approvals.Decide(t.app, context.Background(), approvals.Decision{Request: request.Id, By: t.people[who].Id, Verdict: approvals.Approve, Comment: "情况属实。"})
		if err != nil {
			return fmt.Errorf("%s decides: %w", who, err)
		}
	}
	return nil
}

// publishQuarters publishes each quarter that is over a week after its end and
// locks it two weeks later; the last one was published the day before yesterday.
func publishQuarters(t *scores) error {
	last := rule.QuarterBefore(rule.QuarterOf(t.now.Format(time.DateOnly)))
	if !strings.HasPrefix(last, fmt.Sprint(t.year)) {
		return nil
	}
	for n := 1; n <= int(last[6]-'0'); n++ {
		quarter := fmt.Sprintf("%d-Q%d", t.year, n)
		for _, branch := range []struct {
			path, by string
			named    bool
		}{{"/qh/zb1/", "10101", true}, {"/qh/zb2/", "10201", false}} {
			if err := t.publishQuarter(quarter, branch.path, branch.by, branch.named, quarter == last); err != nil {
				return fmt.Errorf("%s of %s: %w", quarter, branch.path, err)
			}
		}
	}
	return nil
}

func (t *scores) publishQuarter(quarter, path, by string, named, running bool) error {
	p, err := t.enter(rounds.Periods, map[string]any{"org": t.units[path], "quarter": quarter, "named": named})
	if err != nil {
		return err
	}
	day := addDays(rule.QuarterEnd(quarter), 8)
	if running {
		day = max(addDays(t.now.Format(time.DateOnly), -1), addDays(rule.QuarterEnd(quarter), 1))
	}
	kit.SetNow(t.app, t.moment(day, 9, 30))
	if err := t.as(by, rounds.Periods, p.Id, map[string]any{"state": "published"}); err != nil {
		return err
	}
	if err := t.ages.date(); err != nil {
		return err
	}
	if !running {
		kit.SetNow(t.app, t.moment(addDays(day, 14), 9, 30))
		if err := t.as(by, rounds.Periods, p.Id, map[string]any{"state": "locked"}); err != nil {
			return err
		}
		return t.ages.date()
	}
	if path != "/qh/zb1/" {
		return nil
	}
	entry, err := t.app.FindFirstRecordByFilter(ledger.Entries, "person = {:p} && quarter = {:q} && kind = 'award'", dbx.Params{"p": t.people["10111"].Id, "q": quarter})
	data := map[string]any{"person": t.people["10111"].Id, "period": p.Id, "text": "八月的主题党日我参加了，没有看到积分。"}
	if err == nil {
		data["entry"], data["text"] = entry.Id, "这一笔的日期和我记的不一样，请核对。"
	}
	if _, err = t.enter(rounds.Appeals, data); err != nil {
		return err
	}
	return t.ages.date()
}
