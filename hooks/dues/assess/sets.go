package assess

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
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
	set, err := charge.SetOf(e.Record)
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
