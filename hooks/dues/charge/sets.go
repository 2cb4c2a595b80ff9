package charge

import (
	"encoding/json"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
)

// SetOf reads a set of rates from its record.
func SetOf(r *core.Record) (rate.Set, error) {
	set := rate.Set{
		No: r.GetString("no"), Title: r.GetString("title"), Document: r.GetString("document"), Effective: r.GetString("effective"),
		Cap: rate.Fen(r.GetInt("cap")), Unit: rate.Fen(r.GetInt("unit")),
	}
	return set, readScales(r.GetString("scales"), &set)
}

// readScales refuses words that the program doesn't know: a misspelt bound must
// not read as "no bound".
func readScales(raw string, set *rate.Set) error {
	decoder := json.NewDecoder(strings.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&set.Scales); err != nil {
		return kit.Reject("scales", "dues_rates_unreadable", "各类别怎样交纳读不出来，请照已启用的版本填写：金额是整数（分），比例是万分之几。")
	}
	return nil
}

// Sets are the rates of a database.
type Sets struct {
	Active []rate.Set
	byNo   map[string]rate.Set
}

// No is a set by its number, voided ones included.
func (s Sets) No(no string) (rate.Set, bool) {
	set, ok := s.byNo[no]
	return set, ok
}

// LoadSets reads all rates that are or were in force.
func LoadSets(db dbx.Builder) (Sets, error) {
	var rows []struct {
		No, Title, Document, Effective, State, Scales string
		Cap, Unit                                     int64
	}
	sets := Sets{byNo: map[string]rate.Set{}}
	err := db.NewQuery("SELECT no, title, document, effective, state, scales, cap, unit FROM dues_rates WHERE state IN ('active', 'void') ORDER BY effective, no").All(&rows)
	if err != nil {
		return sets, err
	}
	for _, r := range rows {
		set := rate.Set{No: r.No, Title: r.Title, Document: r.Document, Effective: r.Effective, Cap: rate.Fen(r.Cap), Unit: rate.Fen(r.Unit)}
		if err := readScales(r.Scales, &set); err != nil {
			return sets, err
		}
		sets.byNo[set.No] = set
		if r.State == "active" {
			sets.Active = append(sets.Active, set)
		}
	}
	return sets, nil
}
