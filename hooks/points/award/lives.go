package award

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/points/rule"
)

// livesOf is how the people of some facts have stood, in three queries.
func livesOf(app core.App, s Scope, list []rule.Fact) (map[string]rule.Life, error) {
	if s.From != "" {
		return Lives(app, dbx.NewExp("person >= {:from} AND person <= {:to}", dbx.Params{"from": s.From, "to": s.To}))
	}
	var ids []any
	for _, f := range list {
		if !slices.Contains(ids, any(f.Person)) {
			ids = append(ids, f.Person)
		}
	}
	return Lives(app, dbx.In("person", ids...))
}

// Lives is how people have stood; among names them by the column person.
func Lives(app core.App, among dbx.Expression) (map[string]rule.Life, error) {
	var statuses []rule.Status
	err := app.DB().Select("person", "since", "org", "org_path", "kind", "state", "membership_state").From("people_status").Where(among).OrderBy("person", "n").All(&statuses)
	if err != nil {
		return nil, err
	}
	var placings []rule.Placing
	if err := app.DB().Select("person", "category", "since", "until").From(Standings).Where(among).OrderBy("since").All(&placings); err != nil {
		return nil, err
	}
	var births []struct{ Person, Birth string }
	err = app.DB().Select("person", "birth").From("(SELECT id AS person, birth_date AS birth FROM people)").Where(among).AndWhere(dbx.NewExp("birth != ''")).All(&births)
	if err != nil {
		return nil, err
	}
	out := map[string]rule.Life{}
	change := func(person string, how func(*rule.Life)) {
		life := out[person]
		how(&life)
		out[person] = life
	}
	for _, s := range statuses {
		change(s.Person, func(l *rule.Life) { l.Statuses = append(l.Statuses, s) })
	}
	for _, p := range placings {
		change(p.Person, func(l *rule.Life) { l.Placings = append(l.Placings, p) })
	}
	for _, b := range births {
		change(b.Person, func(l *rule.Life) { l.Birth = b.Birth })
	}
	return out, nil
}
