package org

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
)

// Belong is the power that everybody active holds over exactly their own
// organization and each one above it: what these publish, they may read.
const Belong = "belong"

// forever is the open end of a range in time.
const forever = "9999-12-31"

// Range is a stretch of the tree that a person holds in one power, from Since
// up to but not including Until.
type Range struct {
	Lo    string `db:"lo" json:"lo"`
	Hi    string `db:"hi" json:"hi"`
	Since string `db:"since" json:"since"`
	Until string `db:"until" json:"until"`
}

// covers reports whether r makes s superfluous.
func (r Range) covers(s Range) bool {
	return r.Lo <= s.Lo && s.Hi <= r.Hi && r.Since <= s.Since && s.Until <= r.Until
}

// Merge drops ranges that have no day, have ended by today or lie within
// another, and joins those over the same stretch that follow each other in time.
func Merge(ranges []Range, today string) []Range {
	slices.SortFunc(ranges, func(a, b Range) int {
		return cmp.Or(strings.Compare(a.Lo, b.Lo), strings.Compare(a.Hi, b.Hi), strings.Compare(a.Since, b.Since))
	})
	var joined []Range
	for _, r := range ranges {
		if r.Until <= max(today, r.Since) {
			continue
		}
		if n := len(joined); n > 0 && joined[n-1].Lo == r.Lo && joined[n-1].Hi == r.Hi && r.Since <= joined[n-1].Until {
			joined[n-1].Until = max(joined[n-1].Until, r.Until)
			continue
		}
		joined = append(joined, r)
	}
	var out []Range
	for i, r := range joined {
		within := func(j int) bool { return j != i && joined[j].covers(r) } // no two are alike: those were joined
		if !slices.ContainsFunc(indices(joined), within) {
			out = append(out, r)
		}
	}
	return out
}

func indices(s []Range) []int {
	out := make([]int, len(s))
	for i := range out {
		out[i] = i
	}
	return out
}

// CheckSlots: a person's reach in one power fits into the slots of org_reach.
func CheckSlots(ranges []Range) error {
	if len(ranges) > Slots {
		return kit.Reject("org", "org_reach_too_wide",
			fmt.Sprintf("同一权限最多分布在 %d 个互不相属的组织；请改在它们共同的上级任职。", Slots))
	}
	return nil
}

// Implied lists powers together with those they contain: plan.edit contains plan.
func Implied(powers []string) []string {
	var out []string
	for _, p := range powers {
		out = append(out, p)
		if base, _, dotted := strings.Cut(p, "."); dotted {
			out = append(out, base)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Chain is the exact range of every organization from the top down to path.
func Chain(path string) []Range {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	out := make([]Range, 0, len(segments))
	at := "/"
	for _, segment := range segments {
		at += segment + "/"
		out = append(out, Range{at, at + "!", "0000-01-01", forever}) // '!' sorts before every letter and digit
	}
	return out
}

type holding struct {
	Person string                  `db:"person"`
	Path   string                  `db:"org_path"`
	Since  string                  `db:"since"`
	Until  string                  `db:"until"`
	Powers types.JSONArray[string] `db:"powers"`
}

type belonging struct {
	Person string `db:"id"`
	Path   string `db:"org_path"`
}

// chunk keeps the lists of bound values well below SQLite's limit.
const chunk = 500

// Rebuild derives org_reach of people from their posts, roles and place in the
// tree. It runs in the transaction that changed one of them.
func Rebuild(app core.App, today string, people ...string) error {
	for part := range slices.Chunk(people, chunk) {
		if err := rebuild(app, today, part); err != nil {
			return err
		}
	}
	return nil
}

func rebuild(app core.App, today string, people []string) error {
	ids := make([]any, len(people))
	for i, p := range people {
		ids[i] = p
	}
	var active []belonging
	err := app.DB().Select("id", "org_path").From("people").Where(dbx.In("id", ids...)).AndWhere(dbx.HashExp{"state": "active"}).All(&active)
	if err != nil {
		return err
	}
	var held []holding
	err = app.DB().Select("o.person", "o.org_path", "o.since", "o.until", "r.powers").From("org_posts o").
		InnerJoin("org_roles r", dbx.NewExp("r.id = o.role")).Where(dbx.In("o.person", ids...)).All(&held)
	if err != nil {
		return err
	}
	if _, err := app.DB().Delete("org_reach", dbx.In("person", ids...)).Execute(); err != nil {
		return err
	}
	return writeReach(app, today, derive(active, held))
}

// derive is the reach of each person by power, before merging. Only active
// people reach anything.
func derive(active []belonging, held []holding) map[string]map[string][]Range {
	reach := map[string]map[string][]Range{}
	for _, b := range active {
		reach[b.Person] = map[string][]Range{Belong: Chain(b.Path)}
	}
	for _, h := range held {
		powers, ok := reach[h.Person]
		if !ok {
			continue
		}
		until := h.Until
		if until == "" {
			until = forever
		}
		for _, p := range Implied(h.Powers) {
			powers[p] = append(powers[p], Range{h.Path, Upper(h.Path), h.Since, until})
		}
	}
	return reach
}

func writeReach(app core.App, today string, reach map[string]map[string][]Range) error {
	for person, powers := range reach {
		for power, ranges := range powers {
			merged := Merge(ranges, today)
			if err := CheckSlots(merged); err != nil {
				return err
			}
			for i, r := range merged {
				_, err := app.DB().Insert("org_reach", dbx.Params{
					"person": person, "power": power, "slot": i + 1, "lo": r.Lo, "hi": r.Hi, "since": r.Since, "until": r.Until,
				}).Execute()
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Can reports whether a person holds a power over a path on a day. It answers
// for custom routes and hooks what under() answers in rules.
func Can(app core.App, person, power, path, day string) (bool, error) {
	var yes int
	err := app.DB().NewQuery(`SELECT count(*) FROM org_reach WHERE person = {:person} AND power = {:power}
		AND lo <= {:path} AND hi > {:path} AND since <= {:day} AND until > {:day}`).
		Bind(dbx.Params{"person": person, "power": power, "path": path, "day": day}).Row(&yes)
	return yes > 0, err
}

// Powers lists what a person holds on a day: the ranges of each power.
func Powers(app core.App, person, day string) (map[string][]Range, error) {
	var rows []struct {
		Power string `db:"power"`
		Range
	}
	err := app.DB().NewQuery(`SELECT power, lo, hi, since, until FROM org_reach
		WHERE person = {:person} AND since <= {:day} AND until > {:day} ORDER BY power, slot`).
		Bind(dbx.Params{"person": person, "day": day}).All(&rows)
	out := map[string][]Range{}
	for _, r := range rows {
		out[r.Power] = append(out[r.Power], r.Range)
	}
	return out, err
}

// InReach is the condition of a query that column lies in a person's reach on
// a day; it seeks the index on column like under() does.
func InReach(column, person, power, day string) dbx.Expression {
	return dbx.NewExp(inReach(column, "{:reach_person}", "{:reach_power}", Viewer{Today: "{:reach_day}"}),
		dbx.Params{"reach_person": person, "reach_power": power, "reach_day": day})
}
