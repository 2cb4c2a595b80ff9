package charge

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// HouseOf is the organization that collects the dues of a unit's people: a
// party group's branch, and everybody else's own.
func HouseOf(app core.App, unit string) (*org.Unit, error) {
	u, err := org.Find(app, unit)
	for err == nil && u.Kind() == "group" && u.Parent() != "" {
		u, err = org.Find(app, u.Parent())
	}
	if err != nil {
		return nil, kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。")
	}
	return u, nil
}
