package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// localNumbers makes the collection in which an organization keeps the numbers
// that its own rules give a capability. They reach down to the next organization
// that has its own. beyond says what more there is to know.
func localNumbers(app core.App, capability, beyond string, numbers ...core.Field) error {
	c := core.NewBaseCollection(capability + "_settings")
	kept(c, capability)
	read := either(under(capability), under("belong"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(&core.TextField{Name: "document", Required: true, Max: 100, Presentable: true, Help: "依据：本地规定的名称和文号。"})
	c.Fields.Add(numbers...)
	scope(app, c, "适用的组织：及于它和它的下级，离得最近的一份为准。"+beyond)
	c.AddIndex("idx_"+c.Name+"_unit", true, "org", "")
	return app.Save(c)
}

// upTo is a whole number from nought to most.
func upTo(most float64, name, help string) core.Field {
	f := atLeastZero(whole(name, help))
	f.Max = types.Pointer(most)
	return f
}
