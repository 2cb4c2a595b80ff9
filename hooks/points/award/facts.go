package award

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/points/rule"
)

// families are where facts come from, as SQL: each selects person, activity,
// source, subject, day, rule and quantity. The facts of one activity all lie in
// one family: who is present at a meeting and is credited with its study has done
// one thing (R-PTS-02).
var families = map[string][]string{
	"meeting": {
		`SELECT a.person, a.meeting AS activity, a.id AS source, CASE a.status WHEN 'present' THEN 'attendance' ELSE 'absence' END AS subject, m.held_on AS day, '' AS rule, 1 AS quantity
			FROM meetings_attendance a JOIN meetings m ON m.id = a.meeting WHERE a.status IN ('present', 'absent') AND m.state = 'filed'`,
		`SELECT s.person, s.meeting AS activity, s.id AS source, 'study' AS subject, s.studied_on AS day, '' AS rule, 1 AS quantity FROM study_records s WHERE s.meeting != ''`,
		`SELECT s.person, s.id AS activity, s.id AS source, 'study' AS subject, s.studied_on AS day, '' AS rule, 1 AS quantity FROM study_records s WHERE s.meeting = ''`,
	},
	"dues": {`SELECT e.person, e.month AS activity, e.payment AS source, 'dues' AS subject, e.booked_on AS day, '' AS rule, 1 AS quantity
		FROM dues_entries e JOIN dues_payments p ON p.id = e.payment WHERE e.kind = 'payment' AND e.payment != '' AND p.state != 'reversed' AND substr(e.booked_on, 1, 7) <= e.month`},
	"class": {`SELECT x.person, x.class AS activity, x.id AS source, 'class' AS subject, c.ends_on AS day, '' AS rule, 1 AS quantity
		FROM study_enrolments x JOIN study_classes c ON c.id = x.class WHERE x.present AND x.passed AND c.state = 'closed' AND c.ends_on != ''`},
	"visit": {`SELECT v.person, v.id AS activity, v.id AS source, 'visit' AS subject, v.visited_on AS day, '' AS rule, 1 AS quantity FROM outreach_visits v`},
	"honor": {`SELECT h.person, h.id AS activity, h.id AS source, 'honor' AS subject, h.notice_until AS day, '' AS rule, 1 AS quantity
		FROM activities_honors h WHERE h.state = 'awarded' AND h.person != ''`},
	"claim": {`SELECT c.person, c.id AS activity, c.id AS source, r.subject, c.happened_on AS day, c.rule, max(1, c.quantity) AS quantity
		FROM points_claims c JOIN points_rules r ON r.id = c.rule WHERE c.state = 'approved'`},
}

// watched are the collections whose records are facts or decide about them, with
// the activities that a record speaks of.
var watched = map[string]struct {
	family     string
	activities func(r *core.Record) []string
	all        bool // of everybody, not of the record's person
}{
	"meetings_attendance": {"meeting", field("meeting"), false},
	"meetings":            {"meeting", field("id"), true},
	"study_records":       {"meeting", study, false},
	"dues_payments":       {"dues", months, false},
	"study_enrolments":    {"class", field("class"), false},
	"study_classes":       {"class", field("id"), true},
	"outreach_visits":     {"visit", field("id"), false},
	"activities_honors":   {"honor", field("id"), false},
	"points_claims":       {"claim", field("id"), false},
}

func field(name string) func(*core.Record) []string {
	return func(r *core.Record) []string { return []string{r.GetString(name)} }
}

// study is the meeting at which somebody learnt, or what they learnt by
// themselves.
func study(r *core.Record) []string {
	if meeting := r.GetString("meeting"); meeting != "" {
		return []string{meeting}
	}
	return []string{r.Id}
}

// months are those that a payment is for.
func months(r *core.Record) []string {
	var out []string
	for m, last := r.GetString("from_month"), r.GetString("to_month"); m <= last && len(out) < 100; m = rule.NextMonth(m) {
		out = append(out, m)
	}
	return out
}

func recordScopes(_ core.App, r *core.Record) ([]Scope, error) {
	w := watched[r.Collection().Name]
	s := Scope{Family: w.family, Activities: w.activities(r)}
	if !w.all {
		if s.Person = r.GetString("person"); s.Person == "" {
			return nil, nil // an honour of an organization
		}
	}
	return []Scope{s}, nil
}

// facts lists what happened in a scope, in a settled order.
func facts(app core.App, s Scope) ([]rule.Fact, error) {
	names := slices.Sorted(maps.Keys(families))
	if s.Family != "" {
		names = []string{s.Family}
	}
	where := s.where()
	var list []rule.Fact
	for _, name := range names {
		var some []rule.Fact
		parts := make([]string, len(families[name])) // each narrowed by itself, so that each finds its index
		for i, part := range families[name] {
			parts[i] = "SELECT * FROM (" + part + ") WHERE " + where.SQL
		}
		if err := app.DB().NewQuery(strings.Join(parts, " UNION ALL ")).Bind(where.Params).All(&some); err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// CheckSubject: every subject has its facts, and its collection is watched.
func CheckSubject(s rule.Subject) error {
	if _, ok := watched[s.Collection]; !ok {
		return fmt.Errorf("points: nobody watches %s for %s", s.Collection, s.Key)
	}
	if len(families[familyOf(s.Key)]) == 0 {
		return fmt.Errorf("points: no facts for %s", s.Key)
	}
	return nil
}
