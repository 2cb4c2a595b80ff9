package flows

// Level says at which organization a step is decided.
type Level string

// The levels of a step.
const (
	Own       Level = "own"       // the applicant's branch or office
	Parent    Level = "parent"    // the one above it
	Committee Level = "committee" // the nearest committee at or above it
)

// Word is what people call the organizations of a level.
func (l Level) Word() string { return levelWords[l] }

var levelWords = map[Level]string{Own: "组织", Parent: "上级组织", Committee: "党工委"}

// Unit is an organization as far as steps are concerned.
type Unit struct {
	ID     string `db:"id"`
	Name   string `db:"name"`
	Kind   string `db:"kind"`
	Path   string `db:"path"`
	Parent string `db:"parent"`
}

// Locate finds the organization of a level from the chain of organizations, the
// applicant's own first. A party group (党小组) decides nothing: its branch does.
func Locate(chain []Unit, at Level) (Unit, bool) {
	for len(chain) > 0 && chain[0].Kind == "group" {
		chain = chain[1:]
	}
	switch {
	case len(chain) == 0:
	case at == Own:
		return chain[0], true
	case at == Parent && len(chain) > 1:
		return chain[1], true
	case at == Committee:
		for _, u := range chain {
			if u.Kind == "committee" {
				return u, true
			}
		}
	}
	return Unit{}, false
}
