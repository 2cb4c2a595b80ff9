package ledgers_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yaodian/hooks/apptest"
)

var update = flag.Bool("update", false, "rewrite the table of items in CONTRIBUTING.md")

const guide = "../../CONTRIBUTING.md"

var (
	numbered = regexp.MustCompile(`R-[A-Z]+-\d\d`)
	between  = regexp.MustCompile(`(?s)(<!-- items: .*?-->\n).*?(<!-- /items -->)`)
)

// rulesOf lists the numbers of the rules that each capability speaks of in its code.
func rulesOf(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string]map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		capability, _, _ := strings.Cut(filepath.ToSlash(strings.TrimPrefix(path, "../")), "/")
		source, err := os.ReadFile(path)
		for _, number := range numbered.FindAllString(string(source), -1) {
			if found[capability] == nil {
				found[capability] = map[string]bool{}
			}
			found[capability][number] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for capability, numbers := range found {
		out[capability] = slices.Sorted(maps.Keys(numbers))
	}
	return out
}

// TestItems: each of the 25 items of the plan has ledgers that serve it, and the
// table of them in CONTRIBUTING.md is as the views and the code have it. It is
// rewritten by: go test ./hooks/ledgers -run TestItems -update
func TestItems(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	views, err := app.FindRecordsByFilter("ledgers_views", "", "sort,collection", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	rules := rulesOf(t)
	var table strings.Builder
	table.WriteString("\n| item | ledgers | rules of their capabilities |\n|---|---|---|\n")
	for n := 1; n <= 25; n++ {
		var ledgers, numbers []string
		seen := map[string]bool{}
		for _, v := range views {
			if !slices.Contains(strings.Fields(v.GetString("items")), strconv.Itoa(n)) {
				continue
			}
			name := v.GetString("collection")
			ledgers = append(ledgers, fmt.Sprintf("%s `%s`", v.GetString("title"), name))
			if capability, _, _ := strings.Cut(name, "_"); !seen[capability] {
				seen[capability] = true
				numbers = append(numbers, rules[capability]...)
			}
		}
		if len(ledgers) == 0 {
			t.Errorf("item %d has no ledger", n)
		}
		fmt.Fprintf(&table, "| %d | %s | %s |\n", n, strings.Join(ledgers, ", "), strings.Join(numbers, " "))
	}
	table.WriteString("\n")

	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	fresh := between.ReplaceAllString(string(text), "${1}"+table.String()+"${2}")
	if *update {
		if err := os.WriteFile(guide, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if fresh != string(text) || !between.MatchString(fresh) {
		t.Error("the table of items in CONTRIBUTING.md is stale: go test ./hooks/ledgers -run TestItems -update")
	}
}
