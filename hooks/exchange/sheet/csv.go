package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// openText reads a file of separated values.
func openText(f *os.File) (*Book, error) {
	enc, err := encodingOf(f)
	if err != nil {
		return nil, err
	}
	sample := make([]byte, 1<<16)
	start, err := decoded(f, enc)
	if err != nil {
		return nil, err
	}
	n, err := io.ReadFull(start, sample)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if bytes.IndexByte(sample[:n], 0) >= 0 {
		return nil, &FileError{"sheet_not_table", "这不是表格文件，请上传 .xlsx 或 .csv 文件。"}
	}
	comma := separator(string(sample[:n]))
	one := table{
		rows: func() (cursor, error) {
			r, err := decoded(f, enc)
			if err != nil {
				return nil, err
			}
			in := csv.NewReader(r)
			in.Comma, in.LazyQuotes, in.FieldsPerRecord, in.ReuseRecord = comma, true, -1, true
			return &textCursor{in}, nil
		},
		merged: func() ([]merge, error) { return nil, nil },
	}
	return &Book{tables: []table{one}, close: f.Close}, nil
}

// encodingOf is UTF-16 or UTF-8 where the file says so, UTF-8 where all of it
// is valid, and otherwise what Chinese offices write: GB18030.
func encodingOf(f *os.File) (encoding.Encoding, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(f, 1<<16)
	head, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return unicode.UTF8BOM, nil
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	}
	for {
		r, size, err := in.ReadRune()
		if errors.Is(err, io.EOF) {
			return unicode.UTF8, nil
		}
		if err != nil {
			return nil, err
		}
		if r == utf8.RuneError && size == 1 {
			return simplifiedchinese.GB18030, nil
		}
	}
}

func decoded(f *os.File, enc encoding.Encoding) (io.Reader, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return transform.NewReader(f, enc.NewDecoder()), nil
}

// separator is the sign that splits the lines most evenly: the one whose
// number per line is most often the same, and more than none.
func separator(sample string) rune {
	best, most := ',', 0
	for _, sign := range []rune{',', '\t', '；', ';', '，'} {
		seen := map[int]int{}
		for i, line := range strings.Split(sample, "\n") {
			if n := strings.Count(line, string(sign)); n > 0 && i < 50 {
				seen[n]++
			}
		}
		for n, lines := range seen {
			if score := lines * min(n, 20); score > most {
				best, most = sign, score
			}
		}
	}
	return best
}

type textCursor struct{ in *csv.Reader }

func (t *textCursor) next() (int, []Cell, error) {
	record, err := t.in.Read()
	if errors.Is(err, io.EOF) {
		return 0, nil, io.EOF
	}
	if err != nil {
		return 0, nil, &FileError{"sheet_broken", "文件的引号不成对，读不下去；请用 Excel 或 WPS 打开后重新另存为 CSV。"}
	}
	line, _ := t.in.FieldPos(0)
	cells := make([]Cell, len(record))
	for i, text := range record {
		cells[i] = Cell{text, text}
	}
	return line, cells, nil
}

func (t *textCursor) Close() error { return nil }
