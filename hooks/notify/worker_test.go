package notify_test

import (
	"net/http"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/notify"
)

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
