package rate

import (
	"fmt"
	"strings"
)

// Refusal is why no amount can be given, at which input, for a person to read.
type Refusal struct{ Field, Code, Message string }

func (r *Refusal) Error() string { return r.Message }

// Step is one line of the reckoning; the steps of a quote add up to its Due.
type Step struct {
	Label  string `json:"label"`
	Amount Fen    `json:"amount"` // fen, negative where something is taken off
}

// Waiver is an approved reduction (R-DUES-09): what is left to pay.
type Waiver struct {
	Amount   Fen    // to pay instead, below the full amount; 0: nothing
	Document string // what approved it
}

// Ask is what a quote is reckoned from.
type Ask struct {
	Category Category
	Base     Fen    // of the month; for a range: what the branch has set, 0 if nothing yet
	Month    string // YYYY-MM
	Waiver   *Waiver
}

// Quote is what somebody owes in a month, and why.
type Quote struct {
	Ask        Ask
	Set        Set
	Rate       int  // basis points; 0 where no rate applies
	Raw        Fen  // rounded, before the cap and the waiver
	Due        Fen  // what is owed
	CapApplied bool // the monthly cap took something off (R-DUES-03)
	Steps      []Step
	Explain    string // one Chinese sentence: how the amount comes about
}

// For reckons what is owed in a month by the set in force then.
func For(sets []Set, ask Ask) (Quote, error) {
	if !ask.Category.Known() {
		return Quote{}, &Refusal{"category", "dues_category_unknown", fmt.Sprintf("没有“%s”这个党费类别。", ask.Category)}
	}
	set, ok := In(sets, ask.Month)
	if !ok {
		return Quote{}, &Refusal{"month", "dues_no_rates", fmt.Sprintf("%s 没有可用的党费标准。", ask.Month)}
	}
	return set.Quote(ask)
}

// Quote reckons by this set: base × rate on the whole base, half-up to the unit,
// at most the cap, less what was waived (domain.md 1.3).
func (s Set) Quote(ask Ask) (Quote, error) {
	scale, ok := s.Scales[ask.Category]
	if !ok {
		return Quote{}, &Refusal{"category", "dues_category_unset", fmt.Sprintf("《%s》没有规定“%s”怎样交纳。", s.Title, ask.Category.Name())}
	}
	q := Quote{Ask: ask, Set: s}
	said, err := q.full(scale)
	if err != nil {
		return Quote{}, err
	}
	q.Due = q.Raw
	said = append(said, q.limit()...)
	waived, err := q.waive()
	if err != nil {
		return Quote{}, err
	}
	q.Explain = strings.Join(append(said, waived...), "；") + "。依据" + s.source() + "。"
	return q, nil
}

// full is the amount before the cap and the waiver.
func (q *Quote) full(scale Scale) (said []string, err error) {
	name, base := q.Ask.Category.Name(), q.Ask.Base
	switch {
	case len(scale.Brackets) > 0:
		return q.share(scale)
	case scale.Fixed > 0:
		q.Raw = scale.Fixed
		said = []string{fmt.Sprintf("“%s”每月定额 %s 元", name, q.Raw)}
	case base == 0:
		q.Raw = scale.Min
		said = []string{fmt.Sprintf("“%s”每月由支部在 %s 至 %s 元之间核定，尚未核定，按下限 %s 元", name, scale.Min, scale.Max, q.Raw)}
	case base < scale.Min || base > scale.Max:
		return nil, &Refusal{"base", "dues_out_of_range", fmt.Sprintf("“%s”每月核定额须在 %s 至 %s 元之间，不能是 %s 元。", name, scale.Min, scale.Max, base)}
	default:
		q.Raw = base
		said = []string{fmt.Sprintf("“%s”每月由支部在 %s 至 %s 元之间核定，核定为 %s 元", name, scale.Min, scale.Max, q.Raw)}
	}
	q.step("核定额", q.Raw)
	return said, nil
}

// share charges the whole base at the rate of its bracket (R-DUES-02).
func (q *Quote) share(scale Scale) ([]string, error) {
	base := q.Ask.Base
	if base <= 0 {
		return nil, &Refusal{"base", "dues_base_missing",
			fmt.Sprintf("“%s”须有大于零的交纳基数；没有收入的请核对类别。", q.Ask.Category.Name())}
	}
	lower, bracket := scale.bracket(base)
	q.Rate = bracket.Rate
	exact := base.times(bracket.Rate)
	q.Raw = exact.round(q.Set.Unit)
	q.step(fmt.Sprintf("%s × %s", base, Percent(q.Rate)), q.Raw)

	said := fmt.Sprintf("交纳基数 %s 元，在“%s”一档，全额按 %s 计：%s × %s = %s 元", base, bracket.words(lower), Percent(q.Rate), base, Percent(q.Rate), exact)
	if exact != micro(q.Raw)*perFen {
		said += fmt.Sprintf("，四舍五入到%s为 %s 元", unitName(q.Set.Unit), q.Raw)
	}
	return []string{said}, nil
}

func unitName(unit Fen) string {
	return map[Fen]string{1: "分", 10: "角", 100: "元"}[unit]
}

// limit applies the monthly cap (R-DUES-03).
func (q *Quote) limit() []string {
	if q.Set.Cap == 0 || q.Due <= q.Set.Cap {
		return nil
	}
	q.step("超过每月上限的部分", q.Set.Cap-q.Due)
	q.Due, q.CapApplied = q.Set.Cap, true
	return []string{fmt.Sprintf("每人每月一般不超过 %s 元，按 %s 元（自愿多交另行登记）", q.Set.Cap, q.Due)}
}

// waive applies an approved reduction (R-DUES-09).
func (q *Quote) waive() ([]string, error) {
	w := q.Ask.Waiver
	if w == nil {
		return nil, nil
	}
	if w.Amount < 0 || w.Amount >= q.Due {
		return nil, &Refusal{"waiver", "dues_waiver_amount", fmt.Sprintf("少交后的金额须低于应交的 %s 元。", q.Due)}
	}
	q.step("批准少交、免交", w.Amount-q.Due)
	q.Due = w.Amount
	word := fmt.Sprintf("批准少交，按 %s 元", q.Due)
	if q.Due == 0 {
		word = "批准免交，为 0.00 元"
	}
	if w.Document != "" {
		word += "（" + w.Document + "）"
	}
	return []string{word}, nil
}

func (q *Quote) step(label string, amount Fen) { q.Steps = append(q.Steps, Step{label, amount}) }

// source names the set for a person: title, document number, first month.
func (s Set) source() string {
	return fmt.Sprintf("《%s》（%s，自 %s 起执行）", s.Title, s.Document, s.Effective)
}
