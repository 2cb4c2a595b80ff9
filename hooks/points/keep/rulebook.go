package keep

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/condition"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/rule"
)

// RuleOf reads a rule from its record.
func RuleOf(app core.App, r *core.Record) (rule.Rule, error) {
	out := rule.Rule{
		ID: r.Id, No: r.GetString("no"), Title: r.GetString("title"), Subject: r.GetString("subject"), Condition: r.GetString("condition"),
		Category: r.GetString("category"), Value: rule.Tenths(r.GetInt("value")), Unit: r.GetString("unit"), Cap: rule.Tenths(r.GetInt("cap")),
		CapPer: r.GetString("cap_per"), Spared: r.GetStringSlice("spared"), Evidence: r.GetBool("evidence"), Since: r.GetString("since"), Until: r.GetString("until"),
	}
	units, err := app.FindRecordsByIds("org_units", r.GetStringSlice("units"))
	for _, u := range units {
		out.Units = append(out.Units, u.GetString("path"))
	}
	return out, err
}

// saveRule refuses a rule that can't be asked, fixes one that is in force, and
// settles the ledger when one begins or ends.
func saveRule(e *core.RecordEvent) error {
	stored, err := before(e)
	if err != nil {
		return err
	}
	now, err := RuleOf(e.App, e.Record)
	if err != nil {
		return err
	}
	if err := CheckRule(e.App, now); err != nil {
		return err
	}
	from, to := "draft", e.Record.GetString("state")
	if stored != nil {
		from = stored.GetString("state")
	}
	if from != "draft" {
		return saveInForce(e, stored, now)
	}
	if to == "draft" {
		return e.Next()
	}
	return activate(e, now)
}

// CheckRule asks of a rule what it answers by itself, and whether its condition
// can be asked of the records that it speaks of.
func CheckRule(app core.App, r rule.Rule) error {
	if err := r.Check(); err != nil {
		return err
	}
	if err := r.CheckDates(); err != nil {
		return err
	}
	return checkCondition(app, r)
}

// checkCondition: a condition names fields that the record or its parent has,
// and these hold facts: choices, numbers, dates, not words that people wrote nor
// people (domain.md 10.2).
func checkCondition(app core.App, r rule.Rule) error {
	subject, _ := rule.SubjectOf(r.Subject)
	fields, err := subject.Fields(r.Condition)
	if err != nil || len(fields) == 0 {
		return err
	}
	if err := condition.Check(app, subject.Collection, r.Condition); err != nil {
		return err
	}
	own, err := app.FindCachedCollectionByNameOrId(subject.Collection)
	if err != nil {
		return err
	}
	for _, f := range fields {
		c := own
		if f.Parent != "" {
			if c, err = app.FindCachedCollectionByNameOrId(own.Fields.GetByName(f.Parent).(*core.RelationField).CollectionId); err != nil {
				return err
			}
		}
		if !isFact(c.Fields.GetByName(f.Name)) {
			return kit.Reject("condition", "points_condition_words", fmt.Sprintf("条件里不能用“%s”：只能用选择、数字、是否和日期，不能用人写的文字和人。", f.Name))
		}
	}
	return nil
}

func isFact(f core.Field) bool {
	switch f := f.(type) {
	case *core.SelectField, *core.NumberField, *core.BoolField, *core.DateField, *core.AutodateField:
		return !f.GetHidden()
	case *core.TextField:
		return f.Pattern != "" && !f.Hidden
	}
	return false
}

// fixed are the fields of a rule in force that nobody changes.
var fixed = []string{"no", "title", "subject", "condition", "category", "value", "unit", "cap", "cap_per", "spared", "units", "evidence", "since", "document", "replaces"}

func saveInForce(e *core.RecordEvent, stored *core.Record, now rule.Rule) error {
	if field, changed := kit.Changed(e.Record, stored, fixed...); changed {
		return kit.Reject(field, "points_rule_fixed", "已经启用的积分项目不能修改，请另立一条接替它。")
	}
	if err := CheckUntil(stored.GetString("until"), now.Until, kit.Today(e.App)); err != nil && !kit.IsSystem(e.Context) {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	if _, changed := kit.Changed(e.Record, stored, "until"); !changed || kit.IsSystem(e.Context) {
		return nil
	}
	return award.SettleAll(e.App, kit.Today(e.App))
}

// activate puts a rule into force, ends the one that it replaces, and gives what
// it gives for what has happened since its first day.
func activate(e *core.RecordEvent, now rule.Rule) error {
	if err := now.CheckActivation(e.Record.GetString("document"), kit.Today(e.App)); err != nil {
		return err
	}
	if err := e.Next(); err != nil {
		return err
	}
	if err := replace(e.App, e.Context, e.Record.GetString("replaces"), now); err != nil {
		return err
	}
	if subject, _ := rule.SubjectOf(now.Subject); subject.Manual {
		return nil // claims come afterwards
	}
	return award.SettleAll(e.App, now.Since)
}

func replace(app core.App, ctx context.Context, id string, now rule.Rule) error {
	if id == "" {
		return nil
	}
	r, err := app.FindRecordById(Rules, id)
	if err != nil {
		return err
	}
	was, err := RuleOf(app, r)
	if err != nil {
		return err
	}
	if err := CheckReplaced(was, now, r.GetString("state")); err != nil {
		return err
	}
	if was.Until != "" && was.Until <= now.Since {
		return nil
	}
	r.Set("until", now.Since)
	return kit.SaveAsSystem(app, ctx, r)
}

// saveScheme refuses a scheme that can't be reckoned by.
func saveScheme(e *core.RecordEvent) error {
	s, err := SchemeOf(e.Record)
	if err != nil {
		return err
	}
	category, ok := e.App.FindCachedCollectionByNameOrId(Rules)
	if ok != nil {
		return ok
	}
	if err := CheckScheme(s, category.Fields.GetByName("category").(*core.SelectField).Values); err != nil {
		return err
	}
	stored, err := before(e)
	if err != nil {
		return err
	}
	if e.Record.GetString("state") == "active" && (stored == nil || stored.GetString("state") != "active") {
		if err := CheckSchemeYear(s.Year, kit.Today(e.App)); err != nil {
			return err
		}
	}
	return e.Next()
}

// SchemeOf reads a scheme from its record.
func SchemeOf(r *core.Record) (rule.Scheme, error) {
	s := rule.Scheme{
		No: r.GetString("no"), Title: r.GetString("title"), Year: r.GetInt("year"), Base: rule.Tenths(r.GetInt("base")), Cap: rule.Tenths(r.GetInt("cap")),
	}
	if err := read(r, "caps", &s.Caps); err != nil {
		return s, err
	}
	return s, read(r, "bands", &s.Bands)
}

func read(r *core.Record, field string, into any) error {
	raw := r.GetString(field)
	if raw == "" || raw == "null" {
		return nil
	}
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		return kit.Reject(field, "points_scheme_unreadable", "读不出来，请照已启用的办法填写，分数是整数（十分之一分）。")
	}
	return nil
}

// Sets are the rules of now, and those with some drafts (all where none are
// named) in the place of what they replace: the two sides of a trial.
func Sets(app core.App, drafts []string) (now, then []rule.Rule, err error) {
	if now, err = award.Rules(app, "r.state = 'active'", nil); err != nil {
		return nil, nil, err
	}
	records, err := app.FindAllRecords(Rules, dbx.HashExp{"state": "draft"})
	if err != nil {
		return nil, nil, err
	}
	then = slices.Clone(now)
	found := 0
	for _, r := range records {
		if len(drafts) > 0 && !slices.Contains(drafts, r.Id) {
			continue
		}
		found++
		draft, err := RuleOf(app, r)
		if err != nil {
			return nil, nil, err
		}
		if err := CheckRule(app, draft); err != nil {
			return nil, nil, err
		}
		then = slices.DeleteFunc(then, func(other rule.Rule) bool { return other.ID == r.GetString("replaces") })
		then = append(then, draft)
	}
	if found < len(drafts) {
		return nil, nil, kit.Reject("drafts", "points_draft_missing", "要试算的项目不在草拟的项目里，请刷新后重新选择。")
	}
	return now, then, nil
}

// Field is a field that a condition may name, for an editor.
type Field struct {
	Name   string   `json:"name"`
	Label  string   `json:"label"`
	Values []string `json:"values"`
}

// FieldsOf are the fields that a condition about a subject may name.
func FieldsOf(app core.App, s rule.Subject) ([]Field, error) {
	out := []Field{}
	if s.Manual {
		return out, nil
	}
	own, err := app.FindCachedCollectionByNameOrId(s.Collection)
	if err != nil {
		return nil, err
	}
	add := func(c *core.Collection, prefix string) {
		for _, f := range c.Fields {
			if !isFact(f) || f.GetName() == "id" || f.Type() == core.FieldTypeAutodate {
				continue
			}
			field := Field{Name: prefix + f.GetName(), Label: org.Label(f), Values: []string{}}
			if choice, ok := f.(*core.SelectField); ok {
				field.Values = choice.Values
			}
			out = append(out, field)
		}
	}
	add(own, "")
	if s.Parent != "" {
		parent, err := app.FindCachedCollectionByNameOrId(own.Fields.GetByName(s.Parent).(*core.RelationField).CollectionId)
		if err != nil {
			return nil, err
		}
		add(parent, s.Parent+".")
	}
	return out, nil
}
