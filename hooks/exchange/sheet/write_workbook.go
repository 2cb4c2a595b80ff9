package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// workbookWriter streams rows into a workbook. Every text is written as a
// text, which no spreadsheet runs as a formula; one that begins like a formula
// is guarded as well, because people save workbooks as CSV.
type workbookWriter struct {
	to      io.Writer
	file    *excelize.File
	rows    *excelize.StreamWriter
	columns []Column
	row     int
	amounts int // style of money
}

func newWorkbook(to io.Writer, d Description, o Options) (Writer, error) {
	w := &workbookWriter{to: to, file: excelize.NewFile(), columns: d.Columns, row: 1}
	name := sheetName(d.Title)
	if err := w.begin(d, o, name); err != nil {
		return nil, errors.Join(err, w.file.Close())
	}
	return w, nil
}

func (w *workbookWriter) begin(d Description, o Options, name string) error {
	x := w.file
	if err := x.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if err := explain(x, d); err != nil {
		return err
	}
	if err := dropDowns(x, name, d); err != nil {
		return err
	}
	if o.Mark != "" {
		mark := strings.ReplaceAll(o.Mark, "&", "&&")
		if err := x.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: "&R" + mark, OddFooter: "&L" + mark + "&R第 &P 页，共 &N 页"}); err != nil {
			return err
		}
	}
	var err error
	if w.rows, err = x.NewStreamWriter(name); err != nil {
		return err
	}
	return w.header(d)
}

// header sets widths and cell formats, freezes the first row and writes it.
func (w *workbookWriter) header(d Description) error {
	x := w.file
	plainText, err := x.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	two := "0.00"
	if w.amounts, err = x.NewStyle(&excelize.Style{CustomNumFmt: &two}); err != nil {
		return err
	}
	bold, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}, NumFmt: 49})
	if err != nil {
		return err
	}
	titles := make([]any, len(d.Columns))
	for i, c := range d.Columns {
		titles[i] = excelize.Cell{Value: c.Title, StyleID: bold}
		if err := w.rows.SetColWidth(i+1, i+1, c.width()); err != nil {
			return err
		}
		if !c.numeric() {
			if err := w.rows.SetColStyle(i+1, i+1, plainText); err != nil {
				return err
			}
		}
	}
	if err := w.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return w.rows.SetRow("A1", titles)
}

// width is how wide a column is, in digits; a Chinese character takes two.
func (c Column) width() float64 {
	wide := 2*utf8.RuneCountInString(c.Title) + 4
	switch c.Kind {
	case Identity, Moment:
		wide = max(wide, 22)
	case Phone, Date, Money:
		wide = max(wide, 14)
	case Text, Reference, References:
		wide = max(wide, 20)
	}
	return float64(min(wide, 50))
}

func (w *workbookWriter) Write(values map[string]any) error {
	w.row++
	cells := make([]any, len(w.columns))
	for i, c := range w.columns {
		cells[i] = w.cell(c, values[c.Field])
	}
	return w.rows.SetRow(fmt.Sprintf("A%d", w.row), cells)
}

func (w *workbookWriter) cell(c Column, value any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case int64:
		if c.Kind == Money {
			return excelize.Cell{Value: float64(v) / 100, StyleID: w.amounts}
		}
		return v
	case float64:
		return v
	}
	text := guard(c.Text(value))
	if text == "" {
		return nil
	}
	if utf8.RuneCountInString(text) > excelize.TotalCellChars {
		return TooLong
	}
	return text
}

func (w *workbookWriter) Close() error {
	if err := w.rows.Flush(); err != nil {
		return errors.Join(err, w.file.Close())
	}
	_, err := w.file.WriteTo(w.to)
	return errors.Join(err, w.file.Close())
}

// dropDowns lets people pick from the options of a choice. A list in a cell
// rule holds 255 characters; a longer one is only explained.
func dropDowns(x *excelize.File, sheet string, d Description) error {
	for i, c := range d.Columns {
		words := c.words()
		if len(words) == 0 || c.Kind == Choices || len(strings.Join(words, ",")) > 250 {
			continue
		}
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(fmt.Sprintf("%[1]s2:%[1]s%d", Letters(i), MaxRows))
		if err := rule.SetDropList(words); err != nil {
			return err
		}
		rule.SetError(excelize.DataValidationErrorStyleStop, c.Title, "请从列表中选择。")
		if err := x.AddDataValidation(sheet, rule); err != nil {
			return err
		}
	}
	return nil
}

func (c Column) words() []string {
	if c.Kind == Bool {
		return []string{"是", "否"}
	}
	words := make([]string, len(c.Options))
	for i, o := range c.Options {
		words[i] = o.Word
	}
	return words
}

// explain writes the sheet of notes on the columns.
func explain(x *excelize.File, d Description) error {
	if _, err := x.NewSheet(NotesSheet); err != nil {
		return err
	}
	rows := [][]any{{"列名", "必填", "怎么填", "可以填的内容", "也认得的列名"}}
	for _, c := range d.Columns {
		must := ""
		if c.Required {
			must = "必填"
		}
		rows = append(rows, []any{c.Title, must, c.hint(), strings.Join(c.words(), "、"), strings.Join(c.Aliases, "、")})
	}
	rows = append(rows, []any{}, []any{"空着的格子表示“不改”；要清空原来的内容，请写“" + Clear + "”。表头上面可以有标题，列的次序可以变，用不到的列可以删去。"})
	for i, row := range rows {
		if err := x.SetSheetRow(NotesSheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	for column, width := range map[string]float64{"A": 20, "B": 8, "C": 60, "D": 50, "E": 30} {
		if err := x.SetColWidth(NotesSheet, column, column, width); err != nil {
			return err
		}
	}
	return nil
}

var hints = map[Kind]string{
	Date: "日期，例如 2019-06-18。", Month: "年月，例如 2019-06。", Moment: "时间，例如 2019-06-18 09:30。", Bool: "填“是”或“否”。",
	Money: "金额，单位为元，最多两位小数。", Whole: "整数。", Identity: "十八位身份证号。这一列要设为“文本”格式。", References: "有几个就用顿号隔开。",
	Choices: "有几个就用顿号隔开。", Reference: "写名称；有重名的请写编号。",
}

func (c Column) hint() string {
	if c.Fixed {
		return "由系统填写，用来认出是哪一条记录；新增的行空着，已有的行请不要改动。"
	}
	return strings.TrimSpace(c.Help + hints[c.Kind])
}

// sheetName is a title that a sheet may have.
func sheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return -1
		}
		return r
	}, title)
	if r := []rune(name); len(r) > 30 {
		name = string(r[:30])
	}
	if name == "" || name == NotesSheet {
		return "数据"
	}
	return name
}
