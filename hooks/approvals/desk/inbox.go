package desk

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Inbox is a page of what waits for somebody, and how much waits in all.
type Inbox struct {
	Items   []Item  `json:"items"`
	Page    int     `json:"page"`
	PerPage int     `json:"perPage"`
	Total   int     `json:"totalItems"`
	Counts  []Count `json:"counts"`
}

// Item is a request that waits.
type Item struct {
	ID          string `db:"id" json:"id"`
	Kind        string `db:"kind" json:"kind"`
	Title       string `db:"title" json:"title"`
	Applicant   string `db:"applicant" json:"applicant"` // by name
	Org         string `db:"org" json:"org"`             // by name
	Step        int    `db:"step" json:"step"`
	StepName    string `db:"step_name" json:"step_name"`
	Bulk        bool   `db:"bulk" json:"bulk"`
	Due         string `db:"due" json:"due"`
	Overdue     bool   `db:"overdue" json:"overdue"`
	SubmittedAt string `db:"submitted_at" json:"submitted_at"`
	OnBehalf    string `db:"on_behalf" json:"on_behalf"` // by name; empty: in one's own
}

// Count is how many requests of a kind wait.
type Count struct {
	Kind    string `db:"kind" json:"kind"`
	Total   int    `db:"total" json:"total"`
	Overdue int    `db:"overdue" json:"overdue"`
}

// seatCTE is where {:me} sits on {:day}, in whose name; those at one place are
// numbered, one's own first. mine is what waits there: requests that neither of
// us has asked for or decided before, once for every place. It says in SQL what
// CheckSeat says in Go; a test holds both together.
//
// Both queries read nothing but the index of what waits: who has decided before
// stands in the request (barred), and the best of a page are picked while reading.
const (
	inOfficeOn = "o.since <= {:day} AND (o.until = '' OR o.until > {:day}) AND p.state = 'active'"

	seatCTE = `WITH seat AS MATERIALIZED (SELECT org, role, holder, row_number() OVER (PARTITION BY org, role ORDER BY holder != {:me}, holder) AS n FROM (
		SELECT o.org, o.role, o.person AS holder FROM org_posts o JOIN people p ON p.id = o.person
		WHERE o.person = {:me} AND ` + inOfficeOn + `
		UNION SELECT o.org, o.role, o.person FROM approvals_delegations d JOIN org_posts o ON o.person = d.person JOIN people p ON p.id = o.person
		WHERE d.delegate = {:me} AND d.since <= {:day} AND d.until > {:day} AND ` + inOfficeOn + `))`

	mine = `FROM seat s CROSS JOIN approvals_requests r ON r.wait_org = s.org AND r.wait_role = s.role AND r.wait_org != ''
		WHERE s.holder != r.applicant AND r.applicant != {:me} AND (r.barred = '' OR instr(r.barred, {:me}) = 0 AND instr(r.barred, s.holder) = 0)
		AND (s.n = 1 OR NOT EXISTS (SELECT 1 FROM seat e WHERE e.org = s.org AND e.role = s.role AND e.n < s.n AND e.holder != r.applicant AND instr(r.barred, e.holder) = 0))`

	inboxCounts = seatCTE + ` SELECT r.kind, count(*) AS total, sum(r.due != '' AND r.due < {:day}) AS overdue ` + mine + ` GROUP BY r.kind ORDER BY r.kind`

	inboxPage = seatCTE + `, page AS MATERIALIZED (SELECT r.id, s.holder ` + mine + ` AND {:kind} IN ('', r.kind)
		ORDER BY r.due = '', r.due, r.id LIMIT {:limit} OFFSET {:offset})
	SELECT r.id, r.kind, r.title, a.name AS applicant, u.name AS org, r.step,
		json_extract(r.steps, '$[' || (r.step - 1) || '].name') AS step_name, json_extract(r.steps, '$[' || (r.step - 1) || '].bulk') AS bulk,
		r.due, r.due != '' AND r.due < {:day} AS overdue, r.submitted_at, CASE page.holder WHEN {:me} THEN '' ELSE h.name END AS on_behalf
	FROM page JOIN approvals_requests r ON r.id = page.id JOIN people a ON a.id = r.applicant JOIN org_units u ON u.id = r.org
	JOIN people h ON h.id = page.holder ORDER BY r.due = '', r.due, r.id`
)

// maxPage is how many requests a page of the inbox holds at most.
const maxPage = 100

// InboxOf reads a page of what waits for a person, the most urgent first, in two
// queries. kind narrows the page, not the counts.
func InboxOf(app core.App, person, kind string, page, perPage int) (*Inbox, error) {
	perPage = min(max(perPage, 1), maxPage)
	in := &Inbox{Items: []Item{}, Counts: []Count{}, Page: max(page, 1), PerPage: perPage}
	params := dbx.Params{"me": person, "day": kit.Today(app), "kind": kind, "limit": perPage, "offset": (in.Page - 1) * perPage}
	if err := app.DB().NewQuery(inboxCounts).Bind(params).All(&in.Counts); err != nil {
		return nil, err
	}
	for _, c := range in.Counts {
		if kind == "" || kind == c.Kind {
			in.Total += c.Total
		}
	}
	return in, app.DB().NewQuery(inboxPage).Bind(params).All(&in.Items)
}
