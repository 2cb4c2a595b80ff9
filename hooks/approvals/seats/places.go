package seats

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// A Place is where a step is decided: a role at an organization.
type Place struct {
	Org  string `db:"org"`
	Role string `db:"role"`
}

// chainOf reads an organization and all above it, from below, in one query.
func chainOf(app core.App, path string) ([]flows.Unit, error) {
	var chain []flows.Unit
	err := app.DB().Select("id", "name", "kind", "path", "parent").From(org.Units).Where(org.AtOrAbove("path", path)).OrderBy("length(path) DESC").All(&chain)
	return chain, err
}

// PlacesFor finds where each step of what an organization asks is decided.
func PlacesFor(app core.App, unit string, stations []flows.Station) ([]Place, []flows.Unit, error) {
	at, err := org.Find(app, unit)
	if err != nil {
		return nil, nil, kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。")
	}
	chain, err := chainOf(app, at.Path())
	if err != nil {
		return nil, nil, err
	}
	places, units := make([]Place, len(stations)), make([]flows.Unit, len(stations))
	for i, s := range stations {
		unit, ok := flows.Locate(chain, s.At)
		if !ok {
			return nil, nil, kit.Reject("org", "approvals_no_level",
				fmt.Sprintf("第 %d 步“%s”要由%s审批，而申请所在的组织没有%s。", i+1, s.Name, s.At.Word(), s.At.Word()))
		}
		places[i], units[i] = Place{unit.ID, s.RoleID}, unit
	}
	return places, units, nil
}
