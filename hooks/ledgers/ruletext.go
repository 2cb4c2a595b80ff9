package ledgers

import (
	"fmt"
	"strings"

	"github.com/ganigeorgiev/fexpr"
)

// InWords says in Chinese whom a rule admits: “本人，或者对该组织有 dues 权限的人”.
// Conditions on the record are quoted as they stand.
func InWords(rule *string) string {
	if rule == nil {
		return "只有系统管理员"
	}
	if strings.TrimSpace(*rule) == "" {
		return "所有人"
	}
	groups, err := fexpr.Parse(*rule)
	if err != nil {
		return *rule
	}
	return groupInWords(groups)
}

func groupInWords(groups []fexpr.ExprGroup) string {
	var out strings.Builder
	for i, g := range groups {
		text := itemInWords(g.Item)
		if text == "" {
			continue
		}
		if out.Len() > 0 {
			if i > 0 && g.Join == fexpr.JoinOr {
				out.WriteString("，或者")
			} else {
				out.WriteString("，并且")
			}
		}
		out.WriteString(text)
	}
	if out.Len() == 0 {
		return "登录的人"
	}
	return out.String()
}

func itemInWords(item any) string {
	switch it := item.(type) {
	case fexpr.Expr:
		return exprInWords(it)
	case fexpr.ExprGroup:
		return groupInWords([]fexpr.ExprGroup{it})
	case []fexpr.ExprGroup:
		return groupInWords(it)
	}
	return ""
}

func exprInWords(e fexpr.Expr) string {
	if power, ok := powerOf(e.Left); ok {
		if power == "belong" {
			return "该组织及其下级的人"
		}
		return fmt.Sprintf("对该组织有 %s 权限的人", power)
	}
	if field, ok := ownerOf(e); ok {
		return fmt.Sprintf("本人（%s）", field)
	}
	switch {
	case e.Left.Literal == "@request.auth.id" && e.Op == fexpr.SignNeq:
		return "" // signed in: said by what follows
	case strings.HasSuffix(e.Left.Literal, ":changed") || strings.HasSuffix(e.Left.Literal, ":isset"):
		field := strings.TrimPrefix(e.Left.Literal, "@request.body.")
		return fmt.Sprintf("不改动 %s", field[:strings.LastIndexByte(field, ':')])
	}
	return fmt.Sprintf("%s %s %s", e.Left.Literal, e.Op, e.Right.Literal)
}
