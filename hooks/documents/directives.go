package documents

import (
	"time"
	"unicode"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// directing: what superiors ask for is divided, each part is answered, and who
// closes it isn't who answered.
var directing = org.States{
	Collection: Directives,
	Words:      []org.Word{{State: "registered", Name: "已登记"}, {State: "divided", Name: "已分解"}, {State: "reported", Name: "已反馈"}, {State: "closed", Name: "已结项"}},
	Moves: []org.Move{
		{From: "registered", To: "divided", System: true},
		{From: "registered", To: "reported", Sign: "reported_by"},
		{From: "reported", To: "registered", Power: "documents.edit"},
		{From: "reported", To: "closed", Power: "documents.edit", Sign: "closed_by", Others: []string{"reported_by"}},
		{From: "divided", To: "closed", Power: "documents.edit", Sign: "closed_by"},
	},
	Needs: map[string][]string{"reported": {"result"}},
	Filed: []string{"closed"},
}

// saveDirective holds a directive to its place: one of a superior's, or a part
// of one.
func saveDirective(e *core.RecordEvent) error {
	r := e.Record
	if r.GetString("parent") == "" {
		if err := saveRoot(e); err != nil {
			return err
		}
		return e.Next()
	}
	root, err := org.Parent(e.App, r, "parent")
	if err != nil {
		return err
	}
	if err := CheckPart(root.GetString("parent"), root.GetString("state"), r.IsNew()); err != nil {
		return err
	}
	if r.GetString("due") == "" {
		r.Set("due", root.GetString("due"))
	}
	if err := answerPart(e); err != nil {
		return err
	}
	if err := e.Next(); err != nil || root.GetString("state") != "registered" {
		return err
	}
	root.Set("state", "divided")
	return kit.SaveAsSystem(e.App, e.Context, root)
}

// answerPart dates an answer; one that is sent back is answered anew.
func answerPart(e *core.RecordEvent) error {
	r := e.Record
	switch r.GetString("state") {
	case "registered":
		r.Load(map[string]any{"reported_on": "", "reported_by": ""})
	case "reported":
		if r.GetString("reported_on") == "" {
			r.Set("reported_on", kit.Today(e.App))
		}
		return CheckQuantified(r.GetString("result"))
	}
	return nil
}

func saveRoot(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckRoot(r.GetString("source"), r.GetString("received_on"), r.GetString("conveyed_on"), r.GetString("state"), kit.Today(e.App)); err != nil {
		return err
	}
	days, err := calendar.Load(e.App)
	if err != nil {
		return err
	}
	due, convey := DirectiveDue(days, r.GetString("received_on"))
	for field, day := range map[string]string{"due": due, "convey_due": convey} {
		if r.GetString(field) == "" {
			r.Set(field, day)
		}
	}
	if r.GetString("state") != "closed" {
		return nil
	}
	var parts, open int
	err = e.App.DB().Select("count(*)", "coalesce(sum(state != 'closed'), 0)").From(Directives).Where(dbx.HashExp{"parent": r.Id}).Row(&parts, &open)
	if err != nil {
		return err
	}
	return CheckClosed(parts, open)
}

// CheckRoot: what a superior asks for says who and when.
func CheckRoot(source, received, conveyed, state, today string) error {
	switch {
	case source == "":
		return kit.Reject("source", "documents_source_missing", "请填写来文机关；如果是分解出来的一项，请选择上级部署。")
	case !kit.IsDate(received) || received > today:
		return kit.Reject("received_on", "documents_date_missing", "请填写真实的收到日期，不晚于今天。")
	case conveyed != "" && (!kit.IsDate(conveyed) || conveyed < received || conveyed > today):
		return kit.Reject("conveyed_on", "documents_date_missing", "首次传达日期应当在收到以后，不晚于今天。")
	case state == "reported":
		return kit.Reject("state", "documents_root_reports", "上级部署由分解的各项反馈，不直接反馈。")
	}
	return nil
}

// DirectiveDue are the usual days (14.1): conveyed within seven workdays,
// answered within a quarter.
func DirectiveDue(days calendar.Days, received string) (due, convey string) {
	day, err := time.Parse(time.DateOnly, received)
	if err != nil {
		return "", ""
	}
	last, _ := days.AddWorkdays(calendar.Of(day), 7, false)
	return day.AddDate(0, 3, 0).Format(time.DateOnly), last.String()
}

// CheckPart: a directive is divided once, while it is open.
func CheckPart(above, state string, made bool) error {
	switch {
	case above != "":
		return kit.Reject("parent", "documents_part_of_part", "分解出来的一项不再分解，请选择上级部署。")
	case state == "closed" && made:
		return kit.Reject("parent", "documents_closed", "这件部署已经结项，不能再分解。")
	}
	return nil
}

// CheckQuantified: an answer has a figure in it (14.1).
func CheckQuantified(result string) error {
	for _, c := range result {
		if unicode.IsDigit(c) {
			return nil
		}
	}
	return kit.Reject("result", "documents_not_quantified", "反馈要有量化的结果，请写明数字，例如“走访 120 户，解决问题 36 个”。")
}

// CheckClosed: what hasn't been divided, or isn't done, isn't closed (14.1).
func CheckClosed(parts, open int) error {
	switch {
	case parts == 0:
		return kit.Reject("state", "documents_undivided", "这件部署还没有分解，不能结项。")
	case open > 0:
		return kit.Reject("state", "documents_parts_open", "分解的各项还没有全部结项，不能结项。")
	}
	return nil
}
