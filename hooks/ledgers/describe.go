package ledgers

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Ledger is a collection as somebody may see and use it.
type Ledger struct {
	Collection string   `json:"collection"`
	Title      string   `json:"title"`
	Group      string   `json:"group"`
	Items      []int    `json:"items"`
	May        May      `json:"may"`
	Private    bool     `json:"private,omitzero"` // read by nobody but its person and those who decide: no slips, no evidence
	Columns    []string `json:"columns,omitzero"`
	Sort       string   `json:"sort,omitzero"`
	Filter     string   `json:"filter,omitzero"`
	StateField string   `json:"state_field,omitzero"`
	DateField  string   `json:"date_field,omitzero"`
	Shows      string   `json:"shows,omitzero"` // field by which a record is called
	Fields     []Field  `json:"fields,omitzero"`
	Fixed      []string `json:"fixed,omitzero"` // fields that can't be changed once entered
	order      int
}

// May is how much of a ledger the rules open to somebody.
type May struct {
	List   Reach `json:"list"`
	Create Reach `json:"create"`
	Update Reach `json:"update"`
	Delete Reach `json:"delete"`
}

// viewer is who asks: their powers on the day.
type viewer struct {
	keeper bool
	powers map[string][]org.Range
}

func (v viewer) has(power string) bool { return v.keeper || len(v.powers[power]) > 0 }

func (v viewer) may(rule *string) Reach {
	if v.keeper {
		return All
	}
	return Opens(rule, v.has)
}

// viewerOf is the viewer behind a session.
func viewerOf(app core.App, auth *core.Record) (viewer, error) {
	if auth.IsSuperuser() {
		return viewer{keeper: true}, nil
	}
	powers, err := org.Powers(app, auth.Id, kit.Today(app))
	return viewer{powers: powers}, err
}

// describe is a collection for a viewer; with fields it says everything, without
// only what a list of ledgers needs.
func describe(app core.App, c *core.Collection, v *View, who viewer, fields bool) Ledger {
	l := Ledger{Collection: c.Name, Title: c.Name, Group: group(c.Name), Items: []int{}, Private: flows.Private(c.Name), order: 1 << 20, May: May{
		List: who.may(c.ListRule), Create: who.may(c.CreateRule), Update: who.may(c.UpdateRule), Delete: who.may(c.DeleteRule),
	}}
	if c.IsView() {
		l.May.Create, l.May.Update, l.May.Delete = Nothing, Nothing, Nothing
	}
	if v != nil {
		l.Title, l.Items, l.order = v.GetString("title"), v.Items(), v.GetInt("sort")
		if power := v.GetString("power"); power != "" && !who.has(power) {
			l.May.List = min(l.May.List, Own)
		}
	}
	if fields {
		l.fill(app, c, v, who)
	}
	return l
}

// group is the capability that a collection belongs to.
func group(name string) string {
	prefix, _, _ := strings.Cut(name, "_")
	return prefix
}

// maxColumns is how many columns a list shows where no view chooses them.
const maxColumns = 6

func (l *Ledger) fill(app core.App, c *core.Collection, v *View, who viewer) {
	labels := map[string]string{}
	if v != nil {
		labels = v.Labels()
		l.Columns, l.Sort, l.Filter = v.Columns(), v.GetString("sort_by"), v.GetString("filter")
		l.StateField = v.GetString("state_field")
	}
	for _, f := range c.Fields {
		if !isRead(f) {
			continue
		}
		l.Fields = append(l.Fields, describeField(app, f, labels[f.GetName()]))
	}
	for name := range fixedIn(c.UpdateRule, who.has) {
		l.Fixed = append(l.Fixed, name)
	}
	slices.Sort(l.Fixed)
	l.Shows, l.DateField = shows(c), dateOf(c, v)
	l.guess(c)
}

// isRead reports whether people read a field.
func isRead(f core.Field) bool {
	return !f.GetHidden() && f.GetName() != "org_path" && f.Type() != core.FieldTypePassword
}

// dateOf is the field by which records lie in time: the view's, or the first day
// or moment that people enter; empty: there is none.
func dateOf(c *core.Collection, v *View) string {
	if v != nil && v.GetString("date_field") != "" {
		return v.GetString("date_field")
	}
	i := slices.IndexFunc(c.Fields, func(f core.Field) bool {
		kind := kindOf(f)
		return isRead(f) && (kind == "date" || kind == "moment" && !bySystem(f))
	})
	if i < 0 {
		return ""
	}
	return c.Fields[i].GetName()
}

// guess chooses what no view has chosen: the state field by its name, the first
// fields as columns, the newest first.
func (l *Ledger) guess(c *core.Collection) {
	for _, f := range l.Fields {
		if l.StateField == "" && f.Name == "state" && f.Kind == "choice" {
			l.StateField = f.Name
		}
	}
	if l.Sort == "" && c.Fields.GetByName("created") != nil {
		l.Sort = "-created"
	}
	if len(l.Columns) > 0 {
		return
	}
	for _, f := range l.Fields {
		if !f.System && f.Name != "id" && f.Kind != "long" && f.Kind != "json" && f.Kind != "file" && len(l.Columns) < maxColumns {
			l.Columns = append(l.Columns, f.Name)
		}
	}
}

// Catalogue is every ledger that somebody may list or add to.
type Catalogue struct {
	Version string   `json:"version"` // changes with the schema, the rules or the views
	Ledgers []Ledger `json:"ledgers"`
}

// schema is every collection, as PocketBase keeps it in memory; it renews that
// whenever a collection changes.
func schema(app core.App) ([]*core.Collection, error) {
	if cached, ok := app.Store().Get(core.StoreKeyCachedCollections).([]*core.Collection); ok {
		return cached, nil
	}
	return app.FindAllCollections()
}

// catalogueFor lists the ledgers of a viewer, in the order of the views.
func catalogueFor(app core.App, who viewer) (Catalogue, error) {
	collections, err := schema(app)
	if err != nil {
		return Catalogue{}, err
	}
	views, err := viewsOf(app)
	if err != nil {
		return Catalogue{}, err
	}
	out := Catalogue{Ledgers: []Ledger{}, Version: version(collections, views)}
	for _, c := range collections {
		if c.System {
			continue
		}
		if l := describe(app, c, views[c.Name], who, false); l.May.List > Nothing || l.May.Create > Nothing {
			out.Ledgers = append(out.Ledgers, l)
		}
	}
	slices.SortFunc(out.Ledgers, func(a, b Ledger) int {
		return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(a.Collection, b.Collection))
	})
	return out, nil
}

// version is a digest of everything that descriptions are made from.
func version(collections []*core.Collection, views map[string]*View) string {
	hash := sha256.New()
	encode := json.NewEncoder(hash)
	for _, c := range collections {
		_ = encode.Encode([]any{c.Name, c.Updated, c.ListRule, c.CreateRule, c.UpdateRule, c.DeleteRule}) // a digest can't fail
		if v := views[c.Name]; v != nil {
			_ = encode.Encode([]any{v.Id, v.GetString("updated")})
		}
	}
	return hex.EncodeToString(hash.Sum(nil))[:12]
}
