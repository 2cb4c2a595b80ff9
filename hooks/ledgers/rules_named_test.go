package ledgers_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var ruleTest = regexp.MustCompile(`func TestR_([A-Z]+)_(\d\d)_`)

// Whoever looks for what a rule means finds its test by its number.
func TestEveryRuleHasATestOfItsName(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, name := range ruleTest.FindAllStringSubmatch(string(source), -1) {
			tested["R-"+name[1]+"-"+name[2]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for capability, numbers := range rulesOf(t) {
		for _, number := range numbers {
			if !tested[number] {
				t.Errorf("hooks/%s speaks of %s, but there is no TestR_%s_…", capability, number, strings.ReplaceAll(number[2:], "-", "_"))
			}
		}
	}
}
