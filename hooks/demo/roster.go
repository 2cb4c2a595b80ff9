package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"yaodian/hooks/calendar"
	"yaodian/hooks/people/idno"
)

// generation is how old the people of a part of the roster are, in years.
type generation struct{ from, to int }

var (
	elderly = generation{63, 88}
	working = generation{36, 58}
	young   = generation{22, 33}
)

func (p person) generation() generation {
	switch {
	case p.unit == "/qh/ltx/":
		return elderly
	case p.kind == "probationary" || p.kind == "activist" || p.kind == "applicant" || p.unit == "/qh/tw/":
		return young
	}
	return working
}

// entered is since when somebody is on the roster.
func (p person) entered() string {
	if p.generation() == young {
		return "2 01-05"
	}
	return "8 01-05"
}

// area is a real code for numbers that aren't: with invented birthdays and
// order numbers they pass every check and were given to nobody we know of.
const area = "110105"

// roster is what the form asks of a member, invented from the person's number:
// the same in every demo, moved by the year.
func (p person) roster(l *loader, i int) map[string]any {
	seed, _ := strconv.ParseUint(p.number, 10, 64)
	r := rand.New(rand.NewPCG(seed, 11643))
	g := p.generation()
	birth := calendar.On(l.year-g.from-r.IntN(g.to-g.from+1), time.Month(1+r.IntN(12)), 1+r.IntN(28))
	order := 2*i + 1 + r.IntN(2)
	number := fmt.Sprintf("%s%s%03d", area, birth.Time().Format("20060102"), order)
	out := map[string]any{
		"id_no": number + string(idno.CheckDigitOf(number)), "birth_date": birth.String(),
		"ethnicity": pick(r, 12, "汉族", "回族", "满族", "土家族"), "education": education(r, g),
		"address":   fmt.Sprintf("清河街道%s%d号楼%d单元%d室", []string{"东风路", "西苑里", "南桥街", "河湾路"}[r.IntN(4)], 1+r.IntN(30), 1+r.IntN(4), 101+100*r.IntN(6)),
		"work_post": p.workPost(g),
	}
	if r.IntN(3) == 0 {
		out["tel"] = fmt.Sprintf("010-5550%04d", seed%10000)
	}
	for field, value := range p.party(l, r, birth) {
		out[field] = value
	}
	return out
}

// party are the dates of a member and of a probationary member.
func (p person) party(l *loader, r *rand.Rand, birth calendar.Date) map[string]any {
	out := map[string]any{}
	switch or(p.kind, "member") {
	case "probationary":
		out["join_date"] = calendar.On(l.year-1, time.Month(3+r.IntN(9)), 1+r.IntN(28)).String()
	case "member":
		join := min(birth.AddMonths(12*(19+r.IntN(12))), calendar.On(l.year-3, 6, 20))
		out["join_date"], out["full_date"] = join.String(), join.AddMonths(12).String()
	}
	switch p.number {
	case "10315", "10518":
		out["floating"], out["flow_to"] = true, "江苏省苏州市工业园区"
	case "10414":
		out["lost"], out["lost_since"] = true, calendar.On(l.year-1, 11, 20).String()
	}
	return out
}

func (p person) workPost(g generation) string {
	if g == elderly {
		return "退休"
	}
	return or(p.title, "社区居民")
}

// pick is the first value but for one time in odds.
func pick(r *rand.Rand, odds int, usual string, others ...string) string {
	if r.IntN(odds) > 0 {
		return usual
	}
	return others[r.IntN(len(others))]
}

func education(r *rand.Rand, g generation) string {
	levels := map[generation][]string{elderly: {"60", "70", "40", "30", "80"}, working: {"20", "30", "20", "60", "10"}, young: {"20", "20", "10", "30"}}[g]
	return levels[r.IntN(len(levels))]
}

// leave moves somebody out of the active state on the day it happened: a
// roster of the year before still has them.
func (l *loader) leave(p person, id string) error {
	if or(p.state, "active") == "active" {
		return nil
	}
	reason := map[string]string{"left": "调往外区，组织关系转出", "deceased": "因病去世", "suspended": "长期在外，账号停用"}[p.state]
	record, err := l.app.FindRecordById("people", id)
	if err != nil {
		return err
	}
	record.Load(map[string]any{"state": p.state, "status_since": l.date("1 09-15"), "status_reason": reason})
	return l.store(record)
}
