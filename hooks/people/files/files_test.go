package files_test

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people/files"
)

var (
	file  = map[string]any{"person": "#member", "org": "@zb1", "kind": "party", "number": "D-0101", "place": "党工委档案室 3 柜"}
	paper = map[string]any{"file": "filemember00000", "material": "will", "received_on": "2026-06-01", "form": "original"}
	loan  = map[string]any{"file": "filemember00000", "borrower": "#clerk", "approved_by": "#deputy", "purpose": "check", "lent_on": "2026-06-01", "due": "2026-06-09"}
)

// filed is the file of the member.
func filed(t testing.TB, app core.App) *core.Record {
	t.Helper()
	data := apptest.Named(t, app, file)
	data["id"] = "filemember00000"
	return apptest.Create(t, app, files.Files, data)
}

func stored(t testing.TB, app core.App) *core.Record {
	t.Helper()
	return apptest.First(t, app, files.Files, "id", "filemember00000")
}

// What a file must hold follows from how far somebody has come (2.2).
func TestMissing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind string
		held []string
		want string
	}{
		{"staff", nil, ""},
		{"applicant", nil, "入党申请书"},
		{"activist", []string{"application"}, "培养教育考察材料"},
		{"probationary", []string{"application", "training", "will"}, "政治审查材料"},
		{"member", []string{"application", "training", "review", "will"}, "转正申请书"},
		{"member", []string{"other", "application", "training", "review", "will", "full_application"}, ""},
	} {
		if got := files.Missing(c.kind, c.held); got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

// A file says by itself what it lacks, as papers come, go, and as the person
// gets on.
func TestFilesCountThemselves(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	filed(t, app)
	if got := stored(t, app).GetString("missing"); got != "入党申请书、培养教育考察材料、政治审查材料、入党志愿书、转正申请书" {
		t.Errorf("at first: %s", got)
	}
	p := apptest.Make(t, app, files.Papers, paper)
	if got := stored(t, app).GetString("missing"); got != "入党申请书、培养教育考察材料、政治审查材料、转正申请书" {
		t.Errorf("with one: %s", got)
	}
	if _, err := apptest.Try(app, files.Papers, paper); err == nil {
		t.Error("the same paper twice")
	}
	if err := app.Delete(p); err != nil {
		t.Fatal(err)
	}
	apptest.Refused(t, "probationary", apptest.Save(app, apptest.Person(t, app, apptest.Member), map[string]any{"kind": "probationary"}), "")
	if got := stored(t, app).GetString("missing"); got != "入党申请书、培养教育考察材料、政治审查材料、入党志愿书" {
		t.Errorf("of a probationary member: %s", got)
	}
	apptest.Refused(t, "said otherwise", apptest.Save(app, stored(t, app), map[string]any{"missing": ""}), "")
	if stored(t, app).GetString("missing") == "" {
		t.Error("what is missing was written by hand")
	}
}

// A file is lent by one to another, once at a time, and counted when it is back.
func TestLoans(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	f := filed(t, app)
	for name, c := range map[string]struct{ field, value, code string }{
		"to themselves":   {"borrower", "#member", "people_files_own"},
		"approved by own": {"approved_by", "#clerk", "people_files_approver"},
		"by the person":   {"approved_by", "#member", "people_files_approver"},
		"by nobody":       {"approved_by", "", "people_loans_needs"},
		"for whatever":    {"purpose", "other", "people_files_note"},
		"to come":         {"lent_on", "2026-06-11", "people_files_day"},
		"back before":     {"due", "2026-05-31", "people_files_due"},
	} {
		data := map[string]any{}
		for k, v := range loan {
			data[k] = v
		}
		data[c.field] = c.value
		_, err := apptest.Try(app, files.Loans, apptest.Named(t, app, data))
		apptest.Refused(t, name, err, c.code)
	}
	l := apptest.Make(t, app, files.Loans, loan)
	if got := stored(t, app).GetString("state"); got != "lent" {
		t.Errorf("lent: %s", got)
	}
	_, err := apptest.Try(app, files.Loans, apptest.Named(t, app, loan))
	apptest.Refused(t, "twice", err, "people_files_away")
	apptest.Refused(t, "by hand", apptest.Save(app, stored(t, app), map[string]any{"state": "kept"}), "people_files_lending")
	apptest.Refused(t, "counted by the borrower", apptest.Save(app, l, apptest.Named(t, app, map[string]any{"state": "returned", "returned_on": "2026-06-10", "taken_by": "#clerk"})), "org_same_person")
	apptest.Refused(t, "back", apptest.Save(app, l, apptest.Named(t, app, map[string]any{"state": "returned", "returned_on": "2026-06-10", "taken_by": "#branch1"})), "")
	if got := stored(t, app).GetString("state"); got != "kept" {
		t.Errorf("back: %s", got)
	}
	apptest.Refused(t, "a file stays", app.Delete(f), "people_files_permanent")
}

// What should be back is asked for once, of who has it and who lent it.
func TestOverdueFiles(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	filed(t, app)
	apptest.Make(t, app, files.Loans, loan)
	for day, want := range map[string]int{"2026-06-09": 0} {
		if n, err := files.Remind(app, day); n != want || err != nil {
			t.Errorf("%s: %d %v", day, n, err)
		}
	}
	for i := range 2 {
		if n, err := files.Remind(app, "2026-06-10"); n != 2*(1-i) || err != nil {
			t.Errorf("run %d: %d %v", i, n, err)
		}
	}
	if n, err := app.CountRecords("notify_messages", dbx.Like("title", "档案逾期未还：D-0101")); n != 2 || err != nil {
		t.Errorf("%d messages, %v", n, err)
	}
}

// A file follows its person: it is on its way until the new branch has it.
func TestFilesFollow(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	filed(t, s.App)
	apptest.Make(t, s.App, files.Papers, paper)
	zb2 := apptest.Unit(t, s.App, "zb2").Id
	apptest.Refused(t, "moved", apptest.Save(s.App, apptest.Person(t, s.App, apptest.Member), map[string]any{"org": zb2}), "")
	f := stored(t, s.App)
	if f.GetString("org") != zb2 || f.GetString("state") != "transit" || f.GetString("place") != "" {
		t.Errorf("got %s %s %s", f.GetString("org"), f.GetString("state"), f.GetString("place"))
	}
	if n := s.Do(t, apptest.Neighbour, http.MethodGet, apptest.URL(files.Papers), nil).Count(); n != 1 {
		t.Errorf("the new branch sees %d papers", n)
	}
	url := apptest.URL(files.Files, f.Id)
	s.Do(t, apptest.Clerk, http.MethodPatch, url, map[string]any{"state": "kept"}).Want(t, 400, "people_files_needs")
	s.Do(t, apptest.Clerk, http.MethodPatch, url, map[string]any{"state": "kept", "place": "党工委档案室 4 柜"}).Want(t, 200)
}

func policy(t *testing.T, collection string, record func(testing.TB, core.App) *core.Record, create, update map[string]any, table string) {
	t.Helper()
	t.Parallel()
	apptest.Policy{
		Collection: collection,
		Record: func(t testing.TB, app *tests.TestApp) *core.Record {
			f := filed(t, app)
			if record == nil {
				return f
			}
			return record(t, app)
		},
		Create: create, Update: update, Table: table,
	}.Test(t)
}

func TestFilesPolicy(t *testing.T) {
	policy(t, files.Files, nil, map[string]any{"person": "#branch2", "org": "@zb2", "kind": "party", "place": "3 柜"}, map[string]any{"checked_on": "2026-06-10"}, `
		who       list view create update delete
		guest     0    404  400    404    403
		outsider  0    404  400    404    403
		member    1    200  400    404    403
		branch2   0    404  400    404    403
		branch1   1    200  400    404    403
		inspector 0    404  400    404    403
		deputy    1    200  400    404    403
		clerk     1    200  200    200    403
		keeper    1    200  200    200    403`)
}

func TestPapersPolicy(t *testing.T) {
	policy(t, files.Papers, func(t testing.TB, app core.App) *core.Record { return apptest.Make(t, app, files.Papers, paper) },
		map[string]any{"file": "filemember00000", "material": "training", "received_on": "2026-06-01", "form": "copy"}, map[string]any{"pages": 4}, `
		who       list view create update delete
		guest     0    404  400    404    404
		outsider  0    404  400    404    404
		member    1    200  400    404    404
		branch2   0    404  400    404    404
		branch1   1    200  400    404    404
		deputy    1    200  400    404    404
		clerk     1    200  200    200    204
		keeper    1    200  200    200    204`)
}

func TestLoansPolicy(t *testing.T) {
	policy(t, files.Loans, func(t testing.TB, app core.App) *core.Record { return apptest.Make(t, app, files.Loans, loan) },
		map[string]any{"file": "filemember00000", "borrower": "#secretary", "approved_by": "#deputy", "purpose": "check", "lent_on": "2026-06-01", "due": "2026-06-09"},
		map[string]any{"due": "2026-06-12"}, `
		who       list view create update delete
		guest     0    404  400    404    403
		outsider  0    404  400    404    403
		member    1    200  400    404    403
		branch2   0    404  400    404    403
		branch1   1    200  400    404    403
		deputy    1    200  400    404    403
		clerk     1    200  400    200    403
		keeper    1    200  400    200    403`)
}
