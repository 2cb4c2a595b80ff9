package notify_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// Addresses and secrets leave the server to nobody but the system keeper, and
// an officer can't put their own in their place.
func TestSecretsStayInside(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	channel := robot(t, s.App, notify.DingTalk, "jd", nil)
	for _, query := range []string{"", "?fields=*", "?fields=url,secret", "?expand=org"} {
		answer := s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(notify.Channels, channel.Id)+query, nil)
		answer.Want(t, 200)
		if answer.Has("token=") || answer.Has(secret) {
			t.Errorf("%s shows %s", query, answer.Short())
		}
	}
	for _, filter := range []string{`url ~ "a"`, `secret != ""`, `url:lower ~ "a"`} {
		s.Do(t, apptest.Clerk, http.MethodGet, apptest.URL(notify.Channels)+"?filter="+strings.ReplaceAll(filter, " ", "%20"), nil).Want(t, 400)
	}
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(notify.Channels, channel.Id), map[string]any{"url": feishuURL, "secret": "x"})
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(notify.Channels, channel.Id), map[string]any{"name": "换了名", "kinds": []string{"plan"}}).Want(t, 200)
	stored := apptest.First(t, s.App, notify.Channels, "id", channel.Id)
	if stored.GetString("url") != dingTalkURL || stored.GetString("secret") != secret || stored.GetString("name") != "换了名" {
		t.Errorf("stored: %v", stored)
	}
}

// The rules of channels bind the system keeper and scripts alike.
func TestChannelRules(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	made := func(more map[string]any) apptest.Answer {
		data := map[string]any{"name": "群", "kind": "wecom", "org": "@jd", "url": weComURL, "kinds": []string{"duty"}}
		for k, v := range more {
			data[k] = v
		}
		return s.Do(t, apptest.Keeper, http.MethodPost, apptest.URL(notify.Channels), apptest.Named(t, s.App, data))
	}
	made(map[string]any{"url": "https://169.254.169.254/latest/meta-data/"}).Want(t, 400, "notify_url")
	made(map[string]any{"kinds": []string{"account"}}).Want(t, 400, "notify_private")
	made(map[string]any{"quiet_from": "21:00"}).Want(t, 400, "notify_quiet")
	made(nil).Want(t, 200)
	channel := apptest.First(t, s.App, notify.Channels, "kind", "wecom")
	for field, value := range map[string]any{"org": apptest.Unit(t, s.App, "zb1").Id, "kind": "mail"} {
		changed := apptest.First(t, s.App, notify.Channels, "id", channel.Id)
		changed.Set(field, value)
		if field == "kind" {
			changed.Set("url", "")
		}
		apptest.Refused(t, field, s.App.SaveNoValidate(changed), "notify_channel_fixed")
	}
	tell(t, s.App, apptest.Member, notify.Duty, "题")
	s.Do(t, apptest.Keeper, http.MethodDelete, apptest.URL(notify.Channels, channel.Id), nil).Want(t, 204) // not in use, hence nothing refers to it
	used := robot(t, s.App, notify.WeCom, "jd", nil)
	tell(t, s.App, apptest.Member, notify.Duty, "题")
	s.Do(t, apptest.Keeper, http.MethodDelete, apptest.URL(notify.Channels, used.Id), nil).Want(t, 403, "notify_channel_used")
}

// An address that was changed behind the rules is refused once more when it is used.
func TestAddressIsCheckedWhenUsed(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	g := vendors(t, s.App)
	g.behave(func(http.ResponseWriter, *http.Request) bool { t.Error("a request went out"); return true })
	channel := robot(t, s.App, notify.WeCom, "jd", map[string]any{"quiet_from": "09:00", "quiet_until": "11:00"})
	if _, err := s.App.DB().NewQuery(`UPDATE notify_channels SET url = 'https://10.0.0.1/cgi-bin/webhook/send?key=1'`).Execute(); err != nil {
		t.Fatal(err)
	}
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/notify/channels/"+channel.Id+"/test", nil).Want(t, 400, "notify_test_failed", "地址不对")
	tell(t, s.App, apptest.Member, notify.Duty, "题")
	clock(s.App, "2026-06-10 11:00")
	deliver(t, s.App)
	if d := the(t, s.App, notify.WeCom); d.GetString("state") != "failed" || !strings.Contains(d.GetString("error"), "地址不对") {
		t.Errorf("got %v", d)
	}
}

// A test message goes to the group, or to the caller's own mailbox, and the
// answer says what came of it.
func TestTestChannel(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	post(t, s.App)
	g := vendors(t, s.App)
	url := func(channel *core.Record) string { return "/api/notify/channels/" + channel.Id + "/test" }
	channel := robot(t, s.App, notify.Feishu, "jd", nil)
	for who, status := range map[string]int{apptest.Guest: 401, apptest.Member: 403, apptest.Branch: 403, apptest.Inspector: 403, apptest.Clerk: 200, apptest.Keeper: 200} {
		s.Do(t, who, http.MethodPost, url(channel), nil).Want(t, status)
	}
	far := robot(t, s.App, notify.Feishu, "wd", nil)
	s.Do(t, apptest.Clerk, http.MethodPost, url(far), nil).Want(t, 404)
	if got := g.texts(); len(got) != 2 || !strings.Contains(got[0], "要点：测试消息") {
		t.Errorf("the group heard %q", got)
	}
	g.behave(says(200, `{"code":19024,"msg":"Key Words Not Found"}`))
	s.Do(t, apptest.Clerk, http.MethodPost, url(channel), nil).Want(t, 400, "notify_test_failed", "19024")

	mail := apptest.Make(t, s.App, notify.Channels, map[string]any{"name": "邮件", "kind": "mail", "org": "@jd", "kinds": []string{"duty"}, "active": true})
	serve := func(on bool) {
		s.App.Settings().SMTP.Enabled = on
		if err := s.App.Save(s.App.Settings()); err != nil {
			t.Fatal(err)
		}
	}
	serve(false)
	s.Do(t, apptest.Clerk, http.MethodPost, url(mail), nil).Want(t, 400, "notify_no_server")
	serve(true)
	s.Do(t, apptest.Secretary, http.MethodPost, url(mail), nil).Want(t, 400, "notify_no_email")
	s.Do(t, apptest.Clerk, http.MethodPost, url(mail), nil).Want(t, 200)
	if got := mailed(s.App, apptest.Clerk); len(got) != 1 || got[0] != "【要点】测试邮件" {
		t.Errorf("got %q", got)
	}
}

// Officers count and send again what lies in their reach, and read of nobody's
// message what it says.
func TestSummaryAndRetryRoutes(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	g := vendors(t, s.App)
	g.behave(says(200, `{"errcode":93000,"errmsg":"invalid webhook url"}`))
	for _, unit := range []string{"jd", "wd"} {
		robot(t, s.App, notify.WeCom, unit, map[string]any{"quiet_from": "09:00", "quiet_until": "11:00"})
	}
	tell(t, s.App, apptest.Member, notify.Duty, "某人的事")
	tell(t, s.App, apptest.Outsider, notify.Duty, "外地的事")
	clock(s.App, "2026-06-10 11:00")
	deliver(t, s.App)
	failed := map[string]string{}
	for _, who := range []string{apptest.Member, apptest.Outsider} {
		list, err := s.App.FindAllRecords(notify.Deliveries)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			if d.GetString("state") == "failed" && d.GetString("person") == apptest.Person(t, s.App, who).Id {
				failed[who] = d.Id
			}
		}
	}
	for who, want := range map[string]int{apptest.Guest: 401, apptest.Member: 403, apptest.Branch: 403, apptest.Inspector: 403, apptest.Deputy: 403, apptest.Clerk: 200, apptest.Keeper: 200} {
		answer := s.Do(t, who, http.MethodGet, "/api/notify/summary", nil)
		answer.Want(t, want)
		s.Do(t, who, http.MethodPost, "/api/notify/retry", map[string]any{"ids": []string{"nosuchdelivery0"}}).Want(t, want)
		if want != 200 {
			continue
		}
		var summary notify.Summary
		if err := json.Unmarshal([]byte(answer.Body), &summary); err != nil {
			t.Fatal(err)
		}
		n := map[string]int{apptest.Clerk: 1, apptest.Keeper: 2}[who]
		if got := summary.Total; got != (notify.Tally{Total: 2 * n, Failed: n, Suppressed: n}) || len(summary.Failed) != n || len(summary.ByVia) != 2 || summary.Server {
			t.Errorf("%s: %s", who, answer.Short())
		}
		if answer.Has("某人的事") || who == apptest.Clerk && answer.Has("吴外人") || !answer.Has("孙党员") {
			t.Errorf("%s reads %s", who, answer.Short())
		}
	}
	ids := []string{failed[apptest.Member], failed[apptest.Outsider]}
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/notify/retry", map[string]any{"ids": []string{}}).Want(t, 400, "notify_retry_ids")
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/notify/retry", map[string]any{"ids": make([]string, 201)}).Want(t, 400, "notify_retry_ids")
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/notify/retry", map[string]any{"ids": ids}).Want(t, 200, `"retried":1`)
}

// What a message may not say is refused whoever writes it.
func TestNothingSensitive(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	member := apptest.Person(t, app, apptest.Member).Id
	for _, m := range []notify.Message{
		{Person: member, Kind: notify.Duty, Title: "请联系 13812345678"},
		{Person: member, Kind: notify.Duty, Title: "题", Body: "身份证 11010519491231002X"},
	} {
		apptest.Refused(t, m.Title, notify.Send(app, t.Context(), m), "notify_sensitive")
	}
	wantStates(t, app, map[string]int{})
}

// Deliveries go with their message and not without it.
func TestDeliveriesGoWithTheMessage(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	tell(t, s.App, apptest.Member, notify.Duty, "题")
	d := the(t, s.App, notify.Mail)
	apptest.Refused(t, "alone", s.App.Delete(d), "notify_delivery_permanent")
	d = the(t, s.App, notify.Mail)
	apptest.Refused(t, "changed", apptest.Save(s.App, d, map[string]any{"state": "sent"}), "notify_delivery_by_system")
	s.Do(t, apptest.Keeper, http.MethodDelete, apptest.URL(notify.Messages, d.GetString("message")), nil).Want(t, 204)
	wantStates(t, s.App, map[string]int{})
}

// What a hundred messages cost is a hundred times what one costs: an address is
// two queries and as many inserts as there are ways.
func BenchmarkSend(b *testing.B) {
	app := apptest.New(b)
	robot(b, app, notify.WeCom, "jd", nil)
	member := apptest.Person(b, app, apptest.Member).Id
	n := 0
	for b.Loop() {
		n++
		err := notify.Send(app, b.Context(), notify.Message{Person: member, Kind: notify.Duty, Title: fmt.Sprint("题", n, kit.Today(app))})
		if err != nil {
			b.Fatal(err)
		}
	}
}
