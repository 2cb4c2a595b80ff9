package privacy_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
)

// traces are the forms in which the canary could show.
var traces = []string{canary, strings.ToLower(canary), canary[:17], "110105****"}

func leaks(text string) string {
	for _, trace := range traces {
		if strings.Contains(text, trace) {
			return trace
		}
	}
	return ""
}

var everybody = []string{
	apptest.Guest, apptest.Outsider, apptest.Member, apptest.Neighbour, apptest.Branch, apptest.Inspector, apptest.Deputy, apptest.Clerk,
	apptest.Secretary, apptest.Keeper,
}

// TestNumberShowsNowhere works a small day with a canary in the roster and looks
// for it in every list and record of every collection, over expand, realtime,
// batch and refusals, as each kind of person.
func TestNumberShowsNowhere(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.App.Settings().RateLimits.Enabled = false
	pages := map[string]*apptest.Listener{}
	for _, who := range everybody {
		pages[who], _ = s.Listen(t, who, `people/*`, `people_status/*`, `people_reveals/*?options={"query":{"expand":"person,by"}}`)
	}
	enrol(t, s.App)
	ask(t, s, apptest.Clerk, apptest.Member, "核对组织关系", "id_no")
	collections, err := s.App.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	member := apptest.Person(t, s.App, apptest.Member)
	for _, who := range everybody {
		for _, c := range collections {
			for _, url := range []string{
				apptest.URL(c.Name) + "?perPage=200&expand=person,by,org,people_via_org,org.people_via_org", apptest.URL(c.Name) + "?fields=*,id_no,masked",
			} {
				look(t, who+" "+url, s.Do(t, who, http.MethodGet, url, nil))
			}
		}
		for method, url := range map[string]string{"GET": apptest.URL(people.People, member.Id), "PATCH": apptest.URL(people.People, member.Id)} {
			look(t, who+" "+method+" "+url, s.Do(t, who, method, url, map[string]any{"title": "楼长"}))
		}
		look(t, who+" twice", s.Do(t, who, http.MethodPatch, apptest.URL(people.People, apptest.Person(t, s.App, apptest.Branch).Id), map[string]any{"id_no": canary}))
		look(t, who+" batch", s.Do(t, who, http.MethodPost, "/api/batch", map[string]any{"requests": []any{map[string]any{
			"method": "PATCH", "url": apptest.URL(people.People, member.Id), "body": map[string]any{"id_no": canary},
		}}}))
		for _, url := range []string{"/api/me", "/api/people/roster", "/api/people/search?q=sun", "/api/people/" + member.Id + "/viewers"} {
			look(t, who+" "+url, s.Do(t, who, http.MethodGet, url, nil))
		}
	}
	for who, page := range pages {
		for _, message := range page.Drain() {
			if trace := leaks(message); trace != "" {
				t.Errorf("%s heard %s: %s", who, trace, message)
			}
		}
	}
}

func look(t *testing.T, what string, answer apptest.Answer) {
	t.Helper()
	if trace := leaks(answer.Body); trace != "" {
		t.Errorf("%s holds %s: %s", what, trace, answer.Short())
	}
}

// TestNumberIsNotOnDisk looks into the bytes of the database, its logs and a
// backup, after a day on which the number was entered, refused, found and shown.
func TestNumberIsNotOnDisk(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.App.Settings().Logs.MaxDays = 5
	enrol(t, s.App)
	ask(t, s, apptest.Clerk, apptest.Member, "核对组织关系", "id_no").Want(t, 200, canary)
	s.Do(t, apptest.Clerk, http.MethodPatch, apptest.URL(people.People, apptest.Person(t, s.App, apptest.Branch).Id), map[string]any{"id_no": canary}).Want(t, 400)
	s.Do(t, apptest.Clerk, http.MethodPost, "/api/people/find", map[string]any{"id_no": canary, "reason": "核对组织关系"}).Want(t, 200)
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/people/search?q="+canary, nil).Want(t, 400)
	s.Do(t, apptest.Member, http.MethodGet, "/api/people/me/export", nil).Want(t, 200, canary)
	s.Do(t, apptest.Clerk, http.MethodGet, "/api/people/search?q=positivecontrol", nil).Want(t, 200)
	for range 300 { // what is logged is written two hundred lines at a time
		s.App.Logger().Info("fill")
	}
	logged := func() bool {
		var n int
		err := s.App.AuxDB().NewQuery("SELECT count(*) FROM _logs WHERE data LIKE '%positivecontrol%'").Row(&n)
		return err == nil && n > 0
	}
	for range 100 {
		if logged() {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !logged() {
		t.Fatal("requests are not logged, so there is nothing to look into")
	}
	if err := s.App.CreateBackup(t.Context(), "day.zip"); err != nil {
		t.Fatal(err)
	}
	checked := 0
	err := filepath.WalkDir(s.App.DataDir(), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		checked++
		scan(t, path, raw)
		return nil
	})
	if err != nil || checked < 3 {
		t.Errorf("looked into %d files (%v)", checked, err)
	}
}

// scan looks into a file, and into those of an archive.
func scan(t *testing.T, name string, raw []byte) {
	t.Helper()
	for _, trace := range traces {
		if bytes.Contains(raw, []byte(trace)) {
			t.Errorf("%s holds %s", name, trace)
		}
	}
	if !strings.HasSuffix(name, ".zip") {
		return
	}
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, ".key") {
			t.Errorf("the backup takes the key along: %s", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		inner, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		scan(t, name+"/"+f.Name, inner)
	}
}
