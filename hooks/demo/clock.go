package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// stampLayout is how PocketBase stores a moment.
const stampLayout = "2006-01-02 15:04:05.000Z"

// clockKey is where kit keeps a stopped clock.
const clockKey = "yaodian.clock"

// keepClock returns what puts the application's clock back as it was: running,
// or stopped where a test had stopped it.
func keepClock(app core.App) (restore func()) {
	before, stopped := app.Store().GetOk(clockKey)
	return func() {
		if stopped {
			app.Store().Set(clockKey, before)
		} else {
			app.Store().Remove(clockKey)
		}
	}
}

// aged are the collections whose records show when they were made.
var aged = []string{
	"org_units", "people", "people_status", "org_posts", "org_contacts", "notify_messages", "notify_deliveries", "documents", "plan_years", "plan_sections",
	"plan_items", "plan_tasks", "plan_targets", "plan_duties", "plan_evidence", "plan_imports", "approvals_requests", "approvals_decisions",
	"people_transfers", "people_flows", "people_contacts", "people_losses", "people_files", "people_papers", "people_loans",
	"dues_profiles", "dues_bases", "dues_base_items", "dues_waivers", "dues_payments", "dues_reviews", "dues_donations", "dues_incomes", "dues_expenses",
	"dues_remittances", "dues_closings", "dues_disclosures", "declarations", "declarations_events", "declarations_reports", "org_changes",
	"points_standings", "points_claims", "points_periods", "points_appeals",
}

// ages dates what was written back to the moment at which it would have been:
// PocketBase stamps records by the real clock.
type ages struct {
	app  core.App
	last map[string]int64
}

// mark remembers where each collection ends.
func (a *ages) mark() error {
	a.last = map[string]int64{}
	return a.each(func(collection string, end int64) error {
		a.last[collection] = end
		return nil
	})
}

// date gives everything written since the last call the moment of the
// application's clock.
func (a *ages) date() error {
	stamp := kit.Now(a.app).UTC().Format(stampLayout)
	return a.each(func(collection string, end int64) error {
		if end == a.last[collection] {
			return nil
		}
		_, err := a.app.DB().Update(collection, dbx.Params{"created": stamp, "updated": stamp},
			dbx.NewExp("rowid > {:last}", dbx.Params{"last": a.last[collection]})).Execute()
		a.last[collection] = end
		return err
	})
}

func (a *ages) each(do func(collection string, end int64) error) error {
	for _, c := range aged {
		var end int64
		if err := a.app.DB().NewQuery(fmt.Sprintf("SELECT coalesce(max(rowid), 0) FROM {{%s}}", c)).Row(&end); err != nil {
			return err
		}
		if err := do(c, end); err != nil {
			return err
		}
	}
	return nil
}

// moment is a moment in the working hours of a day.
func (l *loader) moment(day string, hour, minute int) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, kit.Beijing)
	if err != nil {
		panic(fmt.Errorf("demo day %q: %w", day, err))
	}
	return t.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}
