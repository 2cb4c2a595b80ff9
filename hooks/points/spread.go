package points

import (
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
	"yaodian/hooks/points/board"
)

type house struct {
	ID   string `db:"id"`
	Path string `db:"path"`
	Name string `db:"name"`
}

// houses are the organizations at or below a path that keep points, in the order
// of the tree: party groups are part of their branch.
func houses(app core.App, path string) (list []house, err error) {
	err = app.DB().NewQuery("SELECT id, path, COALESCE(NULLIF(short, ''), name) AS name FROM org_units WHERE kind != 'group' AND path >= {:lo} AND path < {:hi} ORDER BY path").
		Bind(dbx.Params{"lo": path, "hi": org.Upper(path)}).All(&list)
	return list, err
}

// spreads tells how the totals of each house spread.
func spreads(book *board.Book, list []*board.Member, houses []house) []unitSpread {
	own := make(map[string][]*board.Member, len(houses))
	for _, m := range list {
		if h := houseOf(houses, m.OrgPath); h != "" {
			own[h] = append(own[h], m)
		}
	}
	out := []unitSpread{}
	for _, h := range houses {
		if some := own[h.ID]; len(some) > 0 {
			out = append(out, unitSpread{Org: h.ID, Name: h.Name, People: len(some), Bands: board.Spread(book.Scheme.Bands, book.Counts(some))})
		}
	}
	return out
}

// houseOf is the deepest house at or above a path.
func houseOf(houses []house, path string) (id string) {
	for _, h := range houses {
		if strings.HasPrefix(path, h.Path) {
			id = h.ID // a deeper one comes later
		}
	}
	return id
}
