package inspections

import (
	"cmp"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Terms are the numbers of the local rules.
type Terms struct {
	PlanDays     int // days in which a unit plans its fixes (R-INSP-07)
	ReportMonths int // months in which it reports on them
	FocusMonths  int // months after which enough of them are closed (集中整改期)
	Rate         int // per cent that are enough (R-INSP-08)
	OverdueDays  int // days after which one that is late is too late
	RecusalYears int // years for which a former post counts (R-INSP-03)
}

// DefaultTerms are those of domain.md 7.4, 14.22 and chapter 16, 16.
var DefaultTerms = Terms{PlanDays: 30, ReportMonths: 2, FocusMonths: 3, Rate: 95, OverdueDays: 30, RecusalYears: 3}

// localTerms are the terms that organizations have set, by path.
type localTerms map[string]Terms

// readTerms reads all of them, which are few. A number that an organization
// leaves out is the usual one.
func readTerms(app core.App) (localTerms, error) {
	list, err := app.FindAllRecords(Settings)
	out, d := localTerms{}, DefaultTerms
	for _, r := range list {
		out[r.GetString("org_path")] = Terms{
			PlanDays: cmp.Or(r.GetInt("plan_days"), d.PlanDays), ReportMonths: cmp.Or(r.GetInt("report_months"), d.ReportMonths),
			FocusMonths: cmp.Or(r.GetInt("focus_months"), d.FocusMonths), Rate: cmp.Or(r.GetInt("rate"), d.Rate),
			OverdueDays: cmp.Or(r.GetInt("overdue_days"), d.OverdueDays), RecusalYears: cmp.Or(r.GetInt("recusal_years"), d.RecusalYears),
		}
	}
	return out, err
}

// At are the terms of the nearest organization at or above path that has its
// own.
func (l localTerms) At(path string) Terms {
	found, nearest := DefaultTerms, ""
	for at, terms := range l {
		if strings.HasPrefix(path, at) && len(at) > len(nearest) {
			found, nearest = terms, at
		}
	}
	return found
}
