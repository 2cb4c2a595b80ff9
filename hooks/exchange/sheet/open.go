package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
)

// What a file may hold at most.
const (
	MaxFile  = 100 << 20 // bytes
	MaxRows  = 200_000
	MaxCells = 5_000_000
	maxWidth = 500 // columns

	maxUnpacked = 2 << 30 // bytes of all parts of a workbook
	maxRatio    = 200     // how much larger unpacked than packed, once it is large at all
	smallEnough = 64 << 20
)

// Book is an open file with one or more tables in it.
type Book struct {
	tables []table
	close  func() error
}

// table is one sheet of a workbook, or all of a text file.
type table struct {
	name   string
	era    Era
	rows   func() (cursor, error)
	merged func() ([]merge, error)
}

// cursor walks through the rows of a table; at the end it says io.EOF. Rows
// without cells may be left out.
type cursor interface {
	next() (number int, cells []Cell, err error)
	Close() error
}

// Close lets go of the file.
func (b *Book) Close() error { return b.close() }

// Open recognizes a file by what is in it, not by its name.
func Open(path string) (*Book, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	book, err := open(path, f, info.Size())
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return book, nil
}

func open(path string, f *os.File, size int64) (*Book, error) {
	if size > MaxFile {
		return nil, &FileError{"sheet_too_large", "文件超过 100 MB，请分成几个文件导入。"}
	}
	head := make([]byte, 8)
	n, err := io.ReadFull(f, head)
	switch head = head[:n]; {
	case n == 0:
		return nil, &FileError{"sheet_empty", "文件是空的。"}
	case err != nil && n < len(head):
		return openText(f)
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}):
		return nil, oldOrLocked(f)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if err := checkZip(f, size); err != nil {
			return nil, err
		}
		return openWorkbook(path, f)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return nil, &FileError{"sheet_pdf", "这是 PDF 文件，请上传原来的 Excel 表格。"}
	}
	return openText(f)
}

// oldOrLocked tells a workbook of Excel 97–2003 from one with a password: both
// come in the same container.
func oldOrLocked(f *os.File) error {
	const look = 1 << 20
	head := make([]byte, look)
	n, err := f.ReadAt(head, 0)
	if err != nil && n == 0 {
		return err
	}
	if bytes.Contains(head[:n], utf16("EncryptedPackage")) || bytes.Contains(head[:n], utf16("EncryptionInfo")) {
		return &FileError{"sheet_locked", "这个表格设了打开密码，请在 Excel 或 WPS 里取消密码，另存以后再上传。"}
	}
	return &FileError{"sheet_old", "这是旧格式的表格（.xls），请在 Excel 或 WPS 里用“另存为”改存成 .xlsx，再上传。"}
}

func utf16(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// checkZip looks at what the parts of a workbook say about their size before
// any is unpacked. One that says too little is stopped by archive/zip itself.
func checkZip(f *os.File, size int64) error {
	broken := &FileError{"sheet_broken", "文件损坏，打不开；请在 Excel 或 WPS 里重新保存后再上传。"}
	z, err := zip.NewReader(f, size)
	if err != nil {
		return broken
	}
	var unpacked uint64
	workbook := false
	for _, part := range z.File {
		unpacked += part.UncompressedSize64
		if unpacked > maxUnpacked || unpacked > smallEnough && unpacked/uint64(max(size, 1)) > maxRatio {
			return &FileError{"sheet_bomb", "这个文件展开后大得不正常，没有打开；请把数据复制到一个新的表格里，再上传。"}
		}
		workbook = workbook || part.Name == "xl/workbook.xml"
	}
	if !workbook {
		return &FileError{"sheet_not_workbook", "这不是 Excel 表格（.xlsx），请上传 .xlsx 或 .csv 文件。"}
	}
	return nil
}
