package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Event is what is to be noted. Record fills in whatever else is left empty.
type Event struct {
	Action     Action
	Record     *core.Record // what it is about
	Collection string       // instead of Record, where there is none
	ID         string
	Label      string
	Subject    string // id of the person whom it concerns
	OnBehalf   string // id of the person for whom the actor acts
	Origin     string
	Changes    Changes
	Reason     string
	Private    bool // for the person concerned and the system keeper alone
}

// Note appends an entry in the caller's transaction, or in one of its own. A
// capability that shows, exports or decides calls it before it does so: no
// trace, no deed. Neither Changes nor Reason may hold sensitive values; those of
// sensitive fields of Record are left out in any case.
func Note(app core.App, ctx context.Context, event Event) error {
	return app.RunInTransaction(func(tx core.App) error {
		err := write(tx, kit.ActorOf(tx, ctx), event)
		if err != nil && !installed(tx) {
			return nil // the migrations below ours
		}
		return err
	})
}

// installed asks for the collection, not for the table: if somebody drops the
// table, nothing is written any more.
func installed(app core.App) bool {
	_, err := app.FindCollectionByNameOrId(Entries)
	return !errors.Is(err, sql.ErrNoRows)
}

func write(app core.App, actor kit.Actor, event Event) error {
	head, err := headOf(app)
	if err != nil {
		return err
	}
	entry, err := entryOf(app, actor, event)
	if err != nil {
		return err
	}
	entry.Seq, entry.Prev = head.Seq+1, head.Hash
	entry.ID = idOf(entry.Seq)
	entry.Hash = entry.Sum()
	return insert(app, entry)
}

// headOf reads the end of the chain. There is one writer, so inside a
// transaction it can't move, and the order of the chain is that of the commits.
func headOf(app core.App) (Chain, error) {
	var head Chain
	err := app.DB().NewQuery("SELECT seq, hash FROM audit_entries ORDER BY id DESC LIMIT 1").Row(&head.Seq, &head.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return head, err
}

func entryOf(app core.App, actor kit.Actor, event Event) (*Entry, error) {
	now := kit.Now(app)
	describe(&event)
	changes, err := json.Marshal(event.Changes)
	if err != nil {
		return nil, fmt.Errorf("audit: encode changes: %w", err)
	}
	entry := &Entry{
		At: now.UTC().Format(types.DefaultDateLayout), Month: now.Format("2006-01"), ActorKind: string(actor.Kind), Actor: actor.ID, ActorName: Clip(actor.Name, longest),
		OnBehalf: event.OnBehalf, Origin: event.Origin, Action: string(event.Action),
		Collection: event.Collection, Record: event.ID, Label: Clip(event.Label, longest), Subject: event.Subject,
		Changes: string(changes), Reason: Clip(event.Reason, 2000),
	}
	if event.Record != nil && !event.Private {
		entry.Org, entry.OrgPath = placeOf(event.Record)
	}
	if actor.Kind == kit.ByPerson || actor.Kind == kit.ByToken {
		entry.ActorPost, err = postsOf(app, actor.ID, now.Format(time.DateOnly))
	}
	return entry, err
}

// postsOf names what somebody held on a day, such as 支部书记（东风社区党支部）.
func postsOf(app core.App, person, day string) (string, error) {
	var posts sql.NullString
	err := app.DB().NewQuery(`SELECT group_concat(r.name || '（' || COALESCE(NULLIF(u.short, ''), u.name) || '）', '、')
		FROM org_posts o JOIN org_roles r ON r.id = o.role JOIN org_units u ON u.id = o.org
		WHERE o.person = {:person} AND o.since <= {:day} AND (o.until = '' OR o.until > {:day})`).
		Bind(dbx.Params{"person": person, "day": day}).Row(&posts)
	return Clip(posts.String, 500), err
}

func insert(app core.App, e *Entry) error {
	_, err := app.DB().NewQuery(`INSERT INTO audit_entries (` + columns + `, hash, org_path) VALUES ({:id}, {:seq}, {:at}, {:month}, {:kind}, {:actor},
		{:name}, {:post}, {:behalf}, {:origin}, {:action}, {:collection}, {:record}, {:label}, {:org}, {:subject}, {:changes}, {:reason},
		{:prev}, {:hash}, {:path})`).Bind(dbx.Params{
		"id": e.ID, "seq": e.Seq, "at": e.At, "month": e.Month, "kind": e.ActorKind, "actor": e.Actor, "name": e.ActorName, "post": e.ActorPost,
		"behalf": e.OnBehalf, "origin": e.Origin, "action": e.Action, "collection": e.Collection, "record": e.Record, "label": e.Label,
		"org": e.Org, "subject": e.Subject, "changes": e.Changes, "reason": e.Reason, "prev": e.Prev, "hash": e.Hash, "path": e.OrgPath,
	}).Execute()
	return err
}

// describe fills in what the record says of itself.
func describe(event *Event) {
	if event.Changes == nil {
		event.Changes = Changes{}
	}
	r := event.Record
	if r == nil {
		return
	}
	event.Collection, event.ID = r.Collection().Name, r.Id
	if event.Label == "" {
		event.Label = labelOf(r)
	}
	if event.Subject == "" {
		event.Subject = subjectOf(r)
	}
	for name := range event.Changes {
		if f := r.Collection().Fields.GetByName(name); f != nil && Sensitive(r.Collection(), f) {
			event.Changes[name] = hidden
		}
	}
}

// placeOf is the organization that a record belongs to.
func placeOf(r *core.Record) (unit, path string) {
	if r.Collection().Name == org.Units {
		return r.Id, r.GetString("path")
	}
	if !open(r.Collection(), "org") || !open(r.Collection(), "org_path") {
		return "", ""
	}
	return r.GetString("org"), r.GetString("org_path")
}
