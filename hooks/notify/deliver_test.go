package notify_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/textproto"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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

// The server goes down after a group has heard a message and before that is
// written down. The message is left alone while it may still be under way, then
// sent again: twice at worst, never lost.
func TestRestart(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	g := vendors(t, app)
	robot(t, app, notify.WeCom, "zb1", nil)
	tell(t, app, apptest.Member, notify.Duty, "题")

	client := *detourOf(app)
	notify.SetClient(app, &http.Client{Transport: after(client.Transport, runtime.Goexit)})
	died := make(chan struct{})
	go func() {
		defer close(died)
		_, _ = notify.Deliver(app)
		t.Error("it lived on")
	}()
	<-died
	notify.SetClient(app, &client)
	wantStates(t, app, map[string]int{"mail suppressed no_server": 1, "wecom due": 1})
	later(app, time.Minute)
	if n := deliver(t, app); n != 0 || len(g.texts()) != 1 {
		t.Errorf("sent while it may still be under way: %d", n)
	}
	later(app, 5*time.Minute)
	deliver(t, app)
	wantStates(t, app, map[string]int{"mail suppressed no_server": 1, "wecom sent": 1})
	if got := g.texts(); len(got) != 2 || got[0] != got[1] {
		t.Errorf("Expected the same message twice, got %q", got)
	}
}

// afterwards does something once the other side has answered.
type afterwards struct {
	next http.RoundTripper
	then func()
}

func (a afterwards) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := a.next.RoundTrip(r)
	a.then()
	return answer, err
}

func after(next http.RoundTripper, then func()) http.RoundTripper { return afterwards{next, then} }

func detourOf(app core.App) *http.Client {
	return app.Store().Get("yaodian.notify.client").(*http.Client)
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

// However many work at once, each message is sent once.
func TestNeverTwoAtOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	vendors(t, app)
	var posts atomic.Int32
	client := *detourOf(app)
	client.Transport = after(client.Transport, func() { posts.Add(1); time.Sleep(5 * time.Millisecond) })
	notify.SetClient(app, &client)
	for range 4 {
		robot(t, app, notify.WeCom, "zb1", nil)
	}
	for _, who := range []string{apptest.Member, apptest.Branch} {
		tell(t, app, who, notify.Duty, "题")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := notify.Deliver(app); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := posts.Load(); n != 4 || app.TestMailer.TotalSend() != 2 {
		t.Errorf("Expected 4 posts and 2 mails, got %d and %d", n, app.TestMailer.TotalSend())
	}
	wantStates(t, app, map[string]int{"mail sent": 2, "wecom sent": 8})
}

// The worker of a running server sends by itself, after the commit.
func TestWorker(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	post(t, app)
	tell(t, app, apptest.Member, notify.Duty, "当时没有运行")
	apptest.Serve(t, app)
	for deadline := time.Now().Add(5 * time.Second); app.TestMailer.TotalSend() < 1 && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	err := app.RunInTransaction(func(tx core.App) error {
		tell(t, tx, apptest.Branch, notify.Duty, "运行时")
		time.Sleep(50 * time.Millisecond)
		if app.TestMailer.TotalSend() != 1 {
			t.Error("sent before the commit")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); app.TestMailer.TotalSend() < 2 && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	if got := [][]string{mailed(app, apptest.Member), mailed(app, apptest.Branch)}; !reflect.DeepEqual(got, [][]string{{"【要点】当时没有运行"}, {"【要点】运行时"}}) {
		t.Errorf("got %q", got)
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
