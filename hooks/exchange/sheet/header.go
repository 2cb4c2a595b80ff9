package sheet

import (
	"fmt"
	"regexp"
	"strings"
)

// searched is how many rows from the top may hold the header.
const searched = 40

// Header is where the columns of a description stand in a table.
type Header struct {
	Sheet   string   `json:"sheet"`
	Row     int      `json:"row"`     // the last row of the header
	Found   []Found  `json:"found"`   // by position
	Unknown []string `json:"unknown"` // headings that no column answers to
	Missing []string `json:"missing"` // titles of required columns that aren't there
}

// Found is a column of the description and its place, from 0.
type Found struct {
	Place   int    `json:"place"`
	Heading string `json:"heading"`
	Column  Column `json:"column"`
}

// heading is one column's header: the group above it, if any, and itself.
type heading struct{ group, name string }

// full is what a person reads: 联系方式 over 手机 is 联系方式手机.
func (h heading) full() string { return h.group + h.name }

var (
	bracketed = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】`)
	marks     = strings.NewReplacer("*", "", ":", "", "：", "", "、", "", ".", "", "/", "", "“", "", "”", "", `"`, "", "-", "", "_", "")
)

// plainHeading is a heading without what doesn't matter: blanks, marks, width.
func plainHeading(s string) string { return strings.ToLower(marks.Replace(bare(s))) }

// names maps every way to write a heading to the column it means.
func (d Description) names() map[string]int {
	out := map[string]int{}
	add := func(name string, column int) {
		if key := plainHeading(name); key != "" {
			if _, taken := out[key]; !taken {
				out[key] = column
			}
		}
	}
	for i, c := range d.Columns {
		add(c.Title, i)
	}
	for i, c := range d.Columns {
		for _, alias := range c.Aliases {
			add(alias, i)
		}
	}
	for i, c := range d.Columns {
		add(c.Field, i)
	}
	return out
}

// lookUp finds the column a heading means, with its group, by itself, or
// without what stands in brackets.
func lookUp(names map[string]int, h heading) (column int, ok bool) {
	for _, text := range []string{h.full(), h.name, bracketed.ReplaceAllString(narrow(h.full()), ""), bracketed.ReplaceAllString(narrow(h.name), "")} {
		if column, ok = names[plainHeading(text)]; ok {
			return column, true
		}
	}
	return 0, false
}

// numbered is a row and its number.
type numbered struct {
	number int
	cells  []Cell
}

// findHeader looks for the row, or the two rows, that name most columns.
func findHeader(d Description, rows []numbered) (Header, int, error) {
	names := d.names()
	var best []heading
	at, score := -1, 0
	for i, row := range rows {
		one := headings(nil, row.cells)
		if n := matches(names, one); n > score {
			best, at, score = one, i, n
		}
		if i == 0 || rows[i-1].number != row.number-1 {
			continue
		}
		two := headings(rows[i-1].cells, row.cells)
		if n := matches(names, two); n > score && n > matches(names, one) {
			best, at, score = two, i, n
		}
	}
	if score == 0 || score < 2 && len(d.Columns) > 1 {
		return Header{}, 0, nil
	}
	h, err := bind(d, names, best)
	h.Row = rows[at].number
	return h, score, err
}

// headings reads one row, or a row of groups and the row under it. A group
// reaches to the right until the next one; a heading that spans both rows has
// nothing under it.
func headings(above, row []Cell) []heading {
	out := make([]heading, max(len(above), len(row)))
	group := ""
	for i := range out {
		over, under := "", ""
		if i < len(above) {
			over = trim(above[i].Shown)
		}
		if i < len(row) {
			under = trim(row[i].Shown)
		}
		switch {
		case over != "" && under == "":
			group, out[i] = "", heading{name: over}
			continue
		case over != "":
			group = over
		case under == "":
			group = ""
		}
		out[i] = heading{group, under}
	}
	return out
}

// matches counts the different columns that headings name.
func matches(names map[string]int, list []heading) int {
	seen := map[int]bool{}
	for _, h := range list {
		if column, ok := lookUp(names, h); ok && h.full() != "" {
			seen[column] = true
		}
	}
	return len(seen)
}

// bind gives every heading its column. Two headings for one column are refused:
// either may be the right one.
func bind(d Description, names map[string]int, list []heading) (Header, error) {
	h := Header{}
	place := map[int]int{}
	for i, one := range list {
		if one.full() == "" {
			continue
		}
		column, ok := lookUp(names, one)
		if !ok {
			h.Unknown = append(h.Unknown, one.full())
			continue
		}
		if other, twice := place[column]; twice {
			return h, &FileError{"sheet_column_twice", fmt.Sprintf("%s 列“%s”和 %s 列“%s”都像是“%s”，请删去一列，或者改掉其中一列的名称。",
				Letters(other), clip(list[other].full()), Letters(i), clip(one.full()), d.Columns[column].Title)}
		}
		place[column] = i
		h.Found = append(h.Found, Found{i, one.full(), d.Columns[column]})
	}
	for i, c := range d.Columns {
		if _, found := place[i]; !found && c.Required {
			h.Missing = append(h.Missing, c.Title)
		}
	}
	return h, nil
}

// noHeader says what a header would have looked like.
func noHeader(d Description) error {
	var want []string
	for _, c := range d.Columns {
		if len(want) < 4 && !c.Fixed {
			want = append(want, "“"+c.Title+"”")
		}
	}
	return &FileError{"sheet_no_header", fmt.Sprintf("没有找到表头：前 %d 行里没有一行写有%s这样的列名。可以先下载空表，照它的列名填写。", searched, strings.Join(want, ""))}
}
