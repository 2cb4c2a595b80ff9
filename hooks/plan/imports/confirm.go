package imports

import (
	"context"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
	"yaodian/hooks/plan"
)

// Confirm turns an import into a plan with its sections, items, tasks,
// documents, targets and the year's duties: all of them or nothing. by is the
// person who confirms, with a post that allows it on this day.
func Confirm(app core.App, ctx context.Context, importID, by string) (year *core.Record, counts Counts, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		draft, err := tx.FindRecordById(Imports, importID)
		if err != nil {
			return err
		}
		outline, err := confirmable(tx, draft, by)
		if err != nil {
			return err
		}
		c, err := newConfirmation(tx, ctx, draft, by)
		if err != nil {
			return err
		}
		if err := c.build(outline); err != nil {
			return err
		}
		year, counts = c.plan, c.counts
		return c.close()
	})
	return year, counts, err
}

// confirmable reads the outline of an import that by may confirm as it is.
func confirmable(app core.App, draft *core.Record, by string) (Outline, error) {
	if err := CheckConfirm(draft.GetString("state"), draft.GetString("created_by"), draft.GetString("submitted_by"), by); err != nil {
		return Outline{}, err
	}
	may, err := org.Can(app, by, "plan.confirm", draft.GetString("org_path"), kit.Today(app))
	if err != nil {
		return Outline{}, err
	}
	if !may {
		return Outline{}, kit.Reject("confirmed_by", "plan_no_power", "只有对这个组织有确认权的负责人可以确认工作要点。")
	}
	outline, err := outlineOf(draft)
	if err != nil {
		return outline, err
	}
	return outline, checkReady(app, draft, outline)
}

// confirmation is one run of Confirm inside its transaction.
type confirmation struct {
	plan.Frame
	app    core.App
	ctx    context.Context
	draft  *core.Record
	by     string
	plan   *core.Record
	counts Counts
}

func newConfirmation(app core.App, ctx context.Context, draft *core.Record, by string) (*confirmation, error) {
	f, err := frameOf(app, draft)
	return &confirmation{Frame: f, app: app, ctx: ctx, draft: draft, by: by}, err
}

// make saves a record of the plan.
func (c *confirmation) make(collection string, data map[string]any) (*core.Record, error) {
	r, err := kit.NewRecord(c.app, collection, data)
	if err != nil {
		return nil, err
	}
	if data["org"] == nil {
		r.Set("org", c.draft.GetString("org"))
	}
	return r, kit.SaveAsSystem(c.app, c.ctx, r)
}

func (c *confirmation) build(o Outline) (err error) {
	title := o.Title
	if strings.TrimSpace(title) == "" {
		title = fmt.Sprintf("%d年工作要点", c.Year)
	}
	c.plan, err = c.make(plan.Years, map[string]any{
		"year": c.Year, "title": kit.Clip(title, 200), "preamble": o.Preamble, "text": c.draft.GetString("text"), "text_hash": c.draft.GetString("text_hash"),
		"state": "active", "confirmed_by": c.by, "confirmed_at": types.NowDateTime(),
	})
	if err != nil {
		return err
	}
	for _, s := range o.Sections {
		if err := c.section(s); err != nil {
			return err
		}
	}
	return nil
}

func (c *confirmation) section(s Section) error {
	c.counts.Sections++
	section, err := c.make(plan.Sections, map[string]any{
		"plan": c.plan.Id, "number": s.Number, "title": kit.Clip(s.Title, 300), "span_from": s.Span.From, "span_to": s.Span.To,
	})
	if err != nil {
		return err
	}
	for _, i := range s.Items {
		if err := c.item(section, i); err != nil {
			return err
		}
	}
	return nil
}

func (c *confirmation) item(section *core.Record, i Item) error {
	c.counts.Items++
	item, err := c.make(plan.Items, map[string]any{
		"plan": c.plan.Id, "section": section.Id, "number": i.Number, "title": kit.Clip(i.Title, 300), "text": i.Text, "span_from": i.Span.From, "span_to": i.Span.To,
	})
	if err != nil {
		return err
	}
	for _, o := range i.Obligations {
		for _, w := range o.Works() {
			if err := c.work(item, o, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// close marks the import as confirmed and tells its clerk.
func (c *confirmation) close() error {
	c.draft.Load(map[string]any{"state": "confirmed", "confirmed_by": c.by, "plan": c.plan.Id})
	if err := kit.SaveAsSystem(c.app, c.ctx, c.draft); err != nil {
		return err
	}
	clerk := c.draft.GetString("created_by")
	if clerk == "" {
		return nil
	}
	return notify.Send(c.app, c.ctx, notify.Message{
		Person: clerk, Kind: notify.Plan, Title: "工作要点已确认", Link: "#/plan",
		Body: fmt.Sprintf("《%s》已确认，生成 %d 项任务、%d 份待办。", kit.Clip(notify.Mask(c.plan.GetString("title")), 60), c.counts.Tasks, c.counts.Duties),
	})
}

// hasYear reports whether the organization of an import has a plan of its year.
func hasYear(app core.App, draft *core.Record) (bool, error) {
	n, err := app.CountRecords(plan.Years, dbx.HashExp{"org": draft.GetString("org"), "year": draft.GetInt("year")})
	return n > 0, err
}
