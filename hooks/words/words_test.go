package words_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/words"
)

// newApp is a bare PocketBase with one collection of every kind of limit.
func newApp(t testing.TB) *tests.TestApp {
	t.Helper()
	app, err := tests.NewTestApp(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Cleanup)
	words.Bind(app)
	words.Bind(app) // twice is once

	open := types.Pointer("")
	c := core.NewBaseCollection("notes")
	c.ListRule, c.ViewRule, c.CreateRule, c.UpdateRule = open, open, open, open
	c.Fields.Add(
		&core.TextField{Name: "title", Required: true, Min: 2, Max: 5},
		&core.NumberField{Name: "count", Min: types.Pointer(1.0), Max: types.Pointer(9.0), OnlyInt: true},
		&core.SelectField{Name: "kind", Values: []string{"会议", "学习"}},
		&core.FileField{Name: "photo", MaxSize: 1 << 10, MimeTypes: []string{"image/png"}},
	)
	c.AddIndex("idx_notes_title", true, "title", "")
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}

	closed := core.NewBaseCollection("closed")
	closed.CreateRule = types.Pointer(`@request.auth.id != ""`)
	if err := app.Save(closed); err != nil {
		t.Fatal(err)
	}

	app.Settings().Batch.Enabled = true
	return app
}

// serve builds the router once; the answers of several requests can be read.
func serve(t testing.TB, app *tests.TestApp, more func(*core.ServeEvent)) http.Handler {
	t.Helper()
	r, err := apis.NewRouter(app)
	if err != nil {
		t.Fatal(err)
	}
	var mux http.Handler
	err = app.OnServe().Trigger(&core.ServeEvent{App: app, Router: r}, func(e *core.ServeEvent) (err error) {
		if more != nil {
			more(e)
		}
		mux, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return mux
}

func send(mux http.Handler, method, url, body string, header ...string) (int, string) {
	req := httptest.NewRequest(method, url, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	mux.ServeHTTP(rec, req)
	return rec.Code, strings.TrimSpace(rec.Body.String())
}

func TestAnswers(t *testing.T) {
	app := newApp(t)
	mux := serve(t, app, nil)
	if code, body := send(mux, "POST", "/api/collections/notes/records", `{"title":"已有"}`); code != 200 {
		t.Fatal(body)
	}

	for _, s := range []struct {
		name, method, url, body string
		status                  int
		want                    []string
	}{
		{"required", "POST", "/api/collections/notes/records", `{}`, 400, []string{
			`"title":{"code":"validation_required","message":"请填写这一项。"}`, `"message":"没有存上，请按各项的提示修改。"`}},
		{"too long", "POST", "/api/collections/notes/records", `{"title":"一二三四五六"}`, 400, []string{
			`{"code":"validation_max_text_constraint","message":"最多填写 5 个字。","params":{"max":5}}`}},
		{"too short", "POST", "/api/collections/notes/records", `{"title":"一"}`, 400, []string{`至少填写 2 个字。`}},
		{"not unique", "POST", "/api/collections/notes/records", `{"title":"已有"}`, 400, []string{
			`{"code":"validation_not_unique","message":"与已有的重复，请换一个。"}`}},
		{"number too large", "POST", "/api/collections/notes/records", `{"title":"新的","count":12}`, 400, []string{`不能大于 9。`}},
		{"number not whole", "POST", "/api/collections/notes/records", `{"title":"新的","count":1.5}`, 400, []string{`请填写整数。`}},
		{"not a choice", "POST", "/api/collections/notes/records", `{"title":"新的","kind":"游玩"}`, 400, []string{
			`“游玩”不在可选的范围内。`, `"code":"validation_invalid_value"`}},
		{"broken json", "POST", "/api/collections/notes/records", `{`, 400, []string{`请求没有办成`}},
		{"guest where a rule forbids", "POST", "/api/collections/closed/records", `{}`, 400, []string{
			`{"data":{},"message":"没有存上：您没有权限，或者内容不符合要求。","status":400}`}},
		{"no rule at all", "GET", "/api/collections/closed/records", ``, 403, []string{`只有系统管理员可以进行这项操作。`}},
		{"bad filter", "GET", "/api/collections/notes/records?filter=nothing%3D1", ``, 400, []string{`请求没有办成，请检查所填的内容或查询条件。`}},
		{"record not found", "GET", "/api/collections/notes/records/nothing", ``, 404, []string{`没有找到，可能已被删除，或者您没有权限查看。`}},
		{"collection not found", "GET", "/api/collections/nothing/records", ``, 404, []string{`没有这个数据表。`}},
		{"route not found", "GET", "/api/nothing", ``, 404, []string{`没有找到`}},
		{"route without the method", "PUT", "/api/health", ``, 404, []string{`没有找到`}},
		{"wrong password", "POST", "/api/collections/users/auth-with-password", `{"identity":"a@b.cn","password":"x"}`, 400, []string{
			`{"data":{},"message":"账号或密码不正确。","status":400}`}},
		{"sign-in without identity", "POST", "/api/collections/users/auth-with-password", `{}`, 400, []string{
			`"identity":{"code":"validation_required","message":"请填写这一项。"}`, `填写的内容不符合要求，请按各项的提示修改。`}},
		{"refresh as guest", "POST", "/api/collections/users/auth-refresh", ``, 401, []string{`请先登录。`}},
		{"settings as guest", "GET", "/api/settings", ``, 401, []string{`"message":"请先登录。"`}},
		{"files as guest", "POST", "/api/files/token", ``, 401, []string{`请先登录。`}},
		{"realtime without client", "POST", "/api/realtime", `{"clientId":"x","subscriptions":[]}`, 404, []string{`实时更新的连接已经断开，请刷新页面。`}},
		{"batch, one refused", "POST", "/api/batch",
			`{"requests":[{"method":"POST","url":"/api/collections/notes/records","body":{"title":"第一"}},{"method":"POST","url":"/api/collections/notes/records","body":{"title":""}}]}`,
			400, []string{
				`"message":"这一批没有存上，一条也没有写入，请按各项的提示修改。"`,
				`"1":{"code":"batch_request_failed","message":"这一条没有存上。","response":{"data":{"title":{"code":"validation_required","message":"请填写这一项。"}},"message":"没有存上，请按各项的提示修改。","status":400}}`}},
		{"batch, empty", "POST", "/api/batch", `{}`, 400, []string{`批量请求不符合要求`, `请填写这一项。`}},
	} {
		t.Run(s.name, func(t *testing.T) {
			status, body := send(mux, s.method, s.url, s.body)
			if status != s.status {
				t.Errorf("status %d, want %d", status, s.status)
			}
			for _, w := range s.want {
				if !strings.Contains(body, w) {
					t.Errorf("%s is not in\n%s", w, body)
				}
			}
		})
	}
}

func TestUploads(t *testing.T) {
	app := newApp(t)
	mux := serve(t, app, func(e *core.ServeEvent) {
		e.Router.POST("/small", func(e *core.RequestEvent) error { return e.BindBody(&map[string]any{}) }).Bind(apis.BodyLimit(10))
	})

	upload := func(name string, content []byte) string {
		var buf bytes.Buffer
		w := multipart.NewWriter(&buf)
		_ = w.WriteField("title", "照片")
		part, _ := w.CreateFormFile("photo", name)
		_, _ = part.Write(content)
		_ = w.Close()
		_, body := send(mux, "POST", "/api/collections/notes/records", buf.String(), "Content-Type", w.FormDataContentType())
		return body
	}
	if body := upload("支部照片.png", make([]byte, 2<<10)); !strings.Contains(body, `“支部照片.png”太大，每个文件最大 1 KB。`) {
		t.Error(body)
	}
	if body := upload("支部照片.txt", []byte("文本")); !strings.Contains(body, `“支部照片.txt”不是可以上传的文件类型。`) &&
		!strings.Contains(body, `不是可以上传的文件类型。`) {
		t.Error(body)
	}

	status, body := send(mux, "POST", "/small", `{"title":"比十个字节长"}`)
	if status != 413 || !strings.Contains(body, `上传的内容太大，请减小后再试。`) {
		t.Error(status, body)
	}
	if apis.ErrRequestEntityTooLarge.Message != "Request entity too large." {
		t.Error("the shared error was changed")
	}
}

func TestRateLimit(t *testing.T) {
	app := newApp(t)
	app.Settings().RateLimits.Enabled = true
	app.Settings().RateLimits.Rules = []core.RateLimitRule{{Label: "/api/", MaxRequests: 1, Duration: 60}}
	mux := serve(t, app, nil)

	send(mux, "GET", "/api/health", "")
	status, body := send(mux, "GET", "/api/health", "")
	if status != 429 || body != `{"data":{},"message":"操作太频繁，请稍等片刻再试。","status":429}` {
		t.Error(status, body)
	}
}

// TestOwnSentences: what the application says is not touched, except for the
// full stop that PocketBase appends.
func TestOwnSentences(t *testing.T) {
	app := newApp(t)
	mux := serve(t, app, func(e *core.ServeEvent) {
		for path, err := range map[string]error{
			"/plain": apis.NewForbiddenError("这件事须由书记办理", nil),
			"/stop":  apis.NewForbiddenError("这件事须由书记办理。", nil),
			"/field": apis.NewBadRequestError("材料不全。", validation.Errors{"text": validation.NewError("plan_text", "请写明内容。")}),
			"/deep": apis.NewBadRequestError("", map[string]any{"outline": map[string]any{"code": map[string]any{
				"title": validation.NewError("validation_required", "cannot be blank")}}}),
			"/panic": nil,
		} {
			e.Router.GET(path, func(*core.RequestEvent) error {
				if err == nil {
					panic("broken")
				}
				return err
			})
		}
	})

	for path, want := range map[string]string{
		"/plain": `{"data":{},"message":"这件事须由书记办理。","status":403}`,
		"/stop":  `{"data":{},"message":"这件事须由书记办理。","status":403}`,
		"/field": `{"data":{"text":{"code":"plan_text","message":"请写明内容。"}},"message":"材料不全。","status":400}`,
		"/deep":  `{"data":{"outline":{"code":{"title":{"code":"validation_required","message":"请填写这一项。"}}}},"message":"请求没有办成，请按各项的提示修改。","status":400}`,
		"/panic": `{"data":{},"message":"服务器出了差错，没有办成，请稍后再试；如仍不行，请告诉系统管理员。","status":500}`,
	} {
		if _, body := send(mux, "GET", path, ""); body != want {
			t.Errorf("%s: %s", path, body)
		}
	}
}

// TestSuperuser: what the admin UI shows is Chinese as well, with the raw
// error where there is nothing better.
func TestSuperuser(t *testing.T) {
	app := newApp(t)
	c, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	admin := core.NewRecord(c)
	admin.SetEmail("admin@example.com")
	admin.SetPassword("1234567890")
	if err := app.Save(admin); err != nil {
		t.Fatal(err)
	}
	token, err := admin.NewAuthToken()
	if err != nil {
		t.Fatal(err)
	}
	mux := serve(t, app, nil)

	for _, s := range []struct{ method, url, body, want string }{
		{"POST", "/api/collections", `{"name":"notes","type":"base"}`, `已有同名的数据表（不分大小写）。`},
		{"POST", "/api/collections", `{"name":"new","type":"base","listRule":"nothing = 1"}`, `访问规则不对，原始错误为“`},
		{"PATCH", "/api/settings", `{"meta":{"appName":""}}`, `"appName":{"code":"validation_required","message":"请填写这一项。"}`},
		{"POST", "/api/sql", `{"query":"SELECT * FROM nothing"}`, `查询没有成功，原始错误为“`},
		{"DELETE", "/api/collections/_superusers/records/" + admin.Id, ``, `不能删除唯一的系统管理员。`},
	} {
		_, body := send(mux, s.method, s.url, s.body, "Authorization", token)
		if !strings.Contains(body, s.want) || !json.Valid([]byte(body)) {
			t.Errorf("%s %s: %s", s.method, s.url, body)
		}
	}
}
