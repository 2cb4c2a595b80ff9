// Package org keeps the tree of organizations (组织), the posts (任职) that
// people hold in it, and the authority that follows from posts.
//
// A unit's path says where it hangs (/qh/zb1/). A post gives a person the
// powers of a role over a unit and all below it, from a day to a day. org_reach
// is what follows from both, as ranges of paths that the rules seek in.
package org

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// The collections of this capability.
const (
	Units    = "org_units"
	Roles    = "org_roles"
	Posts    = "org_posts"
	Contacts = "org_contacts"
)

// Bind attaches the rules of the tree and of posts to app.
func Bind(app core.App) {
	kit.OnSave(app, Units, placeUnit)
	kit.On(app.OnRecordDeleteExecute(Units), deleteUnit)

	kit.OnSave(app, Roles, saveRole)

	kit.OnSave(app, Posts, savePost)
	kit.On(app.OnRecordDeleteExecute(Posts), deletePost)
	kit.OnSave(app, Contacts, saveContact)

	kit.OnSave(app, "people", savePerson)

	bindScope(app)
	app.OnServe().BindFunc(bindNarrow)
}

// placeUnit gives a unit its path and, when it moves, takes its whole subtree
// along: units, scoped records and authority, in one transaction.
func placeUnit(e *core.RecordEvent) error {
	unit := unitOf(e.Record)

	above, err := pathOf(e.App, unit.Parent())
	if err != nil {
		return err
	}
	before := ""
	if !unit.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		before = unitOf(stored).Path()
	}
	if err := CheckPlace(above, before, unit.Code()); err != nil {
		return err
	}
	if err := checkSibling(e.App, unit, above); err != nil {
		return err
	}
	if err := CheckPeriod("closed", unit.GetString("established"), unit.GetString("closed")); err != nil {
		return err
	}

	unit.Set("path", above+unit.Code()+"/")
	if err := e.Next(); err != nil {
		return err
	}
	if before == "" || before == unit.Path() {
		return nil
	}
	return moveSubtree(e.App, before, unit.Path())
}

// deleteUnit refuses to delete a unit that others hang from; PocketBase itself
// refuses one that records belong to.
func deleteUnit(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		children, err := e.App.CountRecords(Units, childrenOf(e.Record.Id))
		if err != nil {
			return err
		}
		if children > 0 {
			return kit.Forbid("org_unit_has_children", "这个组织还有下级组织，不能删除；不再使用的组织请填写撤销日期。")
		}
		return e.Next()
	})
}

// saveRole passes a change of powers on to everybody who holds the role.
func saveRole(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	holders, err := holdersOf(e.App, e.Record.Id)
	if err != nil {
		return err
	}
	return Rebuild(e.App, kit.Today(e.App), holders...)
}

// savePost checks a post against its role and the other posts of that role and derives the
// person's authority anew.
func savePost(e *core.RecordEvent) error {
	post := postOf(e.Record)
	if err := CheckPeriod("until", post.Since(), post.Until()); err != nil {
		return err
	}
	if !post.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		if field, changed := kit.Changed(e.Record, stored, "person", "org", "role"); changed {
			return kit.Reject(field, "org_post_fixed", "任职的人、组织和职务不能改；请给原任职填写截止日期，再登记新的任职。")
		}
	}
	if err := checkRole(e.App, post); err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	return Rebuild(e.App, kit.Today(e.App), post.Person())
}

// deletePost lets only a post that has not begun be deleted.
func deletePost(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		post := postOf(e.Record)
		if post.Since() <= kit.Today(e.App) {
			return kit.Forbid("org_post_begun", "已经开始的任职不能删除，请填写截止日期。")
		}
		if err := e.Next(); err != nil {
			return err
		}
		return Rebuild(e.App, kit.Today(e.App), post.Person())
	})
}

func saveContact(e *core.RecordEvent) error {
	if err := CheckPeriod("until", e.Record.GetString("since"), e.Record.GetString("until")); err != nil {
		return err
	}
	return e.Next()
}

// savePerson derives authority anew when a person moves or stops being active.
func savePerson(e *core.RecordEvent) error {
	moved := e.Record.IsNew()
	if !moved {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		_, moved = kit.Changed(e.Record, stored, "org", "state")
	}
	if err := e.Next(); err != nil || !moved {
		return err
	}
	return Rebuild(e.App, kit.Today(e.App), e.Record.Id)
}
