package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ganigeorgiev/fexpr"

	"yaodian/hooks/kit"
)

// forbidden are words for what must not be scored (domain.md 10.2). The closed
// list of subjects keeps such facts out; this keeps them out of the names of
// claims as well.
var forbidden = []string{
	"言论", "社交账号", "微博", "朋友圈", "思想动向", "转发", "点赞", "评论", "关注公众号", "登录", "打卡", "在线时长", "浏览", "宗教", "民族", "信仰",
	"信访", "上访", "举报", "婚", "家庭", "生育", "捐款", "捐资", "捐钱",
}

// CheckNamed: no rule is about what must not be scored (domain.md 10.2).
func CheckNamed(title string) error {
	for _, word := range forbidden {
		if strings.Contains(title, word) {
			return kit.Reject("title", "points_forbidden",
				fmt.Sprintf("不能以“%s”计分或扣分：网络言论和账号、思想动向、宗教民族、信访举报、婚姻家庭、捐款、登录打卡转发都不作为积分依据。", word))
		}
	}
	return nil
}

// Check: a rule speaks of a subject of the list, gives where the subject gives
// and takes where it takes, and its cap can be reached.
func (r Rule) Check() error {
	subject, ok := SubjectOf(r.Subject)
	switch {
	case !ok:
		return kit.Reject("subject", "points_subject_unknown", "积分只能按列出的事由计算，请重新选择。")
	case r.Value == 0:
		return kit.Reject("value", "points_value_missing", "请填写分值：20 即 2 分，扣分为负数。")
	case r.Value > 0 != (subject.Sign > 0):
		return kit.Reject("value", "points_value_sign", fmt.Sprintf("“%s”%s。", subject.Name, map[bool]string{true: "只能加分，分值应当为正", false: "只能扣分，分值应当为负"}[subject.Sign > 0]))
	case (r.Category == Deduction) != (r.Value < 0):
		return kit.Reject("category", "points_category_sign", "扣分的归入“扣分”类别，加分的不能归入。")
	case r.Cap < 0:
		return kit.Reject("cap", "points_cap_negative", "封顶不能是负数；扣分的也写正数。")
	case r.Cap > 0 && r.Cap < max(r.Value, -r.Value):
		return kit.Reject("cap", "points_cap_small", "封顶不能小于一次的分值。")
	case r.Cap > 0 && r.CapPer == "":
		return kit.Reject("cap_per", "points_cap_per_missing", "有封顶的请选择封顶期：每月、每季度或每年。")
	case subject.Manual && r.Condition != "":
		return kit.Reject("condition", "points_condition_manual", "申报的事由审核人判断，不写条件。")
	case !subject.Manual && (r.Unit != "" || r.Evidence):
		return kit.Reject("unit", "points_unit_automatic", "自动计分的不按数量计，也不需要上传证明。")
	}
	return CheckNamed(r.Title)
}

// CheckDates: a rule has real dates, in their order.
func (r Rule) CheckDates() error {
	for field, day := range map[string]string{"since": r.Since, "until": r.Until} {
		if day != "" && !kit.IsDate(day) {
			return kit.Reject(field, "points_date_unreal", fmt.Sprintf("没有 %s 这一天，请按“2026-03-01”的格式填写。", day))
		}
	}
	if r.Until != "" && r.Until < r.Since {
		return kit.Reject("until", "points_until_early", "截止日期不能早于起始日期。")
	}
	return nil
}

// CheckActivation: a rule takes effect by a document, and not for a year that is
// over (R-PTS-04: what has been published stays explained).
func (r Rule) CheckActivation(document, today string) error {
	if document == "" {
		return kit.Reject("document", "points_document_missing", "没有文号不能启用：积分项目由党工委审定。")
	}
	if r.Since < today[:4]+"-01-01" {
		return kit.Reject("since", "points_since_past", "起始日期不能早于本年 1 月 1 日，过去年度的积分不再变动。")
	}
	return nil
}

// Field is a field that a condition names: of the fact itself, or of what it
// goes with.
type Field struct{ Parent, Name string }

// Fields lists the fields that a condition names. What isn't a field of the
// record or of its parent is refused: other people's records, what people are,
// the day, functions. So a condition can't be about a person, and always gives
// the same answer (domain.md 10.2).
func (s Subject) Fields(condition string) ([]Field, error) {
	if condition == "" {
		return nil, nil
	}
	groups, err := fexpr.Parse(condition)
	if err != nil {
		return nil, kit.Reject("condition", "condition_wrong", "条件的写法不对，应当像 meeting.kind = \"theme_day\" && status = \"present\"。")
	}
	var out []Field
	return out, s.walk(groups, &out)
}

func (s Subject) walk(groups []fexpr.ExprGroup, out *[]Field) error {
	for _, g := range groups {
		var err error
		switch item := g.Item.(type) {
		case fexpr.Expr:
			err = s.tokens(out, item.Left, item.Right)
		case fexpr.ExprGroup:
			err = s.walk([]fexpr.ExprGroup{item}, out)
		case []fexpr.ExprGroup:
			err = s.walk(item, out)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s Subject) tokens(out *[]Field, tokens ...fexpr.Token) error {
	for _, t := range tokens {
		switch t.Type {
		case fexpr.TokenText, fexpr.TokenNumber:
		case fexpr.TokenIdentifier:
			if slices.Contains([]string{"true", "false", "null"}, strings.ToLower(t.Literal)) {
				continue
			}
			name, _, _ := strings.Cut(t.Literal, ":")
			parts := strings.Split(name, ".")
			switch {
			case strings.HasPrefix(name, "@"):
				return kit.Reject("condition", "points_condition_outside", fmt.Sprintf("条件里不能用“%s”：条件只能说这条记录本身，结果不能随时间和操作人变化。", name))
			case len(parts) == 1:
				*out = append(*out, Field{Name: name})
			case len(parts) == 2 && s.Parent != "" && parts[0] == s.Parent:
				*out = append(*out, Field{Parent: parts[0], Name: parts[1]})
			default:
				return kit.Reject("condition", "points_condition_outside", fmt.Sprintf("条件里不能用“%s”：只能说这条记录%s的字段，不能说人。", name, map[bool]string{true: "和它的 " + s.Parent, false: ""}[s.Parent != ""]))
			}
		default:
			return kit.Reject("condition", "points_condition_outside", fmt.Sprintf("条件里不能用“%s”这样的函数。", t.Literal))
		}
	}
	return nil
}
