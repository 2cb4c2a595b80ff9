package points

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/points/award"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rounds"
)

// Report is what a verification found.
type Report struct {
	Entries  int64    `json:"entries"`
	Head     string   `json:"head"` // hash of the last line: kept elsewhere, it proves that the end isn't cut off
	Problems []string `json:"problems"`
}

// maxProblems is how many problems a report names.
const maxProblems = 100

// Whole is nil if nothing was found, and otherwise says the first problem.
func (r *Report) Whole() error {
	switch n := len(r.Problems); n {
	case 0:
		return nil
	case 1:
		return errors.New(r.Problems[0])
	default:
		return fmt.Errorf("发现 %d 处不一致，第一处：%s", n, r.Problems[0])
	}
}

func (r *Report) addf(format string, args ...any) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// Verify follows the chain of lines, holds reversals to what they reverse and
// publications to their digest, and reckons the whole ledger anew from the facts.
// It streams, and reads one state of the database.
func Verify(app core.App) (*Report, error) {
	report := &Report{Problems: []string{}}
	err := app.RunInTransaction(func(tx core.App) error {
		if err := report.chain(tx); err != nil {
			return err
		}
		if err := report.reversals(tx); err != nil {
			return err
		}
		if err := rounds.VerifyPeriods(tx, report.addf); err != nil {
			return err
		}
		return award.Verify(tx, report.addf)
	})
	return report, err
}

var errStop = errors.New("the first break is enough")

// chain follows the lines to the first that doesn't hold.
func (r *Report) chain(app core.App) error {
	var chain ledger.Chain
	err := ledger.Each(app, func(e *ledger.Entry) error {
		if err := chain.Add(e); err != nil {
			r.addf("%s", err)
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
		r.addf("第 %s 笔分录冲正的不是一笔相同的计分。", seq)
	}
	return err
}
