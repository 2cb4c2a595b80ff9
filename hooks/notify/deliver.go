package notify

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify/outside"
)

const (
	rowsPerPass    = 500
	mailsPerMinute = 60
	// leaseFor is how long a claimed delivery is left alone by others: longer
	// than sending one message can take.
	leaseFor = 5 * time.Minute
	// robotPause keeps a robot below the 20 messages a minute that the vendors allow.
	robotPause = 5 * time.Second
)

// row is a delivery that was claimed, with all that sending it takes.
type row struct {
	ID      string                  `db:"id"`
	Via     Via                     `db:"via"`
	Channel string                  `db:"channel"`
	Tries   int                     `db:"tries"`
	Person  string                  `db:"person"`
	Name    string                  `db:"name"`
	Email   string                  `db:"email"`
	State   string                  `db:"person_state"`
	Unit    string                  `db:"unit"`
	Off     types.JSONArray[string] `db:"mail_off"`
	From    string                  `db:"quiet_from"`
	Till    string                  `db:"quiet_until"`
	Kind    Kind                    `db:"kind"`
	Title   string                  `db:"title"`
	Body    string                  `db:"body"`
	Link    string                  `db:"link"`
	Read    bool                    `db:"read"`
}

// pass is one round of sending what is due.
type pass struct {
	app      core.App
	run      string // marks what this pass has claimed
	channels map[string]*Channel
}

// Deliver sends what is due by the application's clock and returns for how many
// deliveries that settled something.
//
// It holds no transaction while it speaks to the outside. What it sends it has
// claimed in the database, so several may run at once, and what one leaves
// behind when it is cut short is due again when the claim ends.
func Deliver(app core.App) (settled int, err error) {
	p := &pass{app: app, run: security.RandomString(15)}
	rows, err := p.claim()
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	if p.channels, err = p.load(rows); err != nil {
		return 0, err
	}
	budget, err := p.budget()
	if err != nil {
		return 0, err
	}
	for _, group := range bundle(rows) {
		if group[0].Via == Mail {
			if budget--; budget < 0 {
				if err := p.release(group); err != nil {
					return settled, err
				}
				continue
			}
		}
		n, err := p.deliver(group)
		settled += n
		if err != nil {
			return settled, err
		}
	}
	return settled, nil
}

// claim takes what is due, in one statement: SQLite lets nobody in between.
func (p *pass) claim() ([]row, error) {
	now := kit.Now(p.app)
	params := dbx.Params{"run": p.run, "now": stamp(now), "until": stamp(now.Add(leaseFor)), "n": rowsPerPass}
	result, err := p.app.NonconcurrentDB().NewQuery(`UPDATE notify_deliveries SET batch = {:run}, lease = {:until} WHERE id IN (
			SELECT d.id FROM notify_deliveries d LEFT JOIN notify_channels c ON c.id = d.channel
			WHERE d.state = 'due' AND d.next_try <= {:now} AND d.lease <= {:now} AND (d.via = 'mail' OR c.paused_until <= {:now})
			ORDER BY d.via = 'mail', d.next_try, d.rowid LIMIT {:n})`).Bind(params).Execute()
	if err != nil {
		return nil, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return nil, err
	}
	var rows []row
	err = p.app.DB().NewQuery(`SELECT d.id, d.via, d.channel, d.tries, d.person, p.name, p.email, p.state AS person_state,
			coalesce(nullif(u.short, ''), u.name) AS unit, coalesce(c.mail_off, '[]') AS mail_off,
			coalesce(c.quiet_from, '') AS quiet_from, coalesce(c.quiet_until, '') AS quiet_until, m.kind, m.title, m.body, m.link, m.read_at != '' AS read
		FROM notify_deliveries d JOIN notify_messages m ON m.id = d.message JOIN people p ON p.id = d.person JOIN org_units u ON u.id = d.org
		LEFT JOIN notify_choices c ON c.person = d.person WHERE d.batch = {:run} AND d.state = 'due' ORDER BY m.created, d.rowid`).Bind(params).All(&rows)
	return rows, err
}

// bundle puts together what goes out as one: the mail of a person, what a robot
// says to its group. Robots come first: they are quick.
func bundle(rows []row) [][]row {
	key := func(r row) string {
		if r.Via == Mail {
			return "mail " + r.Person
		}
		return "group " + r.Channel
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(key(a), key(b)) })
	var out [][]row
	for i, r := range rows {
		if i == 0 || key(r) != key(rows[i-1]) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], r)
	}
	return out
}

// load reads the channels of what was claimed.
func (p *pass) load(rows []row) (map[string]*Channel, error) {
	var ids []string
	for _, r := range rows {
		if r.Channel != "" {
			ids = append(ids, r.Channel)
		}
	}
	slices.Sort(ids)
	var list []*Channel
	err := p.app.RecordQuery(Channels).AndWhere(dbx.In("id", anys(slices.Compact(ids))...)).All(&list)
	byID := map[string]*Channel{}
	for _, c := range list {
		byID[c.Id] = c
	}
	return byID, err
}

// budget is how many mails may still go out in this minute.
func (p *pass) budget() (int, error) {
	var sent int
	err := p.app.DB().NewQuery(`SELECT count(DISTINCT batch) FROM notify_deliveries WHERE state = 'sent' AND via = 'mail' AND sent_at > {:since}`).
		Bind(dbx.Params{"since": stamp(kit.Now(p.app).Add(-time.Minute))}).Row(&sent)
	return mailsPerMinute - sent, err
}

// deliver sends one bundle and writes down what became of it.
func (p *pass) deliver(group []row) (settled int, err error) {
	wanted, err := p.sift(group)
	settled = len(group) - len(wanted)
	if err != nil || len(wanted) == 0 {
		return settled, err
	}
	held, err := p.mark(wanted, dbx.Params{"lease": stamp(kit.Now(p.app).Add(leaseFor))})
	if err != nil {
		return settled, err
	}
	if held < len(wanted) {
		return settled, nil // the claim ended meanwhile and somebody else has taken over
	}
	channel := p.channels[wanted[0].Channel]
	if wanted[0].Via == Mail {
		err = sendMail(p.app, wanted)
	} else {
		err = p.speak(channel, wanted)
	}
	if err != nil {
		return settled, p.fail(wanted, way{wanted[0].Via, channel}, err)
	}
	n, err := p.mark(wanted, dbx.Params{"state": string(Sent), "sent_at": stamp(kit.Now(p.app)), "batch": wanted[0].ID, "error": "", "lease": "", "tries": dbx.NewExp("tries + 1")})
	return settled + n, err
}

// sift suppresses what has lost its reason since it was written.
func (p *pass) sift(group []row) (wanted []row, err error) {
	drop := map[Reason][]row{}
	for _, r := range group {
		reason := Withhold(Facts{
			Via: r.Via, Kind: r.Kind, Server: hasServer(p.app), Active: r.State == "active", Open: way{r.Via, p.channels[r.Channel]}.open(r.Kind),
			Unwanted: kindsOf(r.Off), Email: r.Email, Read: r.Read,
		})
		if reason == "" {
			wanted = append(wanted, r)
			continue
		}
		drop[reason] = append(drop[reason], r)
	}
	for reason, rows := range drop {
		if _, err := p.mark(rows, dbx.Params{"state": string(Suppressed), "reason": string(reason), "lease": "", "batch": ""}); err != nil {
			return nil, err
		}
	}
	return wanted, nil
}

// speak lets a robot say what it has to, and rest afterwards.
func (p *pass) speak(c *Channel, rows []row) error {
	robot, now := c.Robot(), kit.Now(p.app)
	title, text := outside.GroupText(linesOf(rows), inboxURL(p.app), robot.Limit())
	err := robot.Post(clientOf(p.app), title, text, now)
	wait := robotPause
	var t *outside.Trouble
	if errors.As(err, &t) {
		wait = max(wait, t.Wait)
	}
	_, paused := p.app.NonconcurrentDB().Update(Channels, dbx.Params{"paused_until": stamp(now.Add(wait))}, dbx.HashExp{"id": c.Id}).Execute()
	if paused != nil {
		p.app.Logger().Warn("Failed to let a robot rest", "channel", c.Id, "error", paused)
	}
	return err
}

// linesOf counts what a group is told, in the order in which it happened.
func linesOf(rows []row) []outside.Line {
	var lines []outside.Line
	at := map[[2]string]int{}
	for _, r := range rows {
		key := [2]string{r.Unit, r.Title}
		i, known := at[key]
		if !known {
			i = len(lines)
			at[key] = i
			lines = append(lines, outside.Line{Unit: r.Unit, Title: r.Title})
		}
		lines[i].N++
	}
	return lines
}

// fail writes down why a bundle wasn't sent and when it is tried again.
func (p *pass) fail(rows []row, w way, cause error) error {
	t := &outside.Trouble{}
	if !errors.As(cause, &t) {
		t = &outside.Trouble{Sentence: "没有发出去：" + clip(cause.Error(), 200) + "。"}
	}
	byTries := map[int][]row{}
	for _, r := range rows {
		byTries[r.Tries+1] = append(byTries[r.Tries+1], r)
	}
	for tries, some := range byTries {
		quiet := w.quiet([2]string{some[0].From, some[0].Till})
		next := After(tries, t.Hopeless, t.Wait, quiet, kit.Now(p.app))
		_, err := p.mark(some, dbx.Params{
			"state": string(next.State), "next_try": stamp(next.At), "tries": tries, "error": clip(Mask(t.Sentence), 300), "lease": "", "batch": "",
		})
		if err != nil {
			return err
		}
	}
	p.app.Logger().Warn("Failed to deliver messages", "via", string(w.via), "n", len(rows), "why", t.Sentence)
	return nil
}

func (p *pass) release(rows []row) error {
	_, err := p.mark(rows, dbx.Params{"lease": "", "batch": ""})
	return err
}

// mark writes to what this pass still holds, without the hooks of records:
// the page of an officer counts, it needn't be told of each.
func (p *pass) mark(rows []row, data dbx.Params) (int, error) {
	ids := make([]any, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	data["updated"] = stamp(kit.Now(p.app))
	result, err := p.app.NonconcurrentDB().Update(Deliveries, data,
		dbx.And(dbx.In("id", ids...), dbx.HashExp{"batch": p.run, "state": string(Due)})).Execute()
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}
