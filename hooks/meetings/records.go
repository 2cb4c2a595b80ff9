package meetings

import (
	"database/sql"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
)

// Meeting is one meeting.
type Meeting struct{ core.BaseRecordProxy }

func meetingOf(r *core.Record) *Meeting {
	m := &Meeting{}
	m.SetProxyRecord(r)
	return m
}

// Kind is what sort of meeting it is.
func (m *Meeting) Kind() string { return m.GetString("kind") }

// State is how far it has come.
func (m *Meeting) State() string { return m.GetString("state") }

// check asks the rules that a meeting answers by itself.
func (m *Meeting) check(today string) error {
	if err := CheckPeople(m.Kind(), m.GetString("host"), m.GetString("recorder"), m.GetString("talked_with")); err != nil {
		return err
	}
	if err := CheckTalk(m.Kind(), m.GetString("minutes")); err != nil {
		return err
	}
	return CheckHeld(m.State(), m.GetString("held_on"), today)
}

// count writes down who came, once the meeting is recorded, and asks what its
// record needs before it is filed.
func (m *Meeting) count(app core.App, stored *core.Record) error {
	state, was := m.State(), stored.GetString("state")
	if state == was || state != "recorded" && state != "filed" {
		return nil
	}
	record, err := m.record(app)
	if err != nil {
		return err
	}
	m.Set("expected", record.Count.Expected)
	m.Set("attended", record.Count.Attended)
	if state == "filed" {
		return record.Check()
	}
	return nil
}

// record gathers what the minutes of a meeting hold, in three queries.
func (m *Meeting) record(app core.App) (Record, error) {
	r := Record{
		Kind: m.Kind(), HeldOn: m.GetString("held_on"), Starts: m.GetString("starts"), Place: m.GetString("place"),
		Recorder: m.GetString("recorder"), Minutes: m.GetString("minutes"), Urgent: m.GetString("urgent_note"),
		TalkedWith: m.GetString("talked_with"),
	}
	var came []struct {
		Person string `db:"person"`
		Status string `db:"status"`
	}
	if err := app.DB().Select("person", "status").From(Attendance).Where(dbx.HashExp{"meeting": m.Id}).All(&came); err != nil {
		return r, err
	}
	statuses := make([]string, len(came))
	for i, c := range came {
		statuses[i] = c.Status
		if c.Status == "present" {
			r.Present = append(r.Present, c.Person)
		}
	}
	r.Count = CountAttendance(statuses)
	var err error
	if r.Topics, err = topicsOf(app, m.Id); err != nil {
		return r, err
	}
	r.Resolved, err = resolved(app, m.Id)
	return r, err
}

// topicsOf are the topics of a meeting, in their order.
func topicsOf(app core.App, meeting string) ([]Topic, error) {
	var rows []struct {
		Topic
		Spoke types.JSONArray[string] `db:"speakers"`
		Aside types.JSONArray[string] `db:"withdrew"`
	}
	err := app.DB().NewQuery(`SELECT a.number, a.kind, a.title, a.outcome, a.speakers, a.withdrew, coalesce(v.id, '') AS vote FROM meetings_agenda a
		LEFT JOIN meetings_votes v ON v.agenda = a.id WHERE a.meeting = {:meeting} ORDER BY a.number`).
		Bind(dbx.Params{"meeting": meeting}).All(&rows)
	list := make([]Topic, len(rows))
	for i, row := range rows {
		list[i] = row.Topic
		list[i].Speakers, list[i].Withdrew = row.Spoke, row.Aside
	}
	return list, err
}

// resolved are the numbers of the topics that a resolution was written for.
func resolved(app core.App, meeting string) (map[int]bool, error) {
	var numbers []int
	err := app.DB().NewQuery(`SELECT a.number FROM meetings_resolutions r JOIN meetings_agenda a ON a.id = r.agenda WHERE r.meeting = {:meeting}`).
		Bind(dbx.Params{"meeting": meeting}).Column(&numbers)
	out := map[int]bool{}
	for _, n := range numbers {
		out[n] = true
	}
	return out, err
}

func tallyOf(r *core.Record) Tally {
	return Tally{
		Expected: r.GetInt("expected"), Attended: r.GetInt("attended"), Written: r.GetInt("written"),
		Yes: r.GetInt("yes"), No: r.GetInt("no"), Abstain: r.GetInt("abstain"),
	}
}

// voteOf is the vote on a topic; nil where there was none.
func voteOf(app core.App, topic string) (*core.Record, error) {
	vote, err := app.FindFirstRecordByData(Votes, "agenda", topic)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return vote, err
}

// keepFiled: what belongs to a filed meeting is filed with it (R-ORG-04); the
// fields in later are those that life goes on to fill in.
func keepFiled(app core.App, collection string, later ...string) {
	kit.OnSave(app, collection, func(e *core.RecordEvent) error { return guardFiled(e, later) })
	kit.On(app.OnRecordDeleteExecute(collection), func(e *core.RecordEvent) error {
		return kit.InTx(e, func() error { return guardFiled(e, nil) })
	})
}

func guardFiled(e *core.RecordEvent, later []string) error {
	meeting, err := e.App.FindRecordById(Meetings, e.Record.GetString("meeting"))
	if errors.Is(err, sql.ErrNoRows) || kit.IsSystem(e.Context) {
		return e.Next() // the meeting itself is being deleted
	}
	if err != nil {
		return err
	}
	fixed := ""
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		fixed, _ = kit.Changed(e.Record, stored, fieldsBut(e.Record.Collection(), later)...)
	}
	touched := e.Record.IsNew() || fixed != "" || later == nil
	if err := CheckOpen(meeting.GetString("state"), meeting.GetString("kind"), fixed, touched); err != nil {
		return err
	}
	return e.Next()
}

// fieldsBut are the fields of a collection that a person fills in, but for some.
func fieldsBut(c *core.Collection, some []string) []string {
	var out []string
	for _, f := range c.Fields {
		if f.Type() != core.FieldTypeAutodate && !slices.Contains(some, f.GetName()) {
			out = append(out, f.GetName())
		}
	}
	return out
}
