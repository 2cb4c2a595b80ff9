package development

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
	"yaodian/hooks/publicity"
)

// checkAllotted: the places of the branches of a committee add up to no more
// than its own.
func checkAllotted(app core.App, r *core.Record) error {
	unit, err := org.Find(app, r.GetString("org"))
	if err != nil {
		return err
	}
	top := unit.Parent()
	if unit.Kind() == "committee" {
		top = unit.Id
	}
	var total, allotted int
	err = app.DB().NewQuery(`SELECT coalesce(max(CASE WHEN q.org = {:top} THEN q.allocated + q.extra END), 0),
		coalesce(sum(CASE WHEN q.org != {:top} THEN q.allocated + q.extra END), 0)
		FROM development_quotas q JOIN org_units u ON u.id = q.org WHERE q.year = {:year} AND q.id != {:id} AND (u.id = {:top} OR u.parent = {:top})`).
		Bind(dbx.Params{"top": top, "year": r.GetInt("year"), "id": r.Id}).Row(&total, &allotted)
	if err != nil {
		return err
	}
	own := r.GetInt("allocated") + r.GetInt("extra")
	if unit.Id == top {
		return CheckAllotted(own, allotted)
	}
	return CheckAllotted(total, allotted+own)
}

// checkGuides asks of contacts and sponsors whether they can be, in one query.
func checkGuides(app core.App, r *core.Record) error {
	for field, exactly := range map[string]bool{"contacts": false, "sponsors": true} {
		guides := r.GetStringSlice(field)
		if len(guides) == 0 {
			continue
		}
		ids := make([]any, len(guides))
		for i, id := range guides {
			ids[i] = id
		}
		able, err := app.CountRecords(people.People, dbx.In("id", ids...),
			dbx.HashExp{"kind": "member", "state": "active"}, dbx.Not(dbx.HashExp{"membership_state": people.Stopped}))
		if err != nil {
			return err
		}
		if err := CheckGuides(field, r.GetString("person"), guides, int(able), exactly); err != nil {
			return err
		}
	}
	return nil
}

func kinOf(r *core.Record) Kin {
	return Kin{Talk: r.GetString("kin_talk"), Contacts: r.GetString("kin_contacts"), Review: r.GetString("kin_review"), Above: r.GetString("kin_above")}
}

func stepOf(r *core.Record) Step {
	return Step{
		Number: r.GetInt("step"), On: r.GetString("done_on"), Conclusion: r.GetString("conclusion"), Document: r.GetString("document"), LateNote: r.GetString("late_note"),
		Days: r.GetInt("days"), Hours: r.GetInt("hours"), Months: r.GetInt("months"),
		Should: r.GetInt("should_vote"), Present: r.GetInt("present"), Yes: r.GetInt("yes"),
	}
}

// historyOf gathers what the rules of a step look at.
func historyOf(app core.App, dossier, step *core.Record) (Case, error) {
	c := Case{
		Last: dossier.GetInt("step"), Applied: dossier.GetString("applied_on"), Talked: dossier.GetString("talked_on"), Activist: dossier.GetString("activist_on"),
		Object: dossier.GetString("object_on"), Carried: dossier.GetString("carried_on"), Passed: dossier.GetString("passed_on"), Extended: dossier.GetInt("extended"),
		Contacts: len(dossier.GetStringSlice("contacts")), Sponsors: len(dossier.GetStringSlice("sponsors")),
	}
	err := app.DB().NewQuery(`SELECT coalesce(max(CASE WHEN step = {:preview} THEN done_on END), ''), coalesce(max(CASE WHEN step = {:assembly} THEN done_on END), '')
		FROM development_steps WHERE dossier = {:dossier} AND state = 'done'`).
		Bind(dbx.Params{"dossier": dossier.Id, "preview": Preview, "assembly": Assembly2}).Row(&c.Previewed, &c.Passed2)
	if err != nil || step.GetString("state") != "done" {
		return c, err
	}
	if kind := Notice(step.GetInt("step")); kind != "" {
		c.Clear, err = publicity.Clear(app, dossier.GetString("person"), kind, step.GetString("done_on"))
	}
	if err == nil && step.GetInt("step") == Preview {
		c.Places, err = places(app, dossier, step.GetString("done_on"))
	}
	return c, err
}

// places are those of the branch that are left in the year of a day: a place is
// taken from the preview on, and free again when a case is ended (R-DEV-15).
func places(app core.App, dossier *core.Record, on string) (left int, err error) {
	if len(on) < 4 {
		return 0, nil
	}
	err = app.DB().NewQuery(`SELECT coalesce((SELECT allocated + extra FROM development_quotas WHERE org = {:org} AND year = CAST({:year} AS INTEGER)), 0)
		- (SELECT count(DISTINCT s.dossier) FROM development_steps s JOIN development_cases c ON c.id = s.dossier
			WHERE c.org = {:org} AND c.state != 'ended' AND c.id != {:id} AND s.step = {:step} AND s.state = 'done' AND substr(s.done_on, 1, 4) = {:year})`).
		Bind(dbx.Params{"org": dossier.GetString("org"), "id": dossier.Id, "year": on[:4], "step": Preview}).Row(&left)
	return left, err
}

// begin: a step follows the last and, where it is the organization above that
// takes it, is written down by its officers.
func begin(e *core.RecordEvent, history Case) error {
	r := e.Record
	step := r.GetInt("step")
	if r.IsNew() {
		if err := history.CheckNext(step); err != nil {
			return err
		}
	} else {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if _, changed := kit.Changed(r, stored, "step"); changed {
			return kit.Reject("step", "development_step_fixed", "已经登记的步骤不能改成另一步。")
		}
	}
	r.Set("name", Names[step])
	actor := kit.ActorOf(e.App, e.Context)
	if actor.Kind != kit.ByPerson || !Above(step) {
		return nil
	}
	may, err := org.Can(e.App, actor.ID, "org", r.GetString("org_path"), kit.Today(e.App))
	if err == nil && !may {
		err = kit.Reject("step", "development_above", "这一步由上级党组织办理，支部不能代办。")
	}
	return err
}

// finish checks a step that is done; an observation entered a month late is
// marked as such (R-DEV-05).
func finish(e *core.RecordEvent, history Case) error {
	r := e.Record
	if r.GetString("state") != "done" {
		return nil
	}
	s, today := stepOf(r), kit.Today(e.App)
	r.Set("backfilled", slices.Contains(repeated, s.Number) && Beyond(s.On, today, 1))
	return history.CheckDone(s, today)
}

// advance writes into the case how far it has come. An approval that comes too
// late goes back to before the assembly (R-DEV-11); an extended probation, to
// the education that goes on.
func advance(e *core.RecordEvent, dossier *core.Record, history Case) error {
	s := stepOf(e.Record)
	last := s.Number
	switch state := e.Record.GetString("state"); {
	case state == "redo" && (s.Number == Approval || s.Number == Approval2):
		last = map[int]int{Approval: Assembly - 1, Approval2: Request}[s.Number]
	case state != "done":
		return nil
	case s.Number == Approval2 && s.Conclusion == "extended":
		last = Educate
		dossier.Set("extended", s.Months)
	case s.Number == Approval2:
		dossier.Set("full_on", history.Passed2)
	}
	if field, ok := map[int]string{Talk: "talked_on", Activist: "activist_on", Register: "object_on", Assembly: "passed_on"}[s.Number]; ok {
		dossier.Set(field, s.On)
	}
	dossier.Load(map[string]any{"step": last, "stage": StageOf(last)})
	return kit.SaveAsSystem(e.App, e.Context, dossier)
}
