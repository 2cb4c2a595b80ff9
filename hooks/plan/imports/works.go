package imports

import (
	"cmp"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
	"yaodian/hooks/plan/parse"
	"yaodian/hooks/plan/schedule"
)

// Work is a task that follows from an obligation.
type Work struct {
	Title, Kind, RRule string
	Document           *parse.Document // what it delivers; nil for any other work
}

var verbs = map[string]string{"draft": "制定", "revise": "修订", "sign": "签订"}

// Works lists the tasks of an obligation: one per document that it promises to
// draft, revise or sign (R-IMP-07). Whatever else the sentence promises, what
// recurs and what is measured is a task of its own.
func (o Obligation) Works() []Work {
	if !o.Kept() {
		return nil
	}
	var works []Work
	for _, d := range o.Deliverables() {
		w := Work{Title: verbs[d.Action] + "《" + kit.Clip(d.Title, 150) + "》", Kind: "document", Document: &d}
		if d.Action == "sign" {
			w.Kind = "sign"
		}
		works = append(works, w)
	}
	if len(works) > 0 && o.RRule() == "" && len(o.Targets) == 0 && (o.Kind == "document" || o.Kind == "sign") {
		return works
	}
	return append(works, Work{Title: o.TaskTitle(), Kind: o.Kind, RRule: o.RRule()})
}

// Counts says what confirming an import makes.
type Counts struct {
	Sections  int `json:"sections"`
	Items     int `json:"items"`
	Tasks     int `json:"tasks"`
	Documents int `json:"documents"`
	Targets   int `json:"targets"`
	Duties    int `json:"duties"`
}

// Forecast counts what confirming an import would make. It only reads, so that
// a desk may ask after every change.
func Forecast(app core.App, draft *core.Record) (Counts, error) {
	outline, err := outlineOf(draft)
	if err != nil {
		return Counts{}, err
	}
	in, err := frameOf(app, draft)
	if err != nil {
		return Counts{}, err
	}
	f := &forecast{Frame: in, app: app, org: draft.GetString("org"), hands: map[plan.Assign]int{}}
	f.Sections = len(outline.Sections)
	for _, s := range outline.Sections {
		f.Items += len(s.Items)
		for _, i := range s.Items {
			for _, o := range i.Obligations {
				if err := f.add(o); err != nil {
					return Counts{}, err
				}
			}
		}
	}
	return f.Counts, nil
}

type forecast struct {
	plan.Frame
	Counts
	app   core.App
	org   string
	hands map[plan.Assign]int // how many an assignment finds
}

func (f *forecast) add(o Obligation) error {
	for _, w := range o.Works() {
		f.Tasks++
		if w.Document != nil {
			f.Documents++
		} else {
			f.Targets += len(o.Targets)
		}
		rule := o.Rule(f.Year, f.From)
		rule.RRule = w.RRule
		periods, err := schedule.Expand(rule, f.Days)
		if err != nil {
			return err
		}
		hands, err := f.handsOf(*o.Assign)
		if err != nil {
			return err
		}
		f.Duties += hands * len(periods)
	}
	return nil
}

func (f *forecast) handsOf(a plan.Assign) (int, error) {
	a.Suggested = false
	if n, known := f.hands[a]; known {
		return n, nil
	}
	list, err := plan.Responsibles(f.app, f.org, a, f.Today)
	f.hands[a] = len(list)
	return len(list), err
}

// frameOf begins with the day that the clerk chose.
func frameOf(app core.App, draft *core.Record) (plan.Frame, error) {
	f, err := plan.FrameOf(app, draft.GetInt("year"), kit.Today(app))
	f.From = cmp.Or(draft.GetString("since"), f.Today)
	return f, err
}
