package audit_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
	"yaodian/hooks/kit"
)

// The hash is what anybody can repeat: each column as a netstring.
func TestSum(t *testing.T) {
	t.Parallel()
	e := audit.Entry{ID: "000000000000001", Seq: 1, At: "2026-06-10 02:00:00.000Z", Month: "2026-06", Action: "create", Label: "规范", Hash: "not in it", OrgPath: "nor this"}
	// printf '15:000000000000001,1:1,24:2026-06-10 02:00:00.000Z,7:2026-06,0:,0:,0:,0:,0:,0:,6:create,0:,0:,6:规范,0:,0:,0:,0:,0:,' | sha256sum
	const want = "e0bac7a789c9165d44d04b44e80eed480b1de261aab4486f78fe1779b4bf35d3"
	if got := e.Sum(); got != want {
		t.Errorf("Expected %s, got %s", want, got)
	}
	moved := e
	moved.Action, moved.Collection = "creat", "e"
	if moved.Sum() == e.Sum() {
		t.Error("a letter moved from one column to the next unnoticed")
	}
}

func TestChain(t *testing.T) {
	t.Parallel()
	entry := func(seq int64, prev string) *audit.Entry {
		e := &audit.Entry{ID: fmt.Sprintf("%015d", seq), Seq: seq, Prev: prev, Action: "create"}
		e.Hash = e.Sum()
		return e
	}
	first := entry(1, "")
	other := entry(2, "elsewhere")
	forged := entry(2, first.Hash)
	forged.Label = "改过"
	renamed := entry(2, first.Hash)
	renamed.ID = "000000000000003"
	renamed.Hash = renamed.Sum()
	for name, c := range map[string]struct {
		next *audit.Entry
		seq  int64
		code string
	}{
		"whole":      {entry(2, first.Hash), 0, ""},
		"one absent": {entry(3, first.Hash), 2, "audit_gap"},
		"twice":      {first, 2, "audit_number"},
		"renamed":    {renamed, 2, "audit_number"},
		"exchanged":  {other, 2, "audit_link"},
		"changed":    {forged, 2, "audit_hash"},
	} {
		chain := audit.Chain{}
		if err := chain.Add(first); err != nil {
			t.Fatal(err)
		}
		err := chain.Add(c.next)
		if c.code == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var found *audit.Break
		if !errors.As(err, &found) || found.Code != c.code || found.Seq != c.seq || !strings.HasSuffix(found.Message, "。") {
			t.Errorf("%s: Expected %s at %d, got %+v", name, c.code, c.seq, err)
		}
		if chain.Seq != 1 {
			t.Errorf("%s: the chain went on", name)
		}
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	if s := strings.Repeat("党", 200); audit.Short(s) != s {
		t.Error("200 characters are kept whole")
	}
	long := strings.Repeat("党", 200) + "建"
	short := audit.Short(long)
	if !strings.HasPrefix(short, strings.Repeat("党", 80)+"…（共 201 字，SHA-256 ") || strings.Contains(short, "建") {
		t.Error(short)
	}
	if audit.Short(long+"。") == short {
		t.Error("the digest doesn't tell two texts apart")
	}
	if got := audit.Clip("坏\xff字节", 10); got != "坏�字节" {
		t.Errorf("%q", got)
	}
	if got := audit.Clip("一二三四", 3); got != "一二…" {
		t.Errorf("%q", got)
	}
}

// The network is kept, the device isn't.
func TestOrigin(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"203.0.113.77": "203.0.113.0/24", "::ffff:203.0.113.77": "203.0.113.0/24",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1::/48", "fe80::1%eth0": "fe80::/48", "": "", "nobody": "",
	} {
		if got := audit.Origin(address); got != want {
			t.Errorf("%q: Expected %q, got %q", address, want, got)
		}
	}
}

func TestSQL(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"SELECT * FROM people WHERE mobile = '13800000000'":   "SELECT * FROM people WHERE mobile = ?",
		"UPDATE people SET name='O''Brien', failed=3, x=0xFF": "UPDATE people SET name=?, failed=?, x=?",
		"SELECT 'never closed 138":                            "SELECT ?",
		"SELECT a1 FROM t2":                                   "SELECT a1 FROM t2",
	} {
		if got := audit.MaskSQL(query); got != want {
			t.Errorf("Expected %s, got %s", want, got)
		}
	}
	for query, code := range map[string]string{
		"SELECT * FROM audit_entries WHERE action = 'delete'": "",
		"UPDATE people SET name = '甲'":                        "",
		"DELETE FROM audit_entries":                           "audit_append_only",
		"drop trigger AUDIT_ENTRIES_DELETE":                   "audit_append_only",
		"DROP TABLE 'audit_entries'":                          "audit_append_only",
		"SELECT 1; update audit_anchors set seq = 0":          "audit_append_only",
	} {
		apptest.Refused(t, query, audit.CheckSQL(query), code)
	}
}

// A flood leaves one entry a minute, which counts the rest.
func TestFlood(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 10, 0, 0, 0, kit.Beijing)
	var f audit.Flood
	noted, counted := 0, 0
	for second := range 181 {
		next, missed, ok := f.Admit(now.Add(time.Duration(second) * time.Second))
		f = next
		if ok {
			noted++
			counted += missed
		}
	}
	if noted != 4 || counted != 177 {
		t.Errorf("Expected 4 entries that speak of 177 more, got %d and %d", noted, counted)
	}
}

func TestCheckArchive(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 10, 0, 0, 0, kit.Beijing)
	for day, code := range map[string]string{
		"2025-06-10": "", "2020-01-01": "", "2025-06-11": "audit_archive_young", "2027-01-01": "audit_archive_young",
		"": "audit_archive_date", "去年": "audit_archive_date", "2025-02-30": "audit_archive_date",
	} {
		apptest.Refused(t, day, audit.CheckArchive(day, now), code)
	}
}
