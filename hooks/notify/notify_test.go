package notify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func send(t testing.TB, app core.App, who, title string) *core.Record {
	t.Helper()
	err := notify.Send(app, context.Background(), notify.Message{
		Person: apptest.Person(t, app, who).Id, Kind: notify.Duty, Title: title, Body: "请在 6 月 30 日前办理。", Link: "#/duties/x",
	})
	if err != nil {
		t.Fatal(err)
	}
	return apptest.First(t, app, notify.Messages, "title", title)
}

func TestSend(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	message := send(t, app, apptest.Member, "有一项新任务")
	for field, want := range map[string]string{"kind": "duty", "body": "请在 6 月 30 日前办理。", "link": "#/duties/x", "read_at": ""} {
		if got := message.GetString(field); got != want {
			t.Errorf("%s: Expected %q, got %q", field, want, got)
		}
	}
	member := apptest.Person(t, app, apptest.Member).Id
	for name, m := range map[string]notify.Message{
		"to nobody":          {Kind: notify.Duty, Title: "题"},
		"to somebody unreal": {Person: "nosuchperson000", Kind: notify.Duty, Title: "题"},
		"of no kind":         {Person: member, Title: "题"},
		"without a title":    {Person: member, Kind: notify.Plan},
		"with a link out":    {Person: member, Kind: notify.System, Title: "题", Link: "https://example.com/"},
		"with a script":      {Person: member, Kind: notify.Account, Title: "题", Link: "javascript:alert(1)"},
	} {
		if notify.Send(app, context.Background(), m) == nil {
			t.Errorf("%s: sent", name)
		}
	}
}

// A person is told of a topic once, whatever the words and the page are by then;
// where none is named, the title is the topic. Others are told all the same.
func TestTopicsAreToldOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	member, branch := apptest.Person(t, app, apptest.Member).Id, apptest.Person(t, app, apptest.Branch).Id
	message := func(title, topic, link string) notify.Message {
		return notify.Message{Kind: notify.Duty, Title: title, Topic: topic, Link: link}
	}
	for _, c := range []struct {
		name string
		list []notify.Message
		want int
	}{
		{"to nobody", message("还有 3 人没有核定", "bases 2026", "#/a").To(), 0},
		{"without a person", []notify.Message{message("还有 3 人没有核定", "bases 2026", "#/a")}, 0},
		{"to two", message("还有 3 人没有核定", "bases 2026", "#/a").To(member, branch), 2},
		{"in other words", message("还有 2 人没有核定", "bases 2026", "#/b").To(member, branch), 0},
		{"of another year", message("还有 2 人没有核定", "bases 2027", "#/b").To(member), 1},
		{"twice at once", message("六月没有开会", "", "#/c").To(member, member), 1},
		{"with the same title", message("六月没有开会", "", "#/d").To(member, branch), 1},
		{"with the same title of a topic", message("六月没有开会", "meetings of zb1", "#/d").To(member), 1},
		{"of a topic that was a title", message("又一次", "六月没有开会", "#/d").To(member), 0},
	} {
		for _, want := range []int{c.want, 0} { // and again
			if sent, err := notify.Remind(app, c.list); err != nil || sent != want {
				t.Errorf("%s: Expected %d, sent %d, %v", c.name, want, sent, err)
			}
		}
	}
}

// Many are looked up some at a time.
func TestManyAreToldOnce(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	var list []notify.Message
	for i := range 450 {
		list = append(list, notify.Message{Kind: notify.Duty, Title: "提醒", Topic: fmt.Sprint(i)}.To(apptest.Person(t, app, apptest.Member).Id)...)
	}
	for _, want := range []int{450, 0} {
		if sent, err := notify.Remind(app, list); err != nil || sent != want {
			t.Errorf("Expected %d, sent %d, %v", want, sent, err)
		}
	}
}

// A message belongs to the transaction that sends it.
func TestSendIsPartOfTheTransaction(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	failed := errors.New("the rest failed")
	err := app.RunInTransaction(func(tx core.App) error {
		send(t, tx, apptest.Member, "不该留下")
		return failed
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if n, err := app.CountRecords(notify.Messages); err != nil || n != 0 {
		t.Errorf("Expected no message, got %d (%v)", n, err)
	}
}

// Nobody writes messages by hand, whichever way; the recipient marks them as
// read, and unread again.
func TestMessagesAreFixed(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	message := send(t, s.App, apptest.Member, "有一项新任务")
	url := apptest.URL(notify.Messages, message.Id)
	for field, value := range map[string]string{
		"person": apptest.Person(t, s.App, apptest.Outsider).Id, "kind": "system", "title": "改了", "body": "改了", "link": "#/me",
	} {
		s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{field: value}).Want(t, 404)
		s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{"read_at": "2026-06-10 02:00:00.000Z", field: value}).Want(t, 404)
		s.Do(t, apptest.Keeper, http.MethodPatch, url, map[string]any{field: value}).Want(t, 400, "notify_fixed")
		changed := apptest.First(t, s.App, notify.Messages, "id", message.Id)
		changed.Set(field, value)
		apptest.Refused(t, field, s.App.SaveNoValidate(changed), "notify_fixed")
	}
	message.Set("topic", "改了") // hidden, so that no client gets hold of it
	apptest.Refused(t, "topic", s.App.SaveNoValidate(message), "notify_fixed")
	made := core.NewRecord(message.Collection())
	made.Load(map[string]any{"person": apptest.Person(t, s.App, apptest.Member).Id, "kind": "system", "title": "假通知"})
	apptest.Refused(t, "made by hand", s.App.Save(made), "notify_made_by_system")
	apptest.Refused(t, "without validation", s.App.SaveNoValidate(made), "notify_made_by_system")
	s.Do(t, apptest.Keeper, http.MethodPost, apptest.URL(notify.Messages), map[string]any{"title": "假通知", "kind": "system"}).Want(t, 400)

	s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{"read_at": "2026-06-10 02:00:00.000Z"}).Want(t, 200, `"read_at":"2026-06-10 02:00:00.000Z"`)
	s.Do(t, apptest.Member, http.MethodPatch, url, map[string]any{"read_at": ""}).Want(t, 200, `"read_at":""`)
}

// A message reaches the open page of its person, and no other.
func TestMessagesOverRealtime(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	mine, _ := s.Listen(t, apptest.Member, "notify_messages/*")
	var others []*apptest.Listener
	for _, who := range []string{apptest.Guest, apptest.Outsider, apptest.Branch, apptest.Clerk, apptest.Secretary} {
		page, _ := s.Listen(t, who, "notify_messages/*")
		others = append(others, page)
	}
	send(t, s.App, apptest.Member, "有一项新任务")
	mine.Hear(t, 1)
	for _, page := range others {
		page.Hear(t, 0)
	}
}

// What the application writes by itself carries the mark of kit.System.
func TestTheSystemCorrectsItself(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	message := send(t, app, apptest.Member, "有一项新任务")
	message.Set("title", "系统更正")
	if err := kit.SaveAsSystem(app, context.Background(), message); err != nil {
		t.Errorf("the system corrects its message: %v", err)
	}
}

// Who has looked at sensitive fields of somebody is told to that person, and why.
// One's own look is told to nobody.
func TestLooksAreTold(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	member := apptest.Person(t, s.App, apptest.Member).Id
	look := func(who, reason string) apptest.Answer {
		return s.Do(t, who, http.MethodPost, "/api/people/"+member+"/reveal", map[string]any{"fields": []string{"mobile"}, "reason": reason})
	}
	look(apptest.Member, "").Want(t, 200)
	look(apptest.Outsider, "随便看看吧").Want(t, 404)
	if n, err := s.App.CountRecords(notify.Messages); err != nil || n != 0 {
		t.Fatalf("%d messages, %v", n, err)
	}
	look(apptest.Clerk, "联系 13812345678 的家属").Want(t, 200)
	message := apptest.First(t, s.App, notify.Messages, "person", member)
	want := "党建办干事（清河街道党工委）林干事因“联系 ＊＊＊ 的家属”查看了您的手机号。"
	if got := message.GetString("body"); got != want || message.GetString("kind") != "account" || message.GetString("link") != "#/me/seen" {
		t.Errorf("Expected %q, got %q, %s, %s", want, got, message.GetString("kind"), message.GetString("link"))
	}
	look(apptest.Keeper, "核对联系方式").Want(t, 200)
	if n, err := s.App.CountRecords(notify.Messages); err != nil || n != 2 {
		t.Errorf("%d messages, %v", n, err)
	}
}
