package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
)

// requestStates are the states of a record that is asked for: those of the
// request about it.
var requestStates = []string{"draft", "pending", "approved", "rejected", "withdrawn", "expired"}

// asked are the fields of a record that a person drafts and hands in, and whose
// state then follows the request about it.
func asked(app core.App, stateHelp string, more ...string) []core.Field {
	return []core.Field{
		requiredRelation(app, "person", "people", "申请人：由本人提交。"),
		choiceOf("state", stateHelp, append(requestStates, more...)...),
		date("handed_on", "提交日期：第一次提交的那天。由系统填写。"),
		relation(app, "request", "approvals_requests", "审批：这件事的申请。由系统填写。"),
	}
}

// deciders are those for whom the request about a record waits, or who have
// decided in it.
func deciders() string { return decides("request.") }

// ownDraft is the rule by which a person changes what they ask for.
func ownDraft(fixed ...string) string {
	return self("person") + " && " + unchanged(append([]string{"person", "request", "handed_on"}, fixed...)...)
}
