// Package board reads how a confirmed plan goes: the board counts duties by
// item, the matrix by item and organization as of any day, with the gaps. Nothing
// here is stored: what a person reads is counted from the duties they may see.
package board

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/plan"
)

// Board is a plan with its progress, as far as somebody may see it.
type Board struct {
	Plan     map[string]any `json:"plan"`
	Sections []Section      `json:"sections"`
	Counts   Progress       `json:"counts"`
	AsOf     string         `json:"as_of"`
}

// Section is a part of the plan with the progress of its items.
type Section struct {
	ID     string   `db:"id" json:"id"`
	Number int      `db:"number" json:"number"`
	Title  string   `db:"title" json:"title"`
	Items  []Item   `db:"-" json:"items"`
	Counts Progress `db:"-" json:"counts"`
}

// Item is an item of the plan with its progress and the next day on which
// something of it is due.
type Item struct {
	ID      string   `db:"id" json:"id"`
	Section string   `db:"section" json:"-"`
	Number  int      `db:"number" json:"number"`
	Title   string   `db:"title" json:"title"`
	Counts  Progress `db:"-" json:"counts"`
	NextDue string   `db:"-" json:"next_due"`

	Targets []Target `db:"-" json:"targets"`
}

// Progress counts duties by state. It is computed, never typed.
type Progress struct {
	Total     int `json:"total"`
	Upcoming  int `json:"upcoming"`
	Open      int `json:"open"`
	Submitted int `json:"submitted"`
	Returned  int `json:"returned"`
	Overdue   int `json:"overdue"`
	Done      int `json:"done"`
	MadeUp    int `json:"made_up"`
	Exempted  int `json:"exempted"`
}

func (p *Progress) add(state string, n int) {
	p.Total += n
	switch state {
	case "upcoming":
		p.Upcoming += n
	case "open":
		p.Open += n
	case "submitted":
		p.Submitted += n
	case "returned":
		p.Returned += n
	case "overdue":
		p.Overdue += n
	case "done":
		p.Done += n
	case "made_up":
		p.MadeUp += n
	case "exempted":
		p.Exempted += n
	}
}

type tally struct {
	Item  string `db:"item"`
	State string `db:"state"`
	N     int    `db:"n"`
	Next  string `db:"next"`
}

// Of counts a plan's duties for somebody: an officer sees those in reach,
// everybody else their own. viewer is empty for the system keeper, who sees all.
func Of(app core.App, year *core.Record, viewer string) (*Board, error) {
	today := kit.Today(app)
	b := &Board{AsOf: today, Plan: map[string]any{
		"id": year.Id, "title": year.GetString("title"), "year": year.GetInt("year"), "state": year.GetString("state"), "org": year.GetString("org"),
	}}
	if err := app.DB().Select("id", "number", "title").From(plan.Sections).Where(dbx.HashExp{"plan": year.Id}).OrderBy("span_from", "number").All(&b.Sections); err != nil {
		return nil, err
	}
	var items []Item
	if err := app.DB().Select("id", "section", "number", "title").From(plan.Items).Where(dbx.HashExp{"plan": year.Id}).OrderBy("span_from", "number").All(&items); err != nil {
		return nil, err
	}
	tallies, err := tallyOf(app, year.Id, viewer, today)
	if err != nil {
		return nil, err
	}
	targets, err := targetsOf(app, year.Id, viewer, today)
	if err != nil {
		return nil, err
	}
	for i := range items {
		items[i].Targets = targets[items[i].ID]
	}
	b.fill(items, tallies)
	return b, nil
}

// tallyOf counts by item and state in one query.
func tallyOf(app core.App, year, viewer, today string) ([]tally, error) {
	var out []tally
	err := app.DB().Select("d.item", "d.state", "count(*) AS n", "min(d.due) AS next").From(plan.Duties+" d").
		Where(dbx.HashExp{"d.plan": year}).AndWhere(seenBy(viewer, today)).GroupBy("d.item", "d.state").All(&out)
	return out, err
}

// seenBy is the condition that viewer may see the duty d, as its list rule
// says; whoever has no name sees all.
func seenBy(viewer, today string) dbx.Expression {
	if viewer == "" {
		return nil
	}
	return dbx.Or(dbx.HashExp{"d.person": viewer}, org.InReach("d.org_path", viewer, "plan", today))
}

func (b *Board) fill(items []Item, tallies []tally) {
	byItem := map[string][]tally{}
	for _, t := range tallies {
		byItem[t.Item] = append(byItem[t.Item], t)
	}
	sections := map[string]*Section{}
	for i := range b.Sections {
		b.Sections[i].Items = []Item{}
		sections[b.Sections[i].ID] = &b.Sections[i]
	}
	for _, item := range items {
		section := sections[item.Section]
		for _, t := range byItem[item.ID] {
			item.Counts.add(t.State, t.N)
			section.Counts.add(t.State, t.N)
			b.Counts.add(t.State, t.N)
			if waiting(t.State) && (item.NextDue == "" || t.Next < item.NextDue) {
				item.NextDue = t.Next
			}
		}
		section.Items = append(section.Items, item)
	}
}

func waiting(state string) bool {
	switch state {
	case "upcoming", "open", "overdue", "returned":
		return true
	}
	return false
}
