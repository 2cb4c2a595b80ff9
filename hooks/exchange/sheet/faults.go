package sheet

import (
	"fmt"
	"strings"
)

// FileError is a file that can't be read as a table at all.
type FileError struct{ Code, Message string }

func (e *FileError) Error() string { return e.Message }

// Problem is why the text of a cell is no value of its column.
type Problem struct{ Code, Message string }

func (p *Problem) Error() string { return p.Message }

func problem(code, format string, args ...any) *Problem {
	return &Problem{"sheet_" + code, fmt.Sprintf(format, args...)}
}

// Fault is a problem and where it is. A fault of a whole row has no Column.
type Fault struct {
	Row     int    `json:"row"`
	Column  string `json:"column,omitempty"` // letters: C
	Field   string `json:"field,omitempty"`
	Title   string `json:"title,omitempty"`
	Text    string `json:"text,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error is the fault in one sentence that names the cell.
func (f Fault) Error() string {
	if f.Column == "" {
		return fmt.Sprintf("第%d行：%s", f.Row, f.Message)
	}
	return fmt.Sprintf("第%d行%s列：%s", f.Row, f.Column, f.Message)
}

// Letters is the name of a column as spreadsheets show it, from 0.
func Letters(column int) string {
	var out []byte
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		out = append([]byte{byte('A' + (n-1)%26)}, out...)
	}
	return string(out)
}

// clip shortens what a person wrote so that it fits into a sentence.
func clip(s string) string {
	const most = 20
	if r := []rune(strings.Join(strings.Fields(s), " ")); len(r) > most {
		return string(r[:most-1]) + "…"
	} else {
		return string(r)
	}
}
