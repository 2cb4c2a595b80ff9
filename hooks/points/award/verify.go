package award

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// Verify reckons everything anew, from the facts, and reports what the ledger
// has otherwise. It holds some people at a time, however many there are.
func Verify(app core.App, report func(format string, args ...any)) error {
	k, err := newReckoner(app, "")
	if err != nil {
		return err
	}
	return Ranges(app, func(from, to string) error { return k.compare(Scope{From: from, To: to}, report) })
}

func (k *reckoner) compare(s Scope, report func(string, ...any)) error {
	have, err := ledger.Awards(k.app, s.where())
	if err != nil {
		return err
	}
	list, err := facts(k.app, s)
	if err != nil {
		return err
	}
	want, err := k.wanted(s, list)
	if err != nil {
		return err
	}
	for _, e := range have {
		if e.Reversed {
			continue
		}
		key := at{e.Activity, e.Person}
		a, there := want[key]
		same, err := k.same(&e.Entry, a)
		switch {
		case err != nil:
			return err
		case !there:
			report("第 %d 笔分录（%s，%s 分）没有来源：重算不应有这一笔。", e.Seq, e.Day, e.Points)
		case !same:
			report("第 %d 笔分录（%s，%s 分）和重算不一致：应按 %s 计 %s 分。", e.Seq, e.Day, e.Points, a.Rule.No, a.Points)
		}
		delete(want, key)
	}
	for _, key := range keysOf(want) {
		report("%s", missing(want[key]))
	}
	return nil
}

func missing(a rule.Award) string {
	return fmt.Sprintf("少了一笔分录：%s 的 %s 应按 %s 计 %s 分。", a.Day, a.Source, a.Rule.No, a.Points)
}
