package rate

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed national.json
var nationalJSON []byte

// National are the rates that hold in the whole country, with the documents
// that set them. A database begins with them and may add local ones.
func National() []Set {
	var sets []Set
	if err := json.Unmarshal(nationalJSON, &sets); err != nil {
		panic(fmt.Errorf("national.json: %w", err))
	}
	return sets
}
