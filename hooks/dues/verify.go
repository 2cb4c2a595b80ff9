package dues

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/account"
	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/pay"
	"yaodian/hooks/kit"
)

// Report is what a verification found.
type Report struct {
	Entries  int64  `json:"entries"`
	Head     string `json:"head"` // hash of the last line: kept elsewhere, it proves that the end isn't cut off
	Payments int64  `json:"payments"`
	kit.Findings
}

// Verify holds the whole of dues to itself: the chain of lines, payments and
// waivers to their lines, closings, remittances and disclosures to what they
// were made of. It streams, and reads one state of the database.
func Verify(app core.App) (*Report, error) {
	report := &Report{Findings: kit.Findings{Problems: []string{}}}
	err := app.RunInTransaction(func(tx core.App) error {
		if err := report.chain(tx); err != nil {
			return err
		}
		for _, check := range agreements {
			if err := report.list(tx, check.sql, check.words); err != nil {
				return err
			}
		}
		return errors.Join(pay.Verify(tx, report.Addf), account.Verify(tx, report.Addf))
	})
	if err != nil {
		return nil, err
	}
	report.Payments, err = app.CountRecords("dues_payments")
	return report, err
}

// chain follows the lines to the first that doesn't hold.
func (r *Report) chain(app core.App) error {
	var chain kit.Chain
	err := ledger.Each(app, func(e *ledger.Entry) error {
		if err := chain.Add(e.Link()); err != nil {
			r.Addf("%s", err)
			return errStop
		}
		return nil
	})
	r.Entries, r.Head = chain.Seq, chain.Hash
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

var errStop = errors.New("the first break is enough")

// agreements find what doesn't agree with the ledger: each selects what a
// sentence names.
var agreements = []struct{ sql, words string }{
	{`SELECT receipt_no FROM dues_payments p WHERE CASE state WHEN 'reversed' THEN 0 ELSE amount END
		!= COALESCE((SELECT -SUM(e.amount) FROM dues_entries e WHERE e.payment = p.id), 0)`, "收据 %s 的金额和它的分录对不上。"},
	{`SELECT p.receipt_no FROM dues_payments p JOIN dues_entries e ON e.payment = p.id WHERE p.receipt_no != ''
		AND (e.person != p.person OR e.org != p.org OR e.month < p.from_month OR e.month > p.to_month)`, "收据 %s 的人、组织或账期和它的分录对不上。"},
	{`SELECT e.seq FROM dues_entries e LEFT JOIN dues_payments p ON p.id = e.payment WHERE e.payment != '' AND p.id IS NULL`, "第 %s 笔分录的收款登记不见了。"},
	{`SELECT r.seq FROM dues_entries r LEFT JOIN dues_entries t ON t.id = r.reverses WHERE r.kind = 'reversal'
		AND (t.id IS NULL OR t.kind != 'payment' OR t.amount != -r.amount OR t.person != r.person OR t.month != r.month)`, "第 %s 笔分录冲正的不是一笔相同的收款。"},
	{`SELECT e.seq FROM dues_entries e LEFT JOIN dues_waivers w ON w.id = e.waiver WHERE e.kind = 'waiver'
		AND (w.id IS NULL OR w.person != e.person OR w.state NOT IN ('approved', 'ended') OR e.month < w.since OR w.state = 'approved' AND e.month > w.until)`,
		"第 %s 笔分录减免的没有批准。"},
	{`SELECT org || ' ' || substr(receipt_no, 1, 4) FROM dues_payments GROUP BY org, substr(receipt_no, 1, 4)
		HAVING count(*) != CAST(substr(max(receipt_no), 6) AS INTEGER)`, "收据号有空缺：%s。"},
	{`SELECT e.seq FROM dues_entries e JOIN dues_closings c ON c.org = e.org AND c.month = substr(e.booked_on, 1, 7) AND c.state = 'closed' AND e.seq > c.last_seq`,
		"第 %s 笔分录记入了已经结账的月份。"},
}

func (r *Report) list(app core.App, sql, words string) error {
	var found []string
	if err := app.DB().NewQuery(sql + fmt.Sprintf(" LIMIT %d", kit.MaxFindings)).Column(&found); err != nil {
		return err
	}
	for _, f := range found {
		r.Addf(words, f)
	}
	return nil
}
