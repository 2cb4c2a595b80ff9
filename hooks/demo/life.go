package demo

import (
	"context"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
)

// duty is one performance that the year asks for, with what decides how it goes.
type duty struct {
	ID       string `db:"id"`
	Title    string `db:"title"`
	Opens    string `db:"opens"`
	Due      string `db:"due"`
	Period   string `db:"period"`
	Org      string `db:"org"`
	Person   string `db:"person"`
	Task     string `db:"task"`
	Kind     string `db:"kind"`
	Document string `db:"document"`
}

// act is something that somebody does at a moment of the year.
type act struct {
	at time.Time
	do func() error
}

// live plays the year from its beginning to now.
func (l *loader) live(a *ages) error {
	if err := a.date(); err != nil {
		return err
	}
	duties, err := l.begun()
	if err != nil {
		return err
	}
	stage, err := newStage(l)
	if err != nil {
		return err
	}
	for i, d := range l.fated(duties) {
		stage.cast(i, d)
	}
	if err := l.play(stage.acts, a); err != nil {
		return err
	}
	return l.tidy()
}

// begun lists the duties whose day has come, in an order that doesn't depend
// on random ids.
func (l *loader) begun() ([]duty, error) {
	var list []duty
	err := l.app.DB().NewQuery(`SELECT d.id, d.title, d.opens, d.due, d.period, d.org, d.person, d.task, t.kind, t.document
		FROM plan_duties d JOIN plan_tasks t ON t.id = d.task LEFT JOIN people p ON p.id = d.person
		WHERE d.opens <= {:today} ORDER BY d.due, t.span_from, d.title, d.org_path, p.number`).
		Bind(dbx.Params{"today": l.now.Format(time.DateOnly)}).All(&list)
	return list, err
}

// play does every act at its moment, and lets each day begin as the calendar
// has it. What would happen later than now hasn't happened.
func (l *loader) play(acts []act, a *ages) error {
	slices.SortStableFunc(acts, func(x, y act) int { return x.at.Compare(y.at) })
	day := ""
	for _, act := range acts {
		if act.at.After(l.now) {
			break
		}
		if d := act.at.Format(time.DateOnly); d != day {
			day = d
			if err := l.dawn(act.at, a); err != nil {
				return err
			}
		}
		kit.SetNow(l.app, act.at)
		if err := act.do(); err != nil {
			return err
		}
	}
	return l.dawn(l.now, a)
}

// dawn ends the day before and lets the calendar move duties on.
func (l *loader) dawn(at time.Time, a *ages) error {
	if err := a.date(); err != nil {
		return err
	}
	midnight := time.Date(at.Year(), at.Month(), at.Day(), 0, 5, 0, 0, kit.Beijing)
	if midnight.Before(l.start) || midnight.After(l.now) {
		midnight = at
	}
	kit.SetNow(l.app, midnight)
	if _, err := plan.Advance(l.app, midnight.Format(time.DateOnly)); err != nil {
		return err
	}
	return a.date()
}

// tidy dates what changed during the year, and marks as read what people would
// have read by now.
func (l *loader) tidy() error {
	read := l.now.AddDate(0, 0, -6).UTC().Format(stampLayout)
	for _, sql := range []string{
		`UPDATE plan_years SET confirmed_at = created`,
		`UPDATE documents SET updated = CASE WHEN issued_on = '' THEN created ELSE issued_on || ' 02:00:00.000Z' END`,
		`UPDATE plan_evidence SET created = d.submitted_at, updated = d.submitted_at FROM plan_duties d
			WHERE d.id = plan_evidence.duty AND d.submitted_at != '' AND d.submitted_at < plan_evidence.created`,
		`UPDATE plan_duties SET updated = coalesce(nullif(accepted_at, ''), nullif(submitted_at, ''), created)`,
		`UPDATE notify_messages SET read_at = created WHERE created < {:read}`,
	} {
		if _, err := l.app.DB().NewQuery(sql).Bind(dbx.Params{"read": read}).Execute(); err != nil {
			return err
		}
	}
	return nil
}

// change saves a record the way a person's request does: every rule holds.
func (l *loader) change(collection, id string, data map[string]any) error {
	record, err := l.app.FindRecordById(collection, id)
	if err != nil {
		return err
	}
	record.Load(data)
	return l.app.SaveWithContext(context.Background(), record)
}

// stage collects the acts of the year.
type stage struct {
	*loader
	acts    []act
	days    *calendar.Days
	targets map[string]*core.Record // amounts other than how often, by task
	photos  [][]byte
	drafted map[string]bool // documents that are taken care of
	issued  int             // documents issued so far, for their numbers
}

func newStage(l *loader) (*stage, error) {
	days := calendar.New()
	s := &stage{loader: l, days: &days, targets: map[string]*core.Record{}, drafted: map[string]bool{}}
	var targets []*core.Record
	if err := l.app.RecordQuery(plan.Targets).AndWhere(dbx.NotIn("unit", "次", "期", "场", "天")).OrderBy("rowid").All(&targets); err != nil {
		return nil, err
	}
	for _, t := range targets {
		if id := t.GetString("task"); s.targets[id] == nil {
			s.targets[id] = t
		}
	}
	var err error
	s.photos, err = photos()
	return s, err
}

// at plans an act.
func (s *stage) at(when time.Time, do func() error) {
	s.acts = append(s.acts, act{when, do})
}

// nextWorkday is an afternoon of the n-th day after day, or of the first
// working day from then on.
func (s *stage) nextWorkday(day time.Time, n, minute int) time.Time {
	d := calendar.Of(day.AddDate(0, 0, n))
	return s.moment(s.days.Shift(d, calendar.After).String(), 15, minute)
}

// workday is a moment of the last working day up to day, but not before a
// bound: work begins when its time has come.
func (s *stage) workday(day, bound string, hour, minute int) time.Time {
	if d, err := calendar.Parse(day); err == nil {
		day = s.days.Shift(d, calendar.Before).String()
	}
	return s.moment(max(day, bound, s.start.AddDate(0, 0, 1).Format(time.DateOnly)), hour, minute)
}

func addDays(day string, n int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return d.AddDate(0, 0, n).Format(time.DateOnly)
}

func daysBetween(from, to string) int {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return int(b.Sub(a).Hours() / 24)
}
