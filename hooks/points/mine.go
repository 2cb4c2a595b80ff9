package points

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/board"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rounds"
	"yaodian/hooks/points/rule"
)

// line is an entry as its person reads it: what it gave, and how much of that
// the caps let count.
type line struct {
	ID         string      `json:"id"`
	Kind       string      `json:"kind"`
	Points     rule.Tenths `json:"points"`
	Counted    rule.Tenths `json:"counted"`
	Reversed   bool        `json:"reversed"`
	Day        string      `json:"day"`
	Quarter    string      `json:"quarter"`
	Rule       string      `json:"rule"`
	RuleNo     string      `json:"rule_no"`
	RuleTitle  string      `json:"rule_title"`
	Category   string      `json:"category"`
	Collection string      `json:"collection"`
	Source     string      `json:"source"`
	Explain    string      `json:"explain"`
}

// chance is what a rule may still give this year.
type chance struct {
	rule.Rule
	Manual bool         `json:"manual"`
	Ready  string       `json:"ready"`
	Left   *rule.Tenths `json:"left"` // nothing: without a cap
}

// maxLines is how many entries of a year are shown.
const maxLines = 1000

// showMine answers what somebody has in ?year=, entry by entry, and what is still
// possible: the caller, or ?person= in the caller's reach.
func showMine(e *core.RequestEvent) error {
	query := e.Request.URL.Query()
	person, err := e.App.FindRecordById("people", cmp.Or(query.Get("person"), e.Auth.Id))
	if err != nil {
		return e.NotFoundError("", err)
	}
	own := person.Id == e.Auth.Id
	if may, err := org.May(e, person.GetString("org_path"), "points"); err != nil || !own && !may {
		return e.NotFoundError("", err)
	}
	year, err := yearOf(e)
	if err != nil {
		return err
	}
	book, err := board.Open(e.App, year)
	if err != nil {
		return err
	}
	answer, err := statement(e.App, book, person, kit.Today(e.App))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answer)
}

// statement is all that there is to say about the points of somebody in a year.
func statement(app core.App, book *board.Book, person *core.Record, today string) (map[string]any, error) {
	where := ledger.Where{
		SQL:    "person = {:person} AND day >= {:begin} AND day <= {:end}",
		Params: dbx.Params{"person": person.Id, "begin": book.Year + "-01-01", "end": book.Year + "-12-31"},
	}
	entries, err := ledger.List(app, where, maxLines)
	if err != nil {
		return nil, err
	}
	lives, err := award.Lives(app, dbx.HashExp{"person": person.Id})
	if err != nil {
		return nil, err
	}
	day := lastDay(book.Year, today)
	vetoed, err := app.CountRecords("points_vetoes", dbx.HashExp{"person": person.Id},
		dbx.NewExp("since <= {:day} AND (until = '' OR until > {:day})", dbx.Params{"day": day}))
	if err != nil {
		return nil, err
	}
	standing := lives[person.Id].On(day)
	lines, total := explain(book, entries)
	m := &board.Member{Vetoed: vetoed > 0, Total: total}
	band := bandName(book.Scheme, m)
	periods, err := noticesOf(app, person, book.Year)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"person": person.Id, "name": person.GetString("name"), "org": person.GetString("org"), "year": book.Year, "scheme": book.Scheme, "total": m.Total, "band": band,
		"vetoed": m.Vetoed, "category": standing.Category, "takes": standing.Takes, "lines": lines, "possible": chances(book, entries, standing, today), "periods": periods,
	}, nil
}

// alive are the awards that haven't been taken back, in the order in which they
// happened.
func alive(entries []*ledger.Entry) []*ledger.Entry {
	gone := map[string]bool{}
	for _, e := range entries {
		gone[e.Reverses] = true
	}
	var out []*ledger.Entry
	for _, e := range entries {
		if e.Kind == ledger.Award && !gone[e.ID] {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b *ledger.Entry) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Seq, b.Seq)) })
	return out
}

func linesOf(entries []*ledger.Entry) []rule.Line {
	out := make([]rule.Line, len(entries))
	for i, e := range entries {
		out[i] = rule.Line{Rule: e.Rule, Month: e.Day[:7], Points: e.Points}
	}
	return out
}

// explain says of each entry how much of it counts, and adds them up.
func explain(book *board.Book, entries []*ledger.Entry) ([]line, rule.Total) {
	counting := alive(entries)
	parts := linesOf(counting)
	counted, there := map[string]rule.Tenths{}, map[string]bool{}
	for i, n := range book.Scheme.Allot(book.Rules, parts) {
		counted[counting[i].ID], there[counting[i].ID] = n, true
	}
	lines := make([]line, len(entries))
	for i, e := range entries {
		r := book.Rules[e.Rule]
		lines[i] = line{
			ID: e.ID, Kind: e.Kind, Points: e.Points, Counted: counted[e.ID], Reversed: e.Kind == ledger.Award && !there[e.ID], Day: e.Day, Quarter: e.Quarter, Rule: e.Rule,
			RuleNo: r.No, RuleTitle: r.Title, Category: r.Category, Collection: e.Collection, Source: e.Source, Explain: e.Explain,
		}
	}
	return lines, book.Scheme.Tally(book.Rules, parts)
}

// chances are the rules that may still give something today, with what caps
// leave of it.
func chances(book *board.Book, entries []*ledger.Entry, s rule.Standing, today string) []chance {
	out := []chance{}
	if book.Year != today[:4] {
		return out
	}
	parts := linesOf(alive(entries))
	for _, r := range book.Rules {
		if r.Value <= 0 || !r.In(today) || !r.Touches(s) {
			continue
		}
		subject, _ := rule.SubjectOf(r.Subject)
		c := chance{Rule: r, Manual: subject.Manual, Ready: subject.Ready}
		if r.Cap > 0 || book.Scheme.Caps[r.Category] > 0 || book.Scheme.Cap > 0 {
			left := book.Scheme.Left(book.Rules, parts, r, today[:7])
			c.Left = &left
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b chance) int { return cmp.Compare(a.No, b.No) })
	return out
}

// noticesOf are the publications of a person's branch in a year.
func noticesOf(app core.App, person *core.Record, year string) ([]map[string]any, error) {
	house, err := charge.HouseOf(app, person.GetString("org"))
	if err != nil {
		return nil, err
	}
	records, err := app.FindAllRecords(rounds.Periods, dbx.HashExp{"org": house.Id},
		dbx.NewExp("state != 'open' AND quarter >= {:from} AND quarter <= {:to}", dbx.Params{"from": year + "-Q1", "to": year + "-Q4"}))
	out := []map[string]any{}
	for _, r := range records {
		out = append(out, map[string]any{
			"id": r.Id, "quarter": r.GetString("quarter"), "state": r.GetString("state"), "notice_from": r.GetString("notice_from"), "notice_until": r.GetString("notice_until"),
			"open": rounds.CheckAppealable(r.GetString("state"), r.GetString("notice_until"), kit.Today(app)) == nil,
		})
	}
	slices.SortFunc(out, func(a, b map[string]any) int { return cmp.Compare(a["quarter"].(string), b["quarter"].(string)) })
	return out, err
}
