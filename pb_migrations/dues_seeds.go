package pb_migrations

import (
	"encoding/json"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/pb_migrations/seeds"
)

// seedRates gives a new installation the national rates. It writes rows, not
// records: nobody has activated them here, they are in force by themselves.
func seedRates(app core.App) error {
	var sets []struct {
		No, Title, Document, Effective string
		Cap, Unit                      int64
		Scales                         json.RawMessage
	}
	if err := json.Unmarshal(seeds.DuesRates, &sets); err != nil {
		return err
	}
	now := types.NowDateTime().String()
	for _, s := range sets {
		_, err := app.DB().Insert("dues_rates", dbx.Params{
			"id": fmt.Sprintf("duesrates%06s", s.No), "no": s.No, "title": s.Title, "document": s.Document, "effective": s.Effective, "state": "active",
			"cap": s.Cap, "unit": s.Unit, "scales": string(s.Scales), "activated_by": "", "note": "全国规定，随程序附带。", "created": now, "updated": now,
		}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}
