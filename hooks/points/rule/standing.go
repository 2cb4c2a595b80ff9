package rule

import (
	"slices"
	"strconv"
)

// Status is a line of people_status: how somebody stood from a day on.
type Status struct {
	Person     string `db:"person"`
	Since      string `db:"since"`
	Org        string `db:"org"`
	Path       string `db:"org_path"`
	Kind       string `db:"kind"`
	State      string `db:"state"`
	Membership string `db:"membership_state"`
}

// Placing puts somebody into a category from a day up to another.
type Placing struct {
	Person   string `db:"person"`
	Category string `db:"category"`
	Since    string `db:"since"`
	Until    string `db:"until"`
}

// Life is all that is known of how somebody stood.
type Life struct {
	Birth    string
	Statuses []Status // in their order
	Placings []Placing
}

// On is how somebody stood on a day. The first line reaches back to before the
// program. Whoever has turned seventy is special without anybody saying so.
func (l Life) On(day string) Standing {
	if len(l.Statuses) == 0 {
		return Standing{}
	}
	at := l.Statuses[0]
	for _, s := range l.Statuses[1:] {
		if s.Since <= day {
			at = s
		}
	}
	takes := slices.Contains([]string{"member", "probationary"}, at.Kind) && slices.Contains([]string{"active", "suspended"}, at.State) && at.Membership != "stopped"
	out := Standing{Takes: takes, Category: "ordinary", Org: at.Org, Path: at.Path}
	for _, p := range l.Placings {
		if p.Since <= day && (p.Until == "" || day < p.Until) {
			out.Category = p.Category
		}
	}
	if l.Birth != "" && seventy(l.Birth) <= day {
		out.Category = Special
	}
	return out
}

// seventy is the day on which somebody turns seventy.
func seventy(birth string) string {
	year, _ := strconv.Atoi(birth[:4]) // the field allows digits alone
	return strconv.Itoa(year+70) + birth[4:]
}
