package exchange

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/forms"
	"github.com/pocketbase/pocketbase/tools/inflector"
	"github.com/pocketbase/pocketbase/tools/router"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/kit"
)

// hand enters records the way a person does with a form: the API rule is
// asked, hidden fields stay untouched, the request hooks run, and then every
// data rule.
type hand struct {
	ctx        context.Context
	collection *core.Collection
	auth       *core.Record
	closed     string // the hash of a password that nobody knows
}

var errBeyond = kit.Forbid("exchange_beyond", "这条记录不在您管理的范围内，或者您没有这样修改的权限。")

func newHand(ctx context.Context, c *core.Collection, auth *core.Record) *hand {
	h := &hand{ctx: ctx, collection: c, auth: auth}
	if c.IsAuth() {
		locked := core.NewRecord(c)
		locked.SetRandomPassword()
		h.closed = locked.GetString(core.FieldNamePassword + ":hash")
	}
	return h
}

// keeper is the superuser that the command line acts as.
func keeper(app core.App) (*core.Record, error) {
	c, err := app.FindCachedCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		return nil, err
	}
	return core.NewRecord(c), nil
}

// nowhere is where the answer goes that nobody waits for.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}

// request is what the server would have got had the person sent a form.
func (h *hand) request(app core.App, method string, data map[string]any) (*core.RequestEvent, *core.RequestInfo, error) {
	r, err := http.NewRequestWithContext(h.ctx, method, "/api/collections/"+h.collection.Name+"/records", http.NoBody)
	if err != nil {
		return nil, nil, err
	}
	e := &core.RequestEvent{App: app, Auth: h.auth, Event: router.Event{Response: nowhere{http.Header{}}, Request: r}}
	info, err := e.RequestInfo()
	if err != nil {
		return nil, nil, err
	}
	info.Body = data
	return e, info, nil
}

// may strips from data what the person can't set.
func (h *hand) may(data map[string]any) map[string]any {
	if h.auth.IsSuperuser() {
		return data
	}
	out := map[string]any{}
	for name, value := range data {
		if f := h.collection.Fields.GetByName(name); f != nil && !f.GetHidden() {
			out[name] = value
		}
	}
	return out
}

// create enters a new record. People get a password that opens nothing: one is
// handed out when they first need it.
func (h *hand) create(app core.App, data map[string]any) (*core.Record, error) {
	data = h.may(data)
	e, info, err := h.request(app, http.MethodPost, data)
	if err != nil {
		return nil, err
	}
	record := core.NewRecord(h.collection)
	form := h.form(app, record, data)
	if h.closed != "" {
		record.SetRaw(core.FieldNamePassword, &core.PasswordFieldValue{Hash: h.closed})
	}
	if err := h.mayCreate(app, record, info); err != nil {
		return nil, err
	}
	event := &core.RecordRequestEvent{RequestEvent: e}
	event.Collection, event.Record = h.collection, record
	return record, app.OnRecordCreateRequest().Trigger(event, func(e *core.RecordRequestEvent) error {
		form.SetApp(e.App)
		form.SetRecord(e.Record)
		return form.Submit()
	})
}

// update enters changes to a stored record.
func (h *hand) update(app core.App, record *core.Record, data map[string]any) error {
	data = h.may(data)
	e, info, err := h.request(app, http.MethodPatch, data)
	if err != nil {
		return err
	}
	may, err := app.CanAccessRecord(record, info, h.collection.UpdateRule)
	if err != nil {
		return err
	}
	if !may {
		return errBeyond
	}
	form := h.form(app, record, data)
	event := &core.RecordRequestEvent{RequestEvent: e}
	event.Collection, event.Record = h.collection, record
	return app.OnRecordUpdateRequest().Trigger(event, func(e *core.RecordRequestEvent) error {
		form.SetApp(e.App)
		form.SetRecord(e.Record)
		return form.Submit()
	})
}

func (h *hand) form(app core.App, record *core.Record, data map[string]any) *forms.RecordUpsert {
	form := forms.NewRecordUpsert(app, record)
	form.SetContext(h.ctx)
	if h.auth.IsSuperuser() {
		form.GrantSuperuserAccess()
	}
	form.Load(data)
	return form
}

// mayCreate asks the create rule about a record that isn't stored yet, the way
// PocketBase does: a one-row table of its values stands for the collection.
func (h *hand) mayCreate(app core.App, record *core.Record, info *core.RequestInfo) error {
	rule := h.collection.CreateRule
	switch {
	case info.HasSuperuserAuth():
		return nil
	case rule == nil:
		return errBeyond
	case *rule == "":
		return nil
	}
	stand := *h.collection
	suffix := "__exchange_" + security.PseudorandomString(6)
	stand.Id += suffix
	stand.Name += suffix
	query, err := standIn(app, record, &stand)
	if err != nil {
		return err
	}
	if err := obey(app, query, &stand, info, *rule); err != nil {
		return err
	}
	var yes int
	err = query.Limit(1).Row(&yes)
	if errors.Is(err, sql.ErrNoRows) {
		return errBeyond
	}
	return err
}

func standIn(app core.App, record *core.Record, stand *core.Collection) (*dbx.SelectQuery, error) {
	values, err := record.Clone().DBExport(app)
	if err != nil {
		return nil, err
	}
	if record.Id == "" {
		values[core.FieldNameId] = "__new__"
	}
	params := dbx.Params{}
	columns := make([]string, 0, len(values))
	for name, value := range values {
		name = inflector.Columnify(name)
		params["exchange_"+name] = value
		columns = append(columns, fmt.Sprintf("{:exchange_%[1]s} AS [[%[1]s]]", name))
	}
	return app.ConcurrentDB().Select("(1)").
		PreFragment(fmt.Sprintf("WITH {{%s}} AS (SELECT %s)", stand.Name, strings.Join(columns, ","))).
		From(stand.Name).AndBind(params), nil
}
