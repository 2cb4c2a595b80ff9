// Package award turns what happened into points (自动计分). Facts are read from
// the records of other capabilities; rules say what they are worth; the ledger is
// brought in line, in the transaction of the record.
//
// What the ledger should hold follows from facts, rules, how people stood and
// which entries were struck on appeal, and from nothing else: not from what came
// first, nor from what was there before. So reckoning everything anew gives the
// ledger, always, and Verify does just that.
package award

import (
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"yaodian/hooks/kit"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// Scope is a part of all that happened: the activities of a family, of a person
// or of all; or everything of a range of people from a day on.
type Scope struct {
	Family     string
	Activities []string
	Person     string
	From, To   string // people, both included
	Since      string
	Before     string
}

// Of is everything of a person from a day on.
func Of(person, since string) Scope { return Scope{From: person, To: person, Since: since} }

// where is the condition that facts or entries lie in the scope.
func (s Scope) where() ledger.Where {
	w := ledger.Where{SQL: "1 = 1", Params: dbx.Params{}}
	and := func(sql, name, value string) {
		if value != "" {
			w.SQL += " AND " + sql
			w.Params[name] = value
		}
	}
	if len(s.Activities) > 0 {
		names := make([]string, len(s.Activities))
		for i, a := range s.Activities {
			name := fmt.Sprintf("activity%d", i)
			names[i], w.Params[name] = "{:"+name+"}", a
		}
		w.SQL += " AND activity IN (" + strings.Join(names, ", ") + ")"
	}
	and("person = {:person}", "person", s.Person)
	if s.From == s.To {
		and("person = {:from}", "from", s.From)
	} else {
		and("person >= {:from}", "from", s.From)
		and("person <= {:to}", "to", s.To)
	}
	and("day >= {:since}", "since", s.Since)
	and("day < {:before}", "before", s.Before)
	return w
}

// Bind brings the ledger in line whenever a fact changes, or what it is judged
// by: outside the rules of the record itself, when all that they write is there.
func Bind(app core.App) {
	for collection := range watched {
		around(app, collection, recordScopes)
	}
	around(app, "people_status", func(_ core.App, r *core.Record) ([]Scope, error) {
		if r.GetInt("n") <= 1 {
			return nil, nil // nothing has happened to somebody who has just been entered
		}
		return []Scope{Of(r.GetString("person"), r.GetString("since"))}, nil
	})
	around(app, Standings, func(_ core.App, r *core.Record) ([]Scope, error) {
		return []Scope{Of(r.GetString("person"), r.GetString("since"))}, nil
	})
	bind(app.OnRecordUpdateExecute("people"), settleBirth)
	around(app, Appeals, struckScope)
}

// Standings and Appeals are collections of this capability that play a part.
const (
	Standings = "points_standings"
	Appeals   = "points_appeals"
)

// bind runs a hook outside all rules at kit.Inner.
func bind(h *hook.TaggedHook[*core.RecordEvent], fn func(*core.RecordEvent) error) {
	h.Bind(&hook.Handler[*core.RecordEvent]{Priority: kit.Inner - 1, Func: func(e *core.RecordEvent) error {
		return kit.InTx(e, func() error { return fn(e) })
	}})
}

// around settles what a record of a collection spoke of before it was written,
// and speaks of now.
func around(app core.App, collection string, scopes func(core.App, *core.Record) ([]Scope, error)) {
	settle := func(e *core.RecordEvent, gone bool) error {
		var list []Scope
		if !e.Record.IsNew() {
			stored, err := kit.Stored(e)
			if err != nil {
				return err
			}
			if list, err = scopes(e.App, stored); err != nil {
				return err
			}
		}
		if err := e.Next(); err != nil {
			return err
		}
		if !gone {
			now, err := scopes(e.App, e.Record)
			if err != nil {
				return err
			}
			list = join(list, now)
		}
		for _, s := range list {
			if err := Settle(e.App, s); err != nil {
				return err
			}
		}
		return nil
	}
	save := func(e *core.RecordEvent) error { return settle(e, false) }
	bind(app.OnRecordCreateExecute(collection), save)
	bind(app.OnRecordUpdateExecute(collection), save)
	bind(app.OnRecordDeleteExecute(collection), func(e *core.RecordEvent) error { return settle(e, true) })
}

// join adds scopes that aren't there yet.
func join(list, more []Scope) []Scope {
	for _, s := range more {
		known := false
		for _, t := range list {
			known = known || fmt.Sprint(s) == fmt.Sprint(t)
		}
		if !known {
			list = append(list, s)
		}
	}
	return list
}

// settleBirth: who turns seventy is told by the day of birth.
func settleBirth(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	if _, changed := kit.Changed(e.Record, stored, "birth_date"); !changed {
		return nil
	}
	return Settle(e.App, Of(e.Record.Id, ""))
}

// struckScope is the activity of the entry that an appeal is about.
func struckScope(app core.App, r *core.Record) ([]Scope, error) {
	if r.GetString("entry") == "" {
		return nil, nil
	}
	entry, err := app.FindRecordById(ledger.Entries, r.GetString("entry"))
	if err != nil {
		return nil, err
	}
	subject := ""
	if err := app.DB().Select("subject").From("points_rules").Where(dbx.HashExp{"id": entry.GetString("rule")}).Row(&subject); err != nil {
		return nil, err
	}
	return []Scope{{Family: familyOf(subject), Activities: []string{entry.GetString("activity")}, Person: r.GetString("person")}}, nil
}

// familyOf is the family of a subject.
func familyOf(subject string) string {
	if s, _ := rule.SubjectOf(subject); s.Manual {
		return "claim"
	}
	switch subject {
	case "attendance", "absence", "study":
		return "meeting"
	}
	return subject
}
