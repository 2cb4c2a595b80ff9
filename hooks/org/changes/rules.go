package changes

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/kit"
)

// Unit is an organization as far as a change goes.
type Unit struct {
	ID, Name, Kind, Path, Parent, Closed string
	Members                              int // full members, those of the units below included
}

// Change is what shall be.
type Change struct {
	Kind             string
	Unit, To         Unit
	NewName, NewCode string
	NewKind          string
	Members          int // of a branch to be founded
}

// The sizes of a branch (domain.md 4.5).
const (
	fewest    = 3
	committee = 7
	most      = 50
)

func isBranch(kind string) bool { return kind == "branch" || kind == "retired" }

// Check: each kind of change says what it needs (14.7).
func (c Change) Check() error {
	if c.Kind == "found" {
		return c.checkFounded()
	}
	switch {
	case c.Unit.ID == "":
		return kit.Reject("unit", "org_changes_unit_missing", "请选择要调整的组织。")
	case c.Unit.Closed != "":
		return kit.Reject("unit", "org_changes_closed", "这个组织已经撤销，不能再调整。")
	case c.Kind == "rename" && (c.NewName == "" || c.NewName == c.Unit.Name):
		return kit.Reject("new_name", "org_changes_name", "请填写新的全称，要与现在的不同。")
	case c.Kind != "rename" && c.Unit.Parent == "":
		return kit.Reject("unit", "org_changes_top", "最高一级的组织由上级调整，不在这里办理。")
	case c.Kind == "move" || c.Kind == "merge":
		return c.checkTarget()
	}
	return nil
}

// checkFounded: three full members make a branch; fewer join with others.
func (c Change) checkFounded() error {
	switch {
	case c.Unit.ID != "":
		return kit.Reject("unit", "org_changes_founded", "成立新的组织不用选择原有的组织。")
	case c.To.ID == "" || c.To.Closed != "":
		return kit.Reject("to", "org_changes_target", "请选择成立在哪个组织之下，不能是已经撤销的。")
	case c.NewName == "":
		return kit.Reject("new_name", "org_changes_name", "请填写新组织的全称。")
	case c.NewCode == "":
		return kit.Reject("new_code", "org_changes_code", "请填写新组织的编码。")
	case c.NewKind == "":
		return kit.Reject("new_kind", "org_changes_kind", "请选择新组织的类别。")
	case isBranch(c.NewKind) && c.Members < fewest:
		return kit.Reject("members", "org_changes_members", fmt.Sprintf("正式党员 %d 人以上才能单独成立支部，不足的请与邻近的组织成立联合支部。", fewest))
	}
	return nil
}

func (c Change) checkTarget() error {
	switch {
	case c.To.ID == "" || c.To.Closed != "":
		return kit.Reject("to", "org_changes_target", "请选择调整到或者并入哪个组织，不能是已经撤销的。")
	case c.To.ID == c.Unit.ID || strings.HasPrefix(c.To.Path, c.Unit.Path):
		return kit.Reject("to", "org_changes_target", "不能是它自己或者它的下级。")
	case c.Kind == "move" && c.To.ID == c.Unit.Parent:
		return kit.Reject("to", "org_changes_target", "它现在就在这个组织之下，不用调整。")
	case c.Kind == "merge" && c.To.Kind != c.Unit.Kind:
		return kit.Reject("to", "org_changes_target", "只有同一类组织才能合并。")
	}
	return nil
}

// CheckEmpty: an organization is closed when nobody belongs to it and nothing
// hangs from it any more.
func CheckEmpty(name string, people, units int) error {
	switch {
	case people > 0:
		return kit.Reject("unit", "org_changes_people", fmt.Sprintf("%s还有 %d 名人员，请先把他们转到别的组织。", name, people))
	case units > 0:
		return kit.Reject("unit", "org_changes_units", fmt.Sprintf("%s还有 %d 个下级组织，请先调整它们。", name, units))
	}
	return nil
}

// Warnings are what the committee should know; nothing is refused for it.
func (c Change) Warnings() string {
	n, branch := c.Members, isBranch(c.NewKind)
	if c.Kind == "merge" {
		n, branch = c.Unit.Members+c.To.Members, isBranch(c.To.Kind)
	}
	if !branch || !slices.Contains([]string{"found", "merge"}, c.Kind) {
		return ""
	}
	switch {
	case n > most:
		return fmt.Sprintf("正式党员 %d 人，超过 %d 人的支部一般应当分设。", n, most)
	case n >= committee:
		return fmt.Sprintf("正式党员 %d 人，%d 人以上的支部应当设支部委员会。", n, committee)
	}
	return ""
}

// Title is the change in a sentence.
func (c Change) Title() string {
	switch c.Kind {
	case "found":
		return "成立" + c.NewName
	case "rename":
		return c.Unit.Name + "更名为" + c.NewName
	case "move":
		return c.Unit.Name + "调整到" + c.To.Name + "之下"
	case "merge":
		return c.Unit.Name + "并入" + c.To.Name
	}
	return "撤销" + c.Unit.Name
}
