package parse

import (
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	path := os.Getenv("DUMP")
	if path == "" {
		t.Skip()
	}
	raw, _ := os.ReadFile(path)
	text, err := File(path, raw)
	if err != nil {
		t.Fatal(err)
	}
	pl := Text(text, Options{})
	y := 0
	if pl.Year != nil {
		y = *pl.Year
	}
	fmt.Printf("TITLE %q YEAR %d\nPRE %.60q\n", pl.Title, y, pl.Preamble)
	for _, s := range pl.Sections {
		fmt.Printf("S %d %q\n", s.Number, s.Title)
		for _, it := range s.Items {
			fmt.Printf("  I %d %q\n", it.Number, it.Title)
			for _, o := range it.Obligations {
				fmt.Printf("     - [%s] %q conf=%v\n", o.Kind, o.Text, o.NeedsConfirmation)
				if o.Frequency != nil {
					r := "nil"
					if o.Frequency.RRule != nil {
						r = *o.Frequency.RRule
					}
					fmt.Printf("         FREQ %s %s %v\n", o.Frequency.Text, r, o.Frequency.AtLeast)
				}
				if o.Due != nil {
					f, to := "-", "-"
					if o.Due.From != nil {
						f = *o.Due.From
					}
					if o.Due.To != nil {
						to = *o.Due.To
					}
					fmt.Printf("         DUE %s %s..%s\n", o.Due.Text, f, to)
				}
				for _, d := range o.Documents {
					fmt.Printf("         DOC %s %s\n", d.Action, d.Title)
				}
				for _, d := range o.Targets {
					f, to := "-", "-"
					if d.Min != nil {
						f = fmt.Sprint(*d.Min)
					}
					if d.Max != nil {
						to = fmt.Sprint(*d.Max)
					}
					fmt.Printf("         TGT %s %s..%s %s\n", d.Text, f, to, d.Unit)
				}
				if len(o.Owners) > 0 {
					fmt.Printf("         OWN %q\n", o.Owners)
				}
			}
		}
	}
	for _, w := range pl.Warnings {
		fmt.Printf("W %s %v %q %s\n", w.Code, w.Span, w.Text, w.Message)
	}
}
