package ledgers_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/apptest"
)

type catalogue struct {
	Version string
	Ledgers []struct {
		Collection, Title string
		May               struct{ List, Create string }
	}
}

func (c catalogue) find(name string) (list, create string) {
	for _, l := range c.Ledgers {
		if l.Collection == name {
			return l.May.List, l.May.Create
		}
	}
	return "", ""
}

// TestCatalogue: everybody sees exactly the ledgers that the rules open to them.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	s.Do(t, apptest.Guest, "GET", "/api/ledgers", nil).Want(t, 401)
	for _, c := range []struct{ who, collection, list, create string }{
		{apptest.Clerk, "documents", "reach", "reach"},
		{apptest.Member, "documents", "reach", "none"}, // what is issued to their branch
		{apptest.Member, "plan_duties", "own", "none"},
		{apptest.Member, "plan_imports", "", ""},
		{apptest.Inspector, "documents", "reach", "none"},
		{apptest.Keeper, "plan_imports", "all", "all"},
	} {
		var got catalogue
		read(t, s, c.who, "/api/ledgers", &got)
		if list, create := got.find(c.collection); list != c.list || create != c.create {
			t.Errorf("%s %s: Expected %q %q, got %q %q", c.who, c.collection, c.list, c.create, list, create)
		}
	}
}

// TestNewFieldsAppear: a field or a collection that an administrator adds in
// the browser is in the description at once, and open pages hear of it.
func TestNewFieldsAppear(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	var before, after catalogue
	read(t, s, apptest.Clerk, "/api/ledgers", &before)
	page, _ := s.Listen(t, apptest.Clerk, "ledgers")

	c, err := s.App.FindCollectionByNameOrId("documents")
	if err != nil {
		t.Fatal(err)
	}
	c.Fields.Add(&core.SelectField{Name: "level", Values: []string{"a", "b"}, MaxSelect: 1, Help: "级别：a 一般，b 重要。"})
	if err := s.App.Save(c); err != nil {
		t.Fatal(err)
	}
	own := core.NewBaseCollection("garden")
	own.ListRule = types.Pointer(`@request.auth.id != ""`)
	own.Fields.Add(&core.TextField{Name: "what", Help: "种了什么。"})
	if err := s.App.Save(own); err != nil {
		t.Fatal(err)
	}
	page.Hear(t, 2)

	s.Do(t, apptest.Clerk, "GET", "/api/ledgers/documents", nil).Want(t, 200, `"label":"级别"`, `{"value":"b","word":"重要"}`)
	s.Do(t, apptest.Member, "GET", "/api/ledgers/garden", nil).Want(t, 200, `"label":"种了什么"`, `"columns":["what"]`)
	read(t, s, apptest.Clerk, "/api/ledgers", &after)
	if list, _ := after.find("garden"); list != "all" || after.Version == before.Version {
		t.Errorf("Expected the new collection in a new version, got %q in %s", list, after.Version)
	}
}

// TestDescriptionHidesWhatIsHidden: neither hidden fields nor ledgers out of
// reach can be described.
func TestDescriptionHidesWhatIsHidden(t *testing.T) {
	t.Parallel()
	s := apptest.NewServer(t)
	answer := s.Do(t, apptest.Clerk, "GET", "/api/ledgers/people", nil)
	answer.Want(t, 200, `"name":"title"`)
	for _, name := range []string{"locked_until", "tokenKey", "password", "org_path"} {
		if answer.Has(`"name":"` + name + `"`) {
			t.Errorf("Expected no description of %s", name)
		}
	}
	s.Do(t, apptest.Member, "GET", "/api/ledgers/plan_imports", nil).Want(t, 404)
	s.Do(t, apptest.Member, "GET", "/api/ledgers/_superusers", nil).Want(t, 404)
}
