// Package notify keeps the inbox (收件箱) of each person and sends on what is in
// it: by mail, by the robots of work groups (企业微信、钉钉、飞书), and as a calendar
// (日历订阅) of what is due.
//
// Other capabilities call Send; the recipient can do nothing to a message but
// mark it as read. For every message and every channel that applies one
// delivery (送达) is written in the same transaction. It is due (待发) until it is
// sent (已发), has failed (失败), or is suppressed (不发) for a reason that is kept, so
// the four always add up to what should have been sent. A worker sends what is
// due after the commit, merges what waited through quiet hours (免打扰) into one
// message, tries again what failed, and goes on after a restart: a message may
// then arrive twice, it is never lost.
//
// What leaves the house says little. A message holds no identity number and no
// mobile number; a group reads organizations, titles and numbers, no names.
package notify

import (
	"cmp"
	"context"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// The collections of this capability.
const (
	Messages   = "notify_messages"
	Channels   = "notify_channels"
	Choices    = "notify_choices"
	Deliveries = "notify_deliveries"
	Feeds      = "notify_feeds"
)

// Message is what one person is told.
type Message struct {
	Person string
	Kind   Kind
	Title  string
	Body   string
	Link   string // hash route of the client, for example #/duties/ID
	Topic  string // what SendNew tells a person of once; empty: the title
}

// To is a message to each of several people.
func (m Message) To(people ...string) []Message {
	list := make([]Message, len(people))
	for i, p := range people {
		list[i], list[i].Person = m, p
	}
	return list
}

func (m Message) topic() string { return cmp.Or(m.Topic, m.Title) }

// Bind attaches the rules of messages and the worker that sends them to app.
func Bind(app core.App) {
	kit.OnSave(app, Messages, saveMessage)
	kit.OnSave(app, Channels, saveChannel)
	kit.On(app.OnRecordDeleteExecute(Channels), deleteChannel)
	kit.OnSave(app, Choices, saveChoice)
	kit.OnSave(app, Deliveries, guardDelivery)
	kit.On(app.OnRecordDeleteExecute(Deliveries), deleteDelivery)
	kit.OnSave(app, Feeds, guardFeed)

	app.OnRecordAfterCreateSuccess(people.Reveals).BindFunc(tellRevealed)

	app.OnServe().BindFunc(bindRoutes)

	w := newWorker()
	app.OnRecordAfterCreateSuccess(Deliveries).BindFunc(w.notice)
	app.OnRecordAfterUpdateSuccess(Deliveries).BindFunc(w.notice)
	app.Cron().MustAdd("notify_deliver", "* * * * *", w.wake)
	app.OnServe().BindFunc(w.start)
	app.OnTerminate().BindFunc(w.stop)
}

// Send puts a message into the inbox of its person, in the caller's
// transaction. Words that people typed go through Mask first.
func Send(app core.App, ctx context.Context, m Message) error {
	record, err := kit.NewRecord(app, Messages, map[string]any{
		"person": m.Person, "kind": string(m.Kind), "title": m.Title, "body": m.Body, "link": m.Link, "topic": m.topic(),
	})
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(app, ctx, record)
}

// saveMessage: only the application writes messages, without sensitive numbers;
// the recipient marks them as read. A new one is handed to its channels.
func saveMessage(e *core.RecordEvent) error {
	if !kit.IsSystem(e.Context) {
		return guardMessage(e)
	}
	if err := CheckPlain(e.Record.GetString("title"), e.Record.GetString("body")); err != nil {
		return err
	}
	made := e.Record.IsNew()
	if err := e.Next(); err != nil || !made {
		return err
	}
	return address(e.App, e.Context, e.Record)
}

func guardMessage(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		return kit.Forbid("notify_made_by_system", "通知由系统发出，不能自行填写。")
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "person", "kind", "title", "body", "link", "topic"); changed {
		return kit.Reject(field, "notify_fixed", "已发出的通知不能修改。")
	}
	return e.Next()
}

func saveChoice(e *core.RecordEvent) error {
	if err := CheckQuiet(e.Record.GetString("quiet_from"), e.Record.GetString("quiet_until")); err != nil {
		return err
	}
	return e.Next()
}

// SendNew is Send for reminders that a job may think of again: who has been told
// of a topic isn't told again, whatever the words are by then. Where the title is
// the topic, it names the period that it is about. It reports how many it has
// sent.
func SendNew(app core.App, ctx context.Context, list []Message) (sent int, err error) {
	known, err := told(app, list)
	if err != nil {
		return 0, err
	}
	for _, m := range list {
		key := topic{m.Person, m.topic()}
		if m.Person == "" || known[key] {
			continue
		}
		known[key] = true
		if err := Send(app, ctx, m); err != nil {
			return sent, err
		}
		sent++
	}
	return sent, nil
}

// Remind is SendNew for a job, in one transaction.
func Remind(app core.App, list []Message) (sent int, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		sent, err = SendNew(tx, context.Background(), list)
		return err
	})
	return sent, err
}

// topic is what somebody is told of once.
type topic struct {
	Person string `db:"person"`
	Topic  string `db:"topic"`
}

// told are the topics of list of which people have been told.
func told(app core.App, list []Message) (map[topic]bool, error) {
	known := map[topic]bool{}
	for part := range slices.Chunk(list, 200) {
		people, topics := make([]any, len(part)), make([]any, len(part))
		for i, m := range part {
			people[i], topics[i] = m.Person, m.topic()
		}
		var rows []topic
		err := app.DB().Select("person", "topic").From(Messages).Where(dbx.In("person", people...)).AndWhere(dbx.In("topic", topics...)).All(&rows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			known[r] = true
		}
	}
	return known, nil
}
