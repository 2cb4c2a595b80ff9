package transfers

import (
	"database/sql"
	"errors"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people/signin"
)

// The usual validity (domain.md 5.1; 16, 14).
const (
	usualDays   = 90
	usualNotice = 7
)

// validityOf reads how long letters are valid here.
func validityOf(app core.App) (Validity, error) {
	v := Validity{}
	err := app.DB().Select("letter_days", "letter_notice").From(signin.Settings).Limit(1).Row(&v.Days, &v.Notice)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return v, err
	}
	if v.Days == 0 {
		v.Days = usualDays
	}
	if v.Notice == 0 {
		v.Notice = usualNotice
	}
	return v, nil
}

// issue numbers and dates a letter, and asks the branch that it is addressed to
// to take the person in. One that leaves the house goes on paper.
func issue(e *core.RecordEvent) error {
	r, now := e.Record, kit.Now(e.App)
	v, err := validityOf(e.App)
	if err != nil {
		return err
	}
	l, err := letterOf(e.App, r, v)
	if err != nil {
		return err
	}
	if err := CheckLetter(l, kit.Today(e.App)); err != nil {
		return err
	}
	if err := number(e.App, r, now); err != nil {
		return err
	}
	days := l.Days
	if days == 0 {
		days = v.Days
	}
	r.Load(map[string]any{"valid_days": days, "issued_on": now.Format(time.DateOnly), "valid_until": ValidUntil(now.Format(time.DateOnly), days)})
	if err := e.Next(); err != nil || r.GetString("direction") == "out" {
		return err
	}
	return ask(e.App, e.Context, askIn, r, r.GetString("person"))
}

func letterOf(app core.App, r *core.Record, v Validity) (Letter, error) {
	l := Letter{
		Kind: r.GetString("kind"), PaidTo: r.GetString("paid_to"), TrainedSince: r.GetString("trained_since"), Days: r.GetInt("valid_days"), MaxDays: v.Days,
		AfterExpired: r.GetString("previous") != "", Explanation: r.GetString("explanation"),
	}
	from, err := branchOf(app, r.GetString("org"))
	if err != nil {
		return l, err
	}
	err = app.DB().NewQuery(`SELECT count(*) FROM org_posts WHERE person = {:person} AND org_path >= {:lo} AND org_path < {:hi} AND (until = '' OR until > {:today})`).
		Bind(dbx.Params{"person": r.GetString("person"), "lo": from.Path, "hi": org.Upper(from.Path), "today": kit.Today(app)}).Row(&l.Posts)
	return l, err
}

// number gives a letter the next number of its committee in the year.
func number(app core.App, r *core.Record, now time.Time) error {
	from, err := branchOf(app, r.GetString("org"))
	if err != nil {
		return err
	}
	if from.Committee == "" {
		return kit.Reject("org", "people_transfers_no_committee", "转出支部没有上级党委，不能开介绍信。")
	}
	last := 0
	err = app.DB().Select("coalesce(max(letter_no), 0)").From(Transfers).
		Where(dbx.HashExp{"issuer": from.Committee, "letter_year": now.Year()}).Row(&last)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"issuer": from.Committee, "letter_year": now.Year(), "letter_no": last + 1, "letter": LetterName(now.Year(), last+1)})
	return nil
}
