// Package gradings keeps how branches measure themselves against their
// regulations (对标) and which of them are looked into as weak (软弱涣散排查).
//
// A branch without a secretary for three months, without an assembly in a
// quarter or past the end of its term is put on the list by itself. Whether it
// is weak, the committee decides, with a document; the system never does.
package gradings

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// The collections of this package.
const (
	Benchmarks = "org_benchmarks"
	Gaps       = "org_gaps"
	Gradings   = "org_gradings"
)

// Bind attaches the rules of benchmarks and gradings to app.
func Bind(app core.App) {
	org.Follow(app, gaps)
	kit.OnSave(app, Gaps, saveGap)

	org.Follow(app, gradings)
	kit.OnSave(app, Gradings, saveGrading)

	app.Cron().MustAdd("org_gradings_look", "40 8 * * *", func() { look(app, time.Now().In(kit.Beijing)) })
}

var gaps = org.States{
	Collection: Gaps,
	Words: []org.Word{
		{State: "draft", Name: "自评中"}, {State: "submitted", Name: "已提交"}, {State: "reviewed", Name: "已审核"},
		{State: "fixed", Name: "已整改"}, {State: "closed", Name: "已销号"},
	},
	Moves: []org.Move{
		{From: "draft", To: "submitted", Sign: "submitted_by"},
		{From: "submitted", To: "draft", Power: "org"},
		{From: "submitted", To: "reviewed", Power: "org", Sign: "reviewed_by", Others: []string{"submitted_by"}},
		{From: "reviewed", To: "fixed", Sign: "fixed_by"},
		{From: "fixed", To: "reviewed", Power: "org"},
		{From: "fixed", To: "closed", Power: "org", Sign: "closed_by", Others: []string{"fixed_by", "person"}},
	},
	Needs: map[string][]string{"fixed": {"done"}},
	Filed: []string{"closed"},
}

var gradings = org.States{
	Collection: Gradings,
	Words: []org.Word{
		{State: "listed", Name: "列入排查"}, {State: "weak", Name: "认定软弱涣散"}, {State: "cleared", Name: "不认定"},
		{State: "fixing", Name: "整顿中"}, {State: "turned", Name: "已转化"},
	},
	Moves: []org.Move{
		{From: "listed", To: "weak", Power: "org", Sign: "decided_by"},
		{From: "listed", To: "cleared", Power: "org", Sign: "decided_by"},
		{From: "weak", To: "fixing", Power: "org"},
		{From: "fixing", To: "turned", Power: "org", Sign: "accepted_by"},
	},
	Needs: map[string][]string{
		"weak": {"facts", "surveyed_on", "decided_on", "document"}, "cleared": {"decided_on", "document"},
		"fixing": {"measures", "due"}, "turned": {"outcome"},
	},
	Filed: []string{"cleared", "turned"},
}

func saveGap(e *core.RecordEvent) error {
	r := e.Record
	benchmark, err := org.Parent(e.App, r, "benchmark")
	if err != nil {
		return err
	}
	unit, err := org.Find(e.App, r.GetString("org"))
	if err != nil {
		return err
	}
	if err := CheckList(benchmark.GetString("regulation"), unit.Kind()); err != nil {
		return err
	}
	if err := CheckGap(r.GetString("result"), r.GetString("state"), r.GetString("problem"), r.GetString("measures"), r.GetString("due")); err != nil {
		return err
	}
	return e.Next()
}

func saveGrading(e *core.RecordEvent) error {
	r := e.Record
	unit, err := org.Find(e.App, r.GetString("org"))
	if err != nil || unit.Kind() != "branch" && unit.Kind() != "retired" {
		return kit.Reject("org", "org_gradings_branch", "排查的对象是党支部，请重新选择。")
	}
	for _, field := range []string{"surveyed_on", "decided_on"} {
		if on := r.GetString(field); on != "" && (!kit.IsDate(on) || on > kit.Today(e.App)) {
			return kit.Reject(field, "org_gradings_date", "请填写真实的日期，不能晚于今天。")
		}
	}
	return e.Next()
}
