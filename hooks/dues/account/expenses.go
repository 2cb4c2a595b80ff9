package account

import (
	"context"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals"
	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// expenseCourse: who handles asks, those who decide say yes by the amount, and
// who pays is a third person (R-DUES-11). What is agreed to and not paid after
// all is reversed, too.
var expenseCourse = subjects.Course{
	Kind: "dues_expense", Collection: Expenses,
	Words: []org.Word{{State: "approved", Name: "已批准"}, {State: "paid", Name: "已付款"}, {State: "reversed", Name: "已冲正"}},
	Moves: []org.Move{
		{From: "approved", To: "paid", Power: "dues.cash", Sign: "paid_by", Others: []string{"person", "approved_by"}},
		{From: "approved", To: "reversed", Power: "dues.account", Sign: "reversed_by"},
		{From: "paid", To: "reversed", Power: "dues.account", Sign: "reversed_by", Others: []string{"paid_by"}},
	},
	Needs:  map[string][]string{"reversed": {"reason"}},
	Filed:  []string{"reversed"},
	Later:  []string{"approved_by", "paid_by", "reversed_by", "reason", "files"},
	Title:  titleExpense,
	Unsaid: []string{"title", "approved_by", "paid_by", "reversed_by", "paid_on", "seal", "reason"},
	Apply:  signExpense,
}

func titleExpense(_ core.App, r *core.Record) (string, error) {
	return r.GetString("title") + "，" + rate.Fen(r.GetInt("amount")).String() + " 元", nil
}

// placeExpense: who enters an expense handles it.
func placeExpense(e *core.RecordEvent) error {
	signer(e, "person")
	e.Record.Load(map[string]any{"seal": "", "paid_on": ""})
	return e.Next()
}

// signExpense notes who has said the last yes: somebody else pays.
func signExpense(tx core.App, r *core.Record) error {
	lines, err := approvals.LinesOf(tx, r.GetString("request"))
	if err != nil {
		return err
	}
	r.Set("approved_by", lines[len(lines)-1].Person)
	return kit.SaveAsSystem(tx, context.Background(), r)
}

// saveExpense holds an expense to its decision and to what there is.
func saveExpense(e *core.RecordEvent) error {
	r := e.Record
	before, err := stored(e)
	if err != nil {
		return err
	}
	if before != nil && !kit.IsSystem(e.Context) {
		if field, changed := kit.Changed(r, before, "org", "approved_by", "seal", "paid_on"); changed {
			return kit.Reject(field, "dues_account_fixed", "这一项由系统填写，不能修改。")
		}
	}
	var handler string
	if err := e.App.DB().Select("name").From("people").Where(dbx.HashExp{"id": r.GetString("person")}).Row(&handler); err != nil {
		return err
	}
	amount := rate.Fen(r.GetInt("amount"))
	if err := CheckSpending(amount, r.GetString("payee"), handler, r.GetString("resolved_on"), kit.Today(e.App)); err != nil {
		return err
	}
	if before == nil || r.GetString("state") == before.GetString("state") {
		return e.Next()
	}
	switch r.GetString("state") {
	case "paid":
		if err := checkFunds(e.App, r.GetString("org"), amount); err != nil {
			return err
		}
		r.Set("paid_on", kit.Today(e.App))
		r.Set("seal", sealExpense(r))
	case "reversed":
		r.Set("seal", sealExpense(r)) // what was never paid is sealed now
	}
	return e.Next()
}

func sealExpense(r *core.Record) string {
	return ledger.Seal(r, "org", "purpose", "title", "amount", "payee", "resolution", "paid_on")
}

// checkFunds: the organization has the money, and so has every one above it, in
// whose account it lies.
func checkFunds(app core.App, unit string, amount rate.Fen) error {
	u, err := org.Find(app, unit)
	for err == nil {
		book, problem := BookOf(app, u.Path())
		if problem != nil {
			return problem
		}
		if problem := CheckBalance(amount, book.Balance, u.Name()); problem != nil {
			return problem
		}
		if u.Parent() == "" {
			return nil
		}
		u, err = org.Find(app, u.Parent())
	}
	return err
}

// Book is the account of an organization and all below it.
type Book struct {
	Paid      rate.Fen `db:"paid" json:"paid"`
	Donations rate.Fen `db:"donations" json:"donations"` // that stay
	Incomes   rate.Fen `db:"incomes" json:"incomes"`
	Expenses  rate.Fen `db:"expenses" json:"expenses"`
	Remitted  rate.Fen `db:"remitted" json:"remitted"`
	Balance   rate.Fen `db:"-" json:"balance"`
}

// BookOf adds up an account, in one query. What is to go up whole isn't in it.
func BookOf(app core.App, path string) (Book, error) {
	var b Book
	sum := func(expression, table, where string) string {
		return "(SELECT CAST(COALESCE(SUM(" + expression + "), 0) AS INTEGER) FROM " + table + " WHERE org_path >= {:lo} AND org_path < {:hi} AND " + where + ")"
	}
	err := app.DB().NewQuery(strings.Join([]string{
		"SELECT " + sum("-amount", "dues_entries", "kind IN ('payment', 'reversal')") + " AS paid",
		sum("amount", Donations, "tier = 'keep'") + " AS donations",
		sum("amount", Incomes, "1 = 1") + " AS incomes",
		sum("amount", Expenses, "state = 'paid'") + " AS expenses",
		sum("amount", Remittances, "state = 'remitted'") + " AS remitted",
	}, ", ")).Bind(dbx.Params{"lo": path, "hi": org.Upper(path)}).One(&b)
	b.Balance = b.Paid + b.Donations + b.Incomes - b.Expenses - b.Remitted
	return b, err
}
