package commands

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/tools/router"

	"yaodian/hooks/words"
)

// Sentence is what a failed command says on stderr.
func Sentence(err error) string {
	var fields validation.Errors
	if errors.As(err, &fields) {
		return strings.Join(fieldSentences(fields), "")
	}
	var refused *router.ApiError
	if errors.As(err, &refused) {
		return words.Sentence(refused.Status, refused.Message, false)
	}
	text := strings.TrimSpace(err.Error())
	for _, p := range phrases {
		if p.english.MatchString(text) {
			return p.english.ReplaceAllString(text, p.chinese)
		}
	}
	if m := inner.FindStringSubmatch(text); m != nil {
		return strings.TrimSuffix(m[1], "。") + "。"
	}
	return "没有办成，原因是“" + text + "”。"
}

// inner is a Chinese sentence, with or without what the code wrapped around it.
var inner = regexp.MustCompile(`(?s)^(?:[\x00-\x7f]*: )?(\p{Han}.*|“.*)$`)

func fieldSentences(fields validation.Errors) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		var nested validation.Errors
		var known validation.Error
		var coded router.SafeErrorItem
		switch {
		case errors.As(fields[name], &nested):
			out = append(out, fieldSentences(nested)...)
		case errors.As(fields[name], &known):
			out = append(out, words.Field(known.Code(), known.Error(), known.Params()))
		case errors.As(fields[name], &coded):
			out = append(out, words.Field(coded.Code(), coded.Error(), nil))
		default:
			out = append(out, words.Field("", fields[name].Error(), nil))
		}
	}
	return out
}

// phrases are what the command line library, PocketBase's own commands and the
// system say.
var phrases = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`(?s)^unknown command "([^"]*)".*`), "没有“$1”这个命令，请用 --help 查看有哪些。"},
	{regexp.MustCompile(`^unknown (?:shorthand )?flag: (.*)`), "没有 $1 这个选项，请用 --help 查看有哪些。"},
	{regexp.MustCompile(`^flag needs an argument: (.*)`), "选项 $1 后面少了内容。"},
	{regexp.MustCompile(`^invalid argument "([^"]*)" for "([^"]*)" flag.*`), "选项 $2 不能是“$1”。"},
	{regexp.MustCompile(`^missing email and password arguments$`), "请写明邮箱和密码，例如：superuser upsert admin@example.cn 密码。"},
	{regexp.MustCompile(`^missing or invalid email address$`), "邮箱不正确，请检查。"},
	{regexp.MustCompile(`.*listen tcp (\S+): bind: address already in use.*`), "地址 $1 已被占用，请先停掉占用它的程序，或者用 --http 换一个。"},
	{regexp.MustCompile(`.*listen tcp (\S+): bind: permission denied.*`), "没有权限使用地址 $1，请换用 1024 以上的端口，或者授予权限。"},
	{regexp.MustCompile(`.*database is locked.*`), "数据库正被另一个程序占用，请稍后再试。"},
	{regexp.MustCompile(`.*unable to open database file.*`), "打不开数据库，请检查数据目录是否存在、是否有写权限。"},
}
