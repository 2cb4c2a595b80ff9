package imports

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/schedule"
)

// Problem is what keeps an outline from being confirmed, and where.
type Problem struct {
	Path    [3]int `json:"path"` // section, item, obligation, each from 0
	Code    string `json:"code"`
	Message string `json:"message"`
	whole   bool   // about the import as a whole; Path means nothing
}

// CheckOutline finds what is left to decide before a plan can be confirmed:
// every kept obligation has a name, somebody responsible and a possible date;
// what the text leaves vague (定期、适时) was settled by a person, never guessed
// (R-IMP-05).
func CheckOutline(o Outline, year int) []Problem {
	problems := []Problem{}
	items := 0
	for _, section := range o.Sections {
		items += len(section.Items)
	}
	if items == 0 {
		problems = append(problems, Problem{whole: true, Code: "plan_no_items", Message: "没有读出任何条目，请检查原文，或在右侧添加条目。"})
	}
	for path, ob := range o.kept() {
		for _, p := range checkObligation(ob, year) {
			p.Path = path
			problems = append(problems, p)
		}
	}
	return problems
}

// kinds are what a task may be about.
var kinds = []string{"document", "study", "meeting", "report", "activity", "inspection", "training", "sign", "visit", "publish", "other"}

// maxName is the greatest length of a name that a clerk gives to a task.
const maxName = 200

func checkObligation(o Obligation, year int) (problems []Problem) {
	add := func(code, message string) { problems = append(problems, Problem{Code: code, Message: message}) }
	if o.TaskTitle() == "" {
		add("plan_untitled", "这项任务还没有名称。")
	}
	if utf8.RuneCountInString(o.TaskTitle()) > maxName {
		add("plan_title_long", fmt.Sprintf("任务名称最多 %d 个字，请写短一些。", maxName))
	}
	if !slices.Contains(kinds, o.Kind) {
		add("plan_kind_unknown", "请选择这项任务是做什么的。")
	}
	if o.Assign == nil || o.Assign.To == "" {
		add("plan_unassigned", "这项任务还没有交给谁。")
	}
	if o.NeedsConfirmation && !o.Settled {
		add("plan_unsettled", "原文没有说清多久一次或何时完成，请选定频次或期限。")
	}
	if o.DueFrom() != "" && o.DueTo() != "" && o.DueTo() < o.DueFrom() {
		add("plan_dates_reversed", "最晚日期不能早于最早日期。")
		return problems
	}
	if err := schedule.Check(o.Rule(year, "")); err != nil {
		message, code, _ := sentence(err)
		add(code, message)
	}
	return problems
}

// checkReady refuses an import that still leaves something to decide.
func checkReady(app core.App, r *core.Record, o Outline) error {
	problems, err := problemsOf(app, r, o)
	if err != nil || len(problems) == 0 {
		return err
	}
	first := problems[0]
	where := ""
	if !first.whole {
		item := o.Sections[first.Path[0]].Items[first.Path[1]]
		where = fmt.Sprintf("第 %d 条“%s”：", item.Number, kit.Clip(item.Title, 20))
	}
	return kit.Reject("outline", "plan_import_incomplete", fmt.Sprintf("还有 %d 处没有处理。%s%s", len(problems), where, first.Message))
}

// problemsOf adds to CheckOutline what only the database knows: whether the
// year still has no plan, and whether each assignment finds somebody.
func problemsOf(app core.App, r *core.Record, o Outline) ([]Problem, error) {
	problems := CheckOutline(o, r.GetInt("year"))
	taken, err := hasYear(app, r)
	if err != nil {
		return nil, err
	}
	if taken && r.GetString("state") != "confirmed" {
		problems = append(problems, Problem{whole: true, Code: "plan_year_exists",
			Message: fmt.Sprintf("这个组织 %d 年的工作要点已经确认过，一年只有一份；要调整安排请修改其中的任务。", r.GetInt("year"))})
	}
	known := map[plan.Assign]*Problem{}
	for path, ob := range o.kept() {
		if ob.Assign == nil || ob.Assign.To == "" {
			continue
		}
		key := *ob.Assign
		key.Suggested = false
		if _, seen := known[key]; !seen {
			if known[key], err = assignProblem(app, r.GetString("org"), key); err != nil {
				return nil, err
			}
		}
		if p := known[key]; p != nil {
			problems = append(problems, Problem{Path: path, Code: p.Code, Message: p.Message})
		}
	}
	return problems, nil
}

// assignProblem is what is wrong with an assignment; nil if nothing is.
func assignProblem(app core.App, planOrg string, a plan.Assign) (*Problem, error) {
	_, broken := plan.CheckAssign(app, planOrg, a, kit.Today(app))
	if broken == nil {
		return nil, nil
	}
	message, code, ok := sentence(broken)
	if !ok {
		return nil, broken
	}
	return &Problem{Code: code, Message: message}, nil
}

// sentence takes the words of a rule that was broken; ok is false for any
// other error.
func sentence(err error) (message, code string, ok bool) {
	var coded interface {
		error
		Code() string
	}
	for _, field := range kit.Violations(err) {
		if errors.As(field, &coded) {
			return coded.Error(), coded.Code(), true
		}
	}
	return "", "", false
}
