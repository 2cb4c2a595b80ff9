package notify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
)

// Entry is something in a person's calendar: a day by which something is due,
// or a time at which they meet.
type Entry struct {
	ID      string // stays the same for as long as the thing does
	Title   string
	Link    string // hash route of the client
	Day     string // YYYY-MM-DD, for what is due
	Start   time.Time
	End     time.Time
	Changed time.Time
}

// feedEvent collects what is in a person's calendar between two days.
type feedEvent struct {
	hook.Event
	app      core.App
	person   string
	from, to string
	entries  []Entry
}

// feedHook is where an application keeps who fills its calendars.
const feedHook = "yaodian.notify.feed"

func feedOf(app core.App) *hook.Hook[*feedEvent] {
	return app.Store().GetOrSet(feedHook, func() any { return &hook.Hook[*feedEvent]{} }).(*hook.Hook[*feedEvent])
}

// OnFeed lets a capability put what a person has to do, between two days both
// included, into their calendar. One query must do: phones ask often.
func OnFeed(app core.App, entries func(app core.App, person, from, to string) ([]Entry, error)) {
	feedOf(app).BindFunc(func(e *feedEvent) error {
		more, err := entries(e.app, e.person, e.from, e.to)
		if err != nil {
			return err
		}
		e.entries = append(e.entries, more...)
		return e.Next()
	})
}

const (
	feedBack  = 30  // days that a calendar goes back
	feedAhead = 400 // and ahead
)

// entriesFor is all that capabilities put into a person's calendar.
func entriesFor(app core.App, person string) ([]Entry, error) {
	now := kit.Now(app)
	e := &feedEvent{
		app: app, person: person,
		from: now.AddDate(0, 0, -feedBack).Format(time.DateOnly), to: now.AddDate(0, 0, feedAhead).Format(time.DateOnly),
	}
	err := feedOf(app).Trigger(e)
	return e.entries, err
}

// maxFeeds is how many links a person may have in use.
const maxFeeds = 5

// NewFeed makes a calendar link for a person. The token is given out here and
// never again: only its hash is kept.
func NewFeed(app core.App, ctx context.Context, person, name string) (feed *core.Record, token string, err error) {
	token = security.RandomString(40)
	err = app.RunInTransaction(func(tx core.App) error {
		used, err := tx.CountRecords(Feeds, dbx.HashExp{"person": person, "revoked": ""})
		if err != nil {
			return err
		}
		if err := CheckFeeds(int(used)); err != nil {
			return err
		}
		feed, err = newRecord(tx, Feeds, map[string]any{"person": person, "name": clip(name, 30), "token_hash": hashOf(token)})
		if err != nil {
			return err
		}
		return kit.SaveAsSystem(tx, ctx, feed)
	})
	return feed, token, err
}

// CheckFeeds: a person has a few links in use, not any number.
func CheckFeeds(used int) error {
	if used >= maxFeeds {
		return kit.Reject("name", "notify_feeds_many", "最多同时使用 5 个日历链接，请先停用一个。")
	}
	return nil
}

// RevokeFeed closes a link for good.
func RevokeFeed(app core.App, ctx context.Context, feed *core.Record) error {
	if !feed.GetDateTime("revoked").IsZero() {
		return nil
	}
	feed.Set("revoked", kit.Now(app))
	return kit.SaveAsSystem(app, ctx, feed)
}

// ownerOf is the active person whose calendar a token opens; empty: nobody's.
func ownerOf(app core.App, token string) (string, error) {
	var people []string
	err := app.DB().NewQuery(`SELECT f.person FROM notify_feeds f JOIN people p ON p.id = f.person
		WHERE f.token_hash = {:hash} AND f.revoked = '' AND p.state = 'active'`).Bind(dbx.Params{"hash": hashOf(token)}).Column(&people)
	if err != nil || len(people) == 0 {
		return "", err
	}
	return people[0], nil
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// guardFeed: links are made and closed through the routes.
func guardFeed(e *core.RecordEvent) error {
	if !kit.IsSystem(e.Context) {
		return kit.Forbid("notify_feed_by_system", "日历链接请在“我的—通知设置”里生成和停用。")
	}
	return e.Next()
}

var errNoFeed = errors.New("no such calendar")
