package pay

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
)

func slipOf(r *core.Record) Slip {
	return Slip{
		Person: r.GetString("person"), Org: r.GetString("org"), Amount: rate.Fen(r.GetInt("amount")), From: r.GetString("from_month"), To: r.GetString("to_month"),
		Method: r.GetString("method"), Payer: r.GetString("payer"), PayerPerson: r.GetString("payer_person"), RecordedBy: r.GetString("recorded_by"),
		ReceivedOn: r.GetString("received_on"), Reason: r.GetString("reason"), Document: r.GetString("document"), Receipt: r.GetString("receipt_no"),
	}
}

func nameOf(app core.App, person string) (name string, err error) {
	err = app.DB().Select("name").From("people").Where(dbx.HashExp{"id": person}).Row(&name)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return name, err
}

// nextReceipt is the next number of an organization in a year, such as
// 2026-000012. Payments are never deleted, so there is no gap.
func nextReceipt(app core.App, unit, year string) (string, error) {
	var last string
	err := app.DB().NewQuery(`SELECT receipt_no FROM dues_payments WHERE org = {:org} AND receipt_no != '' AND receipt_no >= {:lo} AND receipt_no < {:hi}
		ORDER BY receipt_no DESC LIMIT 1`).Bind(dbx.Params{"org": unit, "lo": year + "-", "hi": year + "."}).Row(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	n := 0
	if last != "" {
		if n, err = strconv.Atoi(last[5:]); err != nil {
			return "", fmt.Errorf("receipt number %q: %w", last, err)
		}
	}
	return fmt.Sprintf("%s-%06d", year, n+1), nil
}
