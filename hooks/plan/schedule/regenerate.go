package schedule

// Existing is a duty that there is already.
type Existing struct {
	ID          string
	Key         string `db:"period"`
	Opens       string
	Due         string
	DueOriginal string
	State       State
	Touched     bool // somebody has begun: there is evidence
}

// Settled reports whether a changed rule leaves a duty as it is: what is past
// stays, and so does what somebody has done something about.
func Settled(state State, due, today string) bool {
	return due < today || state != Upcoming && state != Open
}

// Regenerate compares the duties of one responsible with the periods that a
// changed rule asks for. What is settled or touched is kept; of the rest, what
// is still asked for with the same dates is kept, what isn't is removed, and
// what is missing from today on is added. To apply it, remove first: a period
// whose dates have changed is removed and added under the same key. Applied,
// it changes nothing more.
func Regenerate(existing []Existing, wanted []Period, today string) (keep, remove []Existing, add []Period) {
	asked := make(map[string]Period, len(wanted))
	for _, p := range wanted {
		asked[p.Key] = p
	}
	kept := make(map[string]bool, len(existing))
	for _, e := range existing {
		same := asked[e.Key] == Period{e.Key, e.Opens, e.Due, e.DueOriginal}
		if same || e.Touched || Settled(e.State, e.Due, today) {
			keep, kept[e.Key] = append(keep, e), true
		} else {
			remove = append(remove, e)
		}
	}
	for _, p := range wanted {
		if !kept[p.Key] && p.Due >= today {
			add = append(add, p)
		}
	}
	return keep, remove, add
}
