// Package subjects is the records that requests are about (申请所涉的记录): how they
// follow their requests, and how what is asked is said in words.
package subjects

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// A Course is how the records of a collection are asked for. A person drafts
// one, hands it in by making its state pending, and from then on its state is
// that of the request about it: returned, it is a draft that is amended and
// handed in again. The collection has the fields state, person (who asks),
// request and handed_on.
type Course struct {
	Kind       string
	Collection string
	Words      []org.Word          // besides those of a request, or in their place
	Moves      []org.Move          // that don't follow from the request
	Needs      map[string][]string // as in org.States
	Filed      []string
	Later      []string // fields that are filled in after the request has been handed in

	// Outside reports whether a record is decided without a request; nil: none is.
	Outside func(app core.App, record *core.Record) (bool, error)
	// Title is what is asked, in a sentence.
	Title func(app core.App, record *core.Record) (string, error)
	// Unsaid are fields that approvers don't read in the request.
	Unsaid []string
	// Apply is what a yes brings about, in its transaction; nil: nothing.
	Apply func(tx core.App, record *core.Record) error
}

// Follow holds the records of a collection to their course, whoever writes them.
func Follow(app core.App, c Course) {
	org.Follow(app, c.states())
	kit.OnSave(app, c.Collection, c.save)
	kit.On(app.OnRecordDelete(c.Collection), c.delete)
	kit.On(app.OnRecordUpdateExecute(approvals.Requests), c.mirror)
}

var courseWords = []org.Word{
	{State: string(approvals.Draft), Name: "草拟"}, {State: string(approvals.Pending), Name: approvals.Pending.Word()}, {State: string(approvals.Approved), Name: approvals.Approved.Word()},
	{State: string(approvals.Rejected), Name: approvals.Rejected.Word()}, {State: string(approvals.Withdrawn), Name: approvals.Withdrawn.Word()}, {State: string(approvals.Expired), Name: approvals.Expired.Word()},
}

func (c Course) states() org.States {
	words := slices.Clone(courseWords)
	for _, w := range c.Words {
		at := slices.IndexFunc(words, func(k org.Word) bool { return k.State == w.State })
		if at < 0 {
			words = append(words, w)
		} else {
			words[at] = w
		}
	}
	moves := []org.Move{{From: string(approvals.Draft), To: string(approvals.Pending)}}
	for _, to := range []approvals.Status{approvals.Draft, approvals.Approved, approvals.Rejected, approvals.Withdrawn, approvals.Expired} {
		moves = append(moves, org.Move{From: string(approvals.Pending), To: string(to), System: true})
	}
	for _, to := range []approvals.Status{approvals.Withdrawn, approvals.Expired} {
		moves = append(moves, org.Move{From: string(approvals.Draft), To: string(to), System: true})
	}
	filed := append([]string{string(approvals.Rejected), string(approvals.Withdrawn), string(approvals.Expired)}, c.Filed...)
	return org.States{Collection: c.Collection, Words: words, Moves: append(moves, c.Moves...), Needs: c.Needs, Filed: filed}
}

// save hands a record in when its state says so.
func (c Course) save(e *core.RecordEvent) error {
	from := ""
	if !e.Record.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		from = stored.GetString("state")
		if err := c.checkAsked(e, stored); err != nil {
			return err
		}
	}
	to := e.Record.GetString("state")
	leaves := from == string(approvals.Draft) && to != from && approvals.Status(to) != approvals.Withdrawn && approvals.Status(to) != approvals.Expired
	if leaves && e.Record.GetString("handed_on") == "" {
		e.Record.Set("handed_on", kit.Today(e.App))
	}
	if err := e.Next(); err != nil || !leaves || approvals.Status(to) != approvals.Pending || kit.IsSystem(e.Context) {
		return err
	}
	return c.open(e)
}

// checkAsked: what has been asked stays as it was asked, and what the
// application fills in stays as it has filled it in.
func (c Course) checkAsked(e *core.RecordEvent, stored *core.Record) error {
	if kit.IsSystem(e.Context) {
		return nil
	}
	if field, changed := kit.Changed(e.Record, stored, "request", "handed_on", "person"); changed {
		return kit.Reject(field, "approvals_by_system", "这一项由系统填写，不能修改。")
	}
	if approvals.Status(stored.GetString("state")) == approvals.Draft {
		return nil
	}
	for _, f := range e.Record.Collection().Fields {
		name := f.GetName()
		if name == "state" || f.Type() == core.FieldTypeAutodate || slices.Contains(c.Later, name) {
			continue
		}
		if _, changed := kit.Changed(e.Record, stored, name); changed {
			return kit.Reject(name, "approvals_asked", "提交以后内容不能修改；要修改请在“我的申请”里撤回，或者等审批人退回。")
		}
	}
	return nil
}

// open asks for a record that has just been handed in, in its transaction.
func (c Course) open(e *core.RecordEvent) error {
	r := e.Record
	if actor := kit.ActorOf(e.App, e.Context); actor.Kind == kit.ByPerson {
		if err := approvals.CheckSubmit(approvals.Draft, actor.ID, r.GetString("person")); err != nil {
			return err
		}
	}
	if c.Outside != nil {
		if outside, err := c.Outside(e.App, r); err != nil || outside {
			return err
		}
	}
	title, err := c.Title(e.App, r)
	if err != nil {
		return err
	}
	request, err := approvals.Open(e.App, e.Context, approvals.Ask{
		Kind: c.Kind, Collection: c.Collection, Record: r.Id, Org: r.GetString("org"), Applicant: r.GetString("person"), Title: title,
	})
	if err != nil {
		return err
	}
	r.Set("request", request.Id)
	return nil
}

// mirror gives a record the state of the request about it. A request that is
// handed in says what the record says at that moment.
func (c Course) mirror(e *core.RecordEvent) error {
	request := approvals.RequestOf(e.Record)
	if request.Kind() != c.Kind || request.GetString("subject_collection") != c.Collection {
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if approvals.RequestOf(stored).Status() == request.Status() {
		return e.Next()
	}
	record, err := e.App.FindRecordById(c.Collection, request.GetString("subject_id"))
	if err != nil {
		return err
	}
	if request.Status() == approvals.Pending {
		if err := c.say(e.App, request, record); err != nil {
			return err
		}
	}
	if err := e.Next(); err != nil {
		return err
	}
	record.Load(map[string]any{"state": string(request.Status()), "request": request.Id})
	if err := kit.SaveAsSystem(e.App, e.Context, record); err != nil {
		return err
	}
	if request.Status() != approvals.Approved || c.Apply == nil {
		return nil
	}
	return c.Apply(e.App, record)
}

func (c Course) say(app core.App, request *approvals.Request, record *core.Record) error {
	title, err := c.Title(app, record)
	if err != nil {
		return err
	}
	said, err := Said(app, record, append(c.Unsaid, "state", "person", "request", "handed_on", "org")...)
	if err != nil {
		return err
	}
	request.Load(map[string]any{"title": title, "snapshot": said})
	return nil
}

// delete keeps a draft about which a request is still open.
func (c Course) delete(e *core.RecordEvent) error {
	open, err := approvals.IsOpen(e.App, c.Kind, e.Record)
	if err != nil {
		return err
	}
	if open {
		return kit.Forbid("approvals_still_open", "提交过的申请不能删除，不再需要的请在“我的申请”里撤回。")
	}
	return e.Next()
}
