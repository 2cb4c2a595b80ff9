package plan_test

import (
	"net/http"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/plantest"
)

// Evidence is given by those responsible and their officers, in their own name.
func TestWhoGivesEvidence(t *testing.T) {
	t.Parallel()
	for who, want := range map[string][2]int{ // for a branch's talk, for the deputy's visit
		apptest.Guest: {400, 400}, apptest.Outsider: {400, 400}, apptest.Member: {400, 400}, apptest.Neighbour: {400, 400}, apptest.Inspector: {400, 400},
		apptest.Clerk: {400, 400}, apptest.Branch: {200, 400}, apptest.Deputy: {400, 200}, apptest.Secretary: {200, 200}, apptest.Keeper: {400, 400},
	} {
		t.Run("as "+who, func(t *testing.T) {
			t.Parallel()
			s := apptest.Serve(t, plantest.WithPlan(t))
			for i, duty := range []string{plantest.Duty(t, s.App, "zb1", "2026-Q2").Id, plantest.Duty(t, s.App, apptest.Deputy, "2026-06").Id} {
				before := apptest.Count(t, s.App, plan.Evidence)
				answer := s.Do(t, who, http.MethodPost, apptest.URL(plan.Evidence), map[string]any{
					"duty": duty, "text": "已讲党课", "person": apptest.Person(t, s.App, apptest.Member).Id,
					"org": apptest.Unit(t, s.App, "wzb").Id, "owner": apptest.Person(t, s.App, apptest.Outsider).Id,
				})
				answer.Want(t, want[i])
				if want[i] == 200 {
					answer.Want(t, 200, `"person":"`+apptest.Person(t, s.App, who).Id+`"`)
					if answer.Has(apptest.Person(t, s.App, apptest.Outsider).Id) || answer.Has(apptest.Unit(t, s.App, "wzb").Id) {
						t.Errorf("where it belongs was taken from the client: %s", answer.Body)
					}
				} else if apptest.Count(t, s.App, plan.Evidence) != before {
					t.Error("was refused and yet stored")
				}
			}
		})
	}
}

func TestEvidenceSaysSomething(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2").Id
	give := func(data map[string]any) apptest.Answer {
		data["duty"] = duty
		return s.Do(t, apptest.Branch, http.MethodPost, apptest.URL(plan.Evidence), data)
	}
	give(map[string]any{}).Want(t, 400, "plan_evidence_empty")
	give(map[string]any{"text": " \n　"}).Want(t, 400, "plan_evidence_empty")
	give(map[string]any{"number": -1}).Want(t, 400, "plan_number_negative")
	give(map[string]any{"counted": true, "number": 0}).Want(t, 200, `"counted":true`)
	give(map[string]any{"number": 3}).Want(t, 200, `"counted":true`)
	give(map[string]any{"duty": "nosuchduty00000", "text": "甲"}).Want(t, 200) // the duty is replaced by give
	s.Do(t, apptest.Branch, http.MethodPost, apptest.URL(plan.Evidence), map[string]any{"duty": "nosuchduty00000", "text": "甲"}).Want(t, 400)
}

// Evidence points to records that whoever gives it may see; whether any other
// exists isn't told.
func TestEvidenceLinks(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2").Id
	own, strange := apptest.Person(t, s.App, apptest.Member).Id, apptest.Person(t, s.App, apptest.Outsider).Id
	keeper := apptest.Create(t, s.App, "_superusers", map[string]any{"email": "k2@example.com", "password": apptest.Password}).Id
	give := func(collection, id string) apptest.Answer {
		return s.Do(t, apptest.Branch, http.MethodPost, apptest.URL(plan.Evidence), map[string]any{"duty": duty, "link_collection": collection, "link_id": id})
	}
	give("people", own).Want(t, 200)
	refused := give("people", "nosuchperson000")
	refused.Want(t, 400, "plan_link_missing")
	for collection, id := range map[string]string{"people": strange, "_superusers": keeper, "nosuchtable": own, "": own, "org_reach": own} {
		if got := give(collection, id); got != refused {
			t.Errorf("%s %s: Expected the answer for what isn't there, got %+v", collection, id, got)
		}
	}
	for _, private := range []string{"declarations", "declarations_events"} { // whether there is such a record isn't told either
		give(private, own).Want(t, 400, "plan_link_private", "个人事项只有本人和审批人看得到，不能作为佐证。")
	}
	if _, err := plantest.Write(s.App, plan.Evidence, map[string]any{
		"duty": duty, "person": apptest.Person(t, s.App, apptest.Branch).Id, "link_collection": "people", "link_id": "nosuchperson000",
	}); err == nil {
		t.Error("a script linked to nothing")
	}
}

// What was handed in is locked: no evidence is added, changed or taken away
// until it is taken back or returned, and never once it is accepted.
func TestEvidenceIsLocked(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2")
	evidence := plantest.Prove(t, s.App, duty, apptest.Branch, nil)
	url := apptest.URL(plan.Evidence, evidence.Id)
	add := map[string]any{"duty": duty.Id, "text": "再补一句"}
	locked := func(when string) {
		t.Helper()
		for _, who := range []string{apptest.Branch, apptest.Keeper} {
			s.Do(t, who, http.MethodDelete, url, nil).Want(t, 403, "plan_evidence_locked")
		}
		s.Do(t, apptest.Branch, http.MethodPost, apptest.URL(plan.Evidence), add).Want(t, 400, "plan_evidence_locked")
		s.Do(t, apptest.Keeper, http.MethodPatch, url, map[string]any{"text": "改"}).Want(t, 403, "plan_evidence_fixed")
		if apptest.Count(t, s.App, plan.Evidence) != 1 {
			t.Fatalf("%s: %d pieces of evidence", when, apptest.Count(t, s.App, plan.Evidence))
		}
	}
	plantest.Moved(t, s.App, duty.Id, [2]string{"submitted", apptest.Branch})
	locked("submitted")
	plantest.Moved(t, s.App, duty.Id, [2]string{"returned", apptest.Deputy})
	more := s.Do(t, apptest.Branch, http.MethodPost, apptest.URL(plan.Evidence), add)
	more.Want(t, 200)
	s.Do(t, apptest.Branch, http.MethodDelete, apptest.URL(plan.Evidence, more.Text("id")), nil).Want(t, 204)
	plantest.Moved(t, s.App, duty.Id, [2]string{"submitted", apptest.Branch}, [2]string{"done", apptest.Deputy})
	locked("accepted")

	excused := plantest.Duty(t, s.App, "zb1", "2026-Q3")
	plantest.Moved(t, s.App, excused.Id, [2]string{"exempted", apptest.Deputy})
	_, err := plantest.Write(s.App, plan.Evidence, map[string]any{"duty": excused.Id, "person": apptest.Person(t, s.App, apptest.Branch).Id, "text": "补"})
	apptest.Refused(t, "exempted", err, "plan_evidence_locked")
}

// What two have open is judged by what is stored: evidence isn't taken away
// behind the back of the one who accepts it.
func TestEvidenceRace(t *testing.T) {
	t.Parallel()
	app := plantest.WithPlan(t)
	duty := plantest.Duty(t, app, "zb1", "2026-Q2")
	stale := plantest.Prove(t, app, duty, apptest.Branch, nil)
	plantest.Moved(t, app, duty.Id, [2]string{"submitted", apptest.Branch})
	apptest.Refused(t, "deleted", app.Delete(stale), "plan_evidence_locked")
}

// Files are for those who see the evidence, with a token for files.
func TestEvidenceFiles(t *testing.T) {
	t.Parallel()
	s := apptest.Serve(t, plantest.WithPlan(t))
	duty := plantest.Duty(t, s.App, "zb1", "2026-Q2").Id
	given := s.Upload(t, apptest.Branch, apptest.URL(plan.Evidence), map[string]string{"duty": duty}, map[string][2]string{"files": {"签到表.txt", "到会 21 人"}})
	given.Want(t, 200)
	record := apptest.Only(t, s.App, plan.Evidence)
	file := "/api/files/plan_evidence/" + record.Id + "/" + record.GetStringSlice("files")[0]
	for who, want := range map[string]int{
		apptest.Guest: 404, apptest.Outsider: 404, apptest.Member: 404, apptest.Neighbour: 404,
		apptest.Branch: 200, apptest.Inspector: 200, apptest.Deputy: 200, apptest.Clerk: 200, apptest.Keeper: 200,
	} {
		token := s.Do(t, who, http.MethodPost, "/api/files/token", nil).Text("token")
		if got := s.Do(t, apptest.Guest, http.MethodGet, file+"?token="+token, nil); got.Status != want || got.Has("21 人") != (want == 200) {
			t.Errorf("%q: Expected %d, got %+v", who, want, got)
		}
		s.Do(t, who, http.MethodGet, file, nil).Want(t, 404)
		s.Do(t, apptest.Guest, http.MethodGet, file+"?token="+s.Token(t, who), nil).Want(t, 404)
	}
	s.Upload(t, apptest.Branch, apptest.URL(plan.Evidence), map[string]string{"duty": duty}, map[string][2]string{"files": {"a.html", "<!doctype html><script>alert(1)</script>"}}).
		Want(t, 400, "validation_invalid_mime_type")
	s.Upload(t, apptest.Branch, apptest.URL(plan.Evidence), map[string]string{"duty": duty}, map[string][2]string{"files": {"大.txt", strings.Repeat("大", 4<<20)}}).
		Want(t, 400, "validation_file_size_limit")
	if n := apptest.Count(t, s.App, plan.Evidence); n != 1 {
		t.Errorf("%d pieces of evidence", n)
	}
}
