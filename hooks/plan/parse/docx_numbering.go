package parse

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

// numbering turns the automatic numbers of Word into visible ones.
type numbering struct {
	abstract map[string]*listDef // By abstractNumId.
	nums     map[string]string   // numId to abstractNumId.
	styles   map[string]styleNum // Numbering that a style brings.
	counts   map[string][]int    // Per list, a counter for each level.
}

type listDef struct{ levels map[int]levelDef }

type levelDef struct {
	format, text string
	start        int
}

type styleNum struct{ num, level, based string }

// The parts of numbering.xml and styles.xml that are used.
type (
	xmlVal struct {
		Val string `xml:"val,attr"`
	}
	xmlLevel struct {
		Level  string `xml:"ilvl,attr"`
		Start  xmlVal `xml:"start"`
		Format xmlVal `xml:"numFmt"`
		Text   xmlVal `xml:"lvlText"`
	}
	xmlAbstract struct {
		ID     string     `xml:"abstractNumId,attr"`
		Levels []xmlLevel `xml:"lvl"`
	}
	xmlNum struct {
		ID       string `xml:"numId,attr"`
		Abstract xmlVal `xml:"abstractNumId"`
	}
	xmlNumbering struct {
		Abstracts []xmlAbstract `xml:"abstractNum"`
		Nums      []xmlNum      `xml:"num"`
	}
	xmlStyle struct {
		ID    string `xml:"styleId,attr"`
		Based xmlVal `xml:"basedOn"`
		Num   xmlVal `xml:"pPr>numPr>numId"`
		Level xmlVal `xml:"pPr>numPr>ilvl"`
	}
	xmlStyles struct {
		Styles []xmlStyle `xml:"style"`
	}
)

// readNumbering reads the lists of a document; a document without any is
// whole, one with a broken list reads without its numbers.
func readNumbering(z *zip.Reader) (*numbering, error) {
	n := &numbering{abstract: map[string]*listDef{}, nums: map[string]string{}, styles: map[string]styleNum{}, counts: map[string][]int{}}
	if raw, err := readPart(z, "word/numbering.xml"); err == nil {
		var x xmlNumbering
		if xml.Unmarshal(raw, &x) == nil {
			n.addLists(x)
		}
	} else if !errors.Is(err, errBroken) {
		return nil, err
	}
	if raw, err := readPart(z, "word/styles.xml"); err == nil {
		var x xmlStyles
		if xml.Unmarshal(raw, &x) == nil {
			for _, s := range x.Styles {
				n.styles[s.ID] = styleNum{s.Num.Val, s.Level.Val, s.Based.Val}
			}
		}
	} else if !errors.Is(err, errBroken) {
		return nil, err
	}
	return n, nil
}

func (n *numbering) addLists(x xmlNumbering) {
	for _, a := range x.Abstracts {
		def := &listDef{levels: map[int]levelDef{}}
		for _, l := range a.Levels {
			start, err := strconv.Atoi(l.Start.Val)
			if err != nil {
				start = 1
			}
			def.levels[smallNumber(l.Level, 0, 8)] = levelDef{l.Format.Val, l.Text.Val, start}
		}
		n.abstract[a.ID] = def
	}
	for _, num := range x.Nums {
		n.nums[num.ID] = num.Abstract.Val
	}
}

// next counts a paragraph and returns its number as Word would show it.
func (n *numbering) next(p *paragraph) string {
	num, level := n.listOf(p)
	def := n.abstract[n.nums[num]]
	if def == nil {
		return ""
	}
	l, ok := def.levels[level]
	if !ok || l.format == "none" {
		return ""
	}
	if l.format == "bullet" {
		return "• "
	}
	counts := n.count(n.nums[num], def, level)
	text := l.text
	for k := 0; k <= level; k++ {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(k+1), formatNumber(def.levels[k].format, counts[k]))
	}
	return text
}

// listOf finds the list of a paragraph: its own, or that of its style.
func (n *numbering) listOf(p *paragraph) (string, int) {
	if p.hasNum {
		return p.num, smallNumber(p.level, 0, 8)
	}
	style := p.style
	for range 10 {
		s, ok := n.styles[style]
		if !ok {
			break
		}
		if s.num != "" {
			return s.num, smallNumber(s.level, 0, 8)
		}
		style = s.based
	}
	return "", 0
}

// count goes one further at a level and begins the lower ones anew.
func (n *numbering) count(list string, def *listDef, level int) []int {
	c := n.counts[list]
	if c == nil {
		c = make([]int, 9)
		for k := range c {
			c[k] = def.levels[k].start - 1
		}
		n.counts[list] = c
	}
	for k := range level {
		if c[k] < def.levels[k].start {
			c[k] = def.levels[k].start
		}
	}
	c[level]++
	for k := level + 1; k < len(c); k++ {
		c[k] = def.levels[k].start - 1
	}
	return c
}

func formatNumber(format string, n int) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting", "ideographTraditional", "ideographDigital", "ideographLegalTraditional":
		return cjkNumeral(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string('①' + rune(n-1))
		}
	case "lowerLetter", "upperLetter":
		base := 'a'
		if format == "upperLetter" {
			base = 'A'
		}
		return string(base + rune(max(0, n-1)%26))
	}
	return strconv.Itoa(n)
}

// cjkNumeral writes 1 to 999 as 一 to 九百九十九.
func cjkNumeral(n int) string {
	d := []rune(cjkDigits)
	switch {
	case n < 0 || n > 999:
		return strconv.Itoa(n)
	case n < 10:
		return string(d[n])
	case n < 20:
		return "十" + strings.TrimSuffix(string(d[n%10]), "零")
	case n < 100:
		return string(d[n/10]) + "十" + strings.TrimSuffix(string(d[n%10]), "零")
	case n%100 == 0:
		return string(d[n/100]) + "百"
	case n%100 < 10:
		return string(d[n/100]) + "百零" + string(d[n%10])
	case n%100 < 20:
		return string(d[n/100]) + "百一" + cjkNumeral(n%100)
	}
	return string(d[n/100]) + "百" + cjkNumeral(n%100)
}
