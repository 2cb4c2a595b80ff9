package account

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/rate"
	"yaodian/hooks/org"
)

// Verify holds what is settled to its digests and to the ledger: closings,
// remittances, disclosures, donations, incomes, expenses.
func Verify(app core.App, report func(format string, args ...any)) error {
	for _, check := range []func(core.App, func(string, ...any)) error{verifyClosings, verifyRemittances, verifyDisclosures, verifySeals} {
		if err := check(app, report); err != nil {
			return err
		}
	}
	return nil
}

// each passes every record of a collection that meets a condition on, some at a
// time.
func each(app core.App, collection, where string, do func(*core.Record) error) error {
	for after := ""; ; {
		var list []*core.Record
		err := app.RecordQuery(collection).AndWhere(dbx.NewExp("id > {:after}", dbx.Params{"after": after})).AndWhere(dbx.NewExp(where)).OrderBy("id").Limit(500).All(&list)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, r := range list {
			if err := do(r); err != nil {
				return err
			}
		}
		after = list[len(list)-1].Id
	}
}

func verifyClosings(app core.App, report func(string, ...any)) error {
	return each(app, Closings, "state = 'closed'", func(r *core.Record) error {
		c, err := CountOf(app, r.GetString("org"), r.GetString("month"))
		if err != nil {
			return err
		}
		was := Count{
			r.GetInt("people"), r.GetInt("payers"), rate.Fen(r.GetInt("charged")), rate.Fen(r.GetInt("waived")), rate.Fen(r.GetInt("paid")), rate.Fen(r.GetInt("owed")),
		}
		if c != was {
			report("%s 的月结（%s）和分录对不上：结账时应交 %s、实交 %s、减免 %s、累计欠交 %s，现在是 %s、%s、%s、%s。", r.GetString("month"), r.Id,
				was.Charged, was.Paid, was.Waived, was.Owed, c.Charged, c.Paid, c.Waived, c.Owed)
		}
		var hash string
		if seq := r.GetInt("last_seq"); seq > 0 {
			if err := app.DB().NewQuery("SELECT COALESCE(max(hash), '') FROM dues_entries WHERE seq = {:seq}").Bind(dbx.Params{"seq": seq}).Row(&hash); err != nil {
				return err
			}
		}
		if hash != r.GetString("hash") {
			report("%s 的月结（%s）留存的摘要和第 %d 笔分录不一致。", r.GetString("month"), r.Id, r.GetInt("last_seq"))
		}
		return nil
	})
}

func verifyRemittances(app core.App, report func(string, ...any)) error {
	return each(app, Remittances, "state = 'remitted'", func(r *core.Record) error {
		u, err := org.Find(app, r.GetString("org"))
		if err != nil {
			return err
		}
		paid, err := PaidIn(app, u.Path(), r.GetString("from_month"), r.GetString("to_month"))
		if err != nil {
			return err
		}
		if paid != rate.Fen(r.GetInt("paid")) || Share(paid, r.GetInt("rate")) != rate.Fen(r.GetInt("amount")) || r.GetString("seal") != sealRemittance(r) {
			report("%s 至 %s 的上缴（%s）和实交对不上：现在的实交是 %s 元。", r.GetString("from_month"), r.GetString("to_month"), r.Id, paid)
		}
		return nil
	})
}

func verifyDisclosures(app core.App, report func(string, ...any)) error {
	return each(app, Disclosures, "hash != '' OR state = 'published'", func(r *core.Record) error {
		if digest([]byte(r.GetString("content"))) != r.GetString("hash") {
			report("%s 的公开（%s）内容被改动过：和公布时的摘要不一致。", r.GetString("period"), r.Id)
		}
		return nil
	})
}

// verifySeals compares what carries a digest of its amounts with it.
func verifySeals(app core.App, report func(string, ...any)) error {
	for _, s := range []struct {
		collection, where, name string
		seal                    func(*core.Record) string
	}{
		{Donations, "1 = 1", "自愿多交", sealDonation},
		{Incomes, "1 = 1", "收入", sealIncome},
		{Expenses, "state IN ('paid', 'reversed')", "支出", sealExpense},
	} {
		err := each(app, s.collection, s.where, func(r *core.Record) error {
			if r.GetString("seal") != s.seal(r) {
				report("%s（%s）被改动过：和登记时的摘要不一致。", s.name, r.Id)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("verify %s: %w", s.collection, err)
		}
	}
	return nil
}
