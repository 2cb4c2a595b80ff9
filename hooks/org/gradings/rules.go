package gradings

import (
	"fmt"
	"strings"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// CheckList: the branch of a community is measured by the regulations for
// branches, an office by those for organs (domain.md 14.7).
func CheckList(regulation, kind string) error {
	branch := kind == "branch" || kind == "retired"
	if branch != (regulation == "branch") {
		return kit.Reject("benchmark", "org_gaps_list", "支部对照支部工作条例，科室对照党和国家机关基层组织工作条例，两套清单分开。")
	}
	return nil
}

// CheckGap: whoever falls short says where, and before the review also how and
// by when it will be put right.
func CheckGap(result, state, problem, measures, due string) error {
	switch {
	case result == "met":
		return nil
	case strings.TrimSpace(problem) == "":
		return kit.Reject("problem", "org_gaps_problem", "没有完全做到的，请写明差在哪里。")
	case state != "draft" && state != "submitted" && (strings.TrimSpace(measures) == "" || due == ""):
		return kit.Reject("measures", "org_gaps_measures", "没有完全做到的，请写明整改措施和期限。")
	}
	return nil
}

// Vacancy is how many months without a secretary put a branch on the list of
// those to look into (R-TERM-05).
const Vacancy = 3

// Vacant reports whether a post has been empty for more than three months. left
// is when the last holder left it; empty means that nobody is known to have
// held it, since is then when the branch was founded.
func Vacant(left, since, today string) bool {
	from, err := calendar.Parse(max(left, since))
	return err == nil && from.AddMonths(Vacancy).String() < today
}

// The bounds of a branch (domain.md 4.5).
const (
	Fewest     = 3
	Most       = 50
	Committees = 7
)

// SizeHint is what the number of full members asks to think about; empty for
// most branches. People decide (R-TERM-03, R-TERM-04).
func SizeHint(members, committee int) (title, body string) {
	switch {
	case members < Fewest:
		return "正式党员不足三人", fmt.Sprintf("现有正式党员 %d 人。不足 %d 人的，可以考虑成立联合支部。", members, Fewest)
	case members > Most:
		return "党员超过五十人", fmt.Sprintf("现有正式党员 %d 人。支部一般不超过 %d 人，可以考虑分设。", members, Most)
	case members >= Committees && committee < Fewest:
		return "没有设支委会", fmt.Sprintf("现有正式党员 %d 人，支委 %d 人。有 %d 名以上正式党员的支部应当设支委会，委员三至五人。", members, committee, Committees)
	}
	return "", ""
}
