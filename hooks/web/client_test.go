package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// These tests hold what lies in pb_public to ui.md: the vendored files to their
// lock, the sizes to their budgets, the texts to Chinese punctuation.

const public = "../../pb_public"

func readPublic(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(path.Join(public, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// packed is the size of a file as it goes over the wire.
func packed(t *testing.T, name string) int {
	t.Helper()
	var buf bytes.Buffer
	w, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if _, err := w.Write(readPublic(t, name)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Len()
}

// scripts are the client's own modules.
func scripts(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(public), "js", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(p) == ".js" {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

var asset = regexp.MustCompile(`<(?:link rel="(stylesheet|modulepreload)"|script)[^>]*? (?:href|src)="/b/%BUILD%/([^"]+)"`)

// firstPage is what index.html asks for, once each.
func firstPage(t *testing.T) []string {
	t.Helper()
	var names []string
	seen := map[string]bool{}
	for _, m := range asset.FindAllSubmatch(readPublic(t, "index.html"), -1) {
		if name := string(m[2]); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// Every vendored file is exactly the one that vendor.lock names, has its
// licence, and no other file lies there.
func TestVendorLock(t *testing.T) {
	want := map[string]string{}
	for line := range strings.Lines(string(readPublic(t, "vendor/vendor.lock"))) {
		f := strings.Fields(line) // sha256 file package@version path integrity
		want[f[1]] = f[0]
		readPublic(t, "vendor/licences/"+strings.ReplaceAll(f[2], "/", "_")+".txt")
	}
	files, err := fs.Glob(os.DirFS(public), "vendor/*.mjs")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		sum := sha256.Sum256(readPublic(t, f))
		if name := path.Base(f); hex.EncodeToString(sum[:]) != want[name] {
			t.Errorf("%s: not the file that vendor.lock names", name)
		}
		delete(want, path.Base(f))
	}
	for name := range want {
		t.Errorf("%s: missing", name)
	}
}

// Budgets of ui.md 4.6 that need no browser.
func TestBudgets(t *testing.T) {
	var libraries, script, all int
	names := firstPage(t)
	for _, name := range names {
		n := packed(t, name)
		all += n
		if path.Ext(name) != ".css" {
			script += n
		}
		if strings.HasPrefix(name, "vendor/") {
			libraries += n
		}
	}
	all += packed(t, "index.html")
	t.Logf("libraries %d, JavaScript %d, all %d bytes in %d requests", libraries, script, all, len(names)+1)
	for _, b := range []struct {
		what     string
		got, max int
	}{
		{"libraries on every page", libraries, 25_000}, {"JavaScript of the first page", script, 60_000},
		{"everything of the first page", all, 90_000}, {"files of the first page", len(names) + 1, 21},
	} {
		if b.got > b.max {
			t.Errorf("%s: %d, at most %d", b.what, b.got, b.max)
		}
	}
	for _, name := range scripts(t) {
		if n := packed(t, name); n > 8_000 {
			t.Errorf("%s: %d bytes packed, at most 8,000", name, n)
		}
	}
}

var imported = regexp.MustCompile(`(?:from|import)\s*\(?\s*"(\.[^"]+)"`)

// Every import names a file that is there. What the first page loads at once is
// in its modulepreload list, so nothing is discovered late.
func TestImports(t *testing.T) {
	preloaded := map[string]bool{}
	for _, name := range firstPage(t) {
		readPublic(t, name)
		preloaded[name] = true
	}
	for _, name := range scripts(t) {
		source := string(readPublic(t, name))
		for _, m := range imported.FindAllStringSubmatch(source, -1) {
			target := path.Join(path.Dir(name), m[1])
			if _, err := os.Stat(path.Join(public, target)); err != nil {
				t.Errorf("%s imports %s, which isn't there", name, target)
			}
			if lazy := strings.Contains(m[0], "("); preloaded[name] && !lazy && !preloaded[target] {
				t.Errorf("%s is loaded at once and needs %s, which index.html doesn't preload", name, target)
			}
		}
	}
}

// words.js names every power that a role may have, so that 我的 lists them all.
func TestPowersHaveWords(t *testing.T) {
	source, err := os.ReadFile("../../pb_migrations/1790000200_org.go")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(source), "var powers = []string{")
	list, _, _ = strings.Cut(list, "\n}")
	powers := regexp.MustCompile(`"([a-z.]+)"`).FindAllStringSubmatch(list, -1)
	if len(powers) == 0 {
		t.Fatal("no powers found")
	}
	_, words, _ := strings.Cut(string(readPublic(t, "js/lib/words.js")), "export const POWERS = {")
	words, _, _ = strings.Cut(words, "};")
	for _, p := range powers {
		if !regexp.MustCompile(`[ {"]` + regexp.QuoteMeta(p[1]) + `"?: "\p{Han}`).MatchString(words) {
			t.Errorf("%s has no word", p[1])
		}
	}
}

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/|(?m)^\s*//.*$|\s// .*`)
	western = regexp.MustCompile(`[\p{Han}”》）][,:;()!?][\p{Han}“《（]|[\p{Han}][,;!?]|\p{Han}\.(?:\s|["` + "`" + `<]|$)|\.\.\.["` + "`" + `<]`)
	inline  = regexp.MustCompile(`(?i)<script(?:[^>]*)>[^<]|\son\w+="`)
)

// Text between Chinese characters is punctuated as Chinese is.
func TestChinesePunctuation(t *testing.T) {
	names := append(scripts(t), "index.html", "404.html")
	for _, name := range names {
		text := comment.ReplaceAllString(string(readPublic(t, name)), "")
		for i, line := range strings.Split(text, "\n") {
			if m := western.FindString(line); m != "" {
				t.Errorf("%s, line %d without comments: %q", name, i+1, m)
			}
		}
	}
}

// The content security policy forbids inline scripts, so there are none.
func TestNoInlineScript(t *testing.T) {
	for _, name := range []string{"index.html", "404.html"} {
		if m := inline.FindString(string(readPublic(t, name))); m != "" {
			t.Errorf("%s: %s", name, m)
		}
	}
}
