package pay

import (
	"context"
	"errors"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/kit"
	"yaodian/hooks/words"
)

var errRollback = errors.New("nothing is to be written")

// Enter records a day's list in one transaction: all of it, or nothing where a
// row is refused or the list is only tried. Recorder is who records where no
// person acts.
func Enter(app core.App, ctx context.Context, day Day, recorder string) (DayResult, error) {
	result := DayResult{Batch: newBatch(day.ReceivedOn)}
	err := app.RunInTransaction(func(tx core.App) error {
		c, err := tx.FindCachedCollectionByNameOrId(Payments)
		if err != nil {
			return err
		}
		failed := false
		for i := range day.Rows {
			record := core.NewRecord(c)
			record.Load(day.row(i, result.Batch, recorder))
			row, err := enterRow(tx, ctx, record)
			if err != nil {
				return err
			}
			failed = failed || row.Error != ""
			result.Total += slipOf(record).Amount
			result.Rows = append(result.Rows, row)
		}
		if failed || day.Preview {
			return errRollback
		}
		return nil
	})
	if errors.Is(err, errRollback) {
		for i := range result.Rows {
			result.Rows[i].ID, result.Rows[i].Receipt = "", ""
		}
		result.Batch = ""
		return result, nil
	}
	result.Written = err == nil
	return result, err
}

// enterRow saves one payment; a broken rule is the row's, any other error is
// everybody's.
func enterRow(app core.App, ctx context.Context, record *core.Record) (RowResult, error) {
	row := RowResult{Person: record.GetString("person"), Parts: []Part{}, Warnings: Warnings(slipOf(record))}
	if err := app.SaveWithContext(ctx, record); err != nil {
		for _, v := range kit.Violations(err) {
			row.Error += sentence(v)
		}
		if row.Error == "" {
			return row, err
		}
		return row, nil
	}
	row.ID, row.Receipt = record.Id, record.GetString("receipt_no")
	lines, err := ledger.OfPayment(app, record.Id)
	for _, l := range lines {
		row.Parts = append(row.Parts, Part{l.Month, -l.Amount})
	}
	return row, err
}

// sentence is what a person reads of a broken rule, PocketBase's own included.
func sentence(err error) string {
	var coded validation.Error
	if errors.As(err, &coded) {
		return words.Field(coded.Code(), coded.Error(), coded.Params())
	}
	return err.Error()
}
