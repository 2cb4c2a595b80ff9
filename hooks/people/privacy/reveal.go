package privacy

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// number is the field under which the identity number is asked for.
const number = "id_no"

// levels are the sensitive fields and the power that opens each (domain.md
// 11.4): S3 needs its own power, S2 the power over the roster.
var levels = map[string]string{
	number: "people.sensitive", "birth_date": "people", "mobile": "people", "tel": "people", "address": "people",
}

// minReason is how many characters a reason has at least.
const minReason = 4

// CheckReveal: one asks for fields that there are, and says why; one's own
// need no reason.
func CheckReveal(fields []string, reason string, own bool) error {
	if len(fields) == 0 {
		return kit.Reject("fields", "people_reveal_nothing", "请选择要查看哪些内容。")
	}
	for _, f := range fields {
		if levels[f] == "" {
			return kit.Reject("fields", "people_reveal_unknown", "没有这项内容，请重新选择。")
		}
	}
	return CheckReason(reason, own)
}

// CheckReason: who looks at what is somebody else's says why.
func CheckReason(reason string, own bool) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(reason)); !own && (n < minReason || n > 200) {
		return kit.Reject("reason", "people_reveal_reason", fmt.Sprintf("请写明为什么要看（%d 到 200 个字），本人看得到。", minReason))
	}
	return nil
}

// reveal opens sensitive fields of one person. The line in people_reveals is
// written in the transaction that reads them: without it there is no answer.
func reveal(e *core.RequestEvent) error {
	person, own, err := personOfRoute(e)
	if err != nil {
		return err
	}
	var form struct {
		Fields []string `json:"fields"`
		Reason string   `json:"reason"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := CheckReveal(form.Fields, form.Reason, own); err != nil {
		return e.BadRequestError("", err)
	}
	if err := mayOpen(e, person, form.Fields, own); err != nil {
		return err
	}
	shown := map[string]string{}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if person, err = tx.FindRecordById(people.People, person.Id); err != nil {
			return err
		}
		for _, f := range form.Fields {
			if shown[f], err = openField(tx, person, f); err != nil {
				return err
			}
		}
		return Note(tx, e, person, form.Fields, form.Reason)
	})
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, shown)
}

// mayOpen: each field with the power it asks for, over this person.
func mayOpen(e *core.RequestEvent, person *core.Record, fields []string, own bool) error {
	if own {
		return nil
	}
	for _, f := range fields {
		yes, err := people.May(e, levels[f], person)
		if err != nil {
			return err
		}
		if !yes {
			return kit.Forbid("people_reveal_forbidden", "您没有查看身份证号的职权，需要时请党建办代查。")
		}
	}
	return nil
}

func openField(app core.App, person *core.Record, field string) (string, error) {
	if field == number {
		return people.NumberOf(app, person)
	}
	return person.GetString(field), nil
}

// Note writes down who looked at what and why. The record is the event:
// a capability that tells people reacts to its creation.
func Note(app core.App, e *core.RequestEvent, person *core.Record, shown []string, reason string) error {
	by, post, err := viewer(app, e, person)
	if err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		reason = "本人查看"
	}
	line, err := kit.NewRecord(app, people.Reveals, map[string]any{
		"person": person.Id, "by": by, "post": clip(post, 200), "shown": slices.Compact(slices.Sorted(slices.Values(shown))),
		"reason": reason, "org": person.GetString("org"),
	})
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(app, context.WithoutCancel(e.Request.Context()), line)
}

// viewer is who asks and in which office.
func viewer(app core.App, e *core.RequestEvent, person *core.Record) (id, post string, err error) {
	switch {
	case e.HasSuperuserAuth():
		return "", "系统管理员 " + e.Auth.Email(), nil
	case e.Auth.Id == person.Id:
		return e.Auth.Id, "本人", nil
	}
	held, err := people.PostsOf(app, e.Auth.Id, kit.Today(app))
	names := make([]string, len(held))
	for i, h := range held {
		names[i] = h.Name + "（" + h.Org + "）"
	}
	return e.Auth.Id, strings.Join(names, "、"), err
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// personOfRoute finds the person that a route is about, for themself and for
// who holds the power "people" over them.
func personOfRoute(e *core.RequestEvent) (person *core.Record, own bool, err error) {
	person, err = e.App.FindRecordById(people.People, e.Request.PathValue("id"))
	if err != nil {
		return nil, false, e.NotFoundError("", err)
	}
	if person.Id == e.Auth.Id {
		return person, true, nil
	}
	yes, err := people.May(e, "people", person)
	if err == nil && !yes {
		err = e.NotFoundError("", errors.New("out of reach"))
	}
	return person, false, err
}
