package parse_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"yaodian/hooks/plan/parse"
)

// FuzzText: whatever the text, reading it ends, each span slices the text as
// its field says, each item lies in the text, and the JSON is valid.
func FuzzText(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join(corpusDir, "*.txt"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		if text, err := parse.File(path, raw); err == nil && len(text) < 4000 {
			f.Add(text)
		}
	}
	for _, seed := range []string{
		"", "\n", "一", "一、", "《", "《《》", "（", "1.", "1.1", "每", "每月", "3月", "5月/10月：", "\t", "|", "a|b|c\n-|-|-", "<td rowspan=99>", "&#x4E00;", "附件：1.", "序号\n任务\n时间\n", "序号 任务 时间\n", "3月3月3月", "制定《甲》制定《甲》",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := parse.Text(text, parse.Options{})
		runes := []rune(p.Text)
		check := func(what, said string, s parse.Span) {
			if s.From < 0 || s.From > s.To || s.To > len(runes) {
				t.Fatalf("%s: span %v of %d runes", what, s, len(runes))
			}
			if is := string(runes[s.From:s.To]); is != said {
				t.Fatalf("%s: span %v is %q, text %q", what, s, is, said)
			}
		}
		for _, sec := range p.Sections {
			if s := sec.Span; s.From < 0 || s.From > s.To || s.To > len(runes) {
				t.Fatalf("section: span %v of %d runes", s, len(runes))
			}
			for _, it := range sec.Items {
				check("item", it.Text, it.Span)
				for _, o := range it.Obligations {
					check("obligation", o.Text, o.Span)
				}
			}
		}
		for _, w := range p.Warnings {
			check("warning "+w.Code, w.Text, w.Span)
		}
		if _, err := json.Marshal(p); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzFile: no file makes the decoder panic.
func FuzzFile(f *testing.F) {
	f.Add("a.txt", []byte("一、组织建设"))
	f.Add("a.docx", []byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, name string, raw []byte) {
		if text, err := parse.File(name, raw); err == nil {
			parse.Text(text, parse.Options{})
		}
	})
}
