package declarations

import (
	"cmp"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
)

// Terms are the numbers of the local rules.
type Terms struct {
	MatterDays  int // days within which a matter is declared
	BeforeDays  int // workdays before a wedding
	FuneralDays int // workdays after a funeral
	AfterDays   int // workdays for the report afterwards
	Tables      int
	TablesJoint int // of both families together
	PerTable    int
	Cars        int // 0: any number
	OralHours   int // hours in which what was told is put on paper
}

// DefaultTerms are those of domain.md 6.2 to 6.4 (chapter 16, 17).
var DefaultTerms = Terms{MatterDays: 30, BeforeDays: 10, FuneralDays: 10, AfterDays: 10, Tables: 20, TablesJoint: 30, PerTable: 10, OralHours: 24}

// termsFor reads the terms of the nearest organization above that has its own.
// A number that it leaves out is the usual one.
func termsFor(app core.App, path string) (Terms, error) {
	var list []*core.Record
	err := app.RecordQuery(Settings).AndWhere(org.AtOrAbove("org_path", path)).OrderBy("length(org_path) DESC").Limit(1).All(&list)
	if err != nil || len(list) == 0 {
		return DefaultTerms, err
	}
	r, d := list[0], DefaultTerms
	return Terms{
		MatterDays: cmp.Or(r.GetInt("matter_days"), d.MatterDays), BeforeDays: cmp.Or(r.GetInt("before_days"), d.BeforeDays),
		FuneralDays: cmp.Or(r.GetInt("funeral_days"), d.FuneralDays), AfterDays: cmp.Or(r.GetInt("after_days"), d.AfterDays),
		Tables: cmp.Or(r.GetInt("tables"), d.Tables), TablesJoint: cmp.Or(r.GetInt("tables_joint"), d.TablesJoint),
		PerTable: cmp.Or(r.GetInt("per_table"), d.PerTable), Cars: r.GetInt("cars"), OralHours: cmp.Or(r.GetInt("oral_hours"), d.OralHours),
	}, nil
}

// termsOf are the terms that hold where a record belongs.
func termsOf(app core.App, record *core.Record) (Terms, error) {
	unit, err := org.Find(app, record.GetString("org"))
	if err != nil {
		return DefaultTerms, err
	}
	return termsFor(app, unit.Path())
}
