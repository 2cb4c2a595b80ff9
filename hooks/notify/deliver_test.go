package notify_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func wantStates(t testing.TB, app core.App, want map[string]int) {
	t.Helper()
	if got := states(t, app); !maps.Equal(got, want) {
		t.Errorf("Expected %v, got %v", want, got)
	}
}

// Every message goes to its person's mail and to each robot above them that
// sends its kind, and to no other.
func TestWaysOut(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	g := vendors(t, app)
	robot(t, app, notify.WeCom, "jd", nil)
	robot(t, app, notify.DingTalk, "zb1", nil)
	robot(t, app, notify.Feishu, "zb1", map[string]any{"kinds": []string{"system"}})
	robot(t, app, notify.Feishu, "zb2", nil)
	robot(t, app, notify.Feishu, "wd", nil)
	robot(t, app, notify.Feishu, "zb1", map[string]any{"active": false})

	tell(t, app, apptest.Member, notify.Duty, "新任务：上党课")
	wantStates(t, app, map[string]int{"mail due": 1, "wecom due": 1, "dingtalk due": 1})
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail sent": 1, "wecom sent": 1, "dingtalk sent": 1})
	if got := mailed(app, apptest.Member); !slices.Equal(got, []string{"【要点】新任务：上党课"}) {
		t.Errorf("mails: %q", got)
	}
	m := app.TestMailer.LastMessage()
	for _, text := range []string{m.Text, m.HTML} {
		for _, want := range []string{"孙党员", "新任务：上党课", "请办理。", "https://yaodian.example.com/#/duties/x", "通知设置"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in %s", want, text)
			}
		}
	}
	for _, text := range g.texts() {
		if !strings.Contains(text, "东风社区党支部：新任务：上党课") || strings.Contains(text, "孙党员") || strings.Contains(text, "请办理") {
			t.Errorf("a group reads %q", text)
		}
	}
	sent := the(t, app, notify.WeCom)
	if sent.GetInt("tries") != 1 || sent.GetString("batch") != sent.Id || !sent.GetDateTime("sent_at").Time().Equal(kit.Now(app)) {
		t.Errorf("written down: %v", sent)
	}
	if n := deliver(t, app); n != 0 || len(g.texts()) != 2 || app.TestMailer.TotalSend() != 1 {
		t.Errorf("sent again: %d", n)
	}
}

// All three robots are signed and understood, in the formats of their vendors.
func TestVendorsUnderstand(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	g := vendors(t, app)
	for _, via := range []notify.Via{notify.WeCom, notify.DingTalk, notify.Feishu} {
		robot(t, app, via, "zb1", nil)
	}
	tell(t, app, apptest.Member, notify.Duty, "新任务：上党课")
	tell(t, app, apptest.Branch, notify.Duty, "新任务：上党课")
	tell(t, app, apptest.Branch, notify.Plan, "工作要点已确认")
	if n := deliver(t, app); n != 9 {
		t.Errorf("Expected 9, got %d: %v", n, states(t, app))
	}
	texts := g.texts()
	if len(texts) != 3 {
		t.Fatalf("Expected one message in each group, got %q", texts)
	}
	for _, text := range texts {
		for _, want := range []string{"要点：3 条通知", "- 东风社区党支部：新任务：上党课（2 份）", "- 东风社区党支部：工作要点已确认\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in %q", want, text)
			}
		}
	}
}

// Each robot with the wrong secret is refused once, says why, and shows neither
// the secret nor the address.
func TestWrongSecret(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	vendors(t, app)
	for _, via := range []notify.Via{notify.DingTalk, notify.Feishu} {
		robot(t, app, via, "zb1", map[string]any{"secret": "SECwrong"})
	}
	tell(t, app, apptest.Member, notify.Duty, "题")
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed no_server": 1, "dingtalk failed": 1, "feishu failed": 1})
	for via, code := range map[notify.Via]string{notify.DingTalk: "310000", notify.Feishu: "19021"} {
		why := the(t, app, via).GetString("error")
		if !strings.Contains(why, code) || !strings.Contains(why, "请核对") || strings.Contains(why, "SEC") || strings.Contains(why, "token=") {
			t.Errorf("%s: %s", via, why)
		}
	}
}

// What fails is tried again after longer and longer waits, six times in all;
// an error shows no address, which is a password.
func TestRetries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mood func(http.ResponseWriter, *http.Request) bool
		why  string
		wait time.Duration
	}{
		"broken":  {says(500, "oops"), "企业微信没有收下（HTTP 500）。", time.Minute},
		"slow":    {func(http.ResponseWriter, *http.Request) bool { time.Sleep(300 * time.Millisecond); return true }, "连不上企业微信：等了太久没有答复。", time.Minute},
		"cut off": {func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }, "连不上企业微信：EOF。", time.Minute},
		"strange": {says(200, "<html>请登录</html>"), "企业微信的答复看不懂。", time.Minute},
		"moved":   {says(302, ""), "企业微信没有收下（HTTP 302）。", time.Minute},
		"busy":    {says(200, `{"errcode":45009,"errmsg":"api freq out of limit"}`), "企业微信说发得太频繁，过一会儿再发。", 10 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := apptest.New(t)
			g := vendors(t, app)
			g.behave(c.mood)
			robot(t, app, notify.WeCom, "zb1", nil)
			tell(t, app, apptest.Member, notify.Duty, "题")
			deliver(t, app)
			d := the(t, app, notify.WeCom)
			if got := d.GetDateTime("next_try").Time().Sub(kit.Now(app)); d.GetString("error") != c.why || d.GetInt("tries") != 1 || got != c.wait {
				t.Errorf("after the first try: %q, %d, again in %v", d.GetString("error"), d.GetInt("tries"), got)
			}
			later(app, c.wait-time.Second)
			deliver(t, app)
			if got := the(t, app, notify.WeCom).GetInt("tries"); got != 1 {
				t.Error("tried again too soon")
			}
			for range 4 {
				later(app, 24*time.Hour)
				deliver(t, app)
			}
			wantStates(t, app, map[string]int{"mail suppressed no_server": 1, "wecom due": 1})
			later(app, 24*time.Hour)
			deliver(t, app)
			wantStates(t, app, map[string]int{"mail suppressed no_server": 1, "wecom failed": 1})
			later(app, 24*time.Hour)
			if n := deliver(t, app); n != 0 {
				t.Error("tried again after the last time")
			}
		})
	}
}

// A robot that comes back says once what it had to say, and clears the error.
func TestRecovers(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	g := vendors(t, app)
	g.behave(says(503, ""))
	robot(t, app, notify.Feishu, "zb1", nil)
	tell(t, app, apptest.Member, notify.Duty, "一")
	deliver(t, app)
	g.behave(nil)
	later(app, time.Minute)
	tell(t, app, apptest.Member, notify.Duty, "二")
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed no_server": 2, "feishu sent": 2})
	if got := g.texts(); len(got) != 1 || !strings.Contains(got[0], "：一\n") || !strings.Contains(got[0], "：二\n") {
		t.Errorf("Expected one message of both, got %q", got)
	}
}

// A robot rests after each message, so it stays below what the vendors allow.
func TestRobotsRest(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	g := vendors(t, app)
	robot(t, app, notify.WeCom, "zb1", nil)
	for i := range 60 { // a minute, a message each second
		tell(t, app, apptest.Member, notify.Duty, fmt.Sprint("题", i))
		deliver(t, app)
		later(app, time.Second)
	}
	if n := len(g.texts()); n > 20 || n < 5 {
		t.Errorf("Expected at most 20 messages a minute, got %d", n)
	}
	later(app, time.Minute)
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed no_server": 60, "wecom sent": 60})
}

// A person's own choices: kinds they don't want, other hours, one mail a day.
func TestChoices(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	apptest.Make(t, app, notify.Choices, map[string]any{"person": "#member", "mail_off": []string{"plan"}, "digest": true, "quiet_from": "20:00", "quiet_until": "07:30"})
	apptest.Make(t, app, notify.Choices, map[string]any{"person": "#branch1", "quiet_from": "00:00", "quiet_until": "00:00"})
	tell(t, app, apptest.Member, notify.Plan, "不要的")
	tell(t, app, apptest.Member, notify.Duty, "一")
	clock(app, "2026-06-10 15:00")
	tell(t, app, apptest.Member, notify.System, "二")
	clock(app, "2026-06-10 23:00")
	tell(t, app, apptest.Branch, notify.Duty, "夜里也要")
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed unwanted": 1, "mail due": 2, "mail sent": 1})
	clock(app, "2026-06-11 07:30")
	deliver(t, app)
	if got := mailed(app, apptest.Member); !slices.Equal(got, []string{"【要点】您有 2 条通知"}) {
		t.Errorf("the member got %q", got)
	}
	// Who changes their mind while a mail waits isn't sent it.
	tell(t, app, apptest.Member, notify.Duty, "三")
	choice := apptest.First(t, app, notify.Choices, "person", apptest.Person(t, app, apptest.Member).Id)
	if err := apptest.Save(app, choice, map[string]any{"mail_off": []string{"duty", "plan"}}); err != nil {
		t.Fatal(err)
	}
	clock(app, "2026-06-12 07:30")
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed unwanted": 2, "mail sent": 3})
}

// Nobody to reach is said, not hidden: no server, no address, not in office.
func TestSuppressedHonestly(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	tell(t, app, apptest.Member, notify.Duty, "没有邮件服务")
	wantStates(t, app, map[string]int{"mail suppressed no_server": 1})
	post(t, app)
	g := vendors(t, app)
	robot(t, app, notify.WeCom, "zb2", nil)
	tell(t, app, apptest.Outsider, notify.Duty, "没有邮箱")
	tell(t, app, apptest.Member, notify.Duty, "停用以前")
	if err := apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"state": "suspended"}); err != nil {
		t.Fatal(err)
	}
	tell(t, app, apptest.Member, notify.Duty, "停用以后")
	deliver(t, app)
	if n := len(g.texts()); n != 0 {
		t.Errorf("another branch's group heard %d", n)
	}
	wantStates(t, app, map[string]int{"mail suppressed no_server": 1, "mail suppressed no_email": 1, "mail suppressed inactive": 2})
}

// A delivery belongs to the transaction of its message.
func TestDeliveriesAreOneWithTheMessage(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	failed := errors.New("the rest failed")
	err := app.RunInTransaction(func(tx core.App) error {
		tell(t, tx, apptest.Member, notify.Duty, "不该留下")
		return failed
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	deliver(t, app)
	wantStates(t, app, map[string]int{})
	if app.TestMailer.TotalSend() != 0 {
		t.Error("a message was sent that never was")
	}
}

// Failed deliveries are due again when somebody asks, those in their reach only.
func TestRetry(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	g := vendors(t, app)
	g.behave(says(200, `{"errcode":93000,"errmsg":"invalid webhook url"}`))
	robot(t, app, notify.WeCom, "jd", nil)
	tell(t, app, apptest.Member, notify.Duty, "题")
	deliver(t, app)
	failed := the(t, app, notify.WeCom)
	g.behave(nil)
	later(app, time.Minute)
	n, err := notify.Retry(app, context.Background(), []string{failed.Id, "nosuchdelivery0", the(t, app, notify.Mail).Id}, nil)
	if n != 1 || err != nil {
		t.Errorf("Expected the failed one, got %d (%v)", n, err)
	}
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed no_server": 1, "wecom sent": 1})
	if n, err := notify.Retry(app, context.Background(), []string{failed.Id}, nil); n != 0 || err != nil {
		t.Errorf("what was sent is sent again: %d (%v)", n, err)
	}
}
