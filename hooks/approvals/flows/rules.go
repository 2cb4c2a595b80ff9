package flows

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// Step is one station of a flow: how many holders of which role, where, within
// how many workdays.
type Step struct {
	Name string `json:"name"`
	Role string `json:"role"` // the key of the role
	At   Level  `json:"at"`
	Min  int    `json:"min"`
	Days int    `json:"days"` // 0: no due date
	Bulk bool   `json:"bulk"` // may be approved together with others
}

// What a flow may hold. Twenty people in ten steps is more than any rule asks.
const (
	maxSteps = 10
	maxMin   = 9
	maxDays  = 250
)

// ParseSteps reads the steps of a flow as an admin has written them. A misspelt
// word is an error, not a default.
func ParseSteps(raw []byte) ([]Step, error) {
	var steps []Step
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&steps); err != nil {
		return nil, kit.Reject("steps", "approvals_steps_unreadable", stepsError(err))
	}
	return steps, nil
}

var unknownWord = regexp.MustCompile(`unknown field "([^"]+)"`)

func stepsError(err error) string {
	if m := unknownWord.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Sprintf("步骤里不认识“%s”，只能写 name、role、at、min、days、bulk。", m[1])
	}
	return `步骤的写法不对，应当像 [{"name":"支部审核","role":"branch_secretary","at":"own","min":1,"days":5}]。`
}

// CheckSteps: a flow has steps, and each step names what is decided, a role that
// exists, a level and at least one person. roles are names by key.
func CheckSteps(steps []Step, roles map[string]string) error {
	if len(steps) == 0 {
		return kit.Reject("steps", "approvals_steps_empty", "流程至少要有一个步骤。")
	}
	if len(steps) > maxSteps {
		return kit.Reject("steps", "approvals_steps_many", fmt.Sprintf("流程最多 %d 个步骤。", maxSteps))
	}
	for i, s := range steps {
		if code, what := stepFault(s, roles); what != "" {
			return kit.Reject("steps", code, fmt.Sprintf("第 %d 步%s", i+1, what))
		}
	}
	return nil
}

func stepFault(s Step, roles map[string]string) (code, what string) {
	switch {
	case strings.TrimSpace(s.Name) == "" || len([]rune(s.Name)) > 30:
		return "approvals_step_name", "要有名称（name），不超过 30 个字。"
	case roles[s.Role] == "":
		return "approvals_step_role", fmt.Sprintf("的职务（role）“%s”不存在，请填写职务表中“程序用的名字”。", s.Role)
	case s.At != Own && s.At != Parent && s.At != Committee:
		return "approvals_step_at", fmt.Sprintf("的级别（at）“%s”不对，只能是 own（本级）、parent（上级）或 committee（党工委）。", s.At)
	case s.Min < 1 || s.Min > maxMin:
		return "approvals_step_min", fmt.Sprintf("同意的人数（min）应当在 1 到 %d 之间。", maxMin)
	case s.Days < 0 || s.Days > maxDays:
		return "approvals_step_days", fmt.Sprintf("的期限（days）应当在 0 到 %d 个工作日之间。", maxDays)
	}
	return "", ""
}

// CheckLane: two versions of a flow are never in effect on the same day. other
// names the version in the way; empty means none.
func CheckLane(other, since, until string) error {
	if other == "" {
		return nil
	}
	if until == "" {
		until = "今后"
	}
	return kit.Reject("since", "approvals_flow_overlap",
		fmt.Sprintf("“%s”（%s至%s）与本流程的类别和次序相同，施行日期重叠；请先给它填写截止日期，或者换一个次序。", other, kit.Day(since, ""), kit.Day(until, "")))
}

// CheckHeld: somewhere somebody holds the role of each step at its level.
// missing names the first step that nobody could decide.
func CheckHeld(missing int, step Step, role string) error {
	if missing == 0 {
		return nil
	}
	return kit.Reject("steps", "approvals_flow_unsatisfiable",
		fmt.Sprintf("第 %d 步“%s”没有人能办：目前没有任何%s有在任的%s，请先登记任职。", missing, step.Name, step.At.Word(), role))
}

// CheckUsed: a flow that requests have begun with stays what they began with;
// field is what would change.
func CheckUsed(field string, used bool) error {
	if field == "" || !used {
		return nil
	}
	return kit.Reject(field, "approvals_flow_used", "已经有申请按这个流程办理，不能再改；请给它填写截止日期，另建新的版本。")
}

// DueIn is the day n workdays after today; no date where there is no limit.
func DueIn(days calendar.Days, today calendar.Date, n int) calendar.Date {
	if n == 0 {
		return 0
	}
	due, _ := days.AddWorkdays(today, n, false)
	return due
}
