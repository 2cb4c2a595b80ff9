package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
	"yaodian/hooks/commands"
	"yaodian/hooks/kit"
)

// trail reads what was added since the call before.
func trail(t testing.TB, app core.App) func() []*core.Record {
	t.Helper()
	last := ""
	read := func() []*core.Record {
		t.Helper()
		entries, err := app.FindRecordsByFilter(audit.Entries, "id > {:last}", "id", 0, 0, map[string]any{"last": last})
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) > 0 {
			last = entries[len(entries)-1].Id
		}
		return entries
	}
	read()
	return read
}

// one fails the test unless there is exactly one new entry.
func one(t testing.TB, entries []*core.Record) *core.Record {
	t.Helper()
	if len(entries) != 1 {
		var all []string
		for _, e := range entries {
			all = append(all, e.GetString("action")+" "+e.GetString("collection")+" "+e.GetString("changes"))
		}
		t.Fatalf("Expected one entry, got %d: %s", len(entries), strings.Join(all, "\n"))
	}
	return entries[0]
}

// whole fails the test unless the chain holds.
func whole(t testing.TB, app core.App) audit.Report {
	t.Helper()
	report, err := audit.Verify(t.Context(), app, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Broken != nil {
		t.Fatal(report.Broken.Message)
	}
	return report
}

func want(t testing.TB, e *core.Record, values map[string]string) {
	t.Helper()
	for field, value := range values {
		if got := e.GetString(field); got != value {
			t.Errorf("%s: Expected %s, got %s", field, value, got)
		}
	}
}

// Each kind of write leaves one entry that says who did what.
func TestEveryWriteLeavesOneEntry(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.App.Settings().Batch.Enabled = true
	keeper := s.Token(t, apptest.Keeper)
	clerk := apptest.Person(t, s.App, apptest.Clerk)
	row := apptest.Make(t, s.App, "documents", document)
	url, unit := apptest.URL("documents"), apptest.Unit(t, s.App, "zb1").Id
	read := trail(t, s.App)
	edit := `{"title":["学习制度","%s"]}`
	byClerk := map[string]string{"actor_kind": "person", "actor": clerk.Id, "actor_name": "林干事", "actor_post": "党建办干事（清河街道党工委）"}

	for _, c := range []struct {
		name    string
		write   func(t *testing.T)
		entry   map[string]string
		changes string
	}{
		{"created over REST", func(t *testing.T) {
			s.Do(t, apptest.Clerk, http.MethodPost, url, apptest.Named(t, s.App, document)).Want(t, 200)
		}, byClerk, fmt.Sprintf(`{"action":["","draft"],"org":["","%s"],"state":["","planned"],"title":["","学习制度"],"year":["",2026]}`, unit)},
		{"changed over REST", func(t *testing.T) {
			s.Do(t, apptest.Clerk, http.MethodPatch, url+"/"+row.Id, `{"title":"甲"}`).Want(t, 200)
		}, byClerk, fmt.Sprintf(edit, "甲")},
		{"in a batch", func(t *testing.T) {
			s.Do(t, apptest.Clerk, http.MethodPost, "/api/batch", map[string]any{"requests": []any{
				map[string]any{"method": "PATCH", "url": url + "/" + row.Id, "body": map[string]any{"title": "学习制度"}},
			}}).Want(t, 200)
		}, byClerk, `{"title":["甲","学习制度"]}`},
		{"by the system keeper", func(t *testing.T) {
			s.Send(t, keeper, http.MethodPatch, url+"/"+row.Id, `{"note":"乙"}`).Want(t, 200)
		}, map[string]string{"actor_kind": "superuser", "actor_name": "keeper@example.com", "actor_post": ""}, `{"note":["","乙"]}`},
		{"by a script", func(t *testing.T) {
			apptest.Refused(t, "", apptest.Save(s.App, apptest.First(t, s.App, "documents", "id", row.Id), map[string]any{"note": "丙"}), "")
		}, map[string]string{"actor_kind": "system", "actor": "", "actor_name": ""}, `{"note":["乙","丙"]}`},
		{"by a job that says its name", func(t *testing.T) {
			job := kit.As(s.App, kit.Job("plan_advance"))
			apptest.Refused(t, "", apptest.Save(job, apptest.First(t, s.App, "documents", "id", row.Id), map[string]any{"note": ""}), "")
		}, map[string]string{"actor_kind": "system", "actor_name": "plan_advance"}, `{"note":["丙",""]}`},
		{"by the application, without validation", func(t *testing.T) {
			r := apptest.First(t, s.App, "documents", "id", row.Id)
			r.Set("due", "2026-09-30")
			apptest.Refused(t, "", s.App.SaveNoValidateWithContext(kit.System(t.Context()), r), "")
		}, map[string]string{"actor_kind": "system"}, `{"due":["","2026-09-30"]}`},
		{"deleted over REST", func(t *testing.T) {
			s.Do(t, apptest.Clerk, http.MethodDelete, url+"/"+row.Id, nil).Want(t, 204)
		}, byClerk, fmt.Sprintf(`{"action":["draft",""],"due":["2026-09-30",""],"org":["%s",""],"state":["planned",""],"title":["学习制度",""],"year":[2026,""]}`, unit)},
	} {
		c.write(t)
		e := one(t, read())
		want(t, e, c.entry)
		want(t, e, map[string]string{"collection": "documents", "org": unit, "org_path": "/jd/zb1/", "at": "2026-06-10 02:00:00.000Z"})
		if got := e.GetString("changes"); got != c.changes {
			t.Errorf("%s: Expected %s, got %s", c.name, c.changes, got)
		}
	}
	whole(t, s.App)
}

// What a command writes names the command.
func TestImportByCommand(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	file := filepath.Join(t.TempDir(), "要点.txt")
	if err := os.WriteFile(file, []byte("2026年工作要点\n一、学习\n1.组织学习。每季度组织一次学习。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := trail(t, app)
	root := &cobra.Command{Use: "yaodian"}
	root.AddCommand(commands.Plan(app))
	root.SetOut(&bytes.Buffer{})
	root.SetArgs([]string{"plan", "import", file, "--org", "jd", "--dry-run"})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	if n := len(read()); n != 0 {
		t.Errorf("a dry run left %d entries", n)
	}
	root.SetArgs([]string{"plan", "import", file, "--org", "jd", "--dry-run=false"})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	want(t, one(t, read()), map[string]string{"action": "create", "collection": "plan_imports", "actor_kind": "system", "actor_name": "plan import"})
}

// What follows from a write in its transaction is by the same person, whatever
// context the hook passes on, and down to cascades.
func TestConsequencesHaveTheSameActor(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	kit.OnSave(s.App, "org_roles", func(e *core.RecordEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		post := apptest.First(t, e.App, "org_posts", "person", apptest.Person(t, e.App, apptest.Branch).Id)
		post.Set("note", "随职务修改")
		return e.App.Save(post) // forgets the context
	})
	read := trail(t, s.App)
	s.Do(t, apptest.Keeper, http.MethodPatch, apptest.URL("org_roles", apptest.Role(t, s.App, "branch_secretary").Id), `{"name":"书记"}`).Want(t, 200)
	var seen []string
	for _, e := range read() {
		seen = append(seen, e.GetString("actor_kind")+" "+e.GetString("action")+" "+e.GetString("collection"))
	}
	if got := strings.Join(seen, ", "); got != "system create _superusers, superuser update org_roles, superuser update org_posts" {
		t.Error(got)
	}

	c := core.NewBaseCollection("notes")
	documents, err := s.App.FindCollectionByNameOrId("documents")
	if err != nil {
		t.Fatal(err)
	}
	c.Fields.Add(&core.RelationField{Name: "document", CollectionId: documents.Id, MaxSelect: 1, CascadeDelete: true})
	if err := s.App.Save(c); err != nil {
		t.Fatal(err)
	}
	row := apptest.Make(t, s.App, "documents", document)
	apptest.Make(t, s.App, "notes", map[string]any{"document": row.Id})
	read()
	s.Do(t, apptest.Clerk, http.MethodDelete, apptest.URL("documents", row.Id), nil).Want(t, 204)
	gone := read()
	if len(gone) != 2 {
		t.Errorf("Expected the document and its note, got %d", len(gone))
	}
	for _, e := range gone {
		want(t, e, map[string]string{"action": "delete", "actor_name": "林干事"})
	}
}

// What isn't stored leaves nothing.
func TestNothingStoredNothingWritten(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.App.Settings().Batch.Enabled = true
	row := apptest.Make(t, s.App, "documents", document)
	url := apptest.URL("documents", row.Id)
	s.Token(t, apptest.Keeper)
	read := trail(t, s.App)

	s.Do(t, apptest.Clerk, http.MethodPatch, url, `{"state":"void"}`).Want(t, 400)
	s.Do(t, apptest.Clerk, http.MethodPatch, url, `{"year":"x","title":""}`).Want(t, 400)
	s.Do(t, apptest.Member, http.MethodPatch, url, `{"title":"甲"}`).Want(t, 404)
	s.Do(t, apptest.Keeper, http.MethodDelete, apptest.URL("people", apptest.Person(t, s.App, apptest.Member).Id), nil).Want(t, 403)
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/batch", map[string]any{"requests": []any{
		map[string]any{"method": "PATCH", "url": url, "body": map[string]any{"title": "甲"}},
		map[string]any{"method": "PATCH", "url": url, "body": map[string]any{"state": "void"}},
	}}).Want(t, 400)
	back := errors.New("back")
	err := s.App.RunInTransaction(func(tx core.App) error {
		if err := apptest.Save(tx, apptest.First(t, tx, "documents", "id", row.Id), map[string]any{"title": "甲"}); err != nil {
			return err
		}
		if err := audit.Note(tx, t.Context(), audit.Event{Action: audit.Export, Record: row}); err != nil {
			return err
		}
		return back
	})
	if !errors.Is(err, back) {
		t.Fatal(err)
	}
	s.Do(t, apptest.Clerk, http.MethodPatch, url, `{"title":"学习制度"}`).Want(t, 200) // as it was
	apptest.Make(t, s.App, "notify_messages", map[string]any{"person": "#member", "kind": "system", "title": "甲"})
	if entries := read(); len(entries) != 0 {
		t.Errorf("Expected nothing, got %d, the first: %s", len(entries), entries[0].GetString("changes"))
	}
	whole(t, s.App)
}

// If the trail can't be written, neither can anything else.
func TestNoTraceNoWrite(t *testing.T) {
	t.Parallel()
	for name, statement := range map[string]string{"dropped": `DROP TABLE audit_entries`, "emptied": `ALTER TABLE audit_entries RENAME COLUMN hash TO h`} {
		app := apptest.New(t)
		sql(t, app, `DROP TRIGGER audit_entries_insert`, `DROP TRIGGER audit_entries_update`, statement)
		if _, err := apptest.Try(app, "documents", apptest.Named(t, app, document)); err == nil {
			t.Errorf("%s: stored without a trace", name)
		}
		if n, _ := app.CountRecords("documents"); n != 0 {
			t.Errorf("%s: %d documents", name, n)
		}
	}
}

// Twenty people at once leave a chain without a gap.
func TestParallelWrites(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.App.Settings().RateLimits.Enabled = false
	s.Token(t, apptest.Clerk)
	before := whole(t, s.App).Last
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			data := apptest.Named(t, s.App, document)
			data["title"] = fmt.Sprint("学习制度", i)
			s.Do(t, apptest.Clerk, http.MethodPost, apptest.URL("documents"), data).Want(t, 200)
		})
	}
	all.Wait()
	if after := whole(t, s.App).Last; after != before+20 {
		t.Errorf("Expected 20 entries, got %d", after-before)
	}
}

// Values of sensitive fields are nowhere in the trail, however they got there.
func TestSensitiveValuesStayOut(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	const canary = "Canary370101"
	c := core.NewBaseCollection("hardships")
	c.Fields.Add(
		&core.TextField{Name: "title", Presentable: true, Help: "【敏感】困难情况。"}, &core.TextField{Name: "secret", Hidden: true},
		&core.NumberField{Name: "income", Help: "收入。【敏感】"}, &core.JSONField{Name: "data", Hidden: true}, &core.FileField{Name: "file", MaxSelect: 1, Hidden: true},
		&core.EditorField{Name: "open", Help: "公开。"},
	)
	if err := s.App.Save(c); err != nil {
		t.Fatal(err)
	}
	keeper := s.Token(t, apptest.Keeper)
	read := trail(t, s.App)
	row := apptest.Make(t, s.App, "hardships", map[string]any{
		"title": canary, "secret": canary, "income": 370101777, "data": map[string]any{"x": canary}, "open": "可见",
	})
	want(t, one(t, read()), map[string]string{
		"changes": `{"data":["changed"],"income":["changed"],"open":["","可见"],"secret":["changed"],"title":["changed"]}`, "label": "",
	})
	s.Send(t, keeper, http.MethodPatch, apptest.URL("hardships", row.Id), map[string]any{"secret": canary + "2", "income": 370101778}).Want(t, 200)
	want(t, one(t, read()), map[string]string{"changes": `{"income":["changed"],"secret":["changed"]}`})

	person := apptest.Person(t, s.App, apptest.Member)
	person.SetPassword(canary + "abc")
	person.Load(map[string]any{"email": "canary370101@example.com", "emailVisibility": true})
	apptest.Refused(t, "", kit.SaveAsSystem(s.App, context.Background(), person), "")
	s.Do(t, apptest.Guest, http.MethodPost, "/api/collections/people/auth-with-password", map[string]any{"identity": canary, "password": canary}).Want(t, 400)
	s.Send(t, keeper, http.MethodPost, "/api/sql", map[string]any{"query": "SELECT '" + canary + "', 370101777"}).Want(t, 200)
	err := audit.Note(s.App, t.Context(), audit.Event{
		Action: audit.Reveal, Record: apptest.First(t, s.App, "hardships", "id", row.Id), Reason: "走访慰问", Changes: audit.Changes{"secret": {canary, canary}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Send(t, keeper, http.MethodPatch, "/api/settings", map[string]any{"smtp": map[string]any{"password": canary}}).Want(t, 200)
	s.Send(t, keeper, http.MethodPatch, "/api/collections/people", map[string]any{"authToken": map[string]any{"secret": strings.Repeat(canary, 4)}}).Want(t, 200)
	if err := s.App.Delete(apptest.First(t, s.App, "hardships", "id", row.Id)); err != nil {
		t.Fatal(err)
	}

	entries := read()
	if len(entries) < 7 {
		for _, e := range entries {
			t.Log(e.GetString("action"), e.GetString("collection"), e.GetString("changes"))
		}
		t.Errorf("only %d entries", len(entries))
	}
	for _, e := range entries {
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.ToLower(string(raw)); strings.Contains(text, "canary") || strings.Contains(text, "370101") {
			t.Error(text)
		}
	}
}

// A record whose organization or person is marked is read by the system keeper
// alone, and so is one that the person may not see as theirs.
func TestWhomAnEntryReaches(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	make := func(name, personHelp, orgHelp string, rule *string) {
		people, _ := app.FindCollectionByNameOrId("people")
		units, _ := app.FindCollectionByNameOrId("org_units")
		c := core.NewBaseCollection(name)
		c.Fields.Add(
			&core.RelationField{Name: "person", CollectionId: people.Id, MaxSelect: 1, Help: personHelp},
			&core.RelationField{Name: "org", CollectionId: units.Id, MaxSelect: 1, Help: orgHelp}, &core.TextField{Name: "org_path", Help: "路径。"},
		)
		c.ViewRule = rule
		if err := app.Save(c); err != nil {
			t.Fatal(err)
		}
	}
	own := `(@request.auth.id != "" && person = @request.auth.id)`
	other := `@request.auth.id != "" && org = @request.auth.id`
	make("visible", "谁。", "哪里。", &own)
	make("inquiries", "谁。", "哪里。", &other)
	make("covert", "【敏感】谁。", "【敏感】哪里。", &own)
	make("closed", "谁。", "哪里。", nil)
	read := trail(t, app)
	member, zb1 := apptest.Person(t, app, apptest.Member).Id, apptest.Unit(t, app, "zb1").Id
	for collection, reaches := range map[string]map[string]string{
		"visible":   {"subject_person": member, "org": zb1, "org_path": "/jd/zb1/"},
		"inquiries": {"subject_person": "", "org": zb1, "org_path": "/jd/zb1/"},
		"closed":    {"subject_person": "", "org": zb1, "org_path": "/jd/zb1/"},
		"covert":    {"subject_person": "", "org": "", "org_path": "", "changes": `{"org":["changed"],"person":["changed"]}`},
	} {
		apptest.Make(t, app, collection, map[string]any{"person": "#member", "org": "@zb1"})
		want(t, one(t, read()), reaches)
	}
}

// An organization takes its history along when it moves, and the chain holds.
func TestHistoryFollowsTheTree(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	apptest.Make(t, s.App, "documents", document)
	seen := func(who string) int {
		return s.Do(t, who, http.MethodGet, apptest.URL(audit.Entries)+`?perPage=200&filter=collection="documents"`, nil).Count()
	}
	if got := seen(apptest.Branch); got != 1 {
		t.Errorf("Expected 1 before, got %d", got)
	}
	unit := apptest.Unit(t, s.App, "zb1")
	if err := apptest.Save(s.App, unit, map[string]any{"parent": apptest.Unit(t, s.App, "wd").Id}); err != nil {
		t.Fatal(err)
	}
	if a, b := seen(apptest.Branch), seen(apptest.Inspector); a != 1 || b != 0 {
		t.Errorf("Expected the branch to see it and the committee no more, got %d and %d", a, b)
	}
	gone := apptest.Make(t, s.App, "org_units", map[string]any{"code": "gone", "name": "临时支部", "kind": "branch", "parent": "@jd"})
	if err := s.App.Delete(gone); err != nil {
		t.Fatal(err)
	}
	whole(t, s.App)
}

// Entries reach nobody's open page: a reader asks for them.
func TestNoRealtime(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	page, _ := s.Listen(t, apptest.Clerk, audit.Entries+"/*")
	apptest.Make(t, s.App, "documents", document)
	page.Hear(t, 0)
}

// A note says what the caller says, and of the record what it says of itself.
func TestNote(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	read := trail(t, app)
	member, clerk := apptest.Person(t, app, apptest.Member), apptest.Person(t, app, apptest.Clerk)
	ctx := kit.WithActor(t.Context(), kit.Actor{Kind: kit.ByPerson, ID: clerk.Id, Name: "林干事"})
	for _, event := range []audit.Event{
		{Action: audit.Reveal, Record: member, Reason: "核对转接材料", OnBehalf: "someone"},
		{Action: audit.Decision, Record: member, Changes: audit.Changes{"verdict": {"", "approve"}}, Label: "申请"},
		{Action: audit.Export, Collection: "people", Label: "花名册", Reason: "年报", Private: true},
	} {
		if err := audit.Note(app, ctx, event); err != nil {
			t.Fatal(err)
		}
	}
	entries := read()
	if len(entries) != 3 {
		t.Fatalf("%d entries", len(entries))
	}
	for i, values := range []map[string]string{
		{"action": "reveal", "subject_person": member.Id, "label": "孙党员", "org_path": "/jd/zb1/", "on_behalf": "someone", "reason": "核对转接材料", "changes": "{}"},
		{"action": "decision", "record": member.Id, "label": "申请", "changes": `{"verdict":["","approve"]}`},
		{"action": "export", "collection": "people", "record": "", "org": "", "label": "花名册"},
	} {
		want(t, entries[i], values)
		want(t, entries[i], map[string]string{"actor": clerk.Id, "actor_post": "党建办干事（清河街道党工委）"})
	}
}
