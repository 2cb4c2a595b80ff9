package exchange

import (
	"encoding/json"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/people"
)

// Seal is a field that is stored encrypted, beside a keyed hash by which it is
// found (an identity number). A form sends it in the clear and gets it back
// masked; so does a table.
type Seal struct {
	Collection string
	Field      string // what a form sends
	Hash       string // where the hash is stored
	Hashes     func(app core.App, value string) ([]string, error)
	Open       func(app core.App, r *core.Record) (string, error)
}

// SealField tells the imports and exports of app about a sealed field.
func SealField(app core.App, s Seal) { deskOf(app).seals[s.Collection+"."+s.Field] = s }

// sealNumbers: the identity numbers of people are sealed.
func sealNumbers(app core.App) {
	SealField(app, Seal{Collection: people.People, Field: "id_no", Hash: "id_no_hash", Hashes: people.NumberHashes, Open: people.NumberOf})
}

// sealsOf are the sealed fields of a collection, by field.
func sealsOf(app core.App, collection string) map[string]Seal {
	out := map[string]Seal{}
	for _, s := range deskOf(app).seals {
		if s.Collection == collection {
			out[s.Field] = s
		}
	}
	return out
}

// unopened stands for a value whose key is missing: it equals no other.
const unopened = "（打不开）"

// text is what is sealed in a record.
func (s Seal) text(app core.App, r *core.Record) string {
	text, err := s.Open(app, r)
	if err != nil {
		app.Logger().Error("A sealed field can't be opened", "collection", s.Collection, "record", r.Id, "field", s.Field, "error", err)
		return unopened
	}
	return text
}

// back hands in again what was sealed before, as a form would: the sealed form
// itself is nothing that anybody may set.
func (s Seal) back(app core.App, record *core.Record, before map[string]json.RawMessage) error {
	if _, changed := before[s.Hash]; !changed {
		return nil
	}
	old := record.Clone()
	if err := restore(old, before); err != nil {
		return err
	}
	text, err := s.Open(app, old)
	if err != nil {
		return err
	}
	record.Set(s.Field, text)
	return nil
}
