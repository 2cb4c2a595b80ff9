package parse

import "strings"

// grid keeps the columns of an HTML table in line where cells are merged: a
// cell under a rowspan is 〃, a colspan leaves empty cells behind it.
type grid struct {
	col   int
	wide  int   // Colspan of the open cell.
	spans []int // Rows that a cell further up still reaches, by column.
}

// maxColumns bounds a table; what lies beyond is not kept in line.
const maxColumns = 40

func (g *grid) tag(l *lexer, name string, tag []rune) {
	switch name {
	case "table":
		*g = grid{}
	case "tr":
		g.col = 0
	case "td", "th":
		g.skip(l)
		g.open(spanOf(tag, "rowspan"), spanOf(tag, "colspan"))
	case "/td", "/th":
		for ; g.wide > 1; g.wide-- {
			l.insert(cellEnd)
		}
	case "/tr":
		g.skip(l)
	}
}

// skip writes the cells that reach into this row from above.
func (g *grid) skip(l *lexer) {
	for g.col < len(g.spans) && g.spans[g.col] > 0 {
		g.spans[g.col]--
		g.col++
		l.insert(ditto)
		l.insert(cellEnd)
	}
}

func (g *grid) open(rows, columns int) {
	g.wide = columns
	for range columns {
		if g.col >= maxColumns {
			return
		}
		for len(g.spans) <= g.col {
			g.spans = append(g.spans, 0)
		}
		g.spans[g.col] = rows - 1
		g.col++
	}
}

// spanOf reads rowspan="2" from a tag; 1 if it is not there.
func spanOf(tag []rune, name string) int {
	s := strings.ToLower(string(tag))
	at := strings.Index(s, name)
	if at < 0 {
		return 1
	}
	rest := strings.TrimLeft(s[at+len(name):], " =\"'")
	end := 0
	for end < len(rest) && end < 2 && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	return smallNumber(rest[:end], 1, maxColumns)
}
