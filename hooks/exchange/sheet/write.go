package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// Format is how a table is written.
type Format string

// The formats.
const (
	XLSX  Format = "xlsx"
	CSV   Format = "csv"    // UTF-8, with the mark by which Excel knows it
	CSVGB Format = "csv_gb" // GB18030, for older programs
)

// Options say how a table is written.
type Options struct {
	Format Format
	// Mark is printed at the foot of every page: who exported it and when. It
	// stands outside the cells, so that the table reads back as it is.
	Mark string
}

// Writer writes a table row by row.
type Writer interface {
	// Write adds a row of values by field.
	Write(values map[string]any) error
	// Close finishes the table; the file below stays open.
	Close() error
}

// NewWriter begins a table with its header.
func NewWriter(w io.Writer, d Description, o Options) (Writer, error) {
	switch o.Format {
	case XLSX:
		return newWorkbook(w, d, o)
	case CSV, CSVGB:
		return newText(w, d, o)
	}
	return nil, fmt.Errorf("unknown format %q", o.Format)
}

type textWriter struct {
	out     *csv.Writer
	under   io.Closer
	columns []Column
}

func newText(w io.Writer, d Description, o Options) (Writer, error) {
	t := &textWriter{columns: d.Columns}
	if o.Format == CSVGB {
		encoded := transform.NewWriter(w, simplifiedchinese.GB18030.NewEncoder())
		w, t.under = encoded, encoded
	} else if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	t.out = csv.NewWriter(w)
	t.out.UseCRLF = true
	titles := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		titles[i] = c.Title
	}
	return t, t.out.Write(titles)
}

func (t *textWriter) Write(values map[string]any) error {
	record := make([]string, len(t.columns))
	for i, c := range t.columns {
		record[i] = c.Text(values[c.Field])
		if !c.numeric() {
			record[i] = guard(record[i])
		}
	}
	return t.out.Write(record)
}

func (t *textWriter) Close() error {
	t.out.Flush()
	err := t.out.Error()
	if t.under != nil {
		err = errors.Join(err, t.under.Close())
	}
	return err
}

func (c Column) numeric() bool { return c.Kind == Whole || c.Kind == Decimal || c.Kind == Money }
