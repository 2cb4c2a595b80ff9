package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
)

// kept is the usual access to a ledger: officers with the power in reach read,
// those with power.edit write.
func kept(c *core.Collection, power string) {
	read := either(under(power))
	c.ListRule, c.ViewRule = read, read
	c.CreateRule = all(underNew(power + ".edit"))
	c.UpdateRule = all(under(power+".edit"), unchanged("org"))
	c.DeleteRule = all(under(power + ".edit"))
}

// keptIn is kept for the children of another record: they belong to its
// organization, so whoever keeps that one adds them.
func keptIn(c *core.Collection, parent, power string) {
	kept(c, power)
	c.CreateRule = all(underParent(parent, power+".edit"))
	c.UpdateRule = all(under(power+".edit"), unchanged("org", parent))
}

// state is the field that org.Follow moves; a new record needs none.
func state(help string, values ...string) *core.SelectField {
	return choiceOf("state", help, values...)
}

// signed is who took a step, written by the step alone.
func signed(app core.App, name, help string) *core.RelationField {
	return relation(app, name, "people", help)
}

// indexEach gives every relation of c that has no index yet its own.
func indexEach(c *core.Collection, fields ...string) {
	for _, f := range fields {
		c.AddIndex("idx_"+c.Name+"_"+f, false, f, "")
	}
}

// atLeastZero is a count.
func atLeastZero(f *core.NumberField) *core.NumberField {
	zero := 0.0
	f.Min = &zero
	return f
}
