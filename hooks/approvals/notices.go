package approvals

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// A notice names the kind and the people, never what is asked: it may be read
// over a shoulder.

func tell(app core.App, ctx context.Context, people []string, title, body, link string) error {
	for _, p := range people {
		if err := notify.Send(app, ctx, notify.Message{Person: p, Kind: notify.Approval, Title: title, Body: body, Link: link}); err != nil {
			return err
		}
	}
	return nil
}

func link(request *Request) string { return "#/approvals/" + request.Id }

var noticeWords = map[Notice]string{"": "待审批", Soon: "即将到期", DueDay: "今天到期", Overdue: "已逾期"}

// tellWaiting writes to those for whom a request waits who can still decide it.
func tellWaiting(app core.App, ctx context.Context, request *Request, n Notice) error {
	people, err := waitingFor(app, request)
	if err != nil {
		return err
	}
	body := seats.NameOf(app, request.Applicant()) + "提交"
	if due := request.GetString("due"); due != "" {
		body += "，请在 " + due + " 前办理"
	}
	return tell(app, ctx, people, noticeWords[n]+"："+flows.KindOf(request.Kind()).Name, body+"。", link(request))
}

// waitingFor is who could decide a request now, each once.
func waitingFor(app core.App, request *Request) ([]string, error) {
	place := request.Place()
	sitting, err := seats.At(app, kit.Today(app), place)
	if err != nil {
		return nil, err
	}
	lines, err := LinesOf(app, request.Id)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, s := range able(sitting[place], lines, request.Applicant(), request.State()) {
		people = append(people, s.Person)
	}
	return people, nil
}

// able are the seats from which a request can still be decided, one for each
// person.
func able(list []seats.Seat, lines []Line, applicant string, s State) []seats.Seat {
	var out []seats.Seat
	seen := map[string]bool{}
	for _, seat := range list {
		if seen[seat.Person] || CheckSeat(seat, lines, applicant, s) != nil {
			continue
		}
		seen[seat.Person] = true
		out = append(out, seat)
	}
	return out
}

// tellApplicant writes what has become of the request.
func tellApplicant(app core.App, ctx context.Context, request *Request, d Decision) error {
	name := flows.KindOf(request.Kind()).Name
	title, body := name+"："+request.Status().Word(), "申请已经办结，请点开查看审批意见。"
	if request.Status() == Draft {
		title, body = name+"：退回修改", "请按审批意见修改后重新提交。"
		if until := request.GetString("expires"); until != "" {
			body = fmt.Sprintf("请按审批意见修改，最迟在%s重新提交，过后失效。", kit.Day(until, kit.Today(app)))
		}
	}
	return tell(app, ctx, []string{request.Applicant()}, title, body, link(request))
}

// tellAbove writes to the secretary of the organization above the one that has
// let a request wait; where nobody is above, to that organization's own.
func tellAbove(app core.App, ctx context.Context, request *Request) error {
	var rows []struct {
		Person string `db:"person"`
		Depth  int    `db:"depth"`
	}
	day := kit.Today(app)
	err := app.DB().NewQuery(`SELECT DISTINCT o.person, length(u.path) AS depth FROM org_units w
		JOIN org_units u ON w.path >= u.path AND w.path < rtrim(u.path, '/') || '0'
		JOIN org_posts o ON o.org = u.id JOIN org_roles r ON r.id = o.role AND r.key IN ('committee_secretary', 'branch_secretary')
		JOIN people p ON p.id = o.person AND p.state = 'active'
		WHERE w.id = {:org} AND o.since <= {:day} AND (o.until = '' OR o.until > {:day})
		ORDER BY (u.id = w.id), depth DESC, o.person`).
		Bind(dbx.Params{"org": request.GetString("wait_org"), "day": day}).All(&rows)
	if err != nil {
		return err
	}
	var people []string
	for _, r := range rows {
		if r.Depth != rows[0].Depth {
			break
		}
		people = append(people, r.Person)
	}
	station, err := request.Station()
	if err != nil {
		return err
	}
	return tell(app, ctx, people, "下级审批逾期："+flows.KindOf(request.Kind()).Name,
		fmt.Sprintf("“%s”应当在 %s 前办理，至今没有审批，请督促。", station.Name, request.GetString("due")), link(request))
}
