package org

import (
	"cmp"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// May reports whether the caller of a route holds one of the powers over a path
// today. A superuser may do what an officer may; every data rule still holds.
func May(e *core.RequestEvent, path string, powers ...string) (bool, error) {
	if e.HasSuperuserAuth() {
		return true, nil
	}
	for _, power := range powers {
		if may, err := Can(e.App, e.Auth.Id, power, path, kit.Today(e.App)); err != nil || may {
			return may, err
		}
	}
	return false, nil
}

// Asked is the organization of ?org=, the caller's own where it isn't given, if
// the caller holds one of the powers there. For anybody else there is no such
// organization.
func Asked(e *core.RequestEvent, powers ...string) (*Unit, error) {
	unit, err := Find(e.App, cmp.Or(e.Request.URL.Query().Get("org"), e.Auth.GetString("org")))
	if err != nil {
		return nil, e.NotFoundError("", err)
	}
	if may, err := May(e, unit.Path(), powers...); err != nil || !may {
		return nil, e.NotFoundError("", err)
	}
	return unit, nil
}
