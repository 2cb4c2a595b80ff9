package meetings

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// saveResolution: only what passed is carried out (R-TOP-05), and what has been
// decided is changed by another meeting alone (R-TOP-07).
func saveResolution(e *core.RecordEvent) error {
	topic, err := e.App.FindRecordById(Agenda, e.Record.GetString("agenda"))
	if err != nil {
		return err
	}
	vote, err := voteOf(e.App, topic.Id)
	if err != nil {
		return err
	}
	if err := CheckExecutable(topic.GetString("outcome"), vote != nil, vote != nil && vote.GetBool("passed")); err != nil {
		return err
	}
	if err := checkReplaces(e, topic.Id); err != nil {
		return err
	}
	if e.Record.GetString("state") == "done" && e.Record.GetString("done_on") == "" {
		e.Record.Set("done_on", kit.Today(e.App))
	}
	return e.Next()
}

// checkReplaces looks at the resolution that a new one changes, once.
func checkReplaces(e *core.RecordEvent, topic string) error {
	replaces := e.Record.GetString("replaces")
	if replaces == "" {
		return nil
	}
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil || stored.GetString("replaces") == replaces {
			return err
		}
	}
	var old, now Decided
	const from = ` FROM meetings_agenda a JOIN meetings m ON m.id = a.meeting`
	if err := e.App.DB().NewQuery(`SELECT m.org, m.kind, m.held_on, m.state AS meeting_state, a.major, r.state` + from + ` JOIN meetings_resolutions r ON r.agenda = a.id WHERE r.id = {:id}`).
		Bind(dbx.Params{"id": replaces}).One(&old); err != nil {
		return err
	}
	if err := e.App.DB().NewQuery(`SELECT m.org, m.kind, m.held_on, m.state AS meeting_state, a.major, '' AS state` + from + ` WHERE a.id = {:id}`).
		Bind(dbx.Params{"id": topic}).One(&now); err != nil {
		return err
	}
	return CheckReplaces(old, now)
}

// replace ends the resolutions that those of a meeting change: they hold until
// it is filed (R-TOP-07).
func replace(e *core.RecordEvent, meeting string) error {
	var list []*core.Record
	err := e.App.RecordQuery(Resolutions).
		AndWhere(dbx.NewExp("id IN (SELECT replaces FROM meetings_resolutions WHERE meeting = {:meeting} AND replaces != '')", dbx.Params{"meeting": meeting})).All(&list)
	for _, r := range list {
		r.Set("state", "replaced")
		if err := kit.SaveAsSystem(e.App, e.Context, r); err != nil {
			return err
		}
	}
	return err
}
