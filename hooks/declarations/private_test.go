package declarations_test

import (
	"strings"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/declarations"
)

// What people tell of themselves gets no slip and proves nothing, whoever may
// write the record, and whichever way.
func TestSection62NoSlipsNoEvidence(t *testing.T) {
	t.Parallel()
	d := open(t)
	for collection, body := range map[string]map[string]any{declarations.Matters: matter, declarations.Events: wedding} {
		url := d.make(t, apptest.Member, collection, body)
		id := url[strings.LastIndex(url, "/")+1:]
		slip := map[string]any{"field": "kind", "now": "别的", "reason": "写错了"}
		for _, who := range []string{apptest.Member, apptest.Keeper} {
			d.ask(t, who, "POST", "/api/ledgers/"+collection+"/"+id+"/corrections", slip).Want(t, 400, "ledgers_private", "个人事项只有本人和审批人看得到")
		}
		d.ask(t, apptest.Outsider, "POST", "/api/ledgers/"+collection+"/"+id+"/corrections", slip).Want(t, 404)
		_, err := apptest.Try(d.App, "ledgers_corrections", map[string]any{"collection": collection, "record": id, "field": "kind", "now": "别的", "reason": "写错了"})
		apptest.Refused(t, collection, err, "ledgers_private")
	}
}
