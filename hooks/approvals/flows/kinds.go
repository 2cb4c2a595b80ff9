package flows

import "slices"

// A Kind is something that can be asked.
type Kind struct {
	Key  string `json:"key"`
	Name string `json:"name"`

	// Own: a person drafts such a request by themselves. The others are opened
	// by the capability that keeps what is asked about.
	Own bool `json:"own"`

	// Private: nobody but the applicant and those who decide reads such a
	// request, officers in reach included (domain.md 6.2).
	Private bool `json:"private"`

	// Ledger is where such a request is made: a person makes a record there and
	// hands it in.
	Ledger string `json:"ledger,omitzero"`
}

// Kinds are all that can be asked, in the order in which they are offered.
var Kinds = []Kind{
	{Key: "study_plan", Name: "个人学习计划", Own: true},
	{Key: "declaration_matter", Name: "个人重大事项申报", Private: true, Ledger: "declarations"},
	{Key: "declaration_event", Name: "婚丧喜庆事宜报备", Private: true, Ledger: "declarations_events"},
	{Key: "declaration_report", Name: "请示", Ledger: "declarations_reports"},
	{Key: "dues_waiver", Name: "党费减免", Private: true},
	{Key: "dues_expense", Name: "党费支出", Ledger: "dues_expenses"},
	{Key: "transfer_out", Name: "组织关系转出"},
	{Key: "transfer_in", Name: "组织关系转入"},
	{Key: "org_change", Name: "组织设置调整", Ledger: "org_changes"},
	{Key: "plan_confirm", Name: "工作要点确认"},
	{Key: "points_claim", Name: "积分申报"},
	{Key: "development_precheck", Name: "发展对象预审"},
	{Key: "development_admission", Name: "接收预备党员审批"},
	{Key: "development_confirmation", Name: "预备党员转正审批"},
	{Key: "honor", Name: "评先评优"},
	{Key: "publication", Name: "公示公开"},
}

// KindOf finds a kind by its key; the zero Kind where there is none.
func KindOf(key string) Kind {
	for _, k := range Kinds {
		if k.Key == key {
			return k
		}
	}
	return Kind{}
}

// Private reports whether the records of a ledger are read by nobody but who
// asks and those who decide, as what is asked there is.
func Private(ledger string) bool {
	return slices.ContainsFunc(Kinds, func(k Kind) bool { return k.Private && k.Ledger == ledger && ledger != "" })
}
