package dues

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

// What offices keep of dues outside the program, as it is read: a sheet of the
// year with a column for each month, or what a bank says has come in. Nothing
// is written by reading; it becomes payments through the batch like what is typed.

// FileRead is what a file says.
type FileRead struct {
	Kind    string        `json:"kind"` // year or bank
	Year    []YearRow     `json:"year,omitempty"`
	Bank    []BankRow     `json:"bank,omitempty"`
	Faults  []sheet.Fault `json:"faults"`
	Unknown []string      `json:"unknown"` // headings that nobody understood
}

// YearRow is what somebody has paid in the months of a year.
type YearRow struct {
	Row    int                 `json:"row"`
	Name   string              `json:"name"`
	Number string              `json:"number"`
	Months map[string]rate.Fen `json:"months"` // by 01 to 12
}

// BankRow is what a bank says has come in.
type BankRow struct {
	Row    int      `json:"row"`
	On     string   `json:"on"`
	Name   string   `json:"name"`
	Amount rate.Fen `json:"amount"`
	Memo   string   `json:"memo"`
}

var chineseMonths = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}

// yearTable is the sheet of a year: people and twelve months. What the grid
// writes is read back by it.
func yearTable(year string) sheet.Description {
	d := sheet.Description{Collection: "dues_payments", Title: year + "年党费收缴表", Columns: []sheet.Column{
		{Field: "name", Title: "姓名", Aliases: []string{"党员", "党员姓名"}, Kind: sheet.Name, Required: true},
		{Field: "number", Title: "工号", Aliases: []string{"编号"}, Kind: sheet.Code},
	}}
	for i, word := range chineseMonths {
		no := fmt.Sprintf("%02d", i+1)
		title := fmt.Sprintf("%d月", i+1)
		d.Columns = append(d.Columns, sheet.Column{
			Field: no, Title: title, Kind: sheet.Money,
			Aliases: []string{title + "份", no + "月", word + "月", word + "月份", title + "实交", title + "实缴", year + "年" + title, year + "-" + no},
		})
	}
	return d
}

// bankTable is a statement of a bank.
var bankTable = sheet.Description{Collection: "dues_payments", Title: "银行流水", Columns: []sheet.Column{
	{Field: "on", Title: "日期", Aliases: []string{"交易日期", "入账日期", "记账日期", "交易时间"}, Kind: sheet.Date, Required: true},
	{Field: "name", Title: "户名", Aliases: []string{"对方户名", "对方名称", "对方账户名称", "付款人", "付款人名称", "付款户名"}, Kind: sheet.Name},
	{Field: "amount", Title: "金额", Aliases: []string{"交易金额", "贷方发生额", "贷方金额", "收入金额", "收入", "存入金额", "发生额"}, Kind: sheet.Money, Required: true},
	{Field: "memo", Title: "摘要", Aliases: []string{"附言", "用途", "备注", "摘要说明", "交易附言"}, Kind: sheet.Text},
}}

// ReadFile reads whichever of the two tables a file holds.
func ReadFile(path, year string) (*FileRead, error) {
	book, err := sheet.Open(path)
	if err != nil {
		return nil, fileViolation(err)
	}
	defer book.Close()
	wide, errYear := book.Read(yearTable(year))
	bank, errBank := book.Read(bankTable)
	switch {
	case errYear == nil && hasMonth(wide):
		return readYear(wide)
	case errBank == nil && len(bank.Header.Missing) == 0:
		return readBank(bank)
	case errYear != nil && errBank != nil:
		return nil, fileViolation(errYear)
	}
	return nil, kit.Reject("file", "dues_file_unknown", "没有认出这个表：收缴表要有“姓名”和“1月”到“12月”的列，银行流水要有“日期”“户名”“金额”的列。")
}

func hasMonth(t *sheet.Table) bool {
	for _, f := range t.Header.Found {
		if f.Column.Kind == sheet.Money {
			return len(t.Header.Missing) == 0
		}
	}
	return false
}

// fileViolation says of a file that can't be read what the reader said.
func fileViolation(err error) error {
	var broken *sheet.FileError
	if errors.As(err, &broken) {
		return kit.Reject("file", broken.Code, broken.Message)
	}
	return err
}

func readYear(t *sheet.Table) (*FileRead, error) {
	out := &FileRead{Kind: "year", Year: []YearRow{}, Faults: []sheet.Fault{}, Unknown: t.Header.Unknown}
	for row, err := range t.Rows() {
		if err != nil {
			return nil, fileViolation(err)
		}
		out.Faults = append(out.Faults, row.Faults...)
		one := YearRow{Row: row.Number, Months: map[string]rate.Fen{}}
		one.Name, _ = row.Values["name"].(string)
		one.Number, _ = row.Values["number"].(string)
		for i := range chineseMonths {
			no := fmt.Sprintf("%02d", i+1)
			if fen, ok := row.Values[no].(int64); ok && fen != 0 {
				one.Months[no] = rate.Fen(fen)
			}
		}
		out.Year = append(out.Year, one)
	}
	return out, nil
}

func readBank(t *sheet.Table) (*FileRead, error) {
	out := &FileRead{Kind: "bank", Bank: []BankRow{}, Faults: []sheet.Fault{}, Unknown: t.Header.Unknown}
	for row, err := range t.Rows() {
		if err != nil {
			return nil, fileViolation(err)
		}
		out.Faults = append(out.Faults, row.Faults...)
		one := BankRow{Row: row.Number}
		one.On, _ = row.Values["on"].(string)
		one.Name, _ = row.Values["name"].(string)
		one.Memo, _ = row.Values["memo"].(string)
		fen, ok := row.Values["amount"].(int64)
		if one.Amount = rate.Fen(fen); ok && fen > 0 { // what went out is no payment
			out.Bank = append(out.Bank, one)
		}
	}
	return out, nil
}

// values is a row of the grid as the sheet of a year holds it.
func (m *member) values() map[string]any {
	out := map[string]any{"name": m.Name, "number": m.Number}
	for month, cell := range m.Months {
		if cell.Paid != 0 {
			out[month[5:]] = int64(cell.Paid)
		}
	}
	return out
}

// eachOf hands over everybody of the grid, a page at a time.
func eachOf(app core.App, g gridAsk, see func(*member) error) error {
	for {
		rows, err := g.page(app)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, m := range rows {
			if err := see(m); err != nil {
				return err
			}
		}
		g.after = rows[len(rows)-1].Person
	}
}
