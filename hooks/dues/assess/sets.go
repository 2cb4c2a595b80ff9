package assess

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// rateStates: a set is drafted, takes effect, and may be put out of force; then
// it stays as it is.
var rateStates = org.States{
	Collection: Rates,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "active", Name: "启用"}, {State: "void", Name: "作废"}},
	Moves:      []org.Move{{From: "draft", To: "active", Sign: "activated_by"}, {From: "active", To: "void"}, {From: "draft", To: "void"}},
	Needs:      map[string][]string{"active": {"document"}},
	Filed:      []string{"active", "void"},
}

// saveRates: a set takes effect by somebody who keeps the rates, complete and
// sound. Months that are billed keep the set that they were billed by.
func saveRates(e *core.RecordEvent) error {
	if e.Record.GetInt("unit") == 0 {
		e.Record.Set("unit", 1)
	}
	set, err := setOf(e.Record)
	if err != nil {
		return err
	}
	if e.Record.GetString("state") != "active" {
		return e.Next()
	}
	if err := CheckRates(set); err != nil {
		return err
	}
	if err := checkKeeper(e.App, e.Record.GetString("activated_by")); err != nil {
		return err
	}
	var other string
	err = e.App.DB().NewQuery("SELECT COALESCE(max(no), '') FROM dues_rates WHERE effective = {:month} AND state = 'active' AND id != {:id}").
		Bind(dbx.Params{"month": set.Effective, "id": e.Record.Id}).Row(&other)
	if err != nil {
		return err
	}
	if other != "" {
		return kit.Reject("effective", "dues_rates_twice", fmt.Sprintf("%s 版也从 %s 起执行，同一个月只能启用一版；请先作废那一版。", other, set.Effective))
	}
	return e.Next()
}

// checkKeeper: rates are put in force by somebody with dues.rates.
func checkKeeper(app core.App, person string) error {
	record, err := app.FindRecordById("people", person)
	if err != nil {
		return kit.Reject("activated_by", "dues_rates_keeper", "请写明由谁启用。")
	}
	may, err := org.Can(app, person, "dues.rates", record.GetString("org_path"), kit.Today(app))
	if err == nil && !may {
		err = kit.Reject("activated_by", "dues_rates_keeper", "启用人没有管理党费标准的权限，请由党工委组织委员启用。")
	}
	return err
}

// setOf reads a set of rates from its record.
func setOf(r *core.Record) (rate.Set, error) {
	set := rate.Set{
		No: r.GetString("no"), Title: r.GetString("title"), Document: r.GetString("document"), Effective: r.GetString("effective"),
		Cap: rate.Fen(r.GetInt("cap")), Unit: rate.Fen(r.GetInt("unit")),
	}
	return set, readScales(r.GetString("scales"), &set)
}

// readScales refuses words that the program doesn't know: a misspelt bound must
// not read as "no bound".
func readScales(raw string, set *rate.Set) error {
	decoder := json.NewDecoder(strings.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&set.Scales); err != nil {
		return kit.Reject("scales", "dues_rates_unreadable", "各类别怎样交纳读不出来，请照已启用的版本填写：金额是整数（分），比例是万分之几。")
	}
	return nil
}

// Sets are the rates of a database.
type Sets struct {
	Active []rate.Set
	byNo   map[string]rate.Set
}

// No is a set by its number, voided ones included.
func (s Sets) No(no string) (rate.Set, bool) {
	set, ok := s.byNo[no]
	return set, ok
}

// LoadSets reads all rates that are or were in force.
func LoadSets(db dbx.Builder) (Sets, error) {
	var rows []struct {
		No, Title, Document, Effective, State, Scales string
		Cap, Unit                                     int64
	}
	sets := Sets{byNo: map[string]rate.Set{}}
	err := db.NewQuery("SELECT no, title, document, effective, state, scales, cap, unit FROM dues_rates WHERE state IN ('active', 'void') ORDER BY effective, no").All(&rows)
	if err != nil {
		return sets, err
	}
	for _, r := range rows {
		set := rate.Set{No: r.No, Title: r.Title, Document: r.Document, Effective: r.Effective, Cap: rate.Fen(r.Cap), Unit: rate.Fen(r.Unit)}
		if err := readScales(r.Scales, &set); err != nil {
			return sets, err
		}
		sets.byNo[set.No] = set
		if r.State == "active" {
			sets.Active = append(sets.Active, set)
		}
	}
	return sets, nil
}
