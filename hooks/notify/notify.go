// Package notify keeps the inbox (收件箱) of each person. Messages are made by
// other capabilities and reach an open page over realtime; the recipient can
// do nothing to them but mark them as read.
package notify

import (
	"context"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Messages is the collection of the inbox.
const Messages = "notify_messages"

// Kind says what a message is about.
type Kind string

// The kinds of messages.
const (
	Duty     Kind = "duty"
	Plan     Kind = "plan"
	Approval Kind = "approval"
	Account  Kind = "account"
	System   Kind = "system"
)

// Message is what one person is told.
type Message struct {
	Person string
	Kind   Kind
	Title  string
	Body   string
	Link   string // hash route of the client, for example #/duties/ID
}

// Bind attaches the rules of the inbox to app.
func Bind(app core.App) {
	kit.OnSave(app, Messages, guardMessage)
}

// Send puts a message into the inbox of its person, in the caller's transaction.
func Send(app core.App, ctx context.Context, m Message) error {
	inbox, err := app.FindCachedCollectionByNameOrId(Messages)
	if err != nil {
		return err
	}
	record := core.NewRecord(inbox)
	record.Load(map[string]any{"person": m.Person, "kind": string(m.Kind), "title": m.Title, "body": m.Body, "link": m.Link})
	return kit.SaveAsSystem(app, ctx, record)
}

// guardMessage: only the application writes messages; the recipient marks them
// as read.
func guardMessage(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	if e.Record.IsNew() {
		return kit.Forbid("notify_made_by_system", "通知由系统发出，不能自行填写。")
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "person", "kind", "title", "body", "link"); changed {
		return kit.Reject(field, "notify_fixed", "已发出的通知不能修改。")
	}
	return e.Next()
}
