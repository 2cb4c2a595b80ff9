package notify

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
)

// recipient is what the person of a message and their choices decide.
type recipient struct {
	Org       string                  `db:"org"`
	Path      string                  `db:"org_path"`
	State     string                  `db:"state"`
	Email     string                  `db:"email"`
	Off       types.JSONArray[string] `db:"mail_off"`
	Digest    bool                    `db:"digest"`
	QuietFrom string                  `db:"quiet_from"`
	QuietTill string                  `db:"quiet_until"`
}

func (r recipient) hours() [2]string { return [2]string{r.QuietFrom, r.QuietTill} }

func recipientOf(app core.App, person string) (recipient, error) {
	var r recipient
	err := app.DB().NewQuery(`SELECT p.org, p.org_path, p.state, p.email, coalesce(c.mail_off, '[]') AS mail_off, coalesce(c.digest, FALSE) AS digest,
		coalesce(c.quiet_from, '') AS quiet_from, coalesce(c.quiet_until, '') AS quiet_until
		FROM people p LEFT JOIN notify_choices c ON c.person = p.id WHERE p.id = {:person}`).
		Bind(dbx.Params{"person": person}).One(&r)
	return r, err
}

// address writes one delivery of a new message for the mail of its person and
// for every robot that sends its kind to a group of their organization.
func address(app core.App, ctx context.Context, message *core.Record) error {
	to, err := recipientOf(app, message.GetString("person"))
	if err != nil {
		return err
	}
	channels, err := channelsFor(app, to.Path)
	if err != nil {
		return err
	}
	kind := Kind(message.GetString("kind"))
	for _, out := range ways(kind, channels) {
		if err := out.write(app, ctx, message, to); err != nil {
			return err
		}
	}
	return nil
}

// way is one way out for a message; mail has a channel only where an
// organization made one.
type way struct {
	via     Via
	channel *Channel
}

// ways are the person's mail, by the nearest mail channel, and every robot that
// is in use and sends the kind.
func ways(kind Kind, channels []*Channel) []way {
	out := []way{{via: Mail}}
	for _, c := range channels {
		switch {
		case c.Via() == Mail && out[0].channel == nil:
			out[0].channel = c
		case c.Via() != Mail && c.Active() && slices.Contains(c.Kinds(), kind):
			out = append(out, way{c.Via(), c})
		}
	}
	return out
}

// open reports whether the organization sends the kind this way.
func (w way) open(kind Kind) bool {
	return w.channel == nil || w.channel.Active() && slices.Contains(w.channel.Kinds(), kind)
}

// quiet is when the way is silent: mail by the person's hours, a robot by its own.
func (w way) quiet(person [2]string) Quiet {
	var own [2]string
	if w.channel != nil {
		own = w.channel.Hours()
	}
	if w.via != Mail {
		return QuietOf(own)
	}
	return QuietOf(person, own)
}

func (w way) write(app core.App, ctx context.Context, message *core.Record, to recipient) error {
	now, kind := kit.Now(app), Kind(message.GetString("kind"))
	data := map[string]any{"message": message.Id, "person": message.GetString("person"), "org": to.Org, "via": string(w.via), "state": string(Due)}
	if w.channel != nil {
		data["channel"] = w.channel.Id
	}
	reason := Withhold(Facts{
		Via: w.via, Kind: kind, Server: hasServer(app), Active: to.State == "active", Open: w.open(kind), Unwanted: kindsOf(to.Off), Email: to.Email,
	})
	if reason != "" {
		data["state"], data["reason"] = string(Suppressed), string(reason)
	} else {
		quiet := w.quiet(to.hours())
		at := quiet.Next(now)
		if w.via == Mail && to.Digest {
			at = quiet.Gather(now)
		}
		data["next_try"] = at
	}
	record, err := newRecord(app, Deliveries, data)
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(app, ctx, record)
}

// hasServer reports whether the system keeper has set up a mail server.
func hasServer(app core.App) bool { return app.Settings().SMTP.Enabled }

// guardDelivery: what became of a message is written by the application alone.
func guardDelivery(e *core.RecordEvent) error {
	if !kit.IsSystem(e.Context) {
		return kit.Forbid("notify_delivery_by_system", "送达情况由系统填写；失败的请在“通知送达”里重发。")
	}
	return e.Next()
}

// deleteDelivery lets a delivery go only together with its message.
func deleteDelivery(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		_, err := e.App.FindRecordById(Messages, e.Record.GetString("message"))
		if err == nil {
			return kit.Forbid("notify_delivery_permanent", "送达情况不能单独删除。")
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return e.Next()
	})
}

// Retry makes failed deliveries due again and reports how many they were. Only
// those below the ranges that reach allows are touched; nil allows all.
func Retry(app core.App, ctx context.Context, ids []string, reach dbx.Expression) (n int, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		var failed []*core.Record
		q := tx.RecordQuery(Deliveries).AndWhere(dbx.HashExp{"state": string(Failed)}).AndWhere(dbx.In("id", anys(ids)...))
		if reach != nil {
			q.AndWhere(reach)
		}
		if err := q.All(&failed); err != nil {
			return err
		}
		for _, d := range failed {
			d.Load(map[string]any{"state": string(Due), "tries": 0, "next_try": kit.Now(tx), "lease": ""})
			if err := kit.SaveAsSystem(tx, ctx, d); err != nil {
				return err
			}
		}
		n = len(failed)
		return nil
	})
	return n, err
}

func anys(ids []string) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

// stamp is a moment as the database has it.
func stamp(t time.Time) string { return t.UTC().Format(types.DefaultDateLayout) }
