package people

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// surnames are characters that are read differently at the head of a name.
var surnames = map[rune]string{
	'单': "shan", '曾': "zeng", '解': "xie", '仇': "qiu", '区': "ou", '查': "zha", '朴': "piao", '翟': "zhai", '覃': "qin", '乐': "yue",
	'任': "ren", '华': "hua", '冼': "xian", '种': "chong", '缪': "miao", '召': "shao", '盖': "ge", '尉': "wei", '洗': "xian", '员': "yun",
	'黑': "he", '秘': "bi", '折': "she", '句': "gou", '都': "du", '宓': "mi", '燕': "yan", '逄': "pang", '繁': "po", '祭': "zhai",
}

// Pinyin is how a name is read, without tones, in full and by first letters.
// Letters and digits stand for themselves; everything else is left out.
func Pinyin(name string) (full, initials string) {
	var whole, heads strings.Builder
	for i, r := range []rune(name) {
		syllable := surnames[r]
		if i > 0 || syllable == "" {
			syllable = syllableOf(r)
		}
		if syllable != "" {
			whole.WriteString(syllable)
			heads.WriteByte(syllable[0])
		}
	}
	return whole.String(), heads.String()
}

func syllableOf(r rune) string {
	if r < unicode.MaxASCII {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return strings.ToLower(string(r))
		}
		return ""
	}
	if read := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal}); len(read) > 0 {
		return strings.ReplaceAll(read[0], "ü", "v")
	}
	return ""
}
