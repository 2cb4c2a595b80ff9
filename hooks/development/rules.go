package development

import (
	"fmt"
	"slices"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// The steps that rules speak of (domain.md 2.2).
const (
	Apply      = 1
	Talk       = 2
	Activist   = 3
	Contacts   = 5
	Observe    = 6
	Object     = 7
	Register   = 8
	Sponsors   = 9
	Review     = 10
	Train      = 11
	Examine    = 12
	Preview    = 13
	Assembly   = 15
	TalkAbove  = 16
	Approval   = 17
	Educate    = 21
	Request    = 22
	Assembly2  = 23
	Approval2  = 24
	Archive    = 25
	Adult      = 18 // years
	Culture    = 12 // months of an activist
	Probation  = 12 // months
	Latest     = 6  // months between assembly and approval
	Usual      = 3
	TrainDays  = 3
	TrainHours = 24
)

// Names are what the 25 steps are called.
var Names = [...]string{
	"", "递交入党申请书", "派人谈话", "推荐确定积极分子", "上级党委备案", "指定培养联系人", "培养教育考察", "确定发展对象", "报上级党委备案",
	"确定入党介绍人", "政治审查", "集中培训", "支委会审查", "上级党委预审", "填写入党志愿书", "支部大会讨论接收", "上级派人谈话", "上级党委审批",
	"再上一级备案", "编入支部小组", "入党宣誓", "继续教育考察", "转正申请", "支部大会讨论转正", "上级党委审批转正", "材料归档",
}

// above are the steps that the organization above takes; a branch doesn't take
// them in its place (domain.md 2.1).
var above = []int{4, 8, Preview, Approval, 18, Approval2}

// Above reports whether a step is taken by the organization above.
func Above(step int) bool { return slices.Contains(above, step) }

// concluded are the steps that end in a conclusion of an organization.
var concluded = []int{Review, Examine, Preview, Assembly, Approval, Assembly2, Approval2}

// documented are the steps whose conclusion rests on a document (R-DEV-14).
var documented = []int{Preview, Assembly, Approval, Assembly2, Approval2}

// CheckAge: who applies is eighteen (R-DEV-01).
func CheckAge(born, applied string) error {
	birth, err := calendar.Parse(born)
	if err != nil {
		return kit.Reject("person", "development_birth_unknown", "名册里没有出生日期，不能判断是否年满十八周岁，请先补全名册。")
	}
	if birth.AddMonths(12*Adult).String() > applied {
		return kit.Reject("applied_on", "development_under_age", "申请入党须年满十八周岁。")
	}
	return nil
}

// CheckGuides: there are one or two contacts and exactly two sponsors, all full
// members in good standing and none of them the applicant (R-DEV-04). able says
// who of them is.
func CheckGuides(field, person string, guides []string, able int, exactly bool) error {
	switch {
	case slices.Contains(guides, person):
		return kit.Reject(field, "development_guide_self", "联系人、介绍人不能是本人。")
	case able < len(guides):
		return kit.Reject(field, "development_guide_unable", "联系人、介绍人须是权利正常的正式党员，请重新选择。")
	case exactly && len(guides) != 2:
		return kit.Reject(field, "development_sponsors", "入党介绍人须是两名正式党员。")
	}
	return nil
}

// Step is one step with what it says.
type Step struct {
	Number                   int
	On, Conclusion, Document string
	LateNote                 string
	Days, Hours, Months      int
	Should, Present, Yes     int
}

// Case is what has happened so far.
type Case struct {
	Last                              int // the last step done
	Applied, Talked, Activist, Object string
	Carried, Previewed, Passed        string
	Passed2                           string // the assembly on full membership
	Extended                          int
	Contacts, Sponsors                int
	Clear                             bool // the notice that the step needs is over, without objections
	Places                            int  // that are left
}

// repeated are the steps that are taken every half-year.
var repeated = []int{Observe, Educate}

// CheckNext: steps are taken one after the other; observations may be repeated.
func (c Case) CheckNext(step int) error {
	if step == c.Last+1 || step == c.Last && slices.Contains(repeated, step) {
		return nil
	}
	return kit.Reject("step", "development_order", fmt.Sprintf("现在办到第 %d 步，接下来办第 %d 步“%s”，不能跳步。", c.Last, min(c.Last+1, Archive), Names[min(c.Last+1, Archive)]))
}

// CheckDone asks of a step that is done everything that its record and its
// case tell.
func (c Case) CheckDone(s Step, today string) error {
	if !kit.IsDate(s.On) || s.On > today || s.On < c.Applied {
		return kit.Reject("done_on", "development_date", "请填写真实的办理日期，不能早于申请日期，也不能晚于今天。")
	}
	for _, check := range []func(Step) error{c.checkDates, c.checkLate, c.checkHands, s.checkConclusion, s.checkTraining, s.checkVote, c.checkExtension} {
		if err := check(s); err != nil {
			return err
		}
	}
	return nil
}

// checkDates: an activist after the talk (R-DEV-03), a candidate after a year
// as an activist (R-DEV-06), full membership after the probation, approval
// within six months of the assembly (R-DEV-11).
func (c Case) checkDates(s Step) error {
	early := func(from string, months int, what string) error {
		day, err := calendar.Parse(from)
		if err != nil || s.On >= day.AddMonths(months).String() {
			return nil
		}
		return kit.Reject("done_on", "development_early", fmt.Sprintf("%s，最早%s。", what, kit.Day(day.AddMonths(months).String(), "")))
	}
	switch s.Number {
	case Activist:
		if s.On <= c.Talked {
			return kit.Reject("done_on", "development_before_talk", "确定积极分子须在谈话之后。")
		}
	case Object:
		from := c.Activist
		if c.Carried != "" {
			from = min(c.Carried, from)
		}
		return early(from, Culture, "积极分子须培养考察满一年才能列为发展对象")
	case Request, Assembly2:
		return early(c.Passed, Probation+c.Extended, "预备期还没有满")
	case Approval, Approval2:
		passed := c.Passed
		if s.Number == Approval2 {
			passed = c.Passed2
		}
		if Beyond(passed, s.On, Latest) {
			return kit.Reject("done_on", "development_too_late", "支部大会通过已超过六个月，须退回支部重新办理。")
		}
	}
	return nil
}

// Beyond reports whether a day lies more than some natural months after another.
func Beyond(from, on string, months int) bool {
	day, err := calendar.Parse(from)
	return err == nil && on > day.AddMonths(months).String()
}

// checkLate: what was due and comes late says why (R-DEV-02, R-DEV-09, R-DEV-11).
func (c Case) checkLate(s Step) error {
	due := map[int]struct {
		from   string
		months int
	}{Talk: {c.Applied, 1}, Assembly: {c.Previewed, 1}, Approval: {c.Passed, Usual}, Approval2: {c.Passed2, Usual}}
	if d, ok := due[s.Number]; ok && s.LateNote == "" && Beyond(d.from, s.On, d.months) {
		return kit.Reject("late_note", "development_late", fmt.Sprintf("第 %d 步应当在 %d 个月内办理，已经逾期，请写明原因。", s.Number, d.months))
	}
	return nil
}

// checkHands: contacts, sponsors, the notice and the place are there when the
// step asks for them (R-DEV-04, R-DEV-07, R-DEV-15).
func (c Case) checkHands(s Step) error {
	switch {
	case s.Number == Contacts && c.Contacts < 1:
		return kit.Reject("dossier", "development_contacts", "请先在档案里指定一至两名培养联系人。")
	case s.Number == Sponsors && c.Sponsors != 2:
		return kit.Reject("dossier", "development_sponsors", "请先在档案里确定两名入党介绍人。")
	case Notice(s.Number) != "" && !c.Clear:
		return kit.Reject("dossier", "development_notice", "公示还没有结束，或者异议成立，不能办理这一步。")
	case s.Number == Preview && c.Places < 1:
		return kit.Reject("dossier", "development_no_place", "本年度的名额已经用完，不能预审；需要时请党工委追加名额。")
	}
	return nil
}

// Notice is the kind of public notice that a step needs; none for most
// (domain.md 2.5).
func Notice(step int) string {
	return map[int]string{Register: "object", Assembly: "admit", Assembly2: "convert"}[step]
}

// checkConclusion: what an organization concludes is written down, with its
// document (R-DEV-14), and only what passed goes on (R-DEV-08).
func (s Step) checkConclusion(Step) error {
	extends := s.Number == Assembly2 || s.Number == Approval2
	switch {
	case slices.Contains(documented, s.Number) && s.Document == "":
		return kit.Reject("document", "development_document", "请填写大会决议或者上级批复的编号。")
	case slices.Contains(concluded, s.Number) && s.Conclusion == "":
		return kit.Reject("conclusion", "development_conclusion", "请填写结论，由组织决定。")
	case s.Conclusion == "failed":
		return kit.Reject("conclusion", "development_failed", "没有通过的不能往下办：重新办理的请改为“退回重办”，不再办理的请终止档案。")
	case s.Conclusion == "extended" && !extends:
		return kit.Reject("conclusion", "development_extends", "只有讨论转正和审批转正时可以延长预备期。")
	}
	return nil
}

// checkTraining: three days or twenty-four hours, or an approval not to
// (R-DEV-08).
func (s Step) checkTraining(Step) error {
	if s.Number == Train && s.Days < TrainDays && s.Hours < TrainHours && s.Document == "" {
		return kit.Reject("days", "development_training", "集中培训不少于三天或者二十四学时；个别特殊情况须经党工委批准，填写批准文号。")
	}
	return nil
}

// checkVote: more than half of those who may vote have come, and more than half
// of all who may vote are in favour (R-DEV-10, domain.md 2.4).
func (s Step) checkVote(Step) error {
	if s.Number != Assembly && s.Number != Assembly2 {
		return nil
	}
	switch {
	case s.Present > s.Should || s.Should == 0 || s.Yes > s.Should:
		return kit.Reject("should_vote", "development_votes", "应到、实到人数和赞成票不符，请核对。")
	case s.Present*2 <= s.Should:
		return kit.Reject("present", "development_quorum", fmt.Sprintf("应到 %d 人，实到 %d 人，没有超过半数，不能表决。", s.Should, s.Present))
	case s.Yes*2 <= s.Should:
		return kit.Reject("yes", "development_not_passed", fmt.Sprintf("应到 %d 人，赞成 %d 票，没有超过半数，没有通过。", s.Should, s.Yes))
	}
	return nil
}

// checkExtension: a probation is extended once, by six to twelve months
// (R-DEV-13).
func (c Case) checkExtension(s Step) error {
	switch {
	case s.Conclusion != "extended":
		return nil
	case c.Extended > 0:
		return kit.Reject("conclusion", "development_extended_twice", "预备期只能延长一次。")
	case s.Months < 6 || s.Months > 12:
		return kit.Reject("months", "development_months", "预备期延长不少于六个月，不超过十二个月。")
	}
	return nil
}

// CheckDoneCase: a case is done once its papers are filed.
func CheckDoneCase(state string, last int) error {
	if state == "done" && last < Archive {
		return kit.Reject("state", "development_unfinished", fmt.Sprintf("才办到第 %d 步，材料归档以后才能办结。", last))
	}
	return nil
}

// StageOf is how far somebody is, by the last step done.
func StageOf(last int) string {
	switch {
	case last >= Approval2:
		return "member"
	case last >= Approval:
		return "probationary"
	case last >= Register:
		return "object"
	case last >= Activist:
		return "activist"
	}
	return "applicant"
}
