package exchange_test

import (
	"strings"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/exchange"
	"yaodian/hooks/exchange/sheet"
)

func TestCheckApply(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state   exchange.State
		faulty  int
		partial bool
		code    string
	}{
		{exchange.Ready, 0, false, ""},
		{exchange.Ready, 2, true, ""},
		{exchange.Ready, 2, false, "exchange_faulty"},
		{exchange.Uploaded, 0, false, "exchange_not_ready"},
		{exchange.Applying, 0, false, "exchange_not_ready"},
		{exchange.Done, 0, false, "exchange_not_ready"},
		{exchange.Failed, 0, true, "exchange_not_ready"},
	} {
		apptest.Refused(t, string(c.state), exchange.CheckApply(c.state, c.faulty, c.partial), c.code)
	}
}

func TestCheckUndo(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 6, 10, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		state exchange.State
		after time.Duration
		code  string
	}{
		{exchange.Done, 0, ""},
		{exchange.Done, 24 * time.Hour, ""},
		{exchange.Done, 24*time.Hour + time.Second, "exchange_undo_late"},
		{exchange.Undone, 0, "exchange_not_done"},
		{exchange.Ready, 0, "exchange_not_done"},
	} {
		apptest.Refused(t, string(c.state), exchange.CheckUndo(c.state, at, at.Add(c.after)), c.code)
	}
}

func TestCheckShown(t *testing.T) {
	t.Parallel()
	same := exchange.Outcome{Number: 7, Action: exchange.Same, Record: "a"}
	if err := exchange.CheckShown(same, "something else"); err == nil || !strings.Contains(err.Error(), "第7行") {
		t.Error(err)
	}
	faulty := exchange.Outcome{Number: 7, Faults: []sheet.Fault{{Row: 7, Column: "B", Message: "重复了。"}}}
	if err := exchange.CheckShown(faulty, ""); err == nil || !strings.HasPrefix(err.Error(), "第7行B列：重复了。") {
		t.Error(err)
	}
}

func TestMaskIdentity(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{"11010519491231002X": "110105********002X", "1101": "***"} {
		if got := exchange.MaskIdentity(id); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
}
