package parse_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yaodian/hooks/plan/parse"
)

const oneItem = "一、组织建设\r\n1.每月召开一次支委会。\r\n"

const oneItemRead = "一、组织建设\n1.每月召开一次支委会。\n"

func TestFileDecodes(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(oneItem)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ what, name, raw string }{
		{"UTF-8", "要点.txt", oneItem},
		{"UTF-8 with a byte order mark", "要点.TXT", "\xEF\xBB\xBF" + oneItem},
		{"GB18030", "要点.txt", gb},
		{"UTF-16, little-endian", "要点.txt", "\xFF\xFE" + utf16Text(binary.LittleEndian)},
		{"UTF-16, big-endian", "要点.txt", "\xFE\xFF" + utf16Text(binary.BigEndian)},
		{"Markdown", "要点.md", oneItem},
		{"without an extension", "要点", oneItem},
		{"Word", "要点.docx", string(docx(t, oneItem))},
		{"Word with the wrong name", "要点.txt", string(docx(t, oneItem))},
		{"Word with the old name", "要点.doc", string(docx(t, oneItem))},
	} {
		t.Run(c.what, func(t *testing.T) {
			text, err := parse.File(c.name, []byte(c.raw))
			if err != nil || strings.TrimRight(text, "\n") != strings.TrimRight(oneItemRead, "\n") {
				t.Fatalf("File = %q, %v", text, err)
			}
		})
	}
}

func utf16Text(order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(oneItem)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestFileRefuses(t *testing.T) {
	whole := string(docx(t, oneItem))
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	encrypted := ole + strings.Repeat("\x00", 500) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	for _, c := range []struct{ what, name, raw, code string }{
		{"empty", "要点.txt", "", "plan_file_empty"},
		{"blank", "要点.txt", " \n\t\r\n ", "plan_file_empty"},
		{"only zero-width characters", "要点.txt", "\uFEFF\n", "plan_file_empty"},
		{"Word without text", "要点.docx", string(docx(t, "")), "plan_file_empty"},
		{"too large", "要点.txt", strings.Repeat("a", parse.MaxFile+1), "plan_file_too_large"},
		{"old Word", "要点.doc", ole + strings.Repeat("\x00", 500), "plan_file_doc"},
		{"old Word as .docx", "要点.docx", ole + strings.Repeat("\x00", 500), "plan_file_doc"},
		{"old Word as .txt", "要点.txt", ole + strings.Repeat("\x00", 500), "plan_file_doc"},
		{"encrypted", "要点.docx", encrypted, "plan_file_encrypted"},
		{"encrypted entry", "要点.docx", zipOf(t, "word/document.xml", "<w:document/>", 1), "plan_file_encrypted"},
		{"cut off", "要点.docx", whole[:len(whole)/2], "plan_file_broken"},
		{"no zip", "要点.docx", "PK\x03\x04不是压缩包", "plan_file_broken"},
		{"no document inside", "要点.docx", zipOf(t, "readme.txt", "你好", 0), "plan_file_broken"},
		{"broken XML", "要点.docx", zipOf(t, "word/document.xml", "<w:document><w:body><w:p><w:r><w:t>一、", 0), "plan_file_broken"},
		{"zip bomb", "要点.docx", zipOf(t, "word/document.xml", strings.Repeat(" ", 65<<20), 0), "plan_file_too_large"},
		{"picture", "要点.txt", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\x02\xff\xfe", 200), "plan_file_binary"},
		{"zeros", "要点.md", strings.Repeat("\x00", 4096), "plan_file_binary"},
		{"PDF", "要点.pdf", "%PDF-1.7\n%âãÏÓ", "plan_file_pdf"},
		{"PDF as .txt", "要点.txt", "%PDF-1.4 ...", "plan_file_pdf"},
		{"another type", "要点.xlsx", "PK\x03\x04", "plan_file_type"},
	} {
		t.Run(c.what, func(t *testing.T) {
			text, err := parse.File(c.name, []byte(c.raw))
			var bad *parse.FileError
			if !errors.As(err, &bad) || bad.Code != c.code {
				t.Fatalf("File = %.40q, %v, want %s", text, err, c.code)
			}
			if !strings.HasSuffix(bad.Message, "。") {
				t.Errorf("%q is no sentence", bad.Message)
			}
		})
	}
}

// zipOf is an archive of one entry; flags 1 marks it as encrypted.
func zipOf(t *testing.T, name, content string, flags uint16) string {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Flags: flags})
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.String()
}
