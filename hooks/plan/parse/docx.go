package parse

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// A .docx is read with the standard library on purpose. The Go libraries for
// Word that are kept and freely licensed give paragraphs, but none of them
// computes automatic numbering (numPr), and without those numbers a plan has
// no structure. What is needed here is small: paragraphs, tables, numbers.

// maxPart bounds an unpacked part, against zip bombs.
const maxPart = 64 << 20

// docxText gives the text of a .docx: one line per paragraph, with its number
// written out, and one line per table row, cells separated by tabs.
func docxText(raw []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", errBroken
	}
	body, err := readPart(z, mainPart(z))
	if err != nil {
		return "", err
	}
	numbers, err := readNumbering(z)
	if err != nil {
		return "", err
	}
	w := &docxWalker{para: &paragraph{}, dec: xml.NewDecoder(bytes.NewReader(body)), numbers: numbers}
	w.dec.Entity = xml.HTMLEntity
	if err := w.document(); err != nil {
		return "", errBroken
	}
	return w.out.String(), nil
}

// mainPart names the part that holds the document: most programs write it to
// word/document.xml, and all say where in _rels/.rels.
func mainPart(z *zip.Reader) string {
	var rels struct {
		List []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if raw, err := readPart(z, "_rels/.rels"); err == nil && xml.Unmarshal(raw, &rels) == nil {
		for _, r := range rels.List {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				return strings.TrimPrefix(r.Target, "/")
			}
		}
	}
	return "word/document.xml"
}

// readPart unpacks one part; a missing one is an error of the file.
func readPart(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if strings.TrimPrefix(f.Name, "/") != name {
			continue
		}
		if f.Flags&1 != 0 {
			return nil, errEncrypted
		}
		if f.UncompressedSize64 > maxPart {
			return nil, errTooLarge
		}
		r, err := f.Open()
		if err != nil {
			return nil, errBroken
		}
		defer r.Close()
		b, err := io.ReadAll(io.LimitReader(r, maxPart+1))
		switch {
		case err != nil:
			return nil, errBroken
		case len(b) > maxPart:
			return nil, errTooLarge
		}
		return b, nil
	}
	return nil, errBroken
}

// docxWalker writes the text of a document in order.
type docxWalker struct {
	dec     *xml.Decoder
	numbers *numbering
	out     strings.Builder
	para    *paragraph
	outer   []*paragraph // Around a text box, a paragraph inside a paragraph.
	depth   int          // Of tables: in a cell, paragraphs are joined.
	cell    strings.Builder
	row     []string
	span    int
	merged  bool // The cell continues the one above it.
	skip    int  // Inside deleted text, field codes and fall-backs.
}

// paragraph is what is known of the paragraph being read.
type paragraph struct {
	text       strings.Builder
	style      string
	num, level string
	hasNum     bool
}

func (w *docxWalker) document() error {
	for {
		t, err := w.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			w.start(e)
		case xml.EndElement:
			w.end(e.Name.Local)
		}
	}
}

// skipped elements hold text that is not part of the document as it reads.
var skipped = map[string]bool{"del": true, "delText": true, "instrText": true, "Fallback": true, "moveFrom": true, "rt": true}

func (w *docxWalker) start(e xml.StartElement) {
	name := e.Name.Local
	if skipped[name] || w.skip > 0 {
		w.skip++
		return
	}
	if w.depth == 1 {
		w.startInTable(name, e)
	}
	switch name {
	case "p":
		w.outer = append(w.outer, w.para)
		w.para = &paragraph{}
	case "pStyle":
		w.para.style = attr(e, "val")
	case "numId":
		w.para.num, w.para.hasNum = attr(e, "val"), true
	case "ilvl":
		w.para.level = attr(e, "val")
	case "t":
		w.text()
	case "tab":
		w.para.text.WriteByte(' ')
	case "br", "cr":
		w.lineBreak(attr(e, "type"))
	case "noBreakHyphen":
		w.para.text.WriteByte('-')
	case "tbl":
		w.depth++
	}
}

// startInTable follows the rows and cells of a table; one inside a cell is
// text of the cell.
func (w *docxWalker) startInTable(name string, e xml.StartElement) {
	switch name {
	case "tr":
		w.row = w.row[:0]
	case "tc":
		w.cell.Reset()
		w.span, w.merged = 1, false
	case "gridSpan":
		w.span = smallNumber(attr(e, "val"), 1, 20)
	case "vMerge":
		w.merged = attr(e, "val") != "restart"
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func smallNumber(s string, low, high int) int {
	n, _ := smallInt([]rune(s), 0, len([]rune(s)))
	return max(low, min(high, n))
}

// text reads the characters of a run up to the end of its element.
func (w *docxWalker) text() {
	for {
		t, err := w.dec.Token()
		if err != nil {
			return
		}
		switch e := t.(type) {
		case xml.CharData:
			w.para.text.Write(e)
		case xml.EndElement:
			return
		}
	}
}

func (w *docxWalker) lineBreak(kind string) {
	switch {
	case kind == "page" || kind == "column":
	case w.depth > 0:
		w.para.text.WriteByte(' ')
	default:
		w.para.text.WriteByte('\n')
	}
}

func (w *docxWalker) end(name string) {
	if w.skip > 0 {
		w.skip--
		return
	}
	switch name {
	case "p":
		w.endParagraph()
	case "tc":
		if w.depth == 1 {
			w.row = append(w.row, w.cellText())
			for ; w.span > 1; w.span-- {
				w.row = append(w.row, "")
			}
		}
	case "tr":
		if w.depth == 1 {
			w.out.WriteString(strings.Join(w.row, "\t") + "\n")
		}
	case "tbl":
		w.depth = max(0, w.depth-1)
	}
}

// cellText is the text of a cell; one that was merged with the cell above says
// 〃, as a clerk would write.
func (w *docxWalker) cellText() string {
	text := strings.TrimSpace(w.cell.String())
	if text == "" && w.merged {
		return string(ditto)
	}
	return text
}

func (w *docxWalker) endParagraph() {
	text := w.para.text.String()
	if strings.TrimSpace(text) != "" {
		text = w.numbers.next(w.para) + text
	}
	w.para, w.outer = w.outer[len(w.outer)-1], w.outer[:len(w.outer)-1]
	if w.depth == 0 {
		w.out.WriteString(text + "\n")
		return
	}
	if w.cell.Len() > 0 {
		w.cell.WriteByte(' ')
	}
	w.cell.WriteString(strings.NewReplacer("\t", " ", "\n", " ").Replace(strings.TrimSpace(text)))
}
