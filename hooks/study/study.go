// Package study keeps what is to be learnt and what was (学习): the plans of the
// centre group and of each of the leadership, materials, hours, quizzes and
// training classes. Hours are what the organization recognises; no app is read
// for them, and no ranking is made of them.
package study

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this capability.
const (
	Plans      = "study_plans"
	Materials  = "study_materials"
	Records    = "study_records"
	Quizzes    = "study_quizzes"
	Answers    = "study_answers"
	Classes    = "study_classes"
	Enrolments = "study_enrolments"
)

// Bind attaches the rules of study to app.
func Bind(app core.App) {
	org.Follow(app, planning)
	kit.OnSave(app, Records, saveRecord)
	org.Follow(app, testing)
	kit.OnSave(app, Quizzes, saveQuiz)
	org.Inherit(app, Answers, "person")
	org.Follow(app, marking)
	kit.OnSave(app, Answers, saveAnswer)
	org.Follow(app, teaching)
	kit.OnSave(app, Classes, saveClass)
	org.Inherit(app, Enrolments, "class")
	kit.OnSave(app, Enrolments, saveEnrolment)

	app.Cron().MustAdd("study_remind", "20 8 * * *", func() { remind(app, time.Now().In(kit.Beijing)) })
	app.Cron().MustAdd("study_remind_plans", "21 8 * * *", func() { remindPlans(app, time.Now().In(kit.Beijing)) })
	app.Cron().MustAdd("study_remind_group", "22 8 * * *", func() { remindGroup(app, time.Now().In(kit.Beijing)) })
}

var elements = []string{"schedule", "content", "requirements", "assessment"}

// planning is how a plan is examined and put on record (审查备案): by somebody else.
var planning = org.States{
	Collection: Plans,
	Words: []org.Word{
		{State: "draft", Name: "草拟"}, {State: "submitted", Name: "已提交"}, {State: "reviewed", Name: "已审查"},
		{State: "filed", Name: "已备案"}, {State: "executing", Name: "执行中"}, {State: "assessed", Name: "已考核"},
	},
	Moves: []org.Move{
		{From: "draft", To: "submitted", Sign: "submitted_by"},
		{From: "submitted", To: "draft"},
		{From: "submitted", To: "reviewed", Power: "study.edit", Sign: "reviewed_by", Others: []string{"person", "submitted_by"}},
		{From: "reviewed", To: "filed", Power: "study.edit", Sign: "filed_by", Others: []string{"person"}},
		{From: "filed", To: "executing"},
		{From: "executing", To: "assessed", Power: "study.edit"},
	},
	Needs: map[string][]string{
		"submitted": elements, "reviewed": elements, "filed": elements, "executing": elements, "assessed": append([]string{"result"}, elements...),
	},
	Filed: []string{"filed", "assessed"},
}

var testing = org.States{
	Collection: Quizzes,
	Words:      []org.Word{{State: "draft", Name: "草拟"}, {State: "open", Name: "开考"}, {State: "closed", Name: "已结束"}},
	Moves:      []org.Move{{From: "draft", To: "open"}, {From: "open", To: "closed"}},
	Needs:      map[string][]string{"open": {"paper"}},
	Filed:      []string{"open", "closed"},
}

var marking = org.States{
	Collection: Answers,
	Words:      []org.Word{{State: "answered", Name: "已答"}, {State: "marked", Name: "已阅"}},
	Moves:      []org.Move{{From: "answered", To: "marked", Power: "study.edit", Sign: "marked_by", Others: []string{"person"}}},
	Filed:      []string{"marked"},
}

var teaching = org.States{
	Collection: Classes,
	Words:      []org.Word{{State: "planned", Name: "已安排"}, {State: "running", Name: "办班中"}, {State: "closed", Name: "已结业"}},
	Moves:      []org.Move{{From: "planned", To: "running"}, {From: "running", To: "closed"}},
}

func saveRecord(e *core.RecordEvent) error {
	if err := CheckPast("studied_on", e.Record.GetString("studied_on"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

func saveQuiz(e *core.RecordEvent) error {
	if err := org.CheckPeriod("closes", e.Record.GetString("opens"), e.Record.GetString("closes")); err != nil {
		return err
	}
	return e.Next()
}

// saveAnswer: a paper is answered while it is open, once; an answer stays.
func saveAnswer(e *core.RecordEvent) error {
	r := e.Record
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if field, changed := kit.Changed(r, stored, "quiz", "text"); changed {
			return kit.Reject(field, "study_answered", "交卷后不能修改答案。")
		}
		return e.Next()
	}
	quiz, err := e.App.FindRecordById(Quizzes, r.GetString("quiz"))
	if err != nil {
		return err
	}
	if err := CheckOpen(quiz.GetString("state"), quiz.GetString("opens"), quiz.GetString("closes"), kit.Today(e.App)); err != nil {
		return err
	}
	return e.Next()
}

func saveClass(e *core.RecordEvent) error {
	r := e.Record
	if err := org.CheckPeriod("ends_on", r.GetString("starts_on"), r.GetString("ends_on")); err != nil {
		return err
	}
	if err := CheckHours(r.GetString("kind"), r.GetInt("tenths")); err != nil {
		return err
	}
	return e.Next()
}

// saveEnrolment: a class takes whom it is for, and certifies who came and
// passed.
func saveEnrolment(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckCertificate(r.GetBool("present"), r.GetBool("passed"), r.GetString("certificate")); err != nil {
		return err
	}
	class, err := e.App.FindRecordById(Classes, r.GetString("class"))
	if err != nil {
		return err
	}
	person, err := e.App.FindRecordById("people", r.GetString("person"))
	if err != nil {
		return err
	}
	if err := CheckPupil(class.GetString("kind"), person.GetString("kind"), person.GetString("full_date"), class.GetString("starts_on")); err != nil {
		return err
	}
	return e.Next()
}
