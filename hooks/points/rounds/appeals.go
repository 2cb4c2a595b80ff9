package rounds

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// appealStates: the branch answers within ten working days; whoever isn't
// content takes it to the committee, where somebody else settles it.
var appealStates = org.States{
	Collection: Appeals,
	Words:      []org.Word{{State: "open", Name: "待答复"}, {State: "answered", Name: "支部已答复"}, {State: "escalated", Name: "已报党工委"}, {State: "settled", Name: "已办结"}},
	Moves: []org.Move{
		{From: "open", To: "answered", Sign: "answered_by", Others: []string{"person"}},
		{From: "answered", To: "settled"},
		{From: "answered", To: "escalated"},
		{From: "escalated", To: "settled", Power: "points.edit", Sign: "settled_by", Others: []string{"person", "answered_by"}},
	},
	Needs: map[string][]string{"answered": {"answer", "outcome"}},
	Filed: []string{"settled"},
}

// placeAppeal says where an appeal belongs and by when it is answered.
func placeAppeal(e *core.RecordEvent) error {
	r := e.Record
	period, err := e.App.FindRecordById(Periods, r.GetString("period"))
	if err != nil {
		return kit.Reject("period", "points_period_missing", "没有找到这一期公示，请重新选择。")
	}
	if by := person(e); by != "" {
		r.Set("person", by)
	}
	due, err := workdaysAfter(e.App, kit.Today(e.App), AnswerDays)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"org": period.GetString("org"), "due": due, "answer": "", "ruling": "", "outcome": "", "answered_on": "", "answered_by": "", "settled_by": ""})
	return e.Next()
}

// saveAppeal files an appeal, and holds each later step to who takes it.
func saveAppeal(e *core.RecordEvent) error {
	stored, err := before(e)
	if err != nil {
		return err
	}
	if stored == nil {
		return fileAppeal(e)
	}
	r, from, to := e.Record, stateOf(stored), stateOf(e.Record)
	if field, changed := kit.Changed(r, stored, "person", "period", "entry", "text", "due", "org"); changed {
		return kit.Reject(field, "points_appeal_fixed", "申诉提出后不能改。")
	}
	if field, changed := kit.Changed(r, stored, "answer", "answered_on"); changed && from != "open" {
		return kit.Reject(field, "points_appeal_fixed", "支部的答复不能再改。")
	}
	if err := checkTurn(r, stored, person(e)); err != nil {
		return err
	}
	if from == "open" && to == "answered" {
		if err := CheckOutcome(r.GetString("outcome"), r.GetString("entry")); err != nil {
			return err
		}
		r.Set("answered_on", kit.Today(e.App))
	}
	if err := e.Next(); err != nil || from == to {
		return err
	}
	return tellStep(e.App, e.Context, r, to)
}

// checkTurn: the person alone is content or not, and the committee alone gives
// a ruling, with its words.
func checkTurn(r, stored *core.Record, by string) error {
	from, to := stateOf(stored), stateOf(r)
	if from == "answered" && to != from && by != "" && by != r.GetString("person") {
		return kit.Reject("state", "points_appeal_turn", "是否接受答复由申诉人本人决定。")
	}
	committee := from == "escalated" && to == "settled"
	if _, changed := kit.Changed(r, stored, "outcome", "ruling"); changed && from != "open" && !committee {
		return kit.Reject("outcome", "points_appeal_fixed", "结果由支部答复时或党工委办结时填写。")
	}
	if !committee {
		return nil
	}
	if r.GetString("ruling") == "" {
		return kit.Reject("ruling", "points_ruling_missing", "请写明党工委的意见。")
	}
	return CheckOutcome(r.GetString("outcome"), r.GetString("entry"))
}

// fileAppeal: one appeals about one's own entry, in the days of the publication.
func fileAppeal(e *core.RecordEvent) error {
	r := e.Record
	period, err := e.App.FindRecordById(Periods, r.GetString("period"))
	if err != nil {
		return err
	}
	if err := CheckAppealable(period.GetString("state"), period.GetString("notice_until"), kit.Today(e.App)); err != nil {
		return err
	}
	who, err := e.App.FindRecordById("people", r.GetString("person"))
	if err != nil {
		return err
	}
	house, err := charge.HouseOf(e.App, who.GetString("org"))
	if err != nil {
		return err
	}
	if house.Id != period.GetString("org") {
		return kit.Reject("period", "points_appeal_elsewhere", "只能对自己支部的公示提出申诉。")
	}
	if id := r.GetString("entry"); id != "" {
		entry, err := e.App.FindRecordById(ledger.Entries, id)
		if err != nil || entry.GetString("person") != r.GetString("person") || entry.GetString("quarter") != period.GetString("quarter") || entry.GetString("kind") != ledger.Award {
			return kit.Reject("entry", "points_appeal_entry", "只能对自己在这一季度的分录提出申诉。")
		}
	}
	if err := e.Next(); err != nil {
		return err
	}
	return tellStep(e.App, e.Context, r, "open")
}

func keepAppeal(*core.RecordEvent) error {
	return kit.Forbid("points_appeal_permanent", "申诉不能删除。")
}

// tellStep writes to whose turn it is.
func tellStep(app core.App, ctx context.Context, r *core.Record, state string) error {
	m := notify.Message{Kind: notify.Duty, Link: "#/points/appeals/" + r.Id}
	people := []string{r.GetString("person")}
	var err error
	switch state {
	case "open":
		m.Title, m.Body = "有一件积分申诉待答复", fmt.Sprintf("请在 %s 前答复。", kit.Day(r.GetString("due"), kit.Today(app)))
		people, err = officers(app, "points.review", r.GetString("org_path"))
	case "answered":
		m.Title, m.Body = "支部答复了您的积分申诉", "请查看；不接受的，可以在 5 个工作日内报党工委。"
	case "escalated":
		m.Title, m.Body = "有一件积分申诉报党工委", "支部已经答复，本人不接受。"
		people, err = officers(app, "points.edit", r.GetString("org_path"))
	default:
		m.Title, m.Body = "您的积分申诉已经办结", "结果和理由都在申诉里。"
	}
	if err != nil {
		return err
	}
	for _, p := range people {
		m.Person = p
		if err := notify.Send(app, ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// officers are those who hold a power over a place by a post there or above.
func officers(app core.App, power, path string) (list []string, err error) {
	err = app.DB().NewQuery(`SELECT DISTINCT x.person FROM org_reach x JOIN people p ON p.id = x.person WHERE x.power = {:power} AND x.lo <= {:path} AND x.hi > {:path}
		AND x.since <= {:day} AND x.until > {:day} AND p.state = 'active' ORDER BY 1`).Bind(dbx.Params{"power": power, "path": path, "day": kit.Today(app)}).Column(&list)
	return list, err
}

// Remind tells branches, once each, of appeals that are late and of the quarter
// that is over and not yet published; it decides nothing.
func Remind(app core.App, today string) (told int, err error) {
	byOrg, err := org.Officers(app, today, "points.review")
	if err != nil {
		return 0, err
	}
	var late []struct{ ID, Org, Due string }
	if err := app.DB().Select("id", "org", "due").From(Appeals).Where(dbx.NewExp("state = 'open' AND due < {:today}", dbx.Params{"today": today})).All(&late); err != nil {
		return 0, err
	}
	var messages []notify.Message
	for _, a := range late {
		messages = append(messages, notify.Message{
			Kind: notify.Duty, Title: "积分申诉逾期未答复", Body: fmt.Sprintf("应在 %s 前答复。", kit.Day(a.Due, today)), Link: "#/points/appeals/" + a.ID,
			Topic: "points_appeals late " + a.ID,
		}.To(byOrg[a.Org]...)...)
	}
	unpublished, err := unpublishedQuarter(app, today, byOrg)
	if err != nil {
		return 0, err
	}
	return notify.Remind(app, append(messages, unpublished...))
}

func unpublishedQuarter(app core.App, today string, byOrg map[string][]string) ([]notify.Message, error) {
	last := rule.QuarterBefore(rule.QuarterOf(today))
	var due []string
	err := app.DB().NewQuery(`SELECT DISTINCT e.org FROM points_entries e WHERE e.quarter = {:quarter} AND NOT EXISTS (
		SELECT 1 FROM points_periods p WHERE p.org = e.org AND p.quarter = {:quarter} AND p.state != 'open') ORDER BY 1`).Bind(dbx.Params{"quarter": last}).Column(&due)
	if err != nil {
		return nil, err
	}
	var messages []notify.Message
	for _, unit := range due {
		messages = append(messages, notify.Message{
			Kind: notify.Duty, Title: last + " 的积分该公示了", Body: "公示 5 个工作日，期满没有未结的申诉即可锁定。", Link: "#/points/periods?quarter=" + last + "&org=" + unit,
			Topic: "points_periods due " + last + " " + unit,
		}.To(byOrg[unit]...)...)
	}
	return messages, nil
}
