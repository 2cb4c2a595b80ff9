package parse_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// corpusFile gives the bytes a clerk would upload.
func corpusFile(t *testing.T, name string) (string, []byte) {
	t.Helper()
	file := name + ".txt"
	raw, err := os.ReadFile(filepath.Join(corpusDir, file))
	if err != nil {
		file = name + ".md"
		raw, err = os.ReadFile(filepath.Join(corpusDir, file))
	}
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(raw), "\n")
	switch order := strings.Fields(head); order[0] {
	case "#assemble":
		for _, part := range order[1:] {
			_, more := corpusFile(t, part)
			rest += string(more) + "\n"
		}
		return file, []byte(rest)
	case "#encoding":
		if order[1] == "docx" {
			return name + ".docx", docx(t, rest)
		}
		coded, err := simplifiedchinese.GB18030.NewEncoder().String(rest)
		if err != nil {
			t.Fatal(err)
		}
		return file, []byte(coded)
	}
	return file, raw
}

// docx writes a minimal Word file: "|a|b" is a table row, "^" a cell merged with the one above, "[1]text" a paragraph numbered by Word at that level.
func docx(t *testing.T, text string) []byte {
	t.Helper()
	const ns = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	const types = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + types + `document.main+xml"/>` +
			`<Override PartName="/word/numbering.xml" ContentType="` + types + `numbering+xml"/></Types>`},
		{"_rels/.rels", rels + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", rels + `numbering" Target="numbering.xml"/></Relationships>`},
		{"word/numbering.xml", `<w:numbering` + ns + `><w:abstractNum w:abstractNumId="0">` +
			`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>` +
			`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`},
		{"word/document.xml", `<w:document` + ns + `><w:body>` + docxBody(text) + `</w:body></w:document>`},
	} {
		f, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(head + part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func docxBody(text string) string {
	var b strings.Builder
	table := false
	for line := range strings.Lines(text + "\n") {
		line = strings.TrimSpace(line)
		row, isRow := strings.CutPrefix(line, "|")
		switch {
		case isRow && !table:
			b.WriteString("<w:tbl>")
		case !isRow && table:
			b.WriteString("</w:tbl>")
		}
		table = isRow
		switch {
		case isRow:
			b.WriteString("<w:tr>")
			for cell := range strings.SplitSeq(row, "|") {
				if cell == "^" {
					b.WriteString("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>")
					continue
				}
				b.WriteString(`<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + docxParagraph("", cell) + "</w:tc>")
			}
			b.WriteString("</w:tr>")
		case len(line) > 3 && line[0] == '[' && line[2] == ']':
			b.WriteString(docxParagraph(`<w:pPr><w:numPr><w:ilvl w:val="`+line[1:2]+`"/><w:numId w:val="1"/></w:numPr></w:pPr>`, line[3:]))
		case line != "":
			b.WriteString(docxParagraph("", line))
		}
	}
	return b.String()
}

// docxParagraph splits the text over two runs, as Word does.
func docxParagraph(props, text string) string {
	runes := []rune(text)
	var b strings.Builder
	b.WriteString("<w:p>" + props)
	for _, part := range []string{string(runes[:len(runes)/2]), string(runes[len(runes)/2:])} {
		b.WriteString(`<w:r><w:t xml:space="preserve">`)
		_ = xml.EscapeText(&b, []byte(part))
		b.WriteString(`</w:t></w:r>`)
	}
	return b.String() + "</w:p>"
}
