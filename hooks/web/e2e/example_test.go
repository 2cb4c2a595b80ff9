package e2e

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/words"
)

// The example of the README runs as its reader would run it: in Node, with the
// JS SDK, over realtime, with the token of a program's own account.
func TestExampleScript(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("YAODIAN_BROWSER") != "required" {
		t.Skip("no Node on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	app := apptest.New(t)
	words.Bind(app)
	s := apptest.Serve(t, app)
	account := s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL(people.People), apptest.Named(t, app,
		map[string]any{"number": "sync", "name": "日程同步", "org": "@zb1", "kind": people.Service, "state": people.Active})).Text("id")
	apptest.Make(t, app, "org_posts", map[string]any{"person": account, "role": "$branch_deputy", "org": "@zb1", "since": "2026-01-01"})
	apptest.Make(t, app, "meetings", map[string]any{"title": "支部大会", "kind": "branch_assembly", "held_on": "2026-12-10", "org": "@zb1", "state": "planned"})
	apptest.Make(t, app, "meetings", map[string]any{"title": "别的支部的大会", "kind": "branch_assembly", "held_on": "2026-12-10", "org": "@zb2", "state": "planned"})
	token := s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/"+account+"/tokens", map[string]any{"name": "日程", "until": "2027-06-10"}).Text("token")

	script := exec.CommandContext(t.Context(), node, "--experimental-eventsource", "--no-warnings", "../../../examples/meetings.mjs", s.Port(t), token, "2026-12-01")
	var said, wrong strings.Builder
	script.Stdout, script.Stderr = &said, &wrong
	if err := script.Run(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, said.String(), wrong.String())
	}
	want := "日程同步 已登录\n已安排 2026-12-10 支部大会\n实时 create 主题党日 2026-12-01\n拒绝 400 meetings_date_unreal 请填写真实的日期。\n"
	if said.String() != want || wrong.Len() > 0 {
		t.Errorf("Expected\n%s\ngot\n%s\n%s", want, said.String(), wrong.String())
	}
}
