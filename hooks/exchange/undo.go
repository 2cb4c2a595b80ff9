package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/exchange/sheet"
	"yaodian/hooks/kit"
)

// undo is what it takes to undo a row: the columns that it changed before and
// after, or the sum of the record that it made.
type undo struct {
	Before map[string]json.RawMessage `json:"before,omitempty"`
	After  map[string]json.RawMessage `json:"after,omitempty"`
	Sum    string                     `json:"sum,omitempty"`
}

// unkept are the columns that follow from others or belong to the session.
var unkept = []string{"created", "updated", "org_path", core.FieldNamePassword, core.FieldNameTokenKey}

// columnsOf is a record as the database has it: encrypted values stay so.
func columnsOf(app core.App, r *core.Record) (map[string]json.RawMessage, error) {
	values, err := r.DBExport(app)
	if err != nil {
		return nil, err
	}
	out := map[string]json.RawMessage{}
	for name, value := range values {
		if slices.Contains(unkept, name) {
			continue
		}
		if out[name], err = json.Marshal(value); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func undoOf(before, after map[string]json.RawMessage) undo {
	u := undo{Before: map[string]json.RawMessage{}, After: map[string]json.RawMessage{}}
	for name, value := range after {
		if string(before[name]) != string(value) {
			u.Before[name], u.After[name] = before[name], value
		}
	}
	return u
}

func sumOf(app core.App, r *core.Record) string {
	columns, err := columnsOf(app, r)
	if err != nil {
		return ""
	}
	raw, err := json.Marshal(columns)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Problems are why an import can't be undone.
type Problems []sheet.Fault

func (p Problems) Error() string {
	return fmt.Sprintf("有 %d 行不能撤销，什么也没有改动。%s", len(p), p[0].Error())
}

// Undo takes a whole import back: changed records get their old values, new
// ones are deleted, unless somebody has gone on working with one of them.
func Undo(app core.App, ctx context.Context, id string, auth *core.Record) error {
	return app.RunInTransaction(func(tx core.App) error {
		record, err := tx.FindRecordById(Imports, id)
		if err != nil {
			return err
		}
		now := kit.Now(tx)
		if err := CheckUndo(State(record.GetString("state")), record.GetDateTime("applied_at").Time(), now); err != nil {
			return err
		}
		c, err := tx.FindCollectionByNameOrId(record.GetString("collection"))
		if err != nil {
			return err
		}
		problems, err := undoRows(tx, newHand(ctx, c, auth), id)
		if err != nil {
			return err
		}
		if len(problems) > 0 {
			return problems
		}
		record.Load(map[string]any{"state": string(Undone), "undone_at": now.UTC(), "message": "已整批撤销。"})
		return kit.SaveAsSystem(tx, ctx, record)
	})
}

// undoRows goes backwards, so that what a later row built on an earlier one
// goes first.
func undoRows(tx core.App, h *hand, id string) (Problems, error) {
	problems, err := referred(tx, h.collection, id)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	for last := 1 << 40; ; {
		rows, err := rowsBefore(tx, id, last)
		if err != nil || len(rows) == 0 {
			return problems, err
		}
		for _, r := range rows {
			last = r.Number
			f, err := undoRow(tx, h, r)
			if err != nil {
				return problems, err
			}
			if f != nil {
				problems = append(problems, *f)
			}
			if len(problems) >= maxProblems {
				return problems, nil
			}
		}
	}
}

// maxProblems is how many reasons are listed.
const maxProblems = 50

func undoRow(tx core.App, h *hand, r storedRow) (*sheet.Fault, error) {
	var u undo
	if err := json.Unmarshal([]byte(r.Undo), &u); err != nil {
		return nil, err
	}
	no := func(code, message string) (*sheet.Fault, error) {
		return &sheet.Fault{Row: r.Number, Code: code, Message: message}, nil
	}
	record, err := tx.FindRecordById(h.collection, r.Record)
	if err != nil {
		return no("exchange_gone", "这条记录已经不在了。")
	}
	touched, err := touched(tx, record, u)
	if err != nil {
		return nil, err
	}
	if touched {
		return no("exchange_touched", "这条记录导入以后又被修改过。")
	}
	_, info, err := h.request(tx, http.MethodPatch, map[string]any{})
	if err != nil {
		return nil, err
	}
	if may, err := tx.CanAccessRecord(record, info, h.collection.UpdateRule); err != nil || !may {
		return no("exchange_beyond", "这条记录已经不在您管理的范围内。")
	}
	err = takeBack(tx, h.ctx, record, u)
	var refused interface{ Error() string }
	if errors.As(err, &refused) {
		code, message := told(err)
		return no(code, message)
	}
	return nil, err
}

// takeBack deletes what a row made, or gives a record its old values. Deleting
// is the application's own act, since people are otherwise never deleted.
func takeBack(tx core.App, ctx context.Context, record *core.Record, u undo) error {
	if u.Sum != "" {
		return tx.DeleteWithContext(kit.System(ctx), record)
	}
	for name, raw := range u.Before {
		var value any
		if err := json.Unmarshal(raw, &value); err != nil {
			return err
		}
		record.Set(name, value)
	}
	return tx.SaveWithContext(ctx, record)
}

// touched reports whether a record is no longer as the row left it.
func touched(tx core.App, record *core.Record, u undo) (bool, error) {
	if u.Sum != "" {
		return sumOf(tx, record) != u.Sum, nil
	}
	now, err := columnsOf(tx, record)
	if err != nil {
		return false, err
	}
	for name, after := range u.After {
		if string(now[name]) != string(after) {
			return true, nil
		}
	}
	return false, nil
}

// referred lists the new records that others refer to by now, with one query
// per relation. Records of the same import may refer to each other.
func referred(tx core.App, c *core.Collection, id string) (Problems, error) {
	relations, err := tx.FindCollectionReferences(c)
	if err != nil {
		return nil, err
	}
	var problems Problems
	for other, fields := range relations {
		if other.IsView() {
			continue
		}
		for _, f := range fields {
			var rows []int
			err := tx.DB().NewQuery(fmt.Sprintf(`SELECT DISTINCT r.number FROM exchange_rows r JOIN {{%[1]s}} o ON (o.[[%[2]s]] = r.record OR
				(json_valid(o.[[%[2]s]]) AND EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(o.[[%[2]s]]) THEN o.[[%[2]s]] ELSE '[]' END) j WHERE j.value = r.record)))
				WHERE r.import = {:import} AND r.action = 'new' AND o.id NOT IN (SELECT record FROM exchange_rows WHERE import = {:import})
				ORDER BY r.number LIMIT %[3]d`, other.Name, f.GetName(), maxProblems)).Bind(dbx.Params{"import": id}).Column(&rows)
			if err != nil {
				return nil, err
			}
			for _, number := range rows {
				problems = append(problems, sheet.Fault{Row: number, Code: "exchange_referred", Message: fmt.Sprintf("新增的记录已经被别处引用（%s）。", other.Name)})
			}
		}
	}
	return problems, nil
}
