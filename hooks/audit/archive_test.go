package audit_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
	"yaodian/hooks/kit"
)

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

// Archiving that was cut short leaves a chain that holds, and what it has left
// goes later; one that lies about its end is found.
func TestArchiveCutShort(t *testing.T) {
	t.Parallel()
	const end = 6
	for name, c := range map[string]struct{ hash, code string }{"true": {"", ""}, "a lie": {"another", "audit_archive"}} {
		app := apptest.New(t)
		hash := c.hash
		if hash == "" {
			row := app.DB().NewQuery("SELECT hash FROM audit_entries WHERE seq = {:seq}").Bind(dbx.Params{"seq": end})
			if err := row.Row(&hash); err != nil {
				t.Fatal(err)
			}
		}
		err := audit.Note(app, t.Context(), audit.Event{Action: audit.Archived, Collection: audit.Entries, ID: fmt.Sprint(end), Label: hash})
		if err != nil {
			t.Fatal(err)
		}
		sql(t, app, `DELETE FROM audit_entries WHERE seq < 4`)
		verifyArchives(t, app, name, nil, c.code)
		if c.code != "" {
			continue
		}
		_, err = audit.MakeArchive(t.Context(), app, "2020-01-01", t.TempDir())
		apptest.Refused(t, name, err, "audit_archive_empty")
		if report := whole(t, app); report.First != end+1 {
			t.Errorf("Expected the rest to be gone, got %+v", report)
		}
	}
}
