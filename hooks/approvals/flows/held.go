package flows

import (
	"yaodian/hooks/kit"
	"yaodian/hooks/org"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// held is who is in office today: how many hold each role at each organization.
type held struct {
	units map[string]Unit
	count map[string]map[string]int // role key → organization → holders
}

func heldToday(app core.App) (held, error) {
	h := held{map[string]Unit{}, map[string]map[string]int{}}
	var units []Unit
	today := kit.Today(app)
	err := app.DB().Select("id", "name", "kind", "path", "parent").From(org.Units).
		Where(dbx.NewExp("closed = '' OR closed > {:today}", dbx.Params{"today": today})).All(&units)
	if err != nil {
		return h, err
	}
	for _, u := range units {
		h.units[u.ID] = u
	}
	var rows []struct {
		Role string `db:"key"`
		Org  string `db:"org"`
		N    int    `db:"n"`
	}
	err = app.DB().NewQuery(`SELECT r.key, o.org, count(DISTINCT o.person) AS n FROM org_posts o
		JOIN org_roles r ON r.id = o.role JOIN people p ON p.id = o.person
		WHERE o.since <= {:today} AND (o.until = '' OR o.until > {:today}) AND p.state = 'active' GROUP BY r.key, o.org`).
		Bind(dbx.Params{"today": today}).All(&rows)
	for _, r := range rows {
		if h.count[r.Role] == nil {
			h.count[r.Role] = map[string]int{}
		}
		h.count[r.Role][r.Org] = r.N
	}
	return h, err
}

// missing is the number of the first step that nobody anywhere could decide; 0
// if there is none, or if nobody is in office at all, as on a new installation.
func (h held) missing(steps []Step) int {
	if len(h.count) == 0 {
		return 0
	}
	parents := map[string]bool{}
	for _, u := range h.units {
		parents[u.Parent] = true
	}
	for i, s := range steps {
		fits := false
		for unit, n := range h.count[s.Role] {
			u, open := h.units[unit]
			level := s.At == Own || s.At == Parent && parents[unit] || s.At == Committee && u.Kind == "committee"
			fits = fits || open && level && n >= s.Min
		}
		if !fits {
			return i + 1
		}
	}
	return 0
}
