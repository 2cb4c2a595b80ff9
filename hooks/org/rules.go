package org

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/kit"
)

// MaxDepth is how many levels the tree may have; a person's own organization
// and all above it fit into the slots of one power.
const MaxDepth = Slots

// CheckPlace: a unit never hangs below itself, and the tree has at most
// MaxDepth levels. above is the path of the new parent ("/" at the top),
// before the unit's present path, empty when it is new.
func CheckPlace(above, before, code string) error {
	if before != "" && strings.HasPrefix(above, before) {
		return kit.Reject("parent", "org_unit_cycle", "上级组织不能是它自己或它的下级。")
	}
	if strings.Count(above, "/") > MaxDepth {
		return kit.Reject("parent", "org_unit_too_deep", fmt.Sprintf("组织最多 %d 级，请选择更高一级的组织作上级。", MaxDepth))
	}
	return nil
}

// CheckPeriod: a period has real dates and doesn't end before it begins.
// Either end may be open (empty).
func CheckPeriod(field, since, until string) error {
	for _, d := range []string{since, until} {
		if d != "" && !kit.IsDate(d) {
			return kit.Reject(field, "org_date_unreal", fmt.Sprintf("没有 %s 这一天，请按“2026-03-01”的格式填写真实的日期。", d))
		}
	}
	if since != "" && until != "" && until < since {
		return kit.Reject(field, "org_period_reversed", "截止日期不能早于起始日期。")
	}
	return nil
}

// Overlap reports whether two periods share a day. The end is the first day
// that no longer counts; empty means open. A period that ends on the day it
// begins has no day: a post entered by mistake stands in nobody's way.
func Overlap(since1, until1, since2, until2 string) bool {
	since := max(since1, since2)
	return (until1 == "" || since < until1) && (until2 == "" || since < until2)
}

// CheckSingle: a single post (书记) is held by one person at a time. other
// names who holds it in that period; empty means nobody.
func CheckSingle(role, other, since string) error {
	if other == "" {
		return nil
	}
	return kit.Reject("since", "org_post_overlap",
		fmt.Sprintf("%s自%s起在任%s，任期重叠；请先给原任职填写截止日期。", other, kit.Day(since, ""), role))
}

// CheckHeldAt: a post is held at the kinds of organizations that its role names;
// one that names none may be held anywhere.
func CheckHeldAt(role string, kinds []string, kind string) error {
	if len(kinds) == 0 || slices.Contains(kinds, kind) {
		return nil
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = kindWords[k]
	}
	return kit.Reject("org", "org_post_misplaced", fmt.Sprintf("%s只能在%s担任，请重新选择组织或者职务。", role, strings.Join(names, "、")))
}

var kindWords = map[string]string{
	"superior": "上级", "committee": "党工委", "branch": "社区党支部", "retired": "离退休党支部", "group": "党小组",
	"office": "科室", "union": "工会", "league": "共青团",
}

// Upper is the first path that no longer lies below path: the bound of a range.
func Upper(path string) string { return strings.TrimSuffix(path, "/") + "0" }
