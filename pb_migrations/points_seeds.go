package pb_migrations

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

//go:embed seeds/points.json
var pointsSeed []byte

// seedPoints gives a new installation the usual scheme, and the usual rules as
// drafts: which of them hold is decided by the committee, with a document.
func seedPoints(app core.App) error {
	var seeds struct {
		Scheme map[string]any   `json:"scheme"`
		Rules  []map[string]any `json:"rules"`
	}
	if err := json.Unmarshal(pointsSeed, &seeds); err != nil {
		return err
	}
	insert := func(table, id string, row map[string]any) error {
		params := dbx.Params{"id": id, "created": types.NowDateTime().String(), "updated": types.NowDateTime().String()}
		for column, value := range row {
			switch value.(type) {
			case map[string]any, []any:
				raw, err := json.Marshal(value)
				if err != nil {
					return err
				}
				value = string(raw)
			}
			params[column] = value
		}
		_, err := app.DB().Insert(table, params).Execute()
		return err
	}
	if err := insert("points_schemes", "pointsscheme000", seeds.Scheme); err != nil {
		return err
	}
	for i, row := range seeds.Rules {
		if err := insert("points_rules", fmt.Sprintf("pointsrule%05d", i+1), row); err != nil {
			return err
		}
	}
	return nil
}
