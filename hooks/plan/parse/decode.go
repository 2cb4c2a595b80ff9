package parse

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// FileError says in Chinese why a file can't be read. Its code is for the
// client, its message for the clerk.
type FileError struct{ Code, Message string }

func (e *FileError) Error() string { return e.Message }

// MaxFile is the largest file that is read.
const MaxFile = 20 << 20

var (
	errEmpty     = &FileError{"plan_file_empty", "文件是空的，请检查后重新上传。"}
	errDoc       = &FileError{"plan_file_doc", "这是旧版 Word 文档（.doc），请在 Word 或 WPS 中另存为 .docx 后重新上传。"}
	errBroken    = &FileError{"plan_file_broken", "这个 .docx 文件已损坏，无法打开，请重新保存后上传。"}
	errEncrypted = &FileError{"plan_file_encrypted", "这个文件设有打开密码，请取消密码后重新上传。"}
	errBinary    = &FileError{"plan_file_binary", "文件内容不是文字，请上传 .txt、.md 或 .docx 文件。"}
	errPDF       = &FileError{"plan_file_pdf", "不能直接读取 PDF，请复制其中的文字粘贴进来，或另存为 .docx 后上传。"}
	errTooLarge  = &FileError{"plan_file_too_large", "文件超过 20 MB，请拆分或删去图片后重新上传。"}
	errType      = &FileError{"plan_file_type", "只能读取 .txt、.md 和 .docx 文件。"}
)

// File decodes a file to text with \n as the only line break. Its errors are
// all *FileError.
func File(name string, raw []byte) (string, error) {
	switch {
	case len(raw) > MaxFile:
		return "", errTooLarge
	case len(bytes.TrimSpace(raw)) == 0:
		return "", errEmpty
	}
	if bytes.HasPrefix(raw, pdfMagic) {
		return "", errPDF
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".docx":
		return fileDocx(raw)
	case ".doc":
		if bytes.HasPrefix(raw, zipMagic) {
			return fileDocx(raw)
		}
		return "", errDoc
	case ".txt", ".md", ".markdown", ".text", "":
		return fileText(raw)
	}
	return "", errType
}

var (
	zipMagic = []byte("PK\x03\x04")
	pdfMagic = []byte("%PDF-")
	oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
)

// fileDocx reads a .docx, which is a zip; an OLE container in its place is a
// .doc with the wrong name or an encrypted .docx.
func fileDocx(raw []byte) (string, error) {
	if bytes.HasPrefix(raw, oleMagic) {
		if bytes.Contains(raw, utf16Bytes("EncryptedPackage")) {
			return "", errEncrypted
		}
		return "", errDoc
	}
	text, err := docxText(raw)
	if err != nil {
		return "", err
	}
	return checked(text)
}

func utf16Bytes(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// fileText reads text in UTF-8, UTF-16 with a byte order mark, or GB18030.
func fileText(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, zipMagic):
		return fileDocx(raw)
	case bytes.HasPrefix(raw, oleMagic):
		return "", errDoc
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return checked(decodeUTF16(raw[2:], binary.LittleEndian))
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return checked(decodeUTF16(raw[2:], binary.BigEndian))
	case utf8.Valid(raw):
		return checked(string(raw))
	case mostlyUTF8(raw):
		return checked(strings.ToValidUTF8(string(raw), "\uFFFD"))
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil {
		return "", errBinary
	}
	return checked(string(out))
}

func decodeUTF16(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, order.Uint16(raw[i:]))
	}
	return string(utf16.Decode(units))
}

// mostlyUTF8 tells UTF-8 with a few broken bytes, as a cut file has, from
// GB18030, where hardly any character is valid UTF-8.
func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for len(raw) > 0 {
		c, n := utf8.DecodeRune(raw)
		switch {
		case c == utf8.RuneError && n == 1:
			bad++
		case n >= 3:
			good++
		}
		raw = raw[n:]
	}
	return good > 20*bad
}

// checked refuses what decodes but is no text, and normalises its breaks.
func checked(text string) (string, error) {
	total, junk := 0, 0
	for _, c := range text {
		total++
		if c == utf8.RuneError || unicode.IsControl(c) && !unicode.IsSpace(c) || unicode.Is(unicode.Co, c) {
			junk++
		}
	}
	if junk*20 > total {
		return "", errBinary
	}
	text = normalise(text)
	if strings.TrimFunc(text, unicode.IsSpace) == "" {
		return "", errEmpty
	}
	return text, nil
}
