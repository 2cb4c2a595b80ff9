package documents

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

var signing = org.States{
	Collection: Receipts,
	Words:      []org.Word{{State: "waiting", Name: "待签收"}, {State: "signed", Name: "已签收"}},
	Moves:      []org.Move{{From: "waiting", To: "signed", Sign: "signed_by"}},
	Filed:      []string{"signed"},
}

// saveReceipt: only what is issued is signed for, by those whom it reaches and
// by nobody else in their name.
func saveReceipt(e *core.RecordEvent) error {
	r := e.Record
	if r.IsNew() {
		document, err := org.Parent(e.App, r, "document")
		if err != nil {
			return err
		}
		if err := CheckReceipt(State(document.GetString("state")), document.GetString("org_path"), r.GetString("org_path"), r.GetString("due")); err != nil {
			return err
		}
		return e.Next()
	}
	if r.GetString("state") != "signed" || r.GetString("signed_on") != "" {
		return e.Next()
	}
	if err := CheckSigner(r.GetString("person"), r.GetString("signed_by")); err != nil {
		return err
	}
	r.Set("signed_on", kit.Today(e.App))
	return e.Next()
}

// CheckReceipt: a document is signed for below the unit that has issued it.
func CheckReceipt(state State, from, to, due string) error {
	switch {
	case state != Issued:
		return kit.Reject("document", "documents_not_issued", "还没有印发的文件不能请人签收。")
	case !strings.HasPrefix(to, from):
		return kit.Reject("org", "documents_not_below", "只能请印发组织和它的下级签收。")
	case !kit.IsDate(due):
		return kit.Reject("due", "documents_date_missing", "请填写真实的签收期限。")
	}
	return nil
}

// CheckSigner: who is named signs.
func CheckSigner(named, by string) error {
	if named == "" || named == by {
		return nil
	}
	return kit.Reject("signed_by", "documents_other_signer", "这份文件指定了签收人，请由本人签收。")
}
