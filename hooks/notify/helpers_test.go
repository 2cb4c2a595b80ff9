package notify_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// secret is what the robots of a test are signed with.
const secret = "SECf6a7b8"

// group is the three vendors in one server. It takes what they would take:
// signed, fresh, well formed, and not too often.
type group struct {
	mu    sync.Mutex
	heard []string                                      // the texts that reached a group
	hosts []string                                      // whom the requests were meant for
	now   func() time.Time                              // for the age of signatures
	mood  func(http.ResponseWriter, *http.Request) bool // answers instead; nil: takes everything
	t     testing.TB
}

// vendors leads the vendors' addresses of app to a server on this machine.
func vendors(t testing.TB, app core.App) *group {
	t.Helper()
	g := &group{t: t, now: func() time.Time { return kit.Now(app) }}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	to, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	notify.SetClient(app, &http.Client{Timeout: 200 * time.Millisecond, Transport: detour{to.Host}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }})
	return g
}

// detour sends every request to one server, whoever it is meant for.
type detour struct{ to string }

func (d detour) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Meant-For", r.URL.Scheme+"://"+r.URL.Host)
	r.URL.Scheme, r.URL.Host = "http", d.to
	return http.DefaultTransport.RoundTrip(r)
}

func (g *group) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	mood := g.mood
	g.mu.Unlock()
	if mood != nil && mood(w, r) {
		return
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		g.t.Error(err)
	}
	var body map[string]any
	if err := json.Unmarshal(raw, &body); err != nil {
		g.t.Errorf("%v: %s", err, raw)
	}
	host := r.Header.Get("X-Meant-For")
	text, answer := "", ""
	switch host {
	case "https://qyapi.weixin.qq.com":
		text, answer = g.weCom(r, body)
	case "https://oapi.dingtalk.com":
		text, answer = g.dingTalk(r, body)
	case "https://open.feishu.cn":
		text, answer = g.feishu(r, body)
	default:
		g.t.Errorf("a request to %s", host)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if text != "" {
		g.heard, g.hosts = append(g.heard, text), append(g.hosts, host)
	}
	_, _ = io.WriteString(w, answer)
}

func (g *group) weCom(r *http.Request, body map[string]any) (text, answer string) {
	content, _ := body["markdown"].(map[string]any)["content"].(string)
	switch {
	case r.URL.Path != "/cgi-bin/webhook/send" || r.URL.Query().Get("key") == "":
		return "", `{"errcode":93000,"errmsg":"invalid webhook url"}`
	case body["msgtype"] != "markdown" || content == "" || len(content) > 4096:
		return "", `{"errcode":40058,"errmsg":"markdown.content exceed max length 4096"}`
	}
	return content, `{"errcode":0,"errmsg":"ok"}`
}

func (g *group) dingTalk(r *http.Request, body map[string]any) (text, answer string) {
	q := r.URL.Query()
	ms, _ := strconv.ParseInt(q.Get("timestamp"), 10, 64)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(q.Get("timestamp") + "\n" + secret))
	content, _ := body["markdown"].(map[string]any)
	switch {
	case r.URL.Path != "/robot/send" || q.Get("access_token") == "":
		return "", `{"errcode":300001,"errmsg":"token is not exist"}`
	case q.Get("sign") != base64.StdEncoding.EncodeToString(mac.Sum(nil)) || g.now().Sub(time.UnixMilli(ms)).Abs() > time.Hour:
		return "", `{"errcode":310000,"errmsg":"sign not match"}`
	case body["msgtype"] != "markdown" || content["title"] == "" || content["text"] == "":
		return "", `{"errcode":40035,"errmsg":"param error"}`
	}
	return content["text"].(string), `{"errcode":0,"errmsg":"ok"}`
}

func (g *group) feishu(r *http.Request, body map[string]any) (text, answer string) {
	at, _ := body["timestamp"].(string)
	seconds, _ := strconv.ParseInt(at, 10, 64)
	mac := hmac.New(sha256.New, []byte(at+"\n"+secret))
	switch {
	case !strings.HasPrefix(r.URL.Path, "/open-apis/bot/v2/hook/"):
		return "", `{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}`
	case body["sign"] != base64.StdEncoding.EncodeToString(mac.Sum(nil)) || g.now().Sub(time.Unix(seconds, 0)).Abs() > time.Hour:
		return "", `{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}`
	}
	card := body["card"].(map[string]any)
	title := card["header"].(map[string]any)["title"].(map[string]any)["content"].(string)
	return title + "\n" + card["elements"].([]any)[0].(map[string]any)["content"].(string), `{"code":0,"msg":"success","data":{}}`
}

// behave changes how the server answers from now on.
func (g *group) behave(mood func(http.ResponseWriter, *http.Request) bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.mood = mood
}

// says answers every request with a status and a body.
func says(status int, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
		return true
	}
}

// texts are what reached a group so far.
func (g *group) texts() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]string{}, g.heard...)
}

// robot gives an organization a robot.
func robot(t testing.TB, app core.App, via notify.Via, unit string, more map[string]any) *core.Record {
	t.Helper()
	data := map[string]any{"name": "工作群", "kind": string(via), "org": "@" + unit, "kinds": []string{"duty", "plan"}, "active": true}
	switch via {
	case notify.WeCom:
		data["url"] = weComURL
	case notify.DingTalk:
		data["url"], data["secret"] = dingTalkURL, secret
	case notify.Feishu:
		data["url"], data["secret"] = feishuURL, secret
	}
	for k, v := range more {
		data[k] = v
	}
	return apptest.Make(t, app, notify.Channels, data)
}

// post sets up a mail server: the one of tests, which keeps what it is given.
func post(t testing.TB, app *tests.TestApp) {
	t.Helper()
	s := app.Settings()
	s.SMTP.Enabled, s.SMTP.Host, s.SMTP.Port = true, "smtp.example.com", 465
	s.Meta.AppURL = "https://yaodian.example.com"
	if err := app.Save(s); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{apptest.Member, apptest.Branch, apptest.Clerk} {
		if err := apptest.Save(app, apptest.Person(t, app, who), map[string]any{"email": who + "@example.com"}); err != nil {
			t.Fatal(err)
		}
	}
}

// mailed lists the subjects of the mails that somebody got.
func mailed(app *tests.TestApp, who string) []string {
	out := []string{}
	for _, m := range app.TestMailer.Messages() {
		if len(m.To) == 1 && m.To[0] == (mail.Address{Name: m.To[0].Name, Address: who + "@example.com"}) {
			out = append(out, m.Subject)
		}
	}
	return out
}

// tell sends a message to one of the people.
func tell(t testing.TB, app core.App, who string, kind notify.Kind, title string) {
	t.Helper()
	err := notify.Send(app, context.Background(), notify.Message{Person: apptest.Person(t, app, who).Id, Kind: kind, Title: title, Body: "请办理。", Link: "#/duties/x"})
	if err != nil {
		t.Fatal(err)
	}
}

func deliver(t testing.TB, app core.App) int {
	t.Helper()
	n, err := notify.Deliver(app)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// clock sets the application's clock, in Beijing.
func clock(app core.App, moment string) { kit.SetNow(app, at(moment)) }

func later(app core.App, d time.Duration) { kit.SetNow(app, kit.Now(app).Add(d)) }

// states counts the deliveries by way, state and reason: "mail sent", "wecom due",
// "mail suppressed no_email".
func states(t testing.TB, app core.App) map[string]int {
	t.Helper()
	var rows []struct {
		What string `db:"what"`
		N    int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT trim(via || ' ' || state || ' ' || reason) AS what, count(*) AS n FROM notify_deliveries GROUP BY 1`).All(&rows)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, r := range rows {
		out[r.What] = r.N
	}
	return out
}

// the is the one delivery by a way.
func the(t testing.TB, app core.App, via notify.Via) *core.Record {
	t.Helper()
	list, err := app.FindAllRecords(notify.Deliveries, dbx.HashExp{"via": string(via)})
	if err != nil || len(list) != 1 {
		t.Fatalf("Expected one delivery by %s, got %d (%v)", via, len(list), err)
	}
	return list[0]
}
