package notify

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify/outside"
	"yaodian/hooks/org"
)

// Channel is a way out for the messages of an organization's people.
type Channel struct{ core.BaseRecordProxy }

func channelOf(r *core.Record) *Channel {
	c := &Channel{}
	c.SetProxyRecord(r)
	return c
}

// Via is how the channel sends.
func (c *Channel) Via() Via { return Via(c.GetString("kind")) }

// Active reports whether the channel is in use.
func (c *Channel) Active() bool { return c.GetBool("active") }

// Kinds are the kinds of messages that it sends.
func (c *Channel) Kinds() []Kind { return kindsOf(c.GetStringSlice("kinds")) }

// Hours are its quiet hours as they are written.
func (c *Channel) Hours() [2]string {
	return [2]string{c.GetString("quiet_from"), c.GetString("quiet_until")}
}

// Robot is whom the channel speaks through. Nothing else reads the two fields,
// and saveChannel alone lets them be written: a vault that encrypts them at rest
// goes between here and there.
func (c *Channel) Robot() outside.Robot {
	return outside.Robot{Kind: string(c.Via()), Address: c.GetString("url"), Secret: c.GetString("secret")}
}

func kindsOf(words []string) []Kind {
	out := make([]Kind, len(words))
	for i, w := range words {
		out[i] = Kind(w)
	}
	return out
}

func saveChannel(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) && !e.Record.IsNew() {
		return e.Next() // the worker's own notes
	}
	c := channelOf(e.Record)
	robot, hours := c.Robot(), c.Hours()
	if err := CheckChannel(ChannelSpec{c.Via(), robot.Address, robot.Secret, c.Kinds(), hours[0], hours[1]}); err != nil {
		return err
	}
	if c.IsNew() {
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "org", "kind"); changed {
		return kit.Reject(field, "notify_channel_fixed", "通道的组织和种类不能改；请停用它，另建一个。")
	}
	return e.Next()
}

// deleteChannel keeps what deliveries refer to.
func deleteChannel(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		used, err := e.App.CountRecords(Deliveries, dbx.HashExp{"channel": e.Record.Id})
		if err != nil {
			return err
		}
		if used > 0 {
			return kit.Forbid("notify_channel_used", "已经发过消息的通道不能删除，请改为不启用。")
		}
		return e.Next()
	})
}

// channelsFor are the channels of a person's organization and of all above it,
// the nearest first.
func channelsFor(app core.App, path string) ([]*Channel, error) {
	var list []*Channel
	err := app.RecordQuery(Channels).AndWhere(org.AtOrAbove("org_path", path)).OrderBy("length(org_path) DESC", "created", "id").All(&list)
	return list, err
}

// clientKey is where a test keeps what speaks for the robots.
const clientKey = "yaodian.notify.client"

// SetClient replaces the HTTP client of one application: a test leads the
// vendors' addresses to a server of its own. The addresses that a channel may
// have stay the same.
func SetClient(app core.App, c *http.Client) { app.Store().Set(clientKey, c) }

// vendors is what speaks to them. It follows no redirect, so a request goes
// where CheckURL allowed it to go, and TLS proves that it got there.
var vendors = &http.Client{Timeout: outside.Patience, CheckRedirect: stay}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func clientOf(app core.App) *http.Client {
	if c, ok := app.Store().Get(clientKey).(*http.Client); ok {
		return c
	}
	return vendors
}
