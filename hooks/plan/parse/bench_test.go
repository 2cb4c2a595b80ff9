package parse_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yaodian/hooks/plan/parse"
)

// planOf repeats the invented plan of 25 items up to about size bytes.
func planOf(b *testing.B, size int) string {
	b.Helper()
	raw, err := os.ReadFile(filepath.Join(corpusDir, "00-plan-25.txt"))
	if err != nil {
		b.Fatal(err)
	}
	return strings.Repeat(string(raw)+"\n", max(1, size/len(raw)))
}

func BenchmarkText(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"5kB", 5 << 10}, {"50kB", 50 << 10}, {"5MB", 5 << 20}} {
		b.Run(size.name, func(b *testing.B) {
			text := planOf(b, size.bytes)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				parse.Text(text, parse.Options{})
			}
		})
	}
}
