package ideology

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

func remind(app core.App, day time.Time) {
	n, err := Remind(kit.As(app, kit.Job("ideology_remind")), day)
	app.Logger().Info("Reminded of reviews", "messages", n, "error", err)
}

// Remind tells the leader of an area what hasn't been handed in, and what is
// late also who leads the committee; once each (domain.md 14.3).
func Remind(app core.App, day time.Time) (sent int, err error) {
	days, err := calendar.Load(app)
	if err != nil {
		return 0, err
	}
	var list []notify.Message
	for _, term := range TermsOn(days, day) {
		messages, err := missing(app, term, day.Format(time.DateOnly))
		if err != nil {
			return 0, err
		}
		list = append(list, messages...)
	}
	return notify.Remind(app, list)
}

// missing is what the areas owe for one quarter or half-year, in two queries.
func missing(app core.App, term Term, today string) ([]notify.Message, error) {
	what, collection, field := "季度研判", Reviews, "quarter"
	if strings.Contains(term.Key, "H") {
		what, collection, field = "半年报告", Reports, "half"
	}
	var areas []struct {
		Name   string `db:"name"`
		Leader string `db:"leader"`
		Org    string `db:"org"`
	}
	err := app.DB().Select("a.name", "a.leader", "a.org").From(Areas+" a").
		Where(dbx.NewExp("a.since <= {:end} AND (a.until = '' OR a.until > {:end})", dbx.Params{"end": term.End.String()})).
		AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM "+collection+" r WHERE r.area = a.id AND r."+field+" = {:key} AND r.state != 'draft')", dbx.Params{"key": term.Key})).
		OrderBy("a.org_path", "a.name").All(&areas)
	if err != nil || len(areas) == 0 {
		return nil, err
	}
	heads, err := org.Officers(app, today, "plan.confirm")
	if err != nil {
		return nil, err
	}
	var list []notify.Message
	for _, a := range areas {
		people, state := []string{a.Leader}, "还没有提交"
		if term.Late {
			people, state = append(people, heads[a.Org]...), "逾期没有提交"
		}
		list = append(list, notify.Message{
			Kind: notify.Duty, Link: "#/ledgers/" + collection,
			Title: fmt.Sprintf("“%s”%s %s%s", notify.Mask(a.Name), term.Key, what, state), Body: "请在 " + term.Due.String() + " 前提交。",
		}.To(people...)...)
	}
	return list, nil
}
