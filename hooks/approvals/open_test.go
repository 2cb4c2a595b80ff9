package approvals_test

import (
	"net/http"
	"strings"
	"testing"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/asktest"
	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"

	"github.com/pocketbase/pocketbase/core"
)

// What a capability asks about a record is asked once at a time, shows what its
// readers see, and takes up what was amended after a return.
func TestOpenAboutRecord(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	member := apptest.Person(t, s.App, apptest.Member)
	open := func() (*core.Record, error) {
		return approvals.Open(s.App, t.Context(), approvals.Ask{
			Kind: "transfer_out", Collection: "people", Record: member.Id, Org: member.GetString("org"), Applicant: member.Id, Title: "转往外地",
		})
	}
	request, err := open()
	if err != nil {
		t.Fatal(err)
	}
	shot := request.GetString("snapshot")
	if !strings.Contains(shot, "孙党员") || strings.Contains(shot, "locked_until") || strings.Contains(shot, "tokenKey") || strings.Contains(shot, "password") {
		t.Errorf("snapshot: %s", shot)
	}
	_, err = open()
	apptest.Refused(t, "twice", err, "approvals_open_already")
	if asked, err := approvals.IsOpen(s.App, "transfer_out", member); err != nil || !asked {
		t.Errorf("IsOpen: %v, %v", asked, err)
	}
	asktest.Say(t, s, apptest.Branch, request, map[string]any{"verdict": "return", "comment": "称谓不对"}).Want(t, 200, `"draft"`)
	s.Do(t, apptest.Member, http.MethodPatch, apptest.URL(approvals.Requests, request.Id), map[string]any{"snapshot": map[string]any{"name": "别人"}}).
		Want(t, 400, "approvals_elsewhere")
	if err := apptest.Save(s.App, member, map[string]any{"title": "退休教师"}); err != nil {
		t.Fatal(err)
	}
	s.Do(t, apptest.Member, http.MethodPost, "/api/approvals/requests/"+request.Id+"/submit", nil).Want(t, 200)
	if got := asktest.Stored(t, s.App, request).GetString("snapshot"); !strings.Contains(got, "退休教师") {
		t.Errorf("the snapshot is still the old one: %s", got)
	}
	asktest.Say(t, s, apptest.Branch, request, map[string]any{"verdict": "return", "comment": "再改"}).Want(t, 200)
	again, err := open()
	if err != nil || again.Id != request.Id || again.GetInt("round") != 3 {
		t.Errorf("handed in again: %v, %v", again, err)
	}
	asktest.Say(t, s, apptest.Branch, request, asktest.Yes).Want(t, 200)
	asktest.Say(t, s, asktest.Organizer, request, asktest.Yes).Want(t, 200, "approved")
	if asked, _ := approvals.IsOpen(s.App, "transfer_out", member); asked {
		t.Error("still open")
	}
	if _, err := open(); err != nil {
		t.Errorf("asked anew after it was closed: %v", err)
	}
}

// What a capability has asked isn't reworded by the applicant, even where it is
// about no record.
func TestAskedIsNotReworded(t *testing.T) {
	t.Parallel()
	s := asktest.Served(t)
	request := asktest.Ask(t, s.App, "dues_waiver")
	asktest.Say(t, s, apptest.Branch, request, map[string]any{"verdict": "return", "comment": "请补证明"}).Want(t, 200, `"draft"`)
	url := apptest.URL(approvals.Requests, request.Id)
	s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{"snapshot": map[string]any{"approval_level": "branch"}}).Want(t, 400, "approvals_elsewhere")
	s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{"org": apptest.Unit(t, s.App, "zb2").Id}).Want(t, 400, "approvals_by_system")
	s.Do(t, apptest.Member, http.MethodDelete, url, nil).Want(t, 403, "approvals_permanent")
}

// Open joins the caller's transaction: what the caller takes back was never asked.
func TestOpenInTransaction(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	asktest.Staff(t, app)
	err := app.RunInTransaction(func(tx core.App) error {
		asktest.Ask(t, tx, "study_plan")
		return kit.Reject("x", "taken_back", "不办了。")
	})
	apptest.Refused(t, "the caller", err, "taken_back")
	for _, c := range []string{approvals.Requests, approvals.Decisions, notify.Messages} {
		if n, err := app.CountRecords(c); err != nil || n != 0 {
			t.Errorf("%s: %d records, %v", c, n, err)
		}
	}
}
