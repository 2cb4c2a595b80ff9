// Package words gives PocketBase's own errors to people in Chinese: the same
// status, the same codes, a complete sentence. What is already Chinese passes
// through; the activity log keeps the original.
package words

import (
	"maps"
	"strings"
	"unicode"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Bind translates every error that leaves the server. Binding twice is the
// same as binding once.
func Bind(app core.App) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "words", Func: bindRouter})
}

func bindRouter(e *core.ServeEvent) error {
	e.Router.Bind(&hook.Handler[*core.RequestEvent]{
		Id: "words",
		// Outside everything that may refuse a request, the activity logger
		// included: the log is searched by PocketBase's own words.
		Priority: apis.DefaultActivityLoggerMiddlewarePriority - 1,
		Func: func(e *core.RequestEvent) error {
			err := e.Next()
			if err == nil || e.Written() {
				return err
			}
			return chinese(router.ToApiError(err))
		},
	})
	return e.Next()
}

// chinese is a translated copy: some of PocketBase's errors are shared by all
// requests.
func chinese(err *router.ApiError) *router.ApiError {
	out := *err
	out.Data = fields(err.Data)
	out.Message = Sentence(err.Status, err.Message, len(err.Data) > 0)
	return &out
}

// fields translates the errors of a form, of forms within it, and of the
// requests of a batch.
func fields(data map[string]any) map[string]any {
	out := make(map[string]any, len(data))
	for name, value := range data {
		switch v := value.(type) {
		case *router.ApiError:
			out[name] = chinese(v)
		case map[string]any:
			out[name] = field(v)
		default:
			out[name] = value
		}
	}
	return out
}

// field is one error {code, message, params} or a form of errors.
func field(v map[string]any) map[string]any {
	code, isCode := v["code"].(string)
	message, isMessage := v["message"].(string)
	if !isCode || !isMessage {
		return fields(v)
	}

	out := maps.Clone(v)
	params, _ := v["params"].(map[string]any)
	out["message"] = Field(code, message, params)
	if response, ok := v["response"].(*router.ApiError); ok {
		out["response"] = chinese(response)
	}
	return out
}

// isChinese reports whether s was written for people by us, an administrator's
// hook or a rule. A file name in Chinese doesn't make a sentence Chinese.
func isChinese(s string) bool {
	if strings.HasSuffix(strings.TrimRight(s, ".?!"), "。") {
		return true
	}
	han, latin := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	return han > 0 && han*2 >= latin
}

// tidy takes off the ASCII full stop that PocketBase appends to every message
// and ends the sentence as Chinese does.
func tidy(s string) string {
	t := strings.TrimSuffix(s, ".")
	if t == "" || strings.ContainsAny(lastRune(t), "。！？：；”》）") {
		return t
	}
	return t + "。"
}

func lastRune(s string) string {
	r := []rune(s)
	return string(r[len(r)-1:])
}
