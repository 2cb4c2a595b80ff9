// Package demo loads a fictional committee, 清河街道党工委, with a plan of 25
// items and a year's work on it, so that whoever starts Yaodian for the first
// time sees it at work.
//
// Everything goes through the rules of the real capabilities: the plan is
// imported by a clerk and confirmed by the secretary, duties are proved by who
// is responsible and accepted by somebody else, with the application's clock
// set to the day on which each of it would have happened. A different year
// gives the same demo, moved.
//
// The whole load is one transaction, and its last step is a row in _params that
// says so: a database has that row exactly if it is a demo. That table is
// PocketBase's own, travels with backups and can't be reached over the API.
//
// No password is in the code. Each start makes one at random, gives it to every
// demo account that still has the one of the start before, and reports it; who
// has chosen a password keeps it, and sessions stay open. Only hashes are
// stored.
package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	accounts "yaodian/hooks/people"
)

// ErrForeign: the database belongs to somebody's real work.
var ErrForeign = errors.New("这个数据目录里已经有正式数据，不能载入演示数据；请用 --dir 另选一个空目录，或者去掉 --demo 正常启动")

// marker is the row of _params that makes a database a demo.
const marker = "yaodian_demo"

// memory is what the marker remembers.
type memory struct {
	Loaded string `json:"loaded"` // the day of the demo
	Hash   string `json:"hash"`   // of the password that the last start gave out
}

// Load makes an empty database the demo as of now, serves one that is a demo
// already, and refuses any other. The report says who can sign in.
func Load(app core.App, now time.Time) (report string, err error) {
	kept, err := remembered(app)
	if err != nil {
		return "", err
	}
	password, hash, err := newPassword(app)
	if err != nil {
		return "", err
	}
	if kept != nil {
		n, err := rotate(app, *kept, hash)
		return again(app, kept.Loaded, password, n), err
	}
	if err := checkEmpty(app); err != nil {
		return "", err
	}

	var l *loader
	err = app.RunInTransaction(func(tx core.App) error {
		l = newLoader(tx, now)
		return l.load(hash)
	})
	if err != nil {
		return "", fmt.Errorf("load the demo: %w", err)
	}
	return first(app, l, password), nil
}

// remembered reads the marker; nil: this is no demo.
func remembered(app core.App) (*memory, error) {
	var values []string
	if err := app.DB().Select("value").From("_params").Where(dbx.HashExp{"id": marker}).Column(&values); err != nil || len(values) == 0 {
		return nil, err
	}
	m := &memory{}
	return m, json.Unmarshal([]byte(values[0]), m)
}

// checkEmpty: without an organization and a person nothing else can be stored,
// and whoever set up a real committee has entered both.
func checkEmpty(app core.App) error {
	for _, collection := range []string{org.Units, accounts.People} {
		n, err := app.CountRecords(collection)
		if err != nil {
			return err
		}
		if n > 0 {
			return ErrForeign
		}
	}
	return nil
}

// loader is one run of Load inside its transaction.
type loader struct {
	app     core.App
	now     time.Time
	year    int
	start   time.Time               // when the year's work begins
	units   map[string]string       // ids, by path
	paths   map[string]string       // of units, by id
	roles   map[string]string       // ids, by key
	people  map[string]*core.Record // by number
	numbers map[string]string       // of people, by id
}

func newLoader(app core.App, now time.Time) *loader {
	now = now.In(kit.Beijing)
	l := &loader{
		app: app, now: now, year: now.Year(),
		units: map[string]string{}, paths: map[string]string{}, roles: map[string]string{}, people: map[string]*core.Record{},
		numbers: map[string]string{},
	}
	l.start = time.Date(l.year, 1, 1, 9, 0, 0, 0, kit.Beijing)
	if l.start.After(now) {
		l.start = now
	}
	return l
}

func (l *loader) load(hash string) error {
	defer keepClock(l.app)()
	kit.SetNow(l.app, l.start)
	began := &ages{app: l.app}
	if err := began.mark(); err != nil {
		return err
	}
	for _, step := range l.steps(began, hash) {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// steps are what makes the year, in order.
func (l *loader) steps(began *ages, hash string) []func() error {
	return []func() error{
		l.readRoles,
		l.saveUnits,
		func() error { return l.savePeople(hash) },
		l.importPlan,
		func() error { return l.live(began) },
		func() error { return l.collectDues(began) },
		func() error { return l.saveMoves(began) },
		l.saveDocuments,
		l.draftPlan,
		l.savePledges,
		l.saveMeetings,
		l.saveStudy,
		l.saveIdeology,
		l.saveAppraisals,
		l.saveIntegrity,
		l.saveInspections,
		l.saveOutreach,
		l.saveActivities,
		l.saveMassorg,
		l.saveNotices,
		l.saveDevelopment,
		l.saveTerms,
		l.saveGaps,
		func() error { return l.saveDeclarations(began) },
		l.savePaperwork,
		func() error { return l.givePoints(began) },
		l.settleReach,
		func() error { return l.remember(hash) },
	}
}

// settleReach derives everybody's authority as of today: it was derived as of
// the beginning of the year.
func (l *loader) settleReach() error {
	ids := make([]string, 0, len(l.people))
	for _, p := range l.people {
		ids = append(ids, p.Id)
	}
	return org.Rebuild(l.app, l.now.Format(time.DateOnly), ids...)
}

func (l *loader) remember(hash string) error {
	raw, err := json.Marshal(memory{l.now.Format(time.DateOnly), hash})
	if err != nil {
		return err
	}
	stamp := l.now.UTC().Format(stampLayout)
	_, err = l.app.DB().Insert("_params", dbx.Params{"id": marker, "value": string(raw), "created": stamp, "updated": stamp}).Execute()
	return err
}

// date reads "2 06-18": the 18th of June two years ago. Empty stays empty.
func (l *loader) date(s string) string {
	if s == "" {
		return ""
	}
	var ago int
	var day string
	if _, err := fmt.Sscanf(s, "%d %s", &ago, &day); err != nil {
		panic(fmt.Errorf("demo date %q: %w", s, err))
	}
	return fmt.Sprintf("%d-%s", l.year-ago, day)
}

func (l *loader) record(collection string, data map[string]any) (*core.Record, error) {
	return kit.NewRecord(l.app, collection, data)
}

// store saves as the application itself.
func (l *loader) store(record *core.Record) error {
	return kit.SaveAsSystem(l.app, context.Background(), record)
}

func (l *loader) save(collection string, data map[string]any) (*core.Record, error) {
	record, err := l.record(collection, data)
	if err != nil {
		return nil, err
	}
	if err := l.store(record); err != nil {
		return nil, fmt.Errorf("%s %v: %w", collection, data["name"], err)
	}
	return record, nil
}
