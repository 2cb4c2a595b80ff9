package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// Table is a description found in a file.
type Table struct {
	Header Header
	table  table
	wanted Description
}

// Row is one line of data: what its cells say and what is wrong with them.
type Row struct {
	Number int
	Values map[string]any // by field; a cell that says nothing is left out
	Cells  map[string]string
	Faults []Fault
	Notes  []Fault // what was understood where that isn't obvious
}

// At is a fault of the cell of a field, or of the row where it has no such cell.
func (h Header) At(row int, field, code, message string) Fault {
	f := Fault{Row: row, Code: code, Message: message}
	for _, found := range h.Found {
		if found.Column.Field == field {
			f.Column, f.Field, f.Title = Letters(found.Place), field, found.Column.Title
		}
	}
	return f
}

// Read finds the table that a description speaks of: the sheet whose header
// names most of its columns.
func (b *Book) Read(d Description) (*Table, error) {
	var best *Table
	most := 0
	for _, t := range b.tables {
		rows, err := peek(t)
		if err != nil {
			return nil, err
		}
		header, score, err := findHeader(d, rows)
		if err != nil {
			return nil, err
		}
		if score > most {
			header.Sheet = t.name
			best, most = &Table{header, t, d}, score
		}
	}
	if best == nil {
		return nil, noHeader(d)
	}
	return best, nil
}

func peek(t table) ([]numbered, error) {
	in, err := t.rows()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out []numbered
	for len(out) < searched {
		number, cells, err := in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(cells) > maxWidth {
			return nil, tooWide()
		}
		if number > 10*searched {
			break
		}
		out = append(out, numbered{number, slices.Clone(cells)})
	}
	return out, nil
}

func tooWide() error {
	return &FileError{"sheet_too_wide", fmt.Sprintf("表格超过 %d 列，请删去用不到的列，再上传。", maxWidth)}
}

// Rows reads the data under the header, one row after the other.
func (t *Table) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := t.each(func(r Row) bool { return yield(r, nil) }); err != nil {
			yield(Row{}, err)
		}
	}
}

func (t *Table) each(see func(Row) bool) error {
	blocks, err := t.table.merged()
	if err != nil {
		return err
	}
	in, err := t.table.rows()
	if err != nil {
		return err
	}
	defer in.Close()

	fill := &filler{blocks: blocks, held: map[int]held{}}
	rows, cells := 0, 0
	for {
		number, line, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		wide := fill.start(number, line)
		if len(line) > maxWidth {
			return tooWide()
		}
		if number <= t.Header.Row || t.skip(line, wide) {
			continue
		}
		rows++
		if cells += len(line); rows > MaxRows || cells > MaxCells {
			return &FileError{"sheet_too_many", fmt.Sprintf("表格超过 %d 万行或 %d 万格，请分成几个文件导入。", MaxRows/10_000, MaxCells/10_000)}
		}
		if !see(t.row(number, fill.down(number, line))) {
			return nil
		}
	}
}

// row reads the cells of one line.
func (t *Table) row(number int, line []Cell) Row {
	r := Row{Number: number, Values: map[string]any{}, Cells: map[string]string{}}
	for _, f := range t.Header.Found {
		if f.Place >= len(line) || line[f.Place].Empty() {
			continue
		}
		cell := line[f.Place]
		text := trim(cell.Shown)
		r.Cells[f.Column.Field] = text
		value, note, err := f.Column.Value(cell, t.table.era)
		var p *Problem
		if errors.As(err, &p) {
			r.Faults = append(r.Faults, t.fault(number, f, text, p.Code, p.Message))
			continue
		}
		if note != "" {
			r.Notes = append(r.Notes, t.fault(number, f, text, "sheet_note", note))
		}
		if value != nil {
			r.Values[f.Column.Field] = value
		}
	}
	return r
}

func (t *Table) fault(row int, f Found, text, code, message string) Fault {
	if f.Column.Kind == Identity {
		text = "" // not to be kept in the clear
	}
	return Fault{row, Letters(f.Place), f.Column.Field, f.Column.Title, text, code, message}
}

// ending is what stands under a table: sums, signatures, remarks.
var ending = regexp.MustCompile(`^(合计|总计|小计|共计|累计|填表人|制表人|填报人|经办人|审核人|审核|复核人?|负责人|单位负责人|支部书记|填报单位|填表单位|填报日期|填表日期|制表日期|日期|联系人|联系电话|注|说明|备注|填表说明|填写说明|盖章|签字)\d*([:：(（].*|人数.*|共.*)?$`)

// skip reports whether a line holds no data: nothing in the columns we know,
// the header once more on the next page, a title across the table, a footer.
func (t *Table) skip(line []Cell, wide bool) bool {
	filled, again := 0, 0
	for _, f := range t.Header.Found {
		if f.Place >= len(line) || line[f.Place].Empty() {
			continue
		}
		filled++
		if strings.HasSuffix(plainHeading(f.Heading), plainHeading(line[f.Place].Shown)) {
			again++
		}
	}
	return filled == 0 || again == filled && filled > 1 || wide && filled == 1 || t.footer(line)
}

// footer reports whether a line begins like what stands under a table and
// lacks what every row has.
func (t *Table) footer(line []Cell) bool {
	first := ""
	for _, cell := range line {
		if first = bare(cell.Shown); first != "" {
			break
		}
	}
	if !ending.MatchString(first) {
		return false
	}
	needed := slices.DeleteFunc(slices.Clone(t.Header.Found), func(f Found) bool { return !f.Column.Required })
	if len(needed) == 0 {
		needed = slices.DeleteFunc(slices.Clone(t.Header.Found), func(f Found) bool { return !t.keyed(f.Column.Field) })
	}
	return len(needed) == 0 || slices.ContainsFunc(needed, func(f Found) bool {
		return f.Place >= len(line) || line[f.Place].Empty() || bare(line[f.Place].Shown) == first
	})
}

func (t *Table) keyed(field string) bool {
	for _, k := range t.wanted.Keys {
		if slices.Contains(k.Fields, field) {
			return true
		}
	}
	return false
}

// filler carries the value of a merged block down to the rows below.
type filler struct {
	blocks []merge // from the top; those begun are taken off
	held   map[int]held
}

type held struct {
	until int
	cell  Cell
}

// start notes the blocks that begin in a row; wide says that one of them lies
// across the table.
func (f *filler) start(number int, line []Cell) (wide bool) {
	for len(f.blocks) > 0 && f.blocks[0].top <= number {
		b := f.blocks[0]
		f.blocks = f.blocks[1:]
		wide = wide || b.top == number && b.right-b.left >= 2
		if b.top == number && b.bottom > b.top && b.left < len(line) {
			f.held[b.left] = held{b.bottom, line[b.left]}
		}
	}
	return wide
}

// down fills the cells that lie in a block begun further up.
func (f *filler) down(number int, line []Cell) []Cell {
	for place, h := range f.held {
		if number > h.until {
			delete(f.held, place)
			continue
		}
		for len(line) <= place {
			line = append(line, Cell{})
		}
		if line[place].Empty() {
			line[place] = h.cell
		}
	}
	return line
}
