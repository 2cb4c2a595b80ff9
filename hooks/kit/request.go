package kit

import "github.com/pocketbase/pocketbase/core"

// Visible is the record of a collection that {id} of a route names, for a caller
// to whom its view rule opens it. For anybody else there is no such record; it
// comes with that answer for who has to tell why.
func Visible(e *core.RequestEvent, collection string) (*core.Record, error) {
	record, err := e.App.FindRecordById(collection, e.Request.PathValue("id"))
	if err != nil {
		return nil, e.NotFoundError("", err)
	}
	return record, Opens(e, record, record.Collection().ViewRule)
}

// Opens is nil if a rule opens a record to the caller of a route, and says that
// there is no such record otherwise.
func Opens(e *core.RequestEvent, record *core.Record, rule *string) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	if may, err := e.App.CanAccessRecord(record, info, rule); err != nil || !may {
		return e.NotFoundError("", err)
	}
	return nil
}

// BadRequest answers a broken rule like PocketBase's own record routes do; any
// other error stays as it is.
func BadRequest(e *core.RequestEvent, err error) error {
	if len(Violations(err)) > 0 {
		return e.BadRequestError("", err)
	}
	return err
}

// Caller is the id of the person who calls a route; empty for the system keeper
// and for a guest.
func Caller(e *core.RequestEvent) string {
	if e.Auth == nil || e.HasSuperuserAuth() {
		return ""
	}
	return e.Auth.Id
}
