package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify/outside"
	"yaodian/hooks/org"
)

// calendarPath is where a secret link leads.
const calendarPath = "/api/notify/calendar/"

func bindRoutes(e *core.ServeEvent) error {
	e.Router.POST("/api/notify/feeds", makeFeed).Bind(apis.RequireAuth("people"))
	e.Router.DELETE("/api/notify/feeds/{id}", closeFeed).Bind(apis.RequireAuth("people"))
	// The address is a password: requests that succeed leave it out of the log.
	e.Router.GET(calendarPath+"{file}", showCalendar).Bind(apis.SkipSuccessActivityLog())
	e.Router.GET("/api/notify/summary", showSummary).Bind(apis.RequireAuth())
	e.Router.POST("/api/notify/retry", retryFailed).Bind(apis.RequireAuth())
	e.Router.POST("/api/notify/channels/{id}/test", testChannel).Bind(apis.RequireAuth())
	return e.Next()
}

// makeFeed answers the link, the only time that it is shown.
func makeFeed(e *core.RequestEvent) error {
	var form struct {
		Name string `json:"name"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	feed, token, err := NewFeed(e.App, e.Request.Context(), e.Auth.Id, strings.TrimSpace(form.Name))
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusCreated, map[string]string{"id": feed.Id, "path": calendarPath + token + ".ics"})
}

func closeFeed(e *core.RequestEvent) error {
	feed, err := e.App.FindFirstRecordByFilter(Feeds, "id = {:id} && person = {:person}", dbx.Params{"id": e.Request.PathValue("id"), "person": e.Auth.Id})
	if err != nil {
		return e.NotFoundError("", err)
	}
	if err := RevokeFeed(e.App, e.Request.Context(), feed); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// showCalendar answers a person's calendar to whoever has the link. A link that
// never was and one that is closed are answered alike.
func showCalendar(e *core.RequestEvent) error {
	token, isCalendar := strings.CutSuffix(e.Request.PathValue("file"), ".ics")
	if !isCalendar {
		return e.NotFoundError("", errNoFeed)
	}
	person, err := ownerOf(e.App, token)
	if err != nil {
		return err
	}
	if person == "" {
		return e.NotFoundError("", errNoFeed)
	}
	entries, err := entriesFor(e.App, person)
	if err != nil {
		return err
	}
	body := Calendar(entries, func(route string) string { return clientURL(e.App, route) })
	sum := sha256.Sum256([]byte(body))
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	h := e.Response.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Content-Disposition", `inline; filename="yaodian.ics"`)
	if strings.Contains(e.Request.Header.Get("If-None-Match"), tag) {
		return e.NoContent(http.StatusNotModified)
	}
	return e.Blob(http.StatusOK, "text/calendar; charset=utf-8", []byte(body))
}

// reach is the condition that a record lies where the caller keeps the tree;
// nil for the system keeper, who reaches all. Whoever reaches nothing is refused.
func reach(e *core.RequestEvent, column string) (dbx.Expression, error) {
	if e.HasSuperuserAuth() {
		return nil, nil
	}
	today := kit.Today(e.App)
	powers, err := org.Powers(e.App, e.Auth.Id, today)
	if err != nil {
		return nil, err
	}
	if len(powers["org"]) == 0 {
		return nil, kit.Forbid("notify_no_power", "只有管理组织的人可以查看送达情况。")
	}
	return org.InReach(column, e.Auth.Id, "org", today), nil
}

func showSummary(e *core.RequestEvent) error {
	within, err := reach(e, "d.org_path")
	if err != nil {
		return err
	}
	summary, err := SummaryOf(e.App, within)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, summary)
}

// maxRetry is how many deliveries one request may send again.
const maxRetry = 200

func retryFailed(e *core.RequestEvent) error {
	within, err := reach(e, "org_path")
	if err != nil {
		return err
	}
	var form struct {
		IDs []string `json:"ids"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if len(form.IDs) == 0 || len(form.IDs) > maxRetry {
		return e.BadRequestError("", kit.Reject("ids", "notify_retry_ids", "请选择要重发的通知，一次最多 200 条。"))
	}
	n, err := Retry(e.App, e.Request.Context(), form.IDs, within)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]int{"retried": n})
}

// testChannel sends one message that says nothing, to the group or to the
// caller's own address, and answers what came of it.
func testChannel(e *core.RequestEvent) error {
	within, err := reach(e, "org_path")
	if err != nil {
		return err
	}
	channel := &Channel{}
	q := e.App.RecordQuery(Channels).AndWhere(dbx.HashExp{"id": e.Request.PathValue("id")})
	if within != nil {
		q.AndWhere(within)
	}
	if err := q.One(channel); err != nil {
		return e.NotFoundError("", err)
	}
	if err := sendTest(e.App, channel, e.Auth); err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, map[string]bool{"sent": true})
}

func sendTest(app core.App, c *Channel, caller *core.Record) error {
	var err error
	if c.Via() == Mail {
		err = testMail(app, caller)
	} else {
		err = c.Robot().Post(clientOf(app), "要点：测试消息", "通道已经接通。这条消息由管理人员发出，不用办理。", kit.Now(app))
	}
	var t *outside.Trouble
	if errors.As(err, &t) {
		return kit.Reject("channel", "notify_test_failed", t.Sentence)
	}
	return err
}

func testMail(app core.App, caller *core.Record) error {
	if !hasServer(app) {
		return kit.Reject("channel", "notify_no_server", "系统没有设置邮件服务，请系统管理员先设置。")
	}
	if caller.Email() == "" {
		return kit.Reject("channel", "notify_no_email", "您没有登记邮箱，测试邮件没有地方可发。")
	}
	name := caller.GetString("name")
	l := letter{Name: name, Parts: []part{{Title: "测试邮件", Body: "邮件已经接通，不用办理。"}}, Inbox: inboxURL(app)}
	return mailTo(app, name, caller.Email(), "测试邮件", security.RandomString(32), l)
}
