package audit_test

import (
	"net/http"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/audit"
)

// Where the trail ends is told to officers who read it.
func TestHead(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	const head = "/api/audit/head"
	s.Do(t, apptest.Guest, http.MethodGet, head, nil).Want(t, 401)
	s.Do(t, apptest.Member, http.MethodGet, head, nil).Want(t, 403, "audit_no_power")
	s.Do(t, apptest.Clerk, http.MethodGet, head, nil).Want(t, 200, `"day":""`)
	end, err := audit.Anchor(s.App, "2026-06-10")
	if err != nil {
		t.Fatal(err)
	}
	s.Do(t, apptest.Clerk, http.MethodGet, head, nil).Want(t, 200, `"day":"2026-06-10"`, end.Hash)
	s.Do(t, apptest.Keeper, http.MethodGet, head, nil).Want(t, 200, end.Hash)
}
