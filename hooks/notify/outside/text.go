package outside

import (
	"fmt"
	"strings"
)

// plain takes what the vendors would read as markup, mentions and links out of a
// text that people typed.
func plain(s string) string { return markup.Replace(s) }

var markup = strings.NewReplacer(
	"://", "：／／", "<", "＜", ">", "＞", "[", "［", "]", "］", "*", "＊", "_", "＿", "`", "｀", "#", "＃", "@", "＠", "~", "～", "|", "｜", "\n", " ", "\r", " ",
)

// Line is one thing that a group is told: no names, how many it concerns.
type Line struct {
	Unit  string
	Title string
	N     int
}

// GroupText: a group reads organizations, titles and numbers, at most limit
// bytes, and where to look for the rest.
func GroupText(lines []Line, link string, limit int) (title, text string) {
	total := 0
	for _, l := range lines {
		total += l.N
	}
	title = fmt.Sprintf("要点：%d 条通知", total)
	end := "\n请各自打开收件箱办理。"
	if link != "" {
		end = "\n[打开收件箱](" + link + ")"
	}
	room := limit - len(title) - len(end) - 100 // for the line that says what was left out
	var b strings.Builder
	for i, l := range lines {
		line := "- " + plain(l.Unit) + "：" + plain(l.Title)
		if l.N > 1 {
			line += fmt.Sprintf("（%d 份）", l.N)
		}
		if b.Len()+len(line)+1 > room {
			fmt.Fprintf(&b, "- 另有 %d 项\n", len(lines)-i)
			break
		}
		b.WriteString(line + "\n")
	}
	return title, strings.TrimSuffix(b.String(), "\n") + end
}
