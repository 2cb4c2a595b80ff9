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
		spans := sliced{t, []rune(p.Text)}
		for _, sec := range p.Sections {
			spans.of(sec.Span)
			for _, it := range sec.Items {
				spans.check("item", it.Text, it.Span)
				for _, o := range it.Obligations {
					spans.check("obligation", o.Text, o.Span)
				}
			}
		}
		for _, w := range p.Warnings {
			spans.check("warning "+w.Code, w.Text, w.Span)
		}
		if _, err := json.Marshal(p); err != nil {
			t.Fatal(err)
		}
	})
}

// sliced checks spans against the text.
type sliced struct {
	t    *testing.T
	text []rune
}

func (s sliced) of(span parse.Span) string {
	if span.From < 0 || span.From > span.To || span.To > len(s.text) {
		s.t.Fatalf("span %v of %d runes", span, len(s.text))
	}
	return string(s.text[span.From:span.To])
}

func (s sliced) check(what, said string, span parse.Span) {
	if is := s.of(span); is != said {
		s.t.Fatalf("%s: span %v is %q, text %q", what, span, is, said)
	}
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
