package kit_test

import (
	"strings"
	"testing"

	"yaodian/hooks/kit"
)

func link(seq int64, prev, hash string) kit.Link {
	return kit.Link{Seq: seq, ID: kit.LineID(seq), Prev: prev, Hash: hash, Sum: hash}
}

// A line follows only as the next one, after the one before, and unchanged; one
// that doesn't leaves the chain where it was.
func TestChain(t *testing.T) {
	t.Parallel()
	changed, moved := link(2, "a", "b"), link(2, "a", "b")
	changed.Sum, moved.ID = "c", kit.LineID(3)
	for name, c := range map[string]struct {
		second kit.Link
		want   string
	}{
		"follows": {link(2, "a", "b"), ""},
		"gap":     {link(3, "a", "b"), "第 2 笔分录不见了"},
		"moved":   {moved, "第 2 笔分录不见了"},
		"another": {link(2, "x", "b"), "接不上"},
		"changed": {changed, "被改动过：内容"},
	} {
		var chain kit.Chain
		if err := chain.Add(link(1, "", "a")); err != nil {
			t.Fatal(err)
		}
		err := chain.Add(c.second)
		if c.want == "" && (err != nil || chain != (kit.Chain{Seq: 2, Hash: "b"})) {
			t.Errorf("%s: %v %v", name, chain, err)
		}
		if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || chain.Seq != 1) {
			t.Errorf("%s: Expected %s, got %v at %d", name, c.want, err, chain.Seq)
		}
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	var f kit.Findings
	if f.Whole() != nil {
		t.Error("nothing was found")
	}
	for n := range kit.MaxFindings + 1 {
		f.Addf("第 %d 处", n)
	}
	if err := f.Whole(); len(f.Problems) != kit.MaxFindings || err == nil || err.Error() != "发现 100 处不一致，第一处：第 0 处" {
		t.Errorf("%d problems: %v", len(f.Problems), err)
	}
}
