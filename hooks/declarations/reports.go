package declarations

import (
	"context"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// reportCourse: a request for instructions waits for its answer, by the
// committee above in approvals, by others on paper; a report is filed.
var reportCourse = subjects.Course{
	Kind: "declaration_report", Collection: Reports,
	Words: []org.Word{
		{State: "pending", Name: "等待批复"}, {State: "approved", Name: "已批复"}, {State: "filed", Name: "已报送"}, {State: "answered", Name: "上级已批复"}, {State: "declined", Name: "上级未同意"},
	},
	Moves: []org.Move{
		{From: "draft", To: "filed"},
		{From: "pending", To: "answered", Power: "declarations.edit"}, {From: "pending", To: "declined", Power: "declarations.edit"},
	},
	Needs:   map[string][]string{"pending": {"body"}, "filed": {"body"}, "answered": {"reply_number", "replied_on"}, "declined": {"reply"}},
	Filed:   []string{"filed", "answered", "declined"},
	Later:   replies,
	Outside: outside,
	Title:   func(_ core.App, r *core.Record) (string, error) { return r.GetString("title"), nil },
	Unsaid:  append([]string{"title"}, replies...),
	Apply:   answer,
}

var replies = []string{"reply_number", "replied_on", "reply"}

// outside reports whether a request for instructions goes to somebody who
// doesn't decide here: all but the committee above.
func outside(app core.App, r *core.Record) (bool, error) {
	ids := r.GetStringSlice("main_to")
	if len(ids) != 1 {
		return false, nil
	}
	to, err := org.Find(app, ids[0])
	if err != nil {
		return false, err
	}
	return to.Kind() != "committee" || !strings.HasPrefix(r.GetString("org_path"), to.Path()), nil
}

// saveReport holds a paper to its form and keeps who may enter the answer.
func saveReport(e *core.RecordEvent) error {
	r := e.Record
	if err := CheckWay(r.GetString("kind"), r.GetString("state")); err != nil {
		return err
	}
	open, err := drafted(e)
	if err != nil {
		return err
	}
	if open {
		err = formPaper(e)
	} else {
		err = guardReply(e)
	}
	if err != nil {
		return err
	}
	return e.Next()
}

func formPaper(e *core.RecordEvent) error {
	r := e.Record
	unit, err := org.Find(e.App, r.GetString("org"))
	if err != nil {
		return err
	}
	p := Paper{
		Kind: r.GetString("kind"), Org: unit.Id, MainTo: r.GetStringSlice("main_to"), Parent: unit.Parent(), Title: r.GetString("title"), Body: r.GetString("body"),
	}
	if err := p.Check(); err != nil {
		return err
	}
	terms, err := termsFor(e.App, unit.Path())
	if err != nil {
		return err
	}
	late := r.GetString("state") != string(approvals.Draft) && WrittenLate(r.GetDateTime("oral_at").Time(), kit.Now(e.App), terms)
	r.Load(map[string]any{"warnings": strings.Join(p.Warnings(), "\n"), "late": late, "reply_number": "", "replied_on": "", "reply": ""})
	return nil
}

// guardReply: who keeps requests and reports enters the answer, and only what
// was asked outside is answered by hand.
func guardReply(e *core.RecordEvent) error {
	r := e.Record
	if state := r.GetString("state"); (state == "answered" || state == "declined") && r.GetString("request") != "" {
		return kit.Reject("state", "declarations_decided_here", "这份请示由党工委在审批里答复，不能直接登记批复。")
	}
	actor := kit.ActorOf(e.App, e.Context)
	if kit.IsSystem(e.Context) || actor.Kind != kit.ByPerson {
		return nil
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	field, changed := kit.Changed(r, stored, replies...)
	if !changed {
		return nil
	}
	may, err := org.Can(e.App, actor.ID, "declarations.edit", stored.GetString("org_path"), kit.Today(e.App))
	if err == nil && !may {
		err = kit.Reject(field, "declarations_no_power", "批复由办理请示报告的人登记。")
	}
	return err
}

// answer dates the committee's answer.
func answer(tx core.App, r *core.Record) error {
	r.Set("replied_on", kit.Today(tx))
	return kit.SaveAsSystem(tx, context.Background(), r)
}

// Hold keeps records that depend on a request for instructions from reaching
// any of states before it has been answered.
func Hold(app core.App, collection string, states ...string) {
	kit.OnSave(app, collection, func(e *core.RecordEvent) error {
		if err := checkHeld(e, states); err != nil {
			return err
		}
		return e.Next()
	})
}

func checkHeld(e *core.RecordEvent, states []string) error {
	r := e.Record
	state, id := r.GetString("state"), r.GetString("depends_on")
	if id == "" || !slices.Contains(states, state) {
		return nil
	}
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if _, changed := kit.Changed(r, stored, "state", "depends_on"); !changed {
			return nil
		}
	}
	asked, err := e.App.FindRecordById(Reports, id)
	if err != nil || asked.GetString("kind") != "qingshi" {
		return kit.Reject("depends_on", "declarations_no_request", "没有找到这份请示，请重新选择。")
	}
	word := org.WordsOf(org.HelpOf(r.Collection().Fields.GetByName("state")))[state]
	return CheckAnswered(asked.GetString("state"), asked.GetString("title"), word)
}
