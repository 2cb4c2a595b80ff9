package documents_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/documents"
)

// Every pair of states, as a table: a row is where it comes from.
func TestCheckMove(t *testing.T) {
	t.Parallel()
	const no, issued = "documents_move", "documents_issued"
	states := []documents.State{documents.Planned, documents.Drafting, documents.Reviewing, documents.Issued, documents.Void}
	for from, wants := range map[documents.State][]string{
		//                   planned drafting reviewing issued void
		"":                  {"", "", "", "", no},
		documents.Planned:   {"", "", "", "", ""},
		documents.Drafting:  {"", "", "", "", ""},
		documents.Reviewing: {no, "", "", "", ""},
		documents.Issued:    {issued, issued, issued, "", issued},
		documents.Void:      {"", no, no, no, ""},
	} {
		for i, want := range wants {
			apptest.Refused(t, string(from+" to "+states[i]), documents.CheckMove(from, states[i]), want)
		}
	}
	apptest.Refused(t, "to a state that isn't", documents.CheckMove(documents.Planned, "lost"), no)
}

func TestCheckIssued(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, state, number, on, want string
	}{
		{"not issued", "drafting", "", "", ""},
		{"complete", "issued", "清工委〔2026〕3号", "2026-06-09", ""},
		{"today", "issued", "清工委〔2026〕3号", "2026-06-10", ""},
		{"tomorrow", "issued", "清工委〔2026〕3号", "2026-06-11", "documents_date_future"},
		{"without a number", "issued", " ", "2026-06-09", "documents_number_missing"},
		{"without a day", "issued", "清工委〔2026〕3号", "", "documents_date_missing"},
		{"on a day that isn't", "issued", "清工委〔2026〕3号", "2026-02-30", "documents_date_missing"},
	} {
		apptest.Refused(t, c.name, documents.CheckIssued(documents.State(c.state), c.number, c.on, "2026-06-10"), c.want)
	}
}

func TestCheckVoidAndDelete(t *testing.T) {
	t.Parallel()
	apptest.Refused(t, "void without a reason", documents.CheckVoid(documents.Void, " \n"), "documents_reason_missing")
	apptest.Refused(t, "void with one", documents.CheckVoid(documents.Void, "上级已有规定"), "")
	apptest.Refused(t, "planned", documents.CheckVoid(documents.Planned, ""), "")
	for state, want := range map[documents.State]string{
		documents.Planned: "", documents.Drafting: "documents_begun", documents.Reviewing: "documents_begun",
		documents.Issued: "documents_begun", documents.Void: "documents_begun",
	} {
		apptest.Refused(t, string(state), documents.CheckDelete(state), want)
	}
}
