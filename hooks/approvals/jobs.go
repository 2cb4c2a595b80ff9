package approvals

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// catchUp does at start what the calendar asked for while the server was down.
func catchUp(e *core.ServeEvent) error {
	advance(e.App, kit.Now(e.App))
	return e.Next()
}

func advance(app core.App, now time.Time) {
	today := calendar.Of(now)
	told, err := Remind(app, today)
	app.Logger().Info("Reminded of approvals", "told", told, "error", err)
	expired, err := ExpireReturned(app, today)
	app.Logger().Info("Expired returned requests", "expired", expired, "error", err)
	gaps, err := flows.Gaps(app)
	if len(gaps) > 0 || err != nil {
		app.Logger().Warn("Approval flows that can't be fulfilled", "gaps", len(gaps), "error", err)
	}
}

// Remind tells those for whom a request waits that it is nearly due, due or
// overdue, each once, and of an overdue one the secretary above. It decides
// nothing. It may run twice or be left out for days: the latest notice is sent.
func Remind(app core.App, today calendar.Date) (told int, err error) {
	days, err := calendar.Load(app)
	if err != nil {
		return 0, err
	}
	horizon, _ := days.AddWorkdays(today, 1, false)
	var list []*Request
	err = app.RecordQuery(Requests).AndWhere(dbx.NewExp(
		`status = 'pending' AND due != '' AND due <= {:horizon} AND noticed != CASE WHEN due < {:today} THEN 'overdue' WHEN due = {:today} THEN 'due' ELSE 'soon' END`,
		dbx.Params{"horizon": horizon.String(), "today": today.String()})).OrderBy("due", "id").All(&list)
	if err != nil {
		return 0, err
	}
	for _, r := range list {
		sent, err := remind(app, r.Id, days, today)
		if err != nil {
			return told, err
		}
		if sent {
			told++
		}
	}
	return told, nil
}

// remind tells of one request, by what is stored of it now.
func remind(app core.App, id string, days calendar.Days, today calendar.Date) (sent bool, err error) {
	ctx := context.Background()
	err = app.RunInTransaction(func(tx core.App) error {
		request, err := findRequest(tx, id)
		if err != nil {
			return err
		}
		due, err := calendar.Parse(request.GetString("due"))
		if err != nil || request.Status() != Pending {
			return nil //nolint:nilerr // it has moved on to a step without a due date
		}
		notice := NoticeOn(days, due, today)
		if !notice.After(Notice(request.GetString("noticed"))) {
			return nil
		}
		sent = true
		request.Set("noticed", string(notice))
		if err := kit.SaveAsSystem(tx, ctx, request); err != nil {
			return err
		}
		if err := tellWaiting(tx, ctx, request, notice); err != nil || notice != Overdue {
			return err
		}
		return tellAbove(tx, ctx, request)
	})
	return sent, err
}

// ExpireReturned closes the requests that were returned to their applicants and
// not handed in again in time.
func ExpireReturned(app core.App, today calendar.Date) (expired int, err error) {
	var ids []string
	err = app.DB().Select("id").From(Requests).
		Where(dbx.NewExp("status = 'draft' AND expires != '' AND expires < {:today}", dbx.Params{"today": today.String()})).OrderBy("id").Column(&ids)
	if err != nil {
		return 0, err
	}
	ctx := context.Background()
	for _, id := range ids {
		err := app.RunInTransaction(func(tx core.App) error {
			request, err := findRequest(tx, id)
			if err != nil || request.Status() != Draft || request.GetString("expires") == "" {
				return err
			}
			if err := end(tx, ctx, request, Expired, line{Verdict: Expire, Round: request.State().Round}); err != nil {
				return err
			}
			expired++
			return tellApplicant(tx, ctx, request, Decision{})
		})
		if err != nil {
			return expired, err
		}
	}
	return expired, nil
}

// Lapse closes what is asked about a record when its time is over: a letter has
// run out, say. It joins the caller's transaction; where nothing is open it does
// nothing.
func Lapse(app core.App, ctx context.Context, kind string, record *core.Record) error {
	request, err := openAbout(app, kind, record)
	if err != nil || request == nil {
		return err
	}
	if err := end(app, ctx, request, Expired, line{Verdict: Expire, Round: request.State().Round}); err != nil {
		return err
	}
	return tellApplicant(app, ctx, request, Decision{})
}
