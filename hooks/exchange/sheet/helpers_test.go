package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// writeBomb packs a workbook whose sheet is a gigabyte of blanks.
func writeBomb(t testing.TB, w io.Writer) {
	t.Helper()
	z := zip.NewWriter(w)
	blanks := make([]byte, 1<<20)
	for _, name := range []string{"xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		part, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 80 {
			if _, err := part.Write(blanks); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

func otherZip(t testing.TB) []byte {
	t.Helper()
	out := new(bytes.Buffer)
	z := zip.NewWriter(out)
	if _, err := z.Create("word/document.xml"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
