package audit_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
	"yaodian/hooks/kit"
)

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
	own, plain := `mine(person, @request.auth.id) = true`, `(@request.auth.id != "" && person = @request.auth.id)`
	other := `@request.auth.id != "" && org = @request.auth.id`
	make("visible", "谁。", "哪里。", &own)
	make("plainly", "谁。", "哪里。", &plain)
	make("inquiries", "谁。", "哪里。", &other)
	make("covert", "【敏感】谁。", "【敏感】哪里。", &own)
	make("closed", "谁。", "哪里。", nil)
	read := trail(t, app)
	member, zb1 := apptest.Person(t, app, apptest.Member).Id, apptest.Unit(t, app, "zb1").Id
	for collection, reaches := range map[string]map[string]string{
		"visible":   {"subject_person": member, "org": zb1, "org_path": "/jd/zb1/"},
		"plainly":   {"subject_person": member, "org": zb1, "org_path": "/jd/zb1/"},
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
