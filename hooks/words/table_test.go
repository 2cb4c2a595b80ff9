package words

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/apis"
)

func TestSentence(t *testing.T) {
	for _, s := range []struct {
		status  int
		message string
		marked  bool
		want    string
	}{
		{400, "Failed to create record.", true, "没有存上，请按各项的提示修改。"},
		{400, "Failed to create record.", false, "没有存上：您没有权限，或者内容不符合要求。"},
		{400, "Something went wrong while processing your request.", false, "请求没有办成，请检查所填的内容或查询条件。"},
		{500, "Something went wrong while processing your request.", false, statuses[500]},
		{403, "The request requires auth record from people collection.", false, "这个请求须由“people”的账号发出。"},
		{400, "Failed to execute query. Raw error:\nno such table: x.", false, "查询没有成功，原始错误为“no such table: x”。"},
		{400, "不能这样做。.", false, "不能这样做。"},
		{400, "不能这样做.", false, "不能这样做。"},
		{400, "真的要删除吗？.", false, "真的要删除吗？"},
		{409, "Conflict.", false, statuses[409]},
		{418, "I'm a teapot.", false, statuses[400]},
		{502, "Bad Gateway.", false, statuses[500]},
		{400, "Never seen before.", false, statuses[400]},
	} {
		if got := Sentence(s.status, s.message, s.marked); got != s.want {
			t.Errorf("%q: %s", s.message, got)
		}
	}
}

func TestField(t *testing.T) {
	for _, s := range []struct {
		code, message string
		params        map[string]any
		want          string
	}{
		{"validation_required", "Cannot be blank.", nil, "请填写这一项。"},
		{"validation_min_text_constraint", "Must be at least 8 character(s).", map[string]any{"min": 8}, "至少填写 8 个字。"},
		{"validation_max_text_constraint", "Must be less than 70 character(s).", nil, "最多填写 70 个字。"},
		{"validation_max_number_constraint", "", map[string]any{"max": 1e9}, "不能大于 1000000000。"},
		{"validation_length_out_of_range", "", map[string]any{"min": 1, "max": 255}, "应当在 1 到 255 个（字）之间。"},
		{"validation_max_less_equal_than_required", "", map[string]any{"threshold": time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, "不能大于（晚于）2026-01-01 08:00。"},
		{"validation_file_size_limit", "", map[string]any{"file": "会议.pdf", "maxSize": int64(10 << 20)}, "“会议.pdf”太大，每个文件最大 10 MB。"},
		{"validation_content_size_limit", "", map[string]any{"maxSize": int64(500)}, "内容太长，最多 500 字节。"},
		{"validation_invalid_mime_type", `Failed to upload "照片.heic" due to unsupported file type.`, nil, "“照片.heic”不是可以上传的文件类型。"},
		{"validation_invalid_value", "Invalid value.", nil, "填写的内容不符合要求，请检查后重填。"},
		{"validation_invalid_value", "Invalid value 游玩.", map[string]any{"value": "游玩"}, "“游玩”不在可选的范围内。"},
		{"validation_invalid_rule", "Invalid rule. Raw error: unknown field \"x\".", nil, `访问规则不对，原始错误为“unknown field "x"”。`},
		{"validation_is_mac_address", "Must be a valid MAC address.", nil, "格式不对，请检查后重填。"},
		{"plan_no_evidence", "请先上传佐证。", nil, "请先上传佐证。"},
		{"plan_no_evidence", "请先上传佐证。.", nil, "请先上传佐证。"},
		{"validation_required", "请写明原因。", nil, "请写明原因。"},
		{"pb_hook", "须先开支委会.", nil, "须先开支委会。"},
		{"pb_hook", "Nobody translated this.", nil, "填写的内容不符合要求，请检查后重填。"},
	} {
		if got := Field(s.code, s.message, s.params); got != s.want {
			t.Errorf("%s %q: %s", s.code, s.message, got)
		}
	}
}

// TestSentencesAreWhole: every sentence of the tables is complete.
func TestSentencesAreWhole(t *testing.T) {
	for _, table := range []map[string]string{messages, marks, prefixes, codes} {
		for key, s := range table {
			for part := range strings.SplitSeq(s, "|") {
				if !strings.HasSuffix(part, "。") || regexp.MustCompile(`[,:;!?]`).MatchString(part) {
					t.Errorf("%s: %s", key, s)
				}
			}
		}
	}
}

// TestNothingIsLeftOut reads the source of PocketBase and of its validation
// library: an upgrade that brings a new message fails here.
func TestNothingIsLeftOut(t *testing.T) {
	root := filepath.Dir(filepath.Dir(sourceOf(t, apis.NewRouter)))
	message := regexp.MustCompile(`(?:NotFound|BadRequest|Forbidden|Unauthorized|InternalServer|TooManyRequests)Error\((?:fmt\.Sprintf\()?"([^"]+)"`)
	code := regexp.MustCompile(`"((?:validation|batch)_[a-z_]+)"`)

	seen := 0
	read := func(dir string) {
		for _, src := range sources(t, dir) {
			for _, m := range message.FindAllStringSubmatch(src, -1) {
				seen++
				if !hasMessage(m[1]) {
					t.Errorf("no Chinese for the message %q", m[1])
				}
			}
			for _, m := range code.FindAllStringSubmatch(src, -1) {
				seen++
				if _, ok := codes[m[1]]; !ok && !strings.HasPrefix(m[1], "validation_is_") && m[1] != "validation_invalid_index_table" {
					t.Errorf("no Chinese for the code %q", m[1])
				}
			}
		}
	}
	for _, dir := range []string{"apis", "core", "forms", "tools/router"} {
		read(filepath.Join(root, dir))
	}
	for _, src := range sources(t, filepath.Dir(sourceOf(t, validation.NewError))) {
		for _, m := range code.FindAllStringSubmatch(src, -1) {
			if _, ok := codes[m[1]]; !ok && !strings.Contains(m[1], "_is_") {
				t.Errorf("no Chinese for the code %q of the validation library", m[1])
			}
		}
	}
	if seen < 250 {
		t.Errorf("only %d messages were found: the search no longer fits the source", seen)
	}
}

func hasMessage(m string) bool {
	m, _, _ = strings.Cut(m, " Raw error")
	if m == "Failed to create collection" || m == "Failed to update collection" {
		return true
	}
	if _, ok := messages[strings.TrimRight(m, ". ")]; ok {
		return true
	}
	for p := range prefixes {
		if strings.HasPrefix(m, p) {
			return true
		}
	}
	return false
}

func sourceOf(t *testing.T, fn any) string {
	t.Helper()
	file, _ := runtime.FuncForPC(reflect.ValueOf(fn).Pointer()).FileLine(reflect.ValueOf(fn).Pointer())
	if _, err := os.Stat(file); err != nil {
		t.Skip("the source is not on this machine")
	}
	return file
}

func sources(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(p)
		out = append(out, string(raw))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
