package org

import (
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
)

// Move takes a record from one state to another.
type Move struct {
	From, To string
	// Power is what somebody must hold over the record's organization to take
	// the step; empty: whoever may write the record.
	Power string
	// Sign is the field that keeps who took the step; Others are fields with
	// people who must not be the same (提交人 ≠ 验收人).
	Sign   string
	Others []string
	// System: the step follows from something else (a decision, a date); nobody
	// takes it by hand.
	System bool
}

// States says how the records of a collection go from state to state, in its
// field "state". The first word is the state of a new record.
type States struct {
	Collection string
	Words      []Word
	Moves      []Move
	Needs      map[string][]string // fields that must be filled in a state
	Filed      []string            // states in which a record is fixed: mistakes get a correction slip
}

// Word is a state and what people call it.
type Word struct{ State, Name string }

// Follow holds the records of a collection to its states, whoever writes them.
func Follow(app core.App, s States) {
	kit.OnSave(app, s.Collection, s.save)
	kit.On(app.OnRecordDelete(s.Collection), s.delete)
}

func (s States) save(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		if err := s.begin(e.Record, kit.IsSystem(e.Context)); err != nil {
			return err
		}
		return e.Next()
	}
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if err := s.step(e, stored); err != nil {
		return err
	}
	return e.Next()
}

func (s States) begin(record *core.Record, system bool) error {
	if record.GetString("state") == "" {
		record.Set("state", s.Words[0].State)
	}
	state := record.GetString("state")
	if !system {
		if err := s.CheckBegin(state); err != nil {
			return err
		}
	}
	return s.checkNeeds(record, state)
}

func (s States) step(e *core.RecordEvent, stored *core.Record) error {
	from, to := stored.GetString("state"), e.Record.GetString("state")
	if slices.Contains(s.Filed, from) && !kit.IsSystem(e.Context) {
		if err := s.checkFiled(e.Record, stored, from, to); err != nil {
			return err
		}
	}
	if from == to {
		if err := s.checkSigned(e, stored); err != nil {
			return err
		}
		return s.checkNeeds(e.Record, to)
	}
	move, err := s.CheckMove(from, to)
	if err != nil {
		return err
	}
	if err := s.take(e, stored, move); err != nil {
		return err
	}
	return s.checkNeeds(e.Record, to)
}

// take checks who takes the step and signs it.
func (s States) take(e *core.RecordEvent, stored *core.Record, m Move) error {
	if m.System && !kit.IsSystem(e.Context) {
		return kit.Reject("state", s.Collection+"_by_system", fmt.Sprintf("“%s”由系统按审批结果或日期填写，不能直接修改。", s.name(m.To)))
	}
	actor := kit.ActorOf(e.App, e.Context)
	if actor.Kind == kit.ByPerson && m.Power != "" {
		may, err := Can(e.App, actor.ID, m.Power, stored.GetString("org_path"), kit.Today(e.App))
		if err != nil {
			return err
		}
		if !may {
			return kit.Reject("state", s.Collection+"_no_power", fmt.Sprintf("您没有把它改为“%s”的权限，请由有权限的负责人办理。", s.name(m.To)))
		}
	}
	if m.Sign == "" {
		return nil
	}
	if actor.Kind == kit.ByPerson {
		e.Record.Set(m.Sign, actor.ID)
	}
	others := map[string]string{}
	for _, field := range m.Others {
		others[field] = stored.GetString(field)
	}
	return CheckSigner(m.Sign, e.Record.GetString(m.Sign), others)
}

// CheckSigner: a step is taken by somebody, and by nobody who has taken one
// that excludes it.
func CheckSigner(field, by string, others map[string]string) error {
	if by == "" {
		return kit.Reject(field, "org_signer_missing", "请写明这一步由谁办理。")
	}
	for _, other := range others {
		if other == by {
			return kit.Reject(field, "org_same_person", "提交和审核、检查和复核不能是同一个人，请由另一位负责人办理。")
		}
	}
	return nil
}

// checkSigned: who took a step is written by the step alone.
func (s States) checkSigned(e *core.RecordEvent, stored *core.Record) error {
	if kit.IsSystem(e.Context) {
		return nil
	}
	for _, m := range s.Moves {
		if m.Sign == "" {
			continue
		}
		if _, changed := kit.Changed(e.Record, stored, m.Sign); changed {
			return kit.Reject(m.Sign, "org_signer_fixed", "经办人由办理时自动记录，不能直接修改。")
		}
	}
	return nil
}

// CheckBegin: a new record begins at the beginning.
func (s States) CheckBegin(state string) error {
	if state == s.Words[0].State {
		return nil
	}
	return kit.Reject("state", s.Collection+"_begin", fmt.Sprintf("新登记的记录只能是“%s”。", s.Words[0].Name))
}

// CheckMove finds the step from one state to another, or refuses it.
func (s States) CheckMove(from, to string) (Move, error) {
	for _, m := range s.Moves {
		if m.From == from && m.To == to {
			return m, nil
		}
	}
	return Move{}, kit.Reject("state", s.Collection+"_move", fmt.Sprintf("不能从“%s”直接改为“%s”。", s.name(from), s.name(to)))
}

// checkFiled: what is filed stays as it is; only its state may go on.
func (s States) checkFiled(record, stored *core.Record, from, to string) error {
	for _, f := range record.Collection().Fields {
		name := f.GetName()
		if name == "state" && from != to || f.Type() == core.FieldTypeAutodate {
			continue
		}
		if _, changed := kit.Changed(record, stored, name); changed {
			return kit.Reject(name, s.Collection+"_filed", fmt.Sprintf("“%s”的记录不能修改；有差错请登记更正件。", s.name(from)))
		}
	}
	return nil
}

// checkNeeds: in a state the fields that it needs are filled.
func (s States) checkNeeds(record *core.Record, state string) error {
	for _, name := range s.Needs[state] {
		if filled(record, name) {
			continue
		}
		return kit.Reject(name, s.Collection+"_needs",
			fmt.Sprintf("“%s”还没有填写，不能是“%s”。", Label(record.Collection().Fields.GetByName(name)), s.name(state)))
	}
	return nil
}

func filled(record *core.Record, name string) bool {
	switch v := record.Get(name).(type) {
	case bool:
		return v
	case float64:
		return v != 0
	}
	return len(record.GetStringSlice(name)) > 0 || len(record.GetUnsavedFiles(name)) > 0
}

func (s States) delete(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if stored.GetString("state") != s.Words[0].State && !kit.IsSystem(e.Context) {
		return kit.Forbid(s.Collection+"_begun", fmt.Sprintf("已经办理的记录不能删除，只有“%s”的可以。", s.Words[0].Name))
	}
	return e.Next()
}

func (s States) name(state string) string {
	for _, w := range s.Words {
		if w.State == state {
			return w.Name
		}
	}
	return state
}
