package exchange

import (
	"iter"

	"yaodian/hooks/exchange/sheet"
)

// chunks reads a table n rows at a time.
func chunks(t *sheet.Table, n int) iter.Seq2[[]sheet.Row, error] {
	return func(yield func([]sheet.Row, error) bool) {
		rows := make([]sheet.Row, 0, n)
		for row, err := range t.Rows() {
			if err != nil {
				yield(nil, err)
				return
			}
			if rows = append(rows, row); len(rows) < n {
				continue
			}
			if !yield(rows, nil) {
				return
			}
			rows = make([]sheet.Row, 0, n)
		}
		if len(rows) > 0 {
			yield(rows, nil)
		}
	}
}

func batches(rows []sheet.Row) iter.Seq[[]sheet.Row] {
	return func(yield func([]sheet.Row) bool) {
		for from := 0; from < len(rows); from += batch {
			if !yield(rows[from:min(from+batch, len(rows))]) {
				return
			}
		}
	}
}

func merged(a, b map[string]any) map[string]any {
	for k, v := range b {
		a[k] = v
	}
	return a
}
