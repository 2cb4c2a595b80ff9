package keep

import (
	"fmt"
	"slices"
	"strings"

	"yaodian/hooks/kit"
	"yaodian/hooks/points/rule"
)

// CheckVeto: a veto needs the number of a document (R-PTS-07).
func CheckVeto(document string) error {
	if strings.TrimSpace(document) == "" || !strings.ContainsAny(document, "0123456789") {
		return kit.Reject("document", "points_veto_document", "否决须写明文号，例如“清纪〔2026〕3号”；没有文号不能否决。")
	}
	return nil
}

// CheckUntil: a rule in force ends today or later, so that nothing it has given
// is taken back.
func CheckUntil(was, until, today string) error {
	if until != was && until != "" && until < today {
		return kit.Reject("until", "points_until_past", "停用不能追溯，截止日期请填今天或以后。")
	}
	if until != was && was != "" && was < today {
		return kit.Reject("until", "points_until_over", "已经停用的不能再延长，请另立一条。")
	}
	return nil
}

// CheckReplaced: a rule replaces one that is in force, about the same subject,
// from its own first day on.
func CheckReplaced(was, now rule.Rule, state string) error {
	switch {
	case state == "draft":
		return kit.Reject("replaces", "points_replaces_draft", "接替的那一条还没有启用。")
	case was.Subject != now.Subject:
		return kit.Reject("replaces", "points_replaces_other", fmt.Sprintf("%s 说的是另一种事由，不能由这一条接替。", was.No))
	case now.Since <= was.Since:
		return kit.Reject("since", "points_replaces_since", fmt.Sprintf("接替 %s 的起始日期应当晚于它的起始日期 %s。", was.No, was.Since))
	}
	return nil
}

// CheckScheme: a scheme's numbers can be reached, its categories are known and
// its bands go down.
func CheckScheme(s rule.Scheme, categories []string) error {
	if s.Base < 0 || s.Cap < 0 {
		return kit.Reject("base", "points_scheme_negative", "基础分和封顶不能是负数。")
	}
	for category, limit := range s.Caps {
		if !slices.Contains(categories, category) || category == rule.Deduction {
			return kit.Reject("caps", "points_category_unknown", fmt.Sprintf("没有“%s”这个类别。", category))
		}
		if limit <= 0 {
			return kit.Reject("caps", "points_scheme_negative", "各类封顶应当是正数；不单独封顶的类别不用写。")
		}
	}
	for i, b := range s.Bands {
		if b.Name == "" || i > 0 && b.From >= s.Bands[i-1].From {
			return kit.Reject("bands", "points_bands_order", "参考档应当有名称，从高到低排列。")
		}
	}
	if n := len(s.Bands); n > 0 && s.Bands[n-1].From > 0 {
		return kit.Reject("bands", "points_bands_floor", "最低的参考档应当从 0 分起。")
	}
	return nil
}

// CheckSchemeYear: a scheme begins with a year that isn't over (points begin anew
// every year).
func CheckSchemeYear(year int, today string) error {
	if fmt.Sprint(year) < today[:4] {
		return kit.Reject("year", "points_year_past", "不能改变过去年度的积分办法。")
	}
	return nil
}
