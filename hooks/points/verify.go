package points

import (
	"errors"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rounds"
)

// Report is what a verification found.
type Report struct {
	Entries int64  `json:"entries"`
	Head    string `json:"head"` // hash of the last line: kept elsewhere, it proves that the end isn't cut off
	kit.Findings
}

// Verify follows the chain of lines, holds reversals to what they reverse and
// publications to their digest, and reckons the whole ledger anew from the facts.
// It streams, and reads one state of the database.
func Verify(app core.App) (*Report, error) {
	report := &Report{Findings: kit.Findings{Problems: []string{}}}
	err := app.RunInTransaction(func(tx core.App) error {
		if err := report.chain(tx); err != nil {
			return err
		}
		if err := report.reversals(tx); err != nil {
			return err
		}
		if err := rounds.VerifyPeriods(tx, report.Addf); err != nil {
			return err
		}
		return award.Verify(tx, report.Addf)
	})
	return report, err
}

var errStop = errors.New("the first break is enough")

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

func (r *Report) reversals(app core.App) error {
	var found []string
	err := app.DB().NewQuery(`SELECT r.seq FROM points_entries r LEFT JOIN points_entries t ON t.id = r.reverses WHERE r.kind = 'reversal'
		AND (t.id IS NULL OR t.kind != 'award' OR t.points != -r.points OR t.person != r.person OR t.rule != r.rule OR t.day != r.day) LIMIT 100`).Column(&found)
	for _, seq := range found {
		r.Addf("第 %s 笔分录冲正的不是一笔相同的计分。", seq)
	}
	return err
}
