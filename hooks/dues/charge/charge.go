package charge

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/routine"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// Bind bills every month on its first day.
func Bind(app core.App) {
	app.OnServe().BindFunc(catchUp)
	app.Cron().MustAdd("dues_bill", "5 0 1 * *", func() {
		now := time.Now().In(kit.Beijing)
		billed, err := BillMonth(kit.As(app, kit.Job("dues_bill")), rate.MonthOf(now), now)
		app.Logger().Info("Billed the month's dues", "charged", billed.Charged, "missing", billed.Missing, "error", err)
	})
}

// catchUp bills the month whose first the server has missed: the month before
// was billed, and this one hasn't been. The server doesn't wait for it.
func catchUp(e *core.ServeEvent) error {
	now := kit.Now(e.App)
	missed, err := isMissed(e.App, rate.MonthOf(now))
	if err != nil || !missed {
		return errors.Join(err, e.Next())
	}
	app := kit.As(e.App, kit.Job("dues_bill"))
	routine.FireAndForget(func() {
		billed, err := BillMonth(app, rate.MonthOf(now), now)
		app.Logger().Info("Billed the month's dues late", "charged", billed.Charged, "missing", billed.Missing, "error", err)
	})
	return e.Next()
}

func isMissed(app core.App, month string) (missed bool, err error) {
	billed := "EXISTS (SELECT 1 FROM dues_entries WHERE org IN (SELECT id FROM org_units) AND month = %s AND kind = 'charge')"
	err = app.DB().NewQuery("SELECT " + fmt.Sprintf(billed, "{:before}") + " AND NOT " + fmt.Sprintf(billed, "{:month}")).
		Bind(dbx.Params{"month": month, "before": rate.Shift(month, -1)}).Row(&missed)
	return missed, err
}
