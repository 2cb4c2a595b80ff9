package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
	"yaodian/hooks/plan/schedule"
)

// signDuty puts the name of the signed-in person to what they ask for.
func signDuty(e *core.RecordRequestEvent) error {
	if by := kit.Caller(e.RequestEvent); by != "" {
		switch schedule.State(e.Record.GetString("state")) {
		case schedule.Submitted:
			e.Record.Set("submitted_by", by)
		case schedule.Done, schedule.Returned:
			e.Record.Set("accepted_by", by)
		case schedule.Exempted:
			e.Record.Set("exempted_by", by)
		}
	}
	return e.Next()
}

// fixedOfDuty is what nobody changes on a duty: it follows from the task.
var fixedOfDuty = []string{"org", "plan", "section", "item", "task", "person", "period", "title", "opens", "due", "due_original"}

// handling is who did what with a duty; writes is what of it somebody says
// who moves the duty on. The rest stays, or is filled in by the move.
var (
	handling = []string{"submitted_by", "submitted_at", "accepted_by", "accepted_at", "exempted_by", "exempted_at", "reason"}
	writes   = map[schedule.State][]string{
		schedule.Submitted: {"submitted_by"},
		schedule.Done:      {"accepted_by", "reason"},
		schedule.Returned:  {"accepted_by", "reason"},
		schedule.Exempted:  {"exempted_by", "reason"},
	}
)

// moveDuty takes a duty from one state to the next and holds every rule of who
// may do that, for people, scripts and superusers alike.
func moveDuty(e *core.RecordEvent) error {
	if kit.IsSystem(e.Context) {
		return e.Next()
	}
	if e.Record.IsNew() {
		return kit.Forbid("plan_duty_generated", "任务按计划自动生成，不能自行添加。")
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, fixedOfDuty...); changed {
		return kit.Reject(field, "plan_duty_locked", "任务的内容、期限和责任人不能直接修改；要调整请修改它的任务安排。")
	}
	duty, before := dutyOf(e.Record), dutyOf(stored)
	if err := schedule.CheckMove(before.State(), duty.State()); err != nil {
		return err
	}
	if err := checkHandling(duty, before); err != nil {
		return err
	}
	if duty.State() == before.State() {
		return e.Next()
	}
	m := &move{app: e.App, duty: duty, before: before, today: kit.Today(e.App), now: kit.Now(e.App)}
	if err := m.apply(); err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	return m.tell(e.Context)
}

// checkHandling: who did what is written by moving the duty on, and each move
// writes its own part only.
func checkHandling(duty, before *Duty) error {
	var mine []string
	if duty.State() != before.State() {
		mine = writes[duty.State()]
	}
	locked := slices.DeleteFunc(slices.Clone(handling), func(field string) bool { return slices.Contains(mine, field) })
	if field, changed := kit.Changed(duty.ProxyRecord(), before.ProxyRecord(), locked...); changed {
		return kit.Reject(field, "plan_duty_locked", "办理记录不能直接修改；这项任务可能刚刚有人办理过，请刷新页面看看现在的状态。")
	}
	return nil
}

// move is one step of a duty inside its transaction.
type move struct {
	app    core.App
	duty   *Duty
	before *Duty
	today  string
	now    time.Time
}

func (m *move) apply() error {
	switch m.duty.State() {
	case schedule.Submitted:
		return m.submit()
	case schedule.Open:
		return m.reopen()
	case schedule.Done:
		return m.accept()
	case schedule.Returned:
		return m.sendBack()
	case schedule.Exempted:
		return m.exempt()
	}
	return kit.Reject("state", "plan_duty_state", "这个状态由系统按日期填写，不能自行选择。")
}

// submit: whoever is responsible, or an officer of the organization, submits
// what is proved.
func (m *move) submit() error {
	by := m.duty.Submitter()
	may, err := maySubmit(m.app, m.before, by, m.today)
	if err != nil {
		return err
	}
	if !may {
		return kit.Reject("submitted_by", "plan_not_responsible", "只有责任人或责任组织的负责人可以提交这项任务。")
	}
	n, err := m.app.CountRecords(Evidence, dbx.HashExp{"duty": m.duty.Id})
	if err != nil {
		return err
	}
	if n == 0 {
		return kit.Reject("state", "plan_no_evidence", "还没有佐证。请先写一句说明，或者上传照片、文件，再提交验收。")
	}
	m.duty.Load(map[string]any{"submitted_at": m.now, "accepted_by": "", "accepted_at": "", "reason": ""})
	return nil
}

// reopen takes back what was submitted, or an exemption; the calendar says
// whether the duty is open or overdue.
func (m *move) reopen() error {
	for _, field := range handling {
		m.duty.Set(field, "")
	}
	m.duty.SetState(schedule.Next(schedule.Open, m.today, m.duty.Opens(), m.duty.Due()))
	return nil
}

// accept: somebody with the power, who neither submitted the duty nor gave its
// evidence, finds it done. Done after the due date is made up (已补做).
func (m *move) accept() error {
	if err := m.checkAccepter(); err != nil {
		return err
	}
	submitted := m.before.GetDateTime("submitted_at").Time().In(kit.Beijing).Format(time.DateOnly)
	m.duty.SetState(schedule.DoneState(m.duty.Due(), submitted))
	m.duty.Load(map[string]any{"accepted_at": m.now, "reason": ""})
	return nil
}

func (m *move) sendBack() error {
	if err := m.checkAccepter(); err != nil {
		return err
	}
	m.duty.Set("accepted_at", m.now)
	return CheckReason(m.duty.GetString("reason"), "退回")
}

func (m *move) exempt() error {
	if err := m.checkPower("exempted_by", m.duty.GetString("exempted_by")); err != nil {
		return err
	}
	if m.duty.Person() != "" && m.duty.Person() == m.duty.GetString("exempted_by") {
		return kit.Reject("exempted_by", "plan_same_person", "不能批准免做自己的任务，请由另一位负责人批准。")
	}
	m.duty.Set("exempted_at", m.now)
	return CheckReason(m.duty.GetString("reason"), "免做")
}

func (m *move) checkAccepter() error {
	by := m.duty.Accepter()
	if err := m.checkPower("accepted_by", by); err != nil {
		return err
	}
	gave, err := m.app.CountRecords(Evidence, dbx.HashExp{"duty": m.duty.Id, "person": by})
	if err != nil {
		return err
	}
	return CheckAccepter(by, m.before.Submitter(), m.before.Person(), gave > 0)
}

func (m *move) checkPower(field, by string) error {
	may, err := org.Can(m.app, by, "plan.accept", m.before.OrgPath(), m.today)
	if err != nil {
		return err
	}
	if !may {
		return kit.Reject(field, "plan_no_power", "只有对这个组织有验收权的负责人可以办理。")
	}
	return nil
}

// tell lets the submitter know what became of the duty.
func (m *move) tell(ctx context.Context) error {
	to := m.before.Submitter()
	title := kit.Clip(notify.Mask(m.duty.GetString("title")), 60)
	message := notify.Message{Person: to, Kind: notify.Duty, Link: "#/duties/" + m.duty.Id}
	switch m.duty.State() {
	case schedule.Done, schedule.MadeUp:
		message.Title = "已验收：" + title
		message.Body = "您提交的任务已经通过验收。"
	case schedule.Returned:
		message.Title = "被退回：" + title
		message.Body = fmt.Sprintf("理由：%s。请补充后重新提交。", strings.TrimRight(notify.Mask(m.duty.GetString("reason")), "。"))
	default:
		return nil
	}
	return notify.Send(m.app, ctx, message)
}

// maySubmit: a duty is submitted by who is responsible, or by an officer of
// the responsible organization.
func maySubmit(app core.App, duty *Duty, by, today string) (bool, error) {
	if by == "" {
		return false, nil
	}
	if by == duty.Person() {
		return true, nil
	}
	return org.Can(app, by, "plan.submit", duty.OrgPath(), today)
}
