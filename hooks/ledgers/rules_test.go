package ledgers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func TestOpens(t *testing.T) {
	t.Parallel()
	has := func(power string) bool { return power == "dues" }
	for rule, want := range map[string]Reach{
		``:                       All,
		`@request.auth.id != ""`: All,
		`under(org_path, @request.auth.id, "dues") = true`:                                                           Within,
		`under(org_path, @request.auth.id, "other") = true`:                                                          Nothing,
		`(@request.auth.id != "" && person = @request.auth.id)`:                                                      Own,
		`(@request.auth.id != "" && person = @request.auth.id) || under(org_path, @request.auth.id, "other") = true`: Own,
		`(@request.auth.id != "" && person = @request.auth.id) || under(org_path, @request.auth.id, "dues") = true`:  Within,
		`under(org_path, @request.auth.id, "dues") = true && under(org_path, @request.auth.id, "other") = true`:      Nothing,
		`state = "published" && under(org_path, @request.auth.id, "dues") = true`:                                    Within,
		`under(org.path, @request.auth.id, "dues") = true && @request.body.org:changed = false`:                      Within,
		`mine(person, @request.auth.id) = true`:                                                                      Own,
		`mine(person, @request.auth.id) = true || under(org_path, @request.auth.id, "dues") = true`:                  Within,
		`broken (`: Nothing,
	} {
		if got := Opens(&rule, has); got != want {
			t.Errorf("%s: Expected %s, got %s", rule, want, got)
		}
	}
	if Opens(nil, has) != Nothing {
		t.Error("Expected a missing rule to open nothing")
	}
}

func TestInWords(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]string{
		``: "所有人",
		`mine(pair.person, @request.auth.id) = true || under(org_path, @request.auth.id, "dues") = true`: "本人（pair.person），或者对该组织有 dues 权限的人",
		`@request.auth.id != ""`: "登录的人",
		`(@request.auth.id != "" && person = @request.auth.id) || under(org_path, @request.auth.id, "dues") = true`: "本人（person），或者对该组织有 dues 权限的人",
		`under(org_path, @request.auth.id, "dues") = true && @request.body.org:changed = false`:                     "对该组织有 dues 权限的人，并且不改动 org",
		`state = "issued" && under(org_path, @request.auth.id, "belong") = true`:                                    "state = issued，并且该组织及其下级的人",
	} {
		if got := InWords(&rule); got != want {
			t.Errorf("%s: Expected %s, got %s", rule, want, got)
		}
	}
	if InWords(nil) != "只有系统管理员" {
		t.Error("Expected a missing rule to admit the keeper alone")
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	got := Options("类别：member 正式党员，probationary 预备党员。由系统填写。", []string{"member", "probationary", "other"})
	want := []Option{{"member", "正式党员"}, {"probationary", "预备党员"}, {"other", "other"}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("Expected %v, got %v", want[i], got[i])
		}
	}
	if got := Options("open 待办，done 已完成。", []string{"open"}); got[0].Word != "待办" {
		t.Errorf("Without a title: got %v", got)
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field core.Field
		want  string
	}{
		{&core.TextField{Pattern: `^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`}, "date"},
		{&core.TextField{Pattern: `^20\d{2}-(0[1-9]|1[0-2])$`}, "month"},
		{&core.TextField{Pattern: `^20\d{2}-Q[1-4]$`}, "quarter"},
		{&core.TextField{Pattern: `^[a-z]+$`, Max: 20}, "text"},
		{&core.TextField{Max: 2000}, "long"},
		{&core.NumberField{Help: "金额（分）。"}, "money"},
		{&core.NumberField{}, "number"},
		{&core.SelectField{MaxSelect: 1}, "choice"},
		{&core.SelectField{MaxSelect: 2}, "choices"},
		{&core.BoolField{}, "bool"},
		{&core.DateField{}, "moment"},
	} {
		if got := kindOf(c.field); got != c.want {
			t.Errorf("%T: Expected %s, got %s", c.field, c.want, got)
		}
	}
}

// A field is fixed for whom no way of the rule lets them change it.
func TestFixedIn(t *testing.T) {
	t.Parallel()
	const works = `under(org_path, @request.auth.id, "work") = true && @request.body.closed_on:changed = false`
	const both = `(under(org_path, @request.auth.id, "edit") = true || (` + works + `)) && @request.body.org:changed = false && @request.body.password:isset = false`
	for power, want := range map[string]string{
		"edit": "[org password]", "work": "[closed_on org password]", "work edit": "[org password]",
	} {
		fixed := fixedIn(types.Pointer(both), func(p string) bool { return slices.Contains(strings.Fields(power), p) })
		if got := fmt.Sprint(slices.Sorted(maps.Keys(fixed))); got != want {
			t.Errorf("%s: Expected %s, got %s", power, want, got)
		}
	}
}
