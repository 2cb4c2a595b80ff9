package flows_test

import (
	"strings"
	"testing"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/apptest"
)

func TestLocate(t *testing.T) {
	t.Parallel()
	unit := func(id, kind string) flows.Unit { return flows.Unit{ID: id, Kind: kind} }
	group, branch, office := unit("g", "group"), unit("b", "branch"), unit("o", "office")
	committee, above := unit("c", "committee"), unit("s", "superior")
	for _, c := range []struct {
		name  string
		chain []flows.Unit
		at    flows.Level
		want  string
	}{
		{"a branch", []flows.Unit{branch, committee, above}, flows.Own, "b"},
		{"above a branch", []flows.Unit{branch, committee, above}, flows.Parent, "c"},
		{"the committee", []flows.Unit{branch, committee, above}, flows.Committee, "c"},
		{"a group is its branch", []flows.Unit{group, branch, committee}, flows.Own, "b"},
		{"above a group is above its branch", []flows.Unit{group, branch, committee}, flows.Parent, "c"},
		{"an office", []flows.Unit{office, committee}, flows.Own, "o"},
		{"a committee is its own", []flows.Unit{committee, above}, flows.Committee, "c"},
		{"above a committee", []flows.Unit{committee, above}, flows.Parent, "s"},
		{"above the top", []flows.Unit{committee}, flows.Parent, ""},
		{"no committee", []flows.Unit{branch, above}, flows.Committee, ""},
		{"a group alone", []flows.Unit{group}, flows.Own, ""},
	} {
		got, ok := flows.Locate(c.chain, c.at)
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: Expected %q, got %q", c.name, c.want, got.ID)
		}
	}
}

func TestCheckSteps(t *testing.T) {
	t.Parallel()
	roles := map[string]string{"secretary": "书记"}
	for _, c := range []struct{ steps, want string }{
		{`[{"name":"同意","role":"secretary","at":"own","min":1,"days":5,"bulk":true}]`, ""},
		{`[{"name":"同意","role":"secretary","at":"parent","min":9}]`, ""},
		{`[]`, "approvals_steps_empty"},
		{`null`, "approvals_steps_empty"},
		{`{}`, "approvals_steps_unreadable"},
		{`[{"name":"同意","rule":"secretary","at":"own","min":1}]`, "approvals_steps_unreadable"},
		{`[{"name":"同意","role":"secretary","at":"own","min":"1"}]`, "approvals_steps_unreadable"},
		{`[{"name":" ","role":"secretary","at":"own","min":1}]`, "approvals_step_name"},
		{`[{"name":"同意","role":"sekretary","at":"own","min":1}]`, "approvals_step_role"},
		{`[{"name":"同意","role":"secretary","at":"above","min":1}]`, "approvals_step_at"},
		{`[{"name":"同意","role":"secretary","at":"own"}]`, "approvals_step_min"},
		{`[{"name":"同意","role":"secretary","at":"own","min":-1}]`, "approvals_step_min"},
		{`[{"name":"同意","role":"secretary","at":"own","min":10}]`, "approvals_step_min"},
		{`[{"name":"同意","role":"secretary","at":"own","min":1,"days":-1}]`, "approvals_step_days"},
		{`[{"name":"同意","role":"secretary","at":"own","min":1,"days":251}]`, "approvals_step_days"},
		{"[" + strings.Repeat(`{"name":"同意","role":"secretary","at":"own","min":1},`, 10) + `{"name":"同意","role":"secretary","at":"own","min":1}]`, "approvals_steps_many"},
	} {
		steps, err := flows.ParseSteps([]byte(c.steps))
		if err == nil {
			err = flows.CheckSteps(steps, roles)
		}
		apptest.Refused(t, c.steps, err, c.want)
	}
}
