package audit_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
	"yaodian/hooks/kit"
)

// Raw SQL doesn't get through either, not even as a replacement.
func TestTriggers(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	if _, err := audit.Anchor(s.App, apptest.Today); err != nil {
		t.Fatal(err)
	}
	head := whole(t, s.App)
	next := fmt.Sprintf("'%015d', %d", head.Last+1, head.Last+1)
	insert := `INSERT INTO audit_entries (id, seq, prev, hash, at, actor_kind, action) VALUES (%s, '%s', 'h', '', 'system', 'create')`
	for _, statement := range []string{
		`UPDATE audit_entries SET reason = 'x' WHERE seq = 3`,
		`UPDATE audit_entries SET hash = ''`,
		`UPDATE audit_entries SET rowid = rowid + 1000`,
		`UPDATE audit_entries SET seq = seq + 0.5 WHERE seq = 2`,
		`DELETE FROM audit_entries WHERE seq = 3`,
		`DELETE FROM audit_entries`,
		`REPLACE INTO audit_entries (id, seq, at, actor_kind, action) SELECT id, seq, at, actor_kind, 'update' FROM audit_entries WHERE seq = 3`,
		`INSERT OR REPLACE INTO audit_entries (rowid, id, seq, prev) SELECT 3, ` + next + `, hash FROM audit_entries ORDER BY id DESC LIMIT 1`,
		fmt.Sprintf(insert, next, "not the head"),
		fmt.Sprintf(insert, fmt.Sprintf("'%015d', %d", head.Last+2, head.Last+2), head.Head),
		`UPDATE audit_anchors SET hash = 'x'`, `DELETE FROM audit_anchors`,
		`REPLACE INTO audit_anchors (id, day, seq, hash) SELECT id, day, 1, 'x' FROM audit_anchors`,
	} {
		if _, err := s.App.NonconcurrentDB().NewQuery(statement).Execute(); err == nil {
			t.Errorf("%s: went through", statement)
		}
	}
	for _, statement := range []string{`DROP TABLE audit_entries`, `DELETE FROM audit_entries`} {
		s.Do(t, apptest.Keeper, http.MethodPost, "/api/sql", map[string]any{"query": statement}).Want(t, 403, "audit_append_only")
	}
	s.Do(t, apptest.Keeper, http.MethodDelete, "/api/collections/audit_entries/truncate", nil).Want(t, 400)
	s.Do(t, apptest.Keeper, http.MethodDelete, "/api/collections/audit_entries", nil).Want(t, 400)
	s.Do(t, apptest.Keeper, http.MethodPatch, "/api/collections/audit_entries", map[string]any{"listRule": ""}).Want(t, 400)
	s.Do(t, apptest.Keeper, http.MethodPatch, "/api/collections/audit_entries", map[string]any{"name": "other"}).Want(t, 400)
	if after := whole(t, s.App); after.Last != head.Last+1 { // the system keeper came into being
		t.Errorf("%d entries before, %d after", head.Last, after.Last)
	}
}

// One changed character in any column of any entry is found, at that entry.
func TestAnyChangeIsFound(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	for i := range 10 {
		data := apptest.Named(t, app, document)
		data["title"] = fmt.Sprint("学习制度", i)
		apptest.Create(t, app, "documents", data)
	}
	last := whole(t, app).Last
	sql(t, app, `DROP TRIGGER audit_entries_update`, `DROP TRIGGER audit_entries_delete`, `DROP TRIGGER audit_entries_insert`)
	columns := strings.Fields("id seq at month actor_kind actor actor_name actor_post on_behalf origin action collection record label org subject_person changes reason prev hash org_path")
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		column, seq := columns[i%len(columns)], 1+random.Int64N(last)
		var before string
		row := app.DB().NewQuery(fmt.Sprintf("SELECT %s FROM audit_entries WHERE seq = {:seq}", column)).Bind(dbx.Params{"seq": seq})
		if err := row.Row(&before); err != nil {
			t.Fatal(err)
		}
		set := func(column, value string, where dbx.Expression) {
			if _, err := app.NonconcurrentDB().Update(audit.Entries, dbx.Params{column: value}, where).Execute(); err != nil {
				t.Fatal(column, value, err)
			}
		}
		forged := flip(random, column, before)
		where := dbx.NewExp("rowid = (SELECT rowid FROM audit_entries WHERE seq = {:seq})", dbx.Params{"seq": seq})
		if column == "seq" {
			where = dbx.HashExp{"id": fmt.Sprintf("%015d", seq)}
		}
		set(column, forged, where)
		report, err := audit.Verify(t.Context(), app, nil)
		if err != nil {
			t.Fatal(column, err)
		}
		switch {
		case report.Broken == nil:
			t.Errorf("%s of %d: %q became %q and nobody noticed", column, seq, before, forged)
		case report.Broken.Seq != seq && column != "id" && column != "org_path":
			t.Errorf("%s of %d: found at %d: %s", column, seq, report.Broken.Seq, report.Broken.Message)
		}
		where = dbx.NewExp("rowid = {:seq}", dbx.Params{"seq": seq})
		set(column, before, where)
	}
	whole(t, app)
}

// flip changes one character, or adds one where there is none.
func flip(random *rand.Rand, column, value string) string {
	switch column {
	case "seq":
		return value + "7"
	case "id": // another digit could be somebody else's number
		return value[:len(value)-1] + "x"
	}
	if value == "" {
		return "x"
	}
	at := random.IntN(len(value))
	for value[at] >= 0x80 { // stay within valid text
		at = random.IntN(len(value))
		if strings.IndexFunc(value, func(r rune) bool { return r < 0x80 }) < 0 {
			return value + "x"
		}
	}
	bit := byte(1) << random.IntN(5)
	return value[:at] + string(value[at]^bit) + value[at+1:]
}

// Removed, added, exchanged and cut: each has its own sentence.
func TestWhatElseIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tamper string
		code   string
		seq    int64
	}{
		"one removed":        {`DELETE FROM audit_entries WHERE seq = 5`, "audit_gap", 5},
		"the first removed":  {`DELETE FROM audit_entries WHERE seq = 1`, "audit_gap", 1},
		"null":               {`UPDATE audit_entries SET changes = NULL WHERE seq = 4`, "audit_unreadable", 4},
		"all but the anchor": {`DELETE FROM audit_entries`, "audit_cut", 1},
		"the end cut off":    {`DELETE FROM audit_entries WHERE seq > 7`, "audit_cut", 8},
		"another place":      {`UPDATE audit_entries SET org_path = '/wd/' WHERE seq = (SELECT MAX(seq) FROM audit_entries WHERE org != '')`, "audit_path", 0},
		"an archive that never was": {`UPDATE audit_entries SET action = 'archive', record = '3', label = 'x' WHERE seq = 9;
			DELETE FROM audit_entries WHERE seq <= 3`, "audit_link", 4},
	} {
		app := apptest.New(t)
		if _, err := audit.Anchor(app, apptest.Today); err != nil {
			t.Fatal(err)
		}
		sql(t, app, `DROP TRIGGER audit_entries_update`, `DROP TRIGGER audit_entries_delete`, c.tamper)
		report, err := audit.Verify(t.Context(), app, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		if report.Broken == nil || report.Broken.Code != c.code || c.seq != 0 && report.Broken.Seq != c.seq {
			t.Errorf("%s: Expected %s at %d, got %+v", name, c.code, c.seq, report.Broken)
		}
	}
}

// A chain that was written anew from some entry on holds by itself; a head that
// was kept elsewhere tells.
func TestKnownHeads(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	whole := whole(t, app)
	for _, c := range []struct {
		head audit.Chain
		code string
	}{
		{audit.Chain{Seq: whole.Last, Hash: whole.Head}, ""},
		{audit.Chain{Seq: whole.Last, Hash: "another"}, "audit_head"},
		{audit.Chain{Seq: whole.Last + 1, Hash: whole.Head}, "audit_cut"},
	} {
		report, err := audit.Verify(t.Context(), app, nil, c.head)
		if err != nil {
			t.Fatal(err)
		}
		if got := report.Broken; c.code == "" && got != nil || c.code != "" && (got == nil || got.Code != c.code) {
			t.Errorf("%+v: Expected %q, got %+v", c.head, c.code, got)
		}
	}
}

// The day's head is kept once.
func TestAnchor(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	head, err := audit.Anchor(app, apptest.Today)
	if err != nil || head.Seq == 0 {
		t.Fatal(head, err)
	}
	apptest.Make(t, app, "documents", document)
	if _, err := audit.Anchor(app, apptest.Today); err != nil {
		t.Fatal(err)
	}
	anchor := apptest.First(t, app, audit.Anchors, "day", apptest.Today)
	if anchor.GetString("hash") != head.Hash || int64(anchor.GetInt("seq")) != head.Seq {
		t.Errorf("Expected the first head of the day to stay, got %v", anchor.FieldsData())
	}
	whole(t, app)
}

// What is old goes into a file, and the chain goes on over the gap, twice.
func TestArchive(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	dir := t.TempDir()
	year := func(day string) int64 {
		apptest.SetToday(t, app, day)
		apptest.Make(t, app, "documents", document)
		return whole(t, app).Last
	}
	forget(t, app)
	sql(t, app, `CREATE TRIGGER audit_entries_delete BEFORE DELETE ON audit_entries WHEN OLD.seq > COALESCE((SELECT CAST(record AS INTEGER)
		FROM audit_entries WHERE action = 'archive' ORDER BY seq DESC LIMIT 1), 0) BEGIN SELECT RAISE(ABORT, 'append only'); END`)
	year("2020-03-01")
	first, second := year("2020-06-01"), year("2021-06-01")
	apptest.SetToday(t, app, "2026-06-10")

	ctx := kit.WithActor(t.Context(), kit.Job("audit archive"))
	archive := func(before, code string) audit.Archive {
		t.Helper()
		done, err := audit.MakeArchive(ctx, app, before, dir)
		apptest.Refused(t, before, err, code)
		return done
	}
	archive("2026-01-01", "audit_archive_young")
	archive("2020-03-01", "audit_archive_empty")
	one := archive("2021-01-01", "")
	if one.From != 1 || one.To != first {
		t.Errorf("Expected 1 to %d, got %+v", first, one)
	}
	if report := whole(t, app); report.First != second || report.Archived != first {
		t.Errorf("%+v", report)
	}
	two := archive("2022-01-01", "")
	files := []string{one.File, two.File}
	for name, c := range map[string]struct {
		files []string
		code  string
	}{
		"both": {files, ""}, "the last": {files[1:], ""}, "none": {nil, ""},
		"only the first": {files[:1], "audit_archive"}, "in the wrong order": {[]string{two.File, one.File}, "audit_number"},
	} {
		verifyArchives(t, app, name, c.files, c.code)
	}
	if _, err := app.NonconcurrentDB().NewQuery(`DELETE FROM audit_entries WHERE seq > 3`).Execute(); err == nil {
		t.Error("deleted what isn't archived")
	}
	tamperFiles(t, app, one.File, files)
	if err := os.Remove(one.File); err != nil {
		t.Fatal(err)
	}
	verifyArchives(t, app, "lost", files, "error")
}

func verifyArchives(t *testing.T, app core.App, name string, files []string, code string) {
	t.Helper()
	report, err := audit.Verify(t.Context(), app, files)
	got := ""
	switch {
	case err != nil:
		got = "error"
	case report.Broken != nil:
		got = report.Broken.Code
	}
	if got != code {
		t.Errorf("%s: Expected %q, got %q (%v, %+v)", name, code, got, err, report.Broken)
	}
}

// tamperFiles changes each byte of a file in turn, or a hundred of them.
func tamperFiles(t *testing.T, app core.App, file string, files []string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		forged := []byte(string(raw))
		at := random.IntN(len(forged))
		forged[at] ^= 1 << random.IntN(8)
		if err := os.WriteFile(file, forged, 0o600); err != nil {
			t.Fatal(err)
		}
		report, err := audit.Verify(t.Context(), app, files)
		if err == nil && report.Broken == nil {
			t.Errorf("byte %d of the archive changed and nobody noticed: %s", at, raw[max(0, at-20):min(len(raw), at+20)])
		}
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}
