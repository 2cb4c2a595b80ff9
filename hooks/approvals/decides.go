package approvals

import (
	"fmt"

	"yaodian/hooks/approvals/seats"
	"yaodian/hooks/org"
)

// The rule language learns one word more: decides(id, wait_org, wait_role,
// @request.auth.id) is true of a request that waits for the person today, as
// holder or as delegate, and of one in which the person has decided or somebody
// in their name.
//
// Like under() it is made of uncorrelated subqueries: the person's few posts and
// decisions are read once and seek the indexes on requests.
func init() {
	org.RuleWord("decides", "id, wait_org, wait_role, @request.auth.id", func(part []string, by org.Viewer) string {
		return fmt.Sprintf("((%[2]s, %[3]s) IN (%[4]s) OR %[1]s IN (SELECT request FROM approvals_decisions WHERE person = %[5]s OR on_behalf = %[5]s))",
			part[0], part[1], part[2], seats.PlacesOf(part[3], by.Today), part[3])
	})
}
