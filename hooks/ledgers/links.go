package ledgers

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/flows"
	"yaodian/hooks/condition"
	"yaodian/hooks/kit"
	"yaodian/hooks/plan"
)

// Link makes records that reach a condition evidence of a task's duty: “every
// filed meeting of kind X is evidence for duty Y”.
type Link struct{ core.BaseRecordProxy }

// Source is the collection whose records are evidence.
func (l *Link) Source() string { return l.GetString("collection") }

// When is the condition that a record must meet, in PocketBase's filter language.
func (l *Link) When() string { return l.GetString("condition") }

// saveLink refuses a link that could never give evidence.
func saveLink(e *core.RecordEvent) error {
	l := &Link{}
	l.SetProxyRecord(e.Record)
	c, err := e.App.FindCollectionByNameOrId(l.Source())
	if err != nil || c.System {
		return kit.Reject("collection", "ledgers_collection_unknown", fmt.Sprintf("没有“%s”这个数据表。", l.Source()))
	}
	if err := CheckPrivate("collection", flows.Private(c.Name)); err != nil {
		return err
	}
	if c.Fields.GetByName("org") == nil {
		return kit.Reject("collection", "ledgers_link_no_org", "这个数据表的记录不属于任何组织，不能作为佐证。")
	}
	if name := l.GetString("date_field"); c.Fields.GetByName(name) == nil {
		return kit.Reject("date_field", "ledgers_field_unknown", fmt.Sprintf("数据表“%s”没有“%s”这个字段。", c.Name, name))
	}
	if err := checkCondition(e.App, c.Name, "condition", l.When()); err != nil {
		return err
	}
	return e.Next()
}

// followLinks gives what was just written as evidence wherever a link asks for
// it, in the same transaction.
func followLinks(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	c := e.Record.Collection()
	if c.System || c.Name == plan.Evidence || c.Fields.GetByName("org") == nil {
		return nil
	}
	var links []*Link
	if err := e.App.RecordQuery(Links).AndWhere(dbx.HashExp{"collection": c.Name, "active": true}).All(&links); err != nil {
		return err
	}
	for _, l := range links {
		if err := give(e, l); err != nil {
			return err
		}
	}
	return nil
}

func give(e *core.RecordEvent, l *Link) error {
	met, err := condition.Holds(e.App, e.Record, l.When())
	if err != nil || !met {
		return err
	}
	text := l.GetString("text")
	if text == "" {
		text = "由台账自动关联。"
	}
	_, err = plan.Attach(e.App, e.Context, plan.Attachment{
		Task: l.GetString("task"), Org: e.Record.GetString("org"), Person: e.Record.GetString("person"), Date: e.Record.GetString(l.GetString("date_field")),
		Collection: e.Record.Collection().Name, Record: e.Record.Id, Text: text,
	})
	return err
}
