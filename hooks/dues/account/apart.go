package account

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// keepApart: by no way of writing posts and roles does one person come to
// reckon and to pay over the same organization (R-DUES-15).
func keepApart(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	where := dbx.HashExp{"ra.id": e.Record.Id}
	if e.Record.Collection().Name == org.Posts {
		where = dbx.HashExp{"a.person": e.Record.GetString("person")}
	}
	return findBoth(e.App, where)
}

func findBoth(app core.App, where dbx.HashExp) error {
	holds := func(role, power string) string {
		return "EXISTS (SELECT 1 FROM json_each(" + role + ".powers) WHERE value = '" + power + "')"
	}
	pairs := "((" + holds("ra", "dues.account") + " AND " + holds("rb", "dues.cash") + ") OR (" + holds("ra", "dues.cash") + " AND " + holds("rb", "dues.account") + "))"
	var name, unit string
	err := app.DB().Select("p.name", "u.name").From("org_posts a").
		InnerJoin("org_roles ra", dbx.NewExp("ra.id = a.role")).
		InnerJoin("org_posts b", dbx.NewExp("b.person = a.person")).
		InnerJoin("org_roles rb", dbx.NewExp("rb.id = b.role")).
		InnerJoin("people p", dbx.NewExp("p.id = a.person")).
		InnerJoin("org_units u", dbx.NewExp("u.id = a.org")).
		Where(where).
		AndWhere(dbx.NewExp(pairs)).
		AndWhere(dbx.NewExp("(substr(a.org_path, 1, length(b.org_path)) = b.org_path OR substr(b.org_path, 1, length(a.org_path)) = a.org_path)")).
		AndWhere(dbx.NewExp("max(a.since, b.since, {:today}) < min(COALESCE(NULLIF(a.until, ''), '9999'), COALESCE(NULLIF(b.until, ''), '9999'))",
			dbx.Params{"today": kit.Today(app)})).
		Limit(1).Row(&name, &unit)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return CheckApart(name, unit)
}
