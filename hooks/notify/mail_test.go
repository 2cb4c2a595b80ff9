package notify_test

import (
	"errors"
	"fmt"
	"maps"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// No more than sixty mails go out in a minute, however often the worker wakes.
func TestMailsPerMinute(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	for i := range 70 {
		number := fmt.Sprint("m", i)
		apptest.Make(t, app, "people", map[string]any{
			"number": number, "name": number, "org": "@zb1", "kind": "member", "state": "active", "password": apptest.Password, "email": number + "@example.com",
		})
		tell(t, app, number, notify.Duty, "题")
	}
	for range 3 {
		deliver(t, app)
	}
	wantStates(t, app, map[string]int{"mail sent": 60, "mail due": 10})
	later(app, time.Minute)
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail sent": 70})
}

// What comes in quiet hours waits for their end and arrives as one mail; a
// message that was read meanwhile isn't mailed.
func TestQuietHoursBecomeOneMail(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	clock(app, "2026-06-10 22:30")
	tell(t, app, apptest.Member, notify.Duty, "一")
	tell(t, app, apptest.Branch, notify.Duty, "给支书")
	clock(app, "2026-06-11 01:00")
	tell(t, app, apptest.Member, notify.Plan, "二")
	tell(t, app, apptest.Member, notify.Duty, "读过的")
	for _, moment := range []string{"2026-06-11 01:00", "2026-06-11 07:59"} {
		clock(app, moment)
		if n := deliver(t, app); n != 0 {
			t.Errorf("%s: somebody was disturbed", moment)
		}
	}
	read := apptest.First(t, app, notify.Messages, "title", "读过的")
	if err := apptest.Save(app, read, map[string]any{"read_at": kit.Now(app)}); err != nil {
		t.Fatal(err)
	}
	clock(app, "2026-06-11 08:00")
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail sent": 3, "mail suppressed read": 1})
	if got := mailed(app, apptest.Member); !slices.Equal(got, []string{"【要点】您有 2 条通知"}) {
		t.Errorf("the member got %q", got)
	}
	if got := mailed(app, apptest.Branch); !slices.Equal(got, []string{"【要点】给支书"}) {
		t.Errorf("the secretary got %q", got)
	}
}

// An organization's mail channel says which kinds are mailed and from when to
// when; the nearest counts.
func TestMailChannel(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	mail := func(unit string, more map[string]any) {
		data := map[string]any{"name": "邮件", "kind": "mail", "org": "@" + unit, "kinds": []string{"duty"}, "active": true, "url": ""}
		maps.Copy(data, more)
		apptest.Make(t, app, notify.Channels, data)
	}
	mail("jd", map[string]any{"active": false})
	mail("zb1", map[string]any{"quiet_from": "09:00", "quiet_until": "12:00"})
	tell(t, app, apptest.Clerk, notify.Duty, "党工委不发")
	tell(t, app, apptest.Member, notify.Plan, "支部不发这类")
	tell(t, app, apptest.Member, notify.Duty, "支部上午不发")
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed closed": 2, "mail due": 1})
	clock(app, "2026-06-10 12:00")
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed closed": 2, "mail sent": 1})
	_, err := apptest.Try(app, notify.Channels, apptest.Named(t, app, map[string]any{"name": "又一个", "kind": "mail", "org": "@zb1", "kinds": []string{"duty"}}))
	if err == nil {
		t.Error("an organization has two mail channels")
	}
}

// A mailbox that doesn't exist fails at once, a busy server is asked again.
func TestMailServerSaysNo(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{550: "mail failed", 451: "mail due"} {
		app := apptest.New(t)
		post(t, app)
		app.OnMailerSend().BindFunc(func(*core.MailerEvent) error {
			return fmt.Errorf("send: %w", &textproto.Error{Code: code, Msg: "mailbox"})
		})
		tell(t, app, apptest.Member, notify.Duty, "题")
		deliver(t, app)
		wantStates(t, app, map[string]int{want: 1})
		if why := the(t, app, notify.Mail).GetString("error"); !strings.Contains(why, fmt.Sprint(code)) {
			t.Errorf("%d: %q", code, why)
		}
	}
}

// The same mail has the same Message-ID each time it is tried.
func TestMessageID(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	var ids []string
	app.OnMailerSend().BindFunc(func(e *core.MailerEvent) error {
		ids = append(ids, e.Message.Headers["Message-ID"])
		return errors.New("busy")
	})
	tell(t, app, apptest.Member, notify.Duty, "题")
	deliver(t, app)
	later(app, time.Minute)
	deliver(t, app)
	tell(t, app, apptest.Member, notify.Duty, "另一题")
	later(app, time.Hour)
	deliver(t, app)
	if len(ids) != 3 || ids[0] == "" || ids[0] != ids[1] || ids[1] == ids[2] {
		t.Errorf("got %q", ids)
	}
}
