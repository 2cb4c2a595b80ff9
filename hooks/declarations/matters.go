package declarations

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/approvals/subjects"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
	"yaodian/hooks/people/privacy"
)

// What has happened is sent as summary and kept sealed.
const (
	summary       = "summary"
	summarySealed = "summary_sealed"
)

// matterCourse: approvers read what kind of matter it is and when it happened;
// they open the rest one by one.
var matterCourse = subjects.Course{
	Kind: "declaration_matter", Collection: Matters,
	Words:  []org.Word{{State: "approved", Name: "已备案"}, {State: "rejected", Name: "不予备案"}},
	Filed:  []string{"approved"},
	Unsaid: []string{"title", summary},
	Title: func(_ core.App, r *core.Record) (string, error) {
		return "个人重大事项：" + kindWord(r), nil
	},
}

func kindWord(r *core.Record) string {
	return org.WordsOf(org.HelpOf(r.Collection().Fields.GetByName("kind")))[r.GetString("kind")]
}

// saveMatter dates a matter, says whether it is late, and seals what happened.
func saveMatter(e *core.RecordEvent) error {
	r := e.Record
	open, err := drafted(e)
	if err != nil {
		return err
	}
	if err := sealSummary(e); err != nil {
		return err
	}
	if !open {
		return e.Next()
	}
	terms, err := termsOf(e.App, r)
	if err != nil {
		return err
	}
	due, err := MatterDue(r.GetString("occurred_on"), terms)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"due": due, "late": handedOn(e) > due, "title": kindWord(r) + "（" + kit.Day(r.GetString("occurred_on"), "") + "）"})
	if err := CheckSaid(r.GetString("state"), r.GetString(summarySealed)); err != nil {
		return err
	}
	return e.Next()
}

// sealSummary replaces what was sent by its sealed form; nothing sent leaves
// what is there. Nobody sets the sealed form directly.
func sealSummary(e *core.RecordEvent) error {
	r, before := e.Record, ""
	if !r.IsNew() {
		stored, err := kit.Stored(e)
		if err != nil {
			return err
		}
		before = stored.GetString(summarySealed)
	}
	r.SetRaw(summarySealed, before)
	text := strings.TrimSpace(r.GetString(summary))
	if text == "" {
		return nil
	}
	ring, err := keys.Ring(e.App)
	if err != nil {
		return err
	}
	r.SetRaw(summarySealed, ring.Seal(keys.Place(Matters, summary, r.Id), text))
	r.Set(summary, "")
	return nil
}

// reveal opens a matter for somebody who may read the record. Others than the
// person say why, and the line about it is written in the same transaction.
func reveal(e *core.RequestEvent) error {
	record, err := kit.Visible(e, Matters)
	if err != nil {
		return err
	}
	var form struct {
		Reason string `json:"reason"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := privacy.CheckReason(form.Reason, e.Auth.Id == record.GetString("person")); err != nil {
		return e.BadRequestError("", err)
	}
	text := ""
	err = e.App.RunInTransaction(func(tx core.App) error {
		person, err := tx.FindRecordById(people.People, record.GetString("person"))
		if err != nil {
			return err
		}
		if text, err = openSummary(tx, record); err != nil {
			return err
		}
		return privacy.Note(tx, e, person, []string{"declaration"}, form.Reason)
	})
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, map[string]string{summary: text})
}

func openSummary(app core.App, r *core.Record) (string, error) {
	sealed := r.GetString(summarySealed)
	if sealed == "" {
		return "", nil
	}
	ring, err := keys.Ring(app)
	if err != nil {
		return "", err
	}
	return ring.Open(keys.Place(Matters, summary, r.Id), sealed)
}
