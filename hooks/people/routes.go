package people

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.BindFunc(requireOwnPassword)
	e.Router.BindFunc(closeEmailChange)
	e.Router.GET("/api/me", me).Bind(apis.RequireAuth(People))
	e.Router.GET("/api/people/counts", counts).Bind(apis.RequireAuth(People))
	e.Router.POST("/api/people/password", changePassword).Bind(apis.RequireAuth(People))
	e.Router.POST("/api/people/{id}/reset", resetPassword).Bind(apis.RequireAuth())
	e.Router.GET("/api/people/search", searchPeople).Bind(apis.RequireAuth())
	e.Router.GET("/api/people/roster", roster).Bind(apis.RequireAuth())
	e.Router.GET("/api/people/twins", showTwins).Bind(apis.RequireAuth(People))
	return e.Next()
}

// withFirstPassword is all that somebody may call whose password was handed out.
var withFirstPassword = []string{"/api/me", "/api/people/password", "/api/collections/people/auth-refresh"}

// requireOwnPassword closes the API to people who haven't yet chosen their own
// password.
func requireOwnPassword(e *core.RequestEvent) error {
	if e.Auth != nil && e.Auth.GetBool("must_change") && strings.HasPrefix(e.Request.URL.Path, "/api/") &&
		!slices.Contains(withFirstPassword, e.Request.URL.Path) {
		return kit.Forbid("people_must_change", "请先修改初始密码，再使用其他功能。")
	}
	return e.Next()
}

// closeEmailChange closes PocketBase's change of one's own address, which tells
// anybody signed in whether an address is registered. The system keeper corrects
// addresses.
func closeEmailChange(e *core.RequestEvent) error {
	if strings.HasSuffix(e.Request.URL.Path, "/request-email-change") && e.Auth != nil && !e.HasSuperuserAuth() {
		return kit.Forbid("people_email_fixed", "登录邮箱不能自行更换，请与系统管理员联系。")
	}
	return e.Next()
}

// me answers who is signed in, what they may do and what day it is.
func me(e *core.RequestEvent) error {
	today := kit.Today(e.App)
	unit, err := org.Find(e.App, e.Auth.GetString("org"))
	if err != nil {
		return err
	}
	powers, err := org.Powers(e.App, e.Auth.Id, today)
	if err != nil {
		return err
	}
	named, err := namePowers(e.App, powers)
	if err != nil {
		return err
	}
	posts, err := PostsOf(e.App, e.Auth.Id, today)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"person": map[string]any{
			"id": e.Auth.Id, "name": e.Auth.GetString("name"), "number": e.Auth.GetString("number"),
			"mobile": e.Auth.GetString("mobile"), "title": e.Auth.GetString("title"), "kind": e.Auth.GetString("kind"),
			"must_change": e.Auth.GetBool("must_change"),
			"org":         map[string]any{"id": unit.Id, "name": unit.Name(), "path": unit.Path(), "kind": unit.Kind()},
		},
		"powers": named, "posts": posts, "today": today,
	})
}

type namedRange struct {
	org.Range
	Org map[string]string `json:"org"`
}

// namePowers puts the organization's name beside each range.
func namePowers(app core.App, powers map[string][]org.Range) (map[string][]namedRange, error) {
	var paths []any
	for _, ranges := range powers {
		for _, r := range ranges {
			paths = append(paths, r.Lo)
		}
	}
	var units []*org.Unit
	if err := app.RecordQuery(org.Units).AndWhere(dbx.In("path", paths...)).All(&units); err != nil {
		return nil, err
	}
	byPath := map[string]map[string]string{}
	for _, u := range units {
		byPath[u.Path()] = map[string]string{"id": u.Id, "name": u.Name()}
	}
	out := map[string][]namedRange{}
	for power, ranges := range powers {
		if power == org.Belong {
			continue
		}
		for _, r := range ranges {
			out[power] = append(out[power], namedRange{r, byPath[r.Lo]})
		}
	}
	return out, nil
}

// Held is a post that somebody holds on a day.
type Held struct {
	Role  string `db:"role" json:"role"`
	Name  string `db:"name" json:"name"`
	Org   string `db:"org" json:"org"`
	Since string `db:"since" json:"since"`
	Until string `db:"until" json:"until"`
}

// PostsOf lists the posts that a person holds on a day.
func PostsOf(app core.App, person, today string) ([]Held, error) {
	posts := []Held{}
	err := app.DB().NewQuery(`SELECT r.key AS role, r.name, u.name AS org, o.since, o.until FROM org_posts o
		JOIN org_roles r ON r.id = o.role JOIN org_units u ON u.id = o.org
		WHERE o.person = {:person} AND o.since <= {:today} AND (o.until = '' OR o.until > {:today}) ORDER BY r.sort`).
		Bind(dbx.Params{"person": person, "today": today}).All(&posts)
	return posts, err
}

// changePassword replaces one's own password and returns a fresh token: every
// other session has ended.
func changePassword(e *core.RequestEvent) error {
	var form struct {
		Old string `json:"old"`
		New string `json:"new"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	person, err := e.App.FindRecordById(People, e.Auth.Id)
	if err != nil {
		return err
	}
	if err := CheckLocked(e.App, person.Id); err != nil {
		return err
	}
	if !person.ValidatePassword(form.Old) {
		if err := NoteFailure(e.App, person.Id); err != nil {
			return err
		}
		return e.BadRequestError("", kit.Reject("old", "people_password_wrong", "原密码不正确。"))
	}
	if err := CheckLocked(e.App, person.Id); err != nil {
		return err
	}
	if err := CheckPassword(form.New, form.Old, person.GetString("number"), person.GetString("mobile")); err != nil {
		return e.BadRequestError("", err)
	}
	person.SetPassword(form.New)
	person.Load(map[string]any{"must_change": false, "failed": 0})
	if err := kit.SaveAsSystem(e.App, e.Request.Context(), person); err != nil {
		return err
	}
	return apis.RecordAuthResponse(e, person, "", nil)
}

// resetPassword hands out a one-time password, shown once to the officer who
// asked for it. It also opens a locked account.
func resetPassword(e *core.RequestEvent) error {
	person, err := e.App.FindRecordById(People, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	if err := MayActFor(e, person); err != nil {
		return err
	}
	if person.GetString("kind") == Service {
		return kit.Forbid("people_service_password", "程序账号没有密码，请为它生成令牌。")
	}
	password := oneTimePassword()
	person.SetPassword(password)
	person.Load(map[string]any{"must_change": true, "failed": 0, "locked_until": ""})
	if err := kit.SaveAsSystem(e.App, e.Request.Context(), person); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"password": password})
}

// MayActFor: an officer hands out passwords and tokens to those on their
// roster, but to nobody whose powers reach further: they would open these, too.
func MayActFor(e *core.RequestEvent, person *core.Record) error {
	if e.HasSuperuserAuth() {
		return nil
	}
	today := kit.Today(e.App)
	may, err := org.Can(e.App, e.Auth.Id, "people.edit", person.GetString("org_path"), today)
	if err != nil {
		return err
	}
	if !may {
		return e.NotFoundError("", nil)
	}
	powers, err := org.Powers(e.App, person.Id, today)
	if err != nil {
		return err
	}
	delete(powers, org.Belong)
	for _, ranges := range powers {
		for _, r := range ranges {
			if may, err = org.Can(e.App, e.Auth.Id, "people.edit", r.Lo, today); err != nil {
				return err
			}
			if !may {
				return kit.Forbid("people_reset_beyond", "这个账号的职权超出您管理的范围，请由上级组织办理。")
			}
		}
	}
	return nil
}

// oneTimePassword is easy to read out over the telephone: no letter or digit
// that looks like another. 23⁶ · 8⁴ ≈ 6 × 10¹¹ possibilities.
func oneTimePassword() string {
	return security.RandomStringWithAlphabet(6, "abcdefghjkmnpqrstuvwxyz") + security.RandomStringWithAlphabet(4, "23456789")
}
