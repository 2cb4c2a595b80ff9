package vault_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yaodian/hooks/vault"
)

func ring(t testing.TB, secrets ...[]byte) *vault.Ring {
	t.Helper()
	r, err := vault.New(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Whatever is sealed opens again, in its place alone, and tells nothing of
// itself but its length.
func TestRandomRoundTrips(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 4))
	r := ring(t, vault.NewSecret(), vault.NewSecret())
	for range 2000 {
		raw := make([]byte, random.IntN(200))
		for i := range raw {
			raw[i] = byte(random.UintN(256))
		}
		plain := string(raw)
		sealed := r.Seal("people.id_no/a", plain)
		if got, err := r.Open("people.id_no/a", sealed); err != nil || got != plain {
			t.Fatalf("%q came back as %q (%v)", plain, got, err)
		}
		if _, err := r.Open("people.id_no/b", sealed); !errors.Is(err, vault.ErrBroken) {
			t.Fatalf("%q opens in another place", plain)
		}
		if again := r.Seal("people.id_no/a", plain); again == sealed {
			t.Fatalf("%q is sealed twice alike", plain)
		}
		if len(plain) > 8 && strings.Contains(sealed, plain) {
			t.Fatalf("%q shows through", plain)
		}
	}
}

// Not one character of a sealed value can be changed.
func TestTamperedValuesDoNotOpen(t *testing.T) {
	t.Parallel()
	r := ring(t, vault.NewSecret())
	sealed := r.Seal("x", "11010519491231002X")
	for i := range sealed {
		changed := []byte(sealed)
		changed[i] ^= 1
		if got, err := r.Open("x", string(changed)); err == nil {
			// the last character of base64 has bits that carry nothing
			if i != len(sealed)-1 || got != "11010519491231002X" {
				t.Errorf("opens with character %d changed: %q", i, got)
			}
		}
	}
	for _, bad := range []string{"", ".", "x", r.Current(), r.Current() + ".", r.Current() + ".!!", r.Current() + ".AAAA"} {
		if _, err := r.Open("x", bad); err == nil {
			t.Errorf("%q opens", bad)
		}
	}
}

func TestOldKeysOpenAndTheLastSeals(t *testing.T) {
	t.Parallel()
	a, b := vault.NewSecret(), vault.NewSecret()
	before, after, other := ring(t, a), ring(t, a, b), ring(t, b)
	old := before.Seal("x", "甲")
	if got, err := after.Open("x", old); err != nil || got != "甲" {
		t.Errorf("the old key is lost: %q (%v)", got, err)
	}
	if vault.KeyOf(after.Seal("x", "甲")) != other.Current() || vault.KeyOf(old) != before.Current() {
		t.Error("the last key doesn't seal")
	}
	if _, err := other.Open("x", old); !errors.Is(err, vault.ErrUnknownKey) {
		t.Errorf("Expected an unknown key, got %v", err)
	}
	if !slices.Equal(after.IDs(), []string{before.Current(), other.Current()}) {
		t.Errorf("ids %v", after.IDs())
	}
}

// Equal values have equal hashes under one key and one purpose, and nowhere else.
func TestHashes(t *testing.T) {
	t.Parallel()
	a, b := vault.NewSecret(), vault.NewSecret()
	one, both := ring(t, a), ring(t, a, b)
	if one.Hash("id", "甲") != ring(t, a).Hash("id", "甲") {
		t.Error("the hash differs from itself")
	}
	for name, h := range map[string]string{
		"another value": one.Hash("id", "乙"), "another purpose": one.Hash("card", "甲"), "another key": ring(t, b).Hash("id", "甲"),
		"a shifted border": one.Hash("id:甲", ""),
	} {
		if h == one.Hash("id", "甲") {
			t.Errorf("%s hashes alike", name)
		}
	}
	if want := []string{one.Hash("id", "甲"), both.Hash("id", "甲")}; !slices.Equal(both.Hashes("id", "甲"), want) {
		t.Errorf("Expected %v, got %v", want, both.Hashes("id", "甲"))
	}
}

func TestRingRefuses(t *testing.T) {
	t.Parallel()
	s := vault.NewSecret()
	for name, secrets := range map[string][][]byte{"none": nil, "a short one": {s[:31]}, "one twice": {s, s}} {
		if _, err := vault.New(secrets...); err == nil {
			t.Errorf("a ring of %s", name)
		}
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pb_data.key")
	if _, err := vault.Load(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("Expected a missing file, got %v", err)
	}
	first, err := vault.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v (%v)", info.Mode(), err)
	}
	if _, err := vault.Create(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a key file was replaced: %v", err)
	}
	second, err := vault.Extend(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := vault.Load(path)
	if err != nil || !slices.Equal(again.IDs(), second.IDs()) || len(again.IDs()) != 2 || again.IDs()[0] != first.Current() {
		t.Errorf("%v (%v)", again.IDs(), err)
	}
	if got, err := again.Open("x", first.Seal("x", "甲")); err != nil || got != "甲" {
		t.Errorf("%q (%v)", got, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".key-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Load(path); !errors.Is(err, vault.ErrExposed) {
		t.Errorf("a file that others read was taken: %v", err)
	}
}

func TestFileRefusesNonsense(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"nothing": "# 空\n", "no key": "hello\n", "a short key": "AAAA\n"} {
		path := filepath.Join(t.TempDir(), "k")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Load(path); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	r := ring(b, vault.NewSecret())
	sealed := r.Seal("people.id_no/abc", "11010519491231002X")
	for b.Loop() {
		if _, err := r.Open("people.id_no/abc", sealed); err != nil {
			b.Fatal(err)
		}
	}
}
