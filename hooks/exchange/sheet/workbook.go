package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// NotesSheet is the sheet that explains the columns; it holds no data.
const NotesSheet = "列说明"

func openWorkbook(name string, f *os.File) (*Book, error) {
	x, err := excelize.OpenFile(name, excelize.Options{UnzipSizeLimit: maxUnpacked})
	if err != nil {
		return nil, &FileError{"sheet_broken", "文件损坏，打不开；请在 Excel 或 WPS 里重新保存后再上传。"}
	}
	era := From1900
	if props, err := x.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		era = Era(*props.Date1904)
	}
	book := &Book{close: func() error { return errors.Join(x.Close(), f.Close()) }}
	for _, sheet := range x.GetSheetList() {
		if visible, err := x.GetSheetVisible(sheet); err != nil || !visible || sheet == NotesSheet {
			continue
		}
		book.tables = append(book.tables, table{
			name: sheet, era: era,
			rows:   func() (cursor, error) { return workbookRows(x, sheet) },
			merged: func() ([]merge, error) { return merges(f, sheet) },
		})
	}
	if len(book.tables) == 0 {
		return nil, errors.Join(&FileError{"sheet_empty", "这个表格里没有可以读的工作表。"}, x.Close())
	}
	return book, nil
}

// workbookCursor reads the same sheet twice in step: as it is stored and as it
// is shown.
type workbookCursor struct {
	raw, shown *excelize.Rows
	number     int
}

func workbookRows(x *excelize.File, sheet string) (cursor, error) {
	raw, err := x.Rows(sheet)
	if err != nil {
		return nil, err
	}
	shown, err := x.Rows(sheet)
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	return &workbookCursor{raw: raw, shown: shown}, nil
}

func (w *workbookCursor) next() (int, []Cell, error) {
	if !w.raw.Next() || !w.shown.Next() {
		if err := errors.Join(w.raw.Error(), w.shown.Error()); err != nil {
			return 0, nil, err
		}
		return 0, nil, io.EOF
	}
	w.number++
	raw, err := w.raw.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return w.number, nil, err
	}
	shown, err := w.shown.Columns(excelize.Options{ShortDatePattern: "yyyy-mm-dd"})
	if err != nil {
		return w.number, nil, err
	}
	cells := make([]Cell, max(len(raw), len(shown)))
	for i := range cells {
		if i < len(raw) {
			cells[i].Raw = raw[i]
		}
		if i < len(shown) {
			cells[i].Shown = shown[i]
		}
	}
	return w.number, cells, nil
}

func (w *workbookCursor) Close() error { return errors.Join(w.raw.Close(), w.shown.Close()) }

// merge is a block of cells shown as one, rows from 1 and columns from 0; only
// the first cell holds the value.
type merge struct{ top, bottom, left, right int }

var mergeRef = regexp.MustCompile(`<(?:\w+:)?mergeCell\s+ref="([A-Z]+[0-9]+):([A-Z]+[0-9]+)"`)

// merges lists the merged blocks of a sheet, from the top. They stand after the
// rows; excelize would load the whole sheet to find them.
func merges(f *os.File, sheet string) ([]merge, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil, err
	}
	part, err := partOf(z, sheet)
	if err != nil || part == "" {
		return nil, err
	}
	r, err := z.Open(part)
	if err != nil {
		return nil, err
	}
	defer r.Close()

	var out []merge
	err = scanParts(r, func(chunk []byte) {
		for _, m := range mergeRef.FindAllSubmatch(chunk, -1) {
			left, top, err1 := excelize.CellNameToCoordinates(string(m[1]))
			right, bottom, err2 := excelize.CellNameToCoordinates(string(m[2]))
			if err1 == nil && err2 == nil && len(out) < MaxRows {
				out = append(out, merge{top, bottom, left - 1, right - 1})
			}
		}
	})
	slices.SortFunc(out, func(a, b merge) int { return a.top - b.top })
	return out, err
}

// scanParts hands over the tags of a stream one after the other.
func scanParts(r io.Reader, see func([]byte)) error {
	in := bufio.NewReaderSize(r, 1<<16)
	for {
		tag, err := in.ReadSlice('>')
		if len(tag) > 0 && len(tag) < 200 {
			see(tag)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// partOf finds the file of a sheet in the package.
func partOf(z *zip.Reader, sheet string) (string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			Rel  string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := decode(z, "xl/workbook.xml", &book); err != nil {
		return "", err
	}
	if err := decode(z, "xl/_rels/workbook.xml.rels", &rels); err != nil {
		return "", err
	}
	for _, s := range book.Sheets {
		for _, r := range rels.List {
			if s.Name == sheet && s.Rel == r.ID {
				if rest, absolute := strings.CutPrefix(r.Target, "/"); absolute {
					return rest, nil
				}
				return path.Join("xl", r.Target), nil
			}
		}
	}
	return "", nil
}

func decode(z *zip.Reader, name string, into any) error {
	r, err := z.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(r).Decode(into)
}
