package kit

import (
	"errors"
	"fmt"
	"strconv"
)

// Chain is how far the numbered lines of a ledger have been followed.
type Chain struct {
	Seq  int64
	Hash string
}

// Link is a line as its chain knows it: its number and id, the hash of the line
// before, its own, and the digest of its columns as they are now.
type Link struct {
	Seq                 int64
	ID, Prev, Hash, Sum string
}

// Add: a line follows if its number is the next one, it carries the hash of the
// one before, and its own hash is that of its columns.
func (c *Chain) Add(l Link) error {
	switch want := c.Seq + 1; {
	case l.Seq != want || l.ID != LineID(want):
		return fmt.Errorf("第 %d 笔分录不见了，或者编号被改动过。", want)
	case l.Prev != c.Hash:
		return fmt.Errorf("第 %d 笔分录和上一笔接不上：上一笔或本笔被换过。", l.Seq)
	case l.Hash != l.Sum:
		return fmt.Errorf("第 %d 笔分录被改动过：内容和摘要对不上。", l.Seq)
	}
	c.Seq, c.Hash = l.Seq, l.Hash
	return nil
}

// LineID is the id of the line with a number: it sorts like the number.
func LineID(seq int64) string {
	digits := strconv.FormatInt(seq, 10)
	return "000000000000000"[:15-len(digits)] + digits
}

// Findings are what a verification has found wrong.
type Findings struct {
	Problems []string `json:"problems"`
}

// MaxFindings is how many problems are named.
const MaxFindings = 100

// Whole is nil if nothing was found, and otherwise says the first problem.
func (f *Findings) Whole() error {
	switch n := len(f.Problems); n {
	case 0:
		return nil
	case 1:
		return errors.New(f.Problems[0])
	default:
		return fmt.Errorf("发现 %d 处不一致，第一处：%s", n, f.Problems[0])
	}
}

// Addf notes a problem.
func (f *Findings) Addf(format string, args ...any) {
	if len(f.Problems) < MaxFindings {
		f.Problems = append(f.Problems, fmt.Sprintf(format, args...))
	}
}
