package seats

import (
	"yaodian/hooks/kit"

	"github.com/pocketbase/pocketbase/core"
)

// NameOf is what somebody is called; empty where there is nobody.
func NameOf(app core.App, id string) string {
	r, err := app.FindRecordById("people", id)
	if err != nil {
		return ""
	}
	return r.GetString("name")
}

// Active reads somebody who is active.
func Active(app core.App, field, id string) (*core.Record, error) {
	r, err := app.FindRecordById("people", id)
	if err != nil || r.GetString("state") != "active" {
		return nil, kit.Reject(field, "approvals_person_gone", "没有找到这个人，或者他已经不在岗。")
	}
	return r, nil
}
