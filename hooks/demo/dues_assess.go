package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yaodian/hooks/dues/assess"
	"yaodian/hooks/dues/rate"
)

// items are how the base of some is made up, with what doesn't count.
var items = []struct {
	name, role string
	share      int // of the base, in per mille
}{
	{"岗位工资", "counted", 480}, {"薪级工资", "counted", 320}, {"津贴补贴", "counted", 420}, {"个人所得税", "deducted", 15}, {"社保、公积金个人部分", "deducted", 205},
	{"公务交通补贴", "excluded", 90},
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
