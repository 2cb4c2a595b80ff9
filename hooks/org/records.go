package org

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Unit is a node of the tree.
type Unit struct{ core.BaseRecordProxy }

func unitOf(r *core.Record) *Unit {
	u := &Unit{}
	u.SetProxyRecord(r)
	return u
}

// Name is the unit's short name where it has one.
func (u *Unit) Name() string {
	if s := u.GetString("short"); s != "" {
		return s
	}
	return u.GetString("name")
}

// Code is the unit's segment of the path.
func (u *Unit) Code() string { return u.GetString("code") }

// Parent is the id of the unit above; empty at the top.
func (u *Unit) Parent() string { return u.GetString("parent") }

// Path is where the unit hangs, for example /qh/zb1/.
func (u *Unit) Path() string { return u.GetString("path") }

// Kind is what sort of organization it is.
func (u *Unit) Kind() string { return u.GetString("kind") }

// Post is a role that a person holds at a unit from a day to a day.
type Post struct{ core.BaseRecordProxy }

func postOf(r *core.Record) *Post {
	p := &Post{}
	p.SetProxyRecord(r)
	return p
}

// Person is the id of the holder.
func (p *Post) Person() string { return p.GetString("person") }

// Org is the id of the unit.
func (p *Post) Org() string { return p.GetString("org") }

// Role is the id of the role.
func (p *Post) Role() string { return p.GetString("role") }

// Since is the first day in office.
func (p *Post) Since() string { return p.GetString("since") }

// Until is the first day no longer in office; empty while it is open.
func (p *Post) Until() string { return p.GetString("until") }

// Find reads a unit by id.
func Find(app core.App, id string) (*Unit, error) {
	r, err := app.FindRecordById(Units, id)
	if err != nil {
		return nil, err
	}
	return unitOf(r), nil
}

// pathOf is the path of a unit by id; "/" stands for the top of the tree.
func pathOf(app core.App, id string) (string, error) {
	if id == "" {
		return "/", nil
	}
	unit, err := Find(app, id)
	if err != nil {
		return "", kit.Reject("parent", "org_unit_missing", "没有找到这个上级组织，请重新选择。")
	}
	return unit.Path(), nil
}

func childrenOf(id string) dbx.Expression { return dbx.HashExp{"parent": id} }

// checkSibling: two units with the same parent don't share a code.
func checkSibling(app core.App, unit *Unit, above string) error {
	n, err := app.CountRecords(Units, dbx.HashExp{"path": above + unit.Code() + "/"}, dbx.Not(dbx.HashExp{"id": unit.Id}))
	if err != nil {
		return err
	}
	if n > 0 {
		return kit.Reject("code", "org_unit_code_taken", fmt.Sprintf("同一上级之下已经有编码为 %s 的组织，请换一个编码。", unit.Code()))
	}
	return nil
}

// checkRole holds a post to its role: where it may be held, and by how many.
func checkRole(app core.App, post *Post) error {
	role, err := app.FindRecordById(Roles, post.Role())
	if err != nil {
		return kit.Reject("role", "org_role_missing", "没有找到这个职务，请重新选择。")
	}
	if post.IsNew() {
		unit, err := Find(app, post.Org())
		if err != nil {
			return kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。")
		}
		if err := CheckHeldAt(role.GetString("name"), role.GetStringSlice("kinds"), unit.Kind()); err != nil {
			return err
		}
	}
	if !role.GetBool("single") {
		return nil
	}
	return checkSingle(app, post, role)
}

// checkSingle finds who else holds a single post in the period of post.
func checkSingle(app core.App, post *Post, role *core.Record) error {
	var others []struct {
		Name  string `db:"name"`
		Since string `db:"since"`
		Until string `db:"until"`
	}
	err := app.DB().NewQuery(`SELECT p.name, o.since, o.until FROM org_posts o JOIN people p ON p.id = o.person
		WHERE o.role = {:role} AND o.org = {:org} AND o.id != {:id} ORDER BY o.since`).
		Bind(dbx.Params{"role": post.Role(), "org": post.Org(), "id": post.Id}).All(&others)
	if err != nil {
		return err
	}
	for _, o := range others {
		if Overlap(post.Since(), post.Until(), o.Since, o.Until) {
			return CheckSingle(role.GetString("name"), o.Name, o.Since)
		}
	}
	return nil
}

// holdersOf is everybody who holds or held a role.
func holdersOf(app core.App, role string) ([]string, error) {
	var ids []string
	err := app.DB().Select("person").Distinct(true).From(Posts).Where(dbx.HashExp{"role": role}).Column(&ids)
	return ids, err
}

// Holder is somebody in office on a day.
type Holder struct {
	Person string `db:"person"`
	Org    string `db:"org"`
	Path   string `db:"org_path"`
	Name   string `db:"name"`
}

// Holders lists who is in office with a role, given by its id or its key, at or
// below path on day, by path and name. Nobody holds a role that the house
// doesn't have.
func Holders(app core.App, role, path, day string) ([]Holder, error) {
	var list []Holder
	err := app.DB().NewQuery(`SELECT o.person, o.org, o.org_path, p.name FROM org_posts o JOIN people p ON p.id = o.person
		WHERE o.role = (SELECT id FROM org_roles WHERE id = {:role} OR key = {:role}) AND o.org_path >= {:lo} AND o.org_path < {:hi} AND o.since <= {:day} AND (o.until = '' OR o.until > {:day})
		AND p.state = 'active' ORDER BY o.org_path, p.name, p.id`).
		Bind(dbx.Params{"role": role, "lo": path, "hi": Upper(path), "day": day}).All(&list)
	return list, err
}

// Below lists the units of a kind at or below path that are open on day.
func Below(app core.App, path, kind, day string) ([]*Unit, error) {
	var list []*Unit
	err := app.RecordQuery(Units).
		AndWhere(AtOrBelow("path", path)).
		AndWhere(dbx.NewExp("established <= {:day} AND (closed = '' OR closed > {:day})", dbx.Params{"day": day})).
		AndWhere(dbx.HashExp{"kind": kind}).OrderBy("sort", "path").All(&list)
	return list, err
}

// AtOrBelow is the condition that a column holds the path of a unit or of one
// below it. It is a range, which an index on the column serves.
func AtOrBelow(column, path string) dbx.Expression {
	return dbx.NewExp(column+" >= {:lo} AND "+column+" < {:hi}", dbx.Params{"lo": path, "hi": Upper(path)})
}

// AtOrAbove is the condition that a column holds the path of a unit or of one
// that it hangs from.
func AtOrAbove(column, path string) dbx.Expression {
	chain := Chain(path)
	paths := make([]any, len(chain))
	for i, r := range chain {
		paths[i] = r.Lo
	}
	return dbx.In(column, paths...)
}
