package privacy

import (
	"maps"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"

	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

// maxExported is how many records of one collection an export holds.
const maxExported = 5000

// held is what one collection holds about a person.
type held struct {
	Collection string         `json:"collection"`
	Records    []*core.Record `json:"records"`
	Truncated  bool           `json:"truncated,omitempty"`
}

// exportMe answers everything that is held about oneself, over all collections
// with a relation to people, those included that an administrator made in the
// browser. It is what one may view: hidden fields stay hidden, and what is kept
// from a person by its view rule (a case that is being examined) isn't hinted
// at. One's own sensitive fields are opened, and that is written down.
func exportMe(e *core.RequestEvent) error {
	collections, err := e.App.FindAllCollections(core.CollectionTypeBase, core.CollectionTypeAuth)
	if err != nil {
		return err
	}
	out := []held{}
	for _, c := range collections {
		own := ownedBy(c, e.Auth.Collection().Id, e.Auth.Id)
		if own == nil || c.ViewRule == nil {
			continue
		}
		h, err := heldIn(e, c, own)
		if err != nil {
			return err
		}
		if len(h.Records) > 0 {
			out = append(out, h)
		}
	}
	sensitive, err := openOwn(e)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	e.Response.Header().Set("Content-Disposition", `attachment; filename="yaodian-me.json"`)
	return e.JSON(http.StatusOK, map[string]any{
		"on": kit.Today(e.App), "person": e.Auth.Id, "sensitive": sensitive, "collections": out,
		"note": "包含本系统中与您本人有关、您有权查看的全部记录。认为有误的，请向所在党支部提出更正。",
	})
}

// ownedBy is the condition that a record is about a person; nil where no
// visible relation can say so.
func ownedBy(c *core.Collection, accounts, person string) dbx.Expression {
	if c.Id == accounts {
		return dbx.HashExp{c.Name + ".id": person}
	}
	var any []dbx.Expression
	for _, f := range c.Fields {
		relation, ok := f.(*core.RelationField)
		if !ok || relation.Hidden || relation.CollectionId != accounts {
			continue
		}
		column := c.Name + "." + relation.Name
		if relation.IsMultiple() {
			any = append(any, dbx.NewExp("EXISTS (SELECT 1 FROM json_each([["+column+"]]) WHERE value = {:person})", dbx.Params{"person": person}))
		} else {
			any = append(any, dbx.HashExp{column: person})
		}
	}
	if any == nil {
		return nil
	}
	return dbx.Or(any...)
}

// heldIn reads one collection through its view rule: one query.
func heldIn(e *core.RequestEvent, c *core.Collection, own dbx.Expression) (held, error) {
	h := held{Collection: c.Name, Records: []*core.Record{}}
	info, err := e.RequestInfo()
	if err != nil {
		return h, err
	}
	query := e.App.RecordQuery(c).AndWhere(own)
	if *c.ViewRule != "" {
		resolver := core.NewRecordFieldResolver(e.App, c, info, true)
		allowed, err := search.FilterData(*c.ViewRule).BuildExpr(resolver)
		if err != nil {
			return h, err
		}
		if err := resolver.UpdateQuery(query.AndWhere(allowed)); err != nil {
			return h, err
		}
	}
	if err := query.Limit(maxExported + 1).All(&h.Records); err != nil {
		return h, err
	}
	if h.Truncated = len(h.Records) > maxExported; h.Truncated {
		h.Records = h.Records[:maxExported]
	}
	return h, apis.EnrichRecords(e, h.Records)
}

// openOwn opens one's own sensitive fields and notes it.
func openOwn(e *core.RequestEvent) (map[string]string, error) {
	out := map[string]string{}
	err := e.App.RunInTransaction(func(tx core.App) error {
		person, err := tx.FindRecordById(people.People, e.Auth.Id)
		if err != nil {
			return err
		}
		fields := slices.Sorted(maps.Keys(levels))
		for _, f := range fields {
			if out[f], err = openField(tx, person, f); err != nil {
				return err
			}
		}
		return Note(tx, e, person, fields, "")
	})
	return out, err
}
