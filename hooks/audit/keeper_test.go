package audit_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
)

// What the system keeper does to the system itself.
func TestKeeper(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	do := func(method, url string, body any) apptest.Answer { return s.Do(t, apptest.Keeper, method, url, body) }
	s.Token(t, apptest.Keeper)
	read := trail(t, s.App)
	bySuperuser := map[string]string{"actor_kind": "superuser", "actor_name": "keeper@example.com"}

	do(http.MethodPatch, "/api/settings", map[string]any{"meta": map[string]any{"appName": "要点"}, "smtp": map[string]any{"host": "mail.example.com"}}).Want(t, 200)
	e := one(t, read())
	want(t, e, bySuperuser)
	if got := e.GetString("changes"); !strings.Contains(got, `"smtp.host":["smtp.example.com","mail.example.com"]`) || strings.Contains(got, "port") {
		t.Error(got)
	}

	do(http.MethodPost, "/api/collections", map[string]any{"name": "notes", "type": "base", "fields": []any{map[string]any{"name": "text", "type": "text"}}}).Want(t, 200)
	want(t, one(t, read()), map[string]string{"action": "create", "collection": "_collections", "label": "notes", "actor_kind": "superuser"})
	do(http.MethodPatch, "/api/collections/notes", map[string]any{"listRule": ""}).Want(t, 200)
	e = one(t, read())
	want(t, e, bySuperuser)
	want(t, e, map[string]string{"changes": `{"listRule":[null,""]}`})

	apptest.Make(t, s.App, "notes", map[string]any{"text": "甲"})
	apptest.Make(t, s.App, "notes", map[string]any{"text": "乙"})
	read()
	do(http.MethodDelete, "/api/collections/notes/truncate", nil).Want(t, 204)
	entries := read()
	if len(entries) != 2 {
		t.Errorf("truncated: %d entries", len(entries))
	}
	for _, e := range entries {
		want(t, e, bySuperuser)
	}

	do(http.MethodPost, "/api/sql", map[string]any{"query": "UPDATE notes SET text = '丙'"}).Want(t, 200)
	e = one(t, read())
	want(t, e, bySuperuser)
	want(t, e, map[string]string{"action": "sql", "reason": "UPDATE notes SET text = ?"})

	do(http.MethodDelete, "/api/collections/notes", nil).Want(t, 204)
	e = one(t, read())
	want(t, e, bySuperuser)
	want(t, e, map[string]string{"action": "delete", "label": "notes"})
	whole(t, s.App)
}

// Importing the schema as it is changes nothing; importing it without the trail
// is refused.
func TestImportedSchema(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.Token(t, apptest.Keeper)
	var list struct {
		Items json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal([]byte(s.Do(t, apptest.Keeper, http.MethodGet, "/api/collections?perPage=200", nil).Body), &list); err != nil {
		t.Fatal(err)
	}
	collections := `{"collections":` + string(list.Items) + `}`
	read := trail(t, s.App)
	s.Do(t, apptest.Keeper, http.MethodPut, "/api/collections/import", collections).Want(t, 204)
	if entries := read(); len(entries) != 0 {
		t.Errorf("%d entries, the first: %s %s", len(entries), entries[0].GetString("label"), entries[0].GetString("changes"))
	}
	s.Do(t, apptest.Keeper, http.MethodPut, "/api/collections/import", `{"collections":[{"name":"notes","type":"base"}],"deleteMissing":true}`).Want(t, 400)
	if entries := read(); len(entries) != 0 {
		t.Errorf("%d entries of what was rolled back", len(entries))
	}
	s.Do(t, apptest.Keeper, http.MethodPut, "/api/collections/import", `{"collections":[{"name":"notes","type":"base"}]}`).Want(t, 204)
	want(t, one(t, read()), map[string]string{"label": "notes", "actor_kind": "superuser"})
}

// A backup is the whole database: making, fetching and deleting it is noted.
func TestBackups(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.Token(t, apptest.Keeper)
	read := trail(t, s.App)
	s.Do(t, apptest.Keeper, http.MethodPost, "/api/backups", map[string]any{"name": "one.zip"}).Want(t, 204)
	want(t, one(t, read()), map[string]string{"action": "backup", "actor_kind": "superuser", "label": "one.zip", "reason": "生成备份。"})
	s.Do(t, apptest.Guest, http.MethodGet, "/api/backups/one.zip?token="+s.Token(t, apptest.Clerk), nil).Want(t, 403)
	token := s.Do(t, apptest.Keeper, http.MethodPost, "/api/files/token", nil).Text("token")
	read()
	s.Do(t, apptest.Guest, http.MethodGet, "/api/backups/one.zip?token="+token, nil).Want(t, 200)
	want(t, one(t, read()), map[string]string{"action": "export", "actor_kind": "superuser", "label": "one.zip"})
	s.Do(t, apptest.Keeper, http.MethodDelete, "/api/backups/one.zip", nil).Want(t, 204)
	want(t, one(t, read()), map[string]string{"action": "backup", "reason": "删除备份。"})
}
