package rate

import (
	"encoding/json"
	"fmt"

	"yaodian/pb_migrations/seeds"
)

// National are the rates that hold in the whole country, with the documents
// that set them. A database begins with them and may add local ones.
func National() []Set {
	var sets []Set
	if err := json.Unmarshal(seeds.DuesRates, &sets); err != nil {
		panic(fmt.Errorf("dues_rates.json: %w", err))
	}
	return sets
}
