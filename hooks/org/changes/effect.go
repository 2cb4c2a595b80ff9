package changes

import (
	"context"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// read is a change with both its ends as they are today.
func read(app core.App, r *core.Record) (Change, error) {
	c := Change{
		Kind: r.GetString("kind"), NewName: r.GetString("new_name"), NewCode: r.GetString("new_code"), NewKind: r.GetString("new_kind"), Members: r.GetInt("members"),
	}
	var err error
	if c.Unit, err = unitOf(app, r, "unit"); err != nil {
		return c, err
	}
	c.To, err = unitOf(app, r, "to")
	return c, err
}

func unitOf(app core.App, r *core.Record, field string) (Unit, error) {
	id := r.GetString(field)
	if id == "" {
		return Unit{}, nil
	}
	u, err := org.Find(app, id)
	if err != nil {
		return Unit{}, kit.Reject(field, "org_unit_missing", "没有找到这个组织，请重新选择。")
	}
	out := Unit{ID: id, Name: u.GetString("name"), Kind: u.Kind(), Path: u.Path(), Parent: u.Parent(), Closed: u.GetString("closed")}
	err = app.DB().Select("count(*)").From("people").Where(org.AtOrBelow("org_path", out.Path)).AndWhere(dbx.HashExp{"state": "active", "kind": "member"}).Row(&out.Members)
	return out, err
}

// carryOut does what was approved, in one transaction with saying that it is
// done. The conditions hold on the day itself, not only when it was asked.
func carryOut(tx core.App, r *core.Record) error {
	c, err := read(tx, r)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	ctx, on := context.Background(), r.GetString("effective_on")
	r.Load(map[string]any{"state": "effective", "before": describe(tx, c)})
	if err := kit.SaveAsSystem(tx, ctx, r); err != nil {
		return err
	}
	switch c.Kind {
	case "found":
		return found(tx, ctx, map[string]any{
			"name": c.NewName, "short": r.GetString("new_short"), "code": c.NewCode, "kind": c.NewKind, "parent": c.To.ID, "established": on,
		})
	case "rename":
		return amend(tx, ctx, c.Unit.ID, map[string]any{"name": c.NewName, "short": r.GetString("new_short")})
	case "move":
		return amend(tx, ctx, c.Unit.ID, map[string]any{"parent": c.To.ID})
	case "merge":
		if err := handOver(tx, ctx, c, r); err != nil {
			return err
		}
	}
	return closeUnit(tx, ctx, c.Unit, on)
}

// describe is what the unit was before.
func describe(app core.App, c Change) string {
	if c.Unit.ID == "" {
		return ""
	}
	above, err := org.Find(app, c.Unit.Parent)
	if err != nil {
		return c.Unit.Name
	}
	return c.Unit.Name + "，隶属" + above.GetString("name")
}

func found(app core.App, ctx context.Context, data map[string]any) error {
	record, err := kit.NewRecord(app, org.Units, data)
	if err != nil {
		return err
	}
	return kit.SaveAsSystem(app, ctx, record)
}

func amend(app core.App, ctx context.Context, unit string, data map[string]any) error {
	u, err := app.FindRecordById(org.Units, unit)
	if err != nil {
		return err
	}
	u.Load(data)
	return kit.SaveAsSystem(app, ctx, u)
}

// handOver gives the people of a unit and what hangs from it to another.
func handOver(app core.App, ctx context.Context, c Change, r *core.Record) error {
	var people, units []*core.Record
	if err := app.RecordQuery("people").AndWhere(dbx.HashExp{"org": c.Unit.ID, "state": "active"}).OrderBy("id").All(&people); err != nil {
		return err
	}
	for _, p := range people {
		p.Load(map[string]any{"org": c.To.ID, "status_since": kit.Today(app), "status_reason": r.GetString("title"), "status_document": r.GetString("number")})
		if err := kit.SaveAsSystem(app, ctx, p); err != nil {
			return err
		}
	}
	if err := app.RecordQuery(org.Units).AndWhere(dbx.HashExp{"parent": c.Unit.ID}).OrderBy("sort", "id").All(&units); err != nil {
		return err
	}
	for _, u := range units {
		u.Set("parent", c.To.ID)
		if err := kit.SaveAsSystem(app, ctx, u); err != nil {
			return err
		}
	}
	return nil
}

// closeUnit ends the posts of a unit and closes it.
func closeUnit(app core.App, ctx context.Context, u Unit, on string) error {
	var people, units int
	err := app.DB().Select("count(*)").From("people").Where(org.AtOrBelow("org_path", u.Path)).AndWhere(dbx.HashExp{"state": "active"}).Row(&people)
	if err != nil {
		return err
	}
	err = app.DB().Select("count(*)").From(org.Units).Where(dbx.HashExp{"parent": u.ID}).
		AndWhere(dbx.NewExp("closed = '' OR closed > {:on}", dbx.Params{"on": on})).Row(&units)
	if err != nil {
		return err
	}
	if err := CheckEmpty(u.Name, people, units); err != nil {
		return err
	}
	var posts []*core.Record
	err = app.RecordQuery(org.Posts).AndWhere(dbx.HashExp{"org": u.ID}).
		AndWhere(dbx.NewExp("until = '' OR until > {:on}", dbx.Params{"on": on})).OrderBy("id").All(&posts)
	if err != nil {
		return err
	}
	for _, p := range posts {
		p.Set("until", max(on, p.GetString("since")))
		if err := kit.SaveAsSystem(app, ctx, p); err != nil {
			return err
		}
	}
	return amend(app, ctx, u.ID, map[string]any{"closed": on})
}
