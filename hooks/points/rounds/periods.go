package rounds

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points/board"
	"yaodian/hooks/points/ledger"
	"yaodian/hooks/points/rule"
)

// The working days of a quarter's publication, of an answer to an appeal, and in
// which one may take an answer to the committee (domain.md 10.2).
const (
	NoticeDays = 5
	AnswerDays = 10
	GraceDays  = 5
)

var periodStates = org.States{
	Collection: Periods,
	Words:      []org.Word{{State: "open", Name: "未公示"}, {State: "published", Name: "公示中"}, {State: "locked", Name: "已锁定"}},
	Moves: []org.Move{
		{From: "open", To: "published", Sign: "published_by"},
		{From: "published", To: "open", Power: "points.edit"},
		{From: "published", To: "locked", Sign: "locked_by"},
	},
	Filed: []string{"locked"},
}

// Content is what is published of a quarter: how totals spread, and where the
// branch has decided so, the names in their order. There are no ranks (R-PTS-08).
type Content struct {
	Org     string        `json:"org"`
	Name    string        `json:"name"`
	Quarter string        `json:"quarter"`
	Scheme  string        `json:"scheme"`
	People  int           `json:"people"`
	Bands   []board.Count `json:"bands"`
	Members []Named       `json:"members,omitempty"`
}

// Named is a member as published. A veto shows as such and as nothing else.
type Named struct {
	Name    string       `json:"name"`
	Quarter *rule.Tenths `json:"quarter,omitempty"`
	Total   *rule.Tenths `json:"total,omitempty"`
	Vetoed  bool         `json:"vetoed,omitempty"`
}

// ContentOf is what would be published of a quarter now.
func ContentOf(app core.App, unit *org.Unit, quarter, day string, named bool) (*Content, error) {
	book, err := board.Open(app, quarter[:4])
	if err != nil {
		return nil, err
	}
	list, _, err := book.Members(app, board.Query{Path: unit.Path(), Day: day, Quarter: quarter})
	if err != nil {
		return nil, err
	}
	c := &Content{Org: unit.Id, Name: unit.Name(), Quarter: quarter, Scheme: book.Scheme.Title, People: len(list), Bands: board.Spread(book.Scheme.Bands, book.Counts(list))}
	if !named {
		return c, nil
	}
	for _, m := range list {
		n := Named{Name: m.Name, Vetoed: m.Vetoed}
		if !m.Vetoed {
			n.Quarter, n.Total = &m.Quarter, &m.Total.Points
		}
		c.Members = append(c.Members, n)
	}
	return c, nil
}

// savePeriod publishes a quarter for five working days, and locks it when they
// are over and no appeal is open.
func savePeriod(e *core.RecordEvent) error {
	r := e.Record
	stored, err := before(e)
	if err != nil {
		return err
	}
	if stored != nil {
		if field, changed := kit.Changed(r, stored, "org", "quarter"); changed {
			return kit.Reject(field, "points_period_fixed", "组织和季度不能改。")
		}
	}
	from, to := stateOf(stored), stateOf(r)
	switch {
	case to == "open":
		r.Load(map[string]any{"notice_from": "", "notice_until": "", "content": nil, "hash": "", "last_seq": 0})
		err = checkHouse(e.App, r)
	case to == "published" && from != "published":
		err = publish(e.App, r)
	case to == "locked" && from != "locked":
		err = lock(e.App, r)
	case stored != nil && from == to && to == "published":
		err = checkPublished(r, stored)
	}
	if err != nil {
		return err
	}
	return e.Next()
}

func checkHouse(app core.App, r *core.Record) error {
	unit, err := org.Find(app, r.GetString("org"))
	if err != nil {
		return kit.Reject("org", "org_unit_missing", "没有找到这个组织，请重新选择。")
	}
	if unit.Kind() == "group" {
		return kit.Reject("org", "points_period_group", "党小组的积分随所在支部公示。")
	}
	return nil
}

func checkPublished(r, stored *core.Record) error {
	if field, changed := kit.Changed(r, stored, "named", "notice_from", "notice_until", "content", "hash"); changed {
		return kit.Reject(field, "points_period_published", "公示的内容不能改；有差错请更正来源记录，锁定时重新定格。")
	}
	return nil
}

func publish(app core.App, r *core.Record) error {
	today := kit.Today(app)
	if err := CheckPublish(r.GetString("quarter"), today); err != nil {
		return err
	}
	until, err := workdaysAfter(app, today, NoticeDays)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"notice_from": today, "notice_until": until})
	return freeze(app, r)
}

func lock(app core.App, r *core.Record) error {
	today := kit.Today(app)
	open, err := openAppeals(app, r.Id, today)
	if err != nil {
		return err
	}
	if err := CheckLock(r.GetString("notice_until"), today, open); err != nil {
		return err
	}
	head, err := ledger.Head(app)
	if err != nil {
		return err
	}
	r.Set("last_seq", head.Seq)
	return freeze(app, r)
}

func freeze(app core.App, r *core.Record) error {
	unit, err := org.Find(app, r.GetString("org"))
	if err != nil {
		return err
	}
	content, err := ContentOf(app, unit, r.GetString("quarter"), kit.Today(app), r.GetBool("named"))
	if err != nil {
		return err
	}
	raw, err := json.Marshal(content)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"content": types.JSONRaw(raw), "hash": kit.Digest(string(raw))})
	return nil
}

// openAppeals counts what stands in the way of a lock: appeals without an answer
// or before the committee, and answers that may still be taken there.
func openAppeals(app core.App, period, today string) (int, error) {
	grace, err := workdaysAfter(app, today, -GraceDays)
	if err != nil {
		return 0, err
	}
	n, err := app.CountRecords(Appeals, dbx.HashExp{"period": period},
		dbx.NewExp("(state IN ('open', 'escalated') OR state = 'answered' AND answered_on >= {:grace})", dbx.Params{"grace": grace}))
	return int(n), err
}

func workdaysAfter(app core.App, day string, n int) (string, error) {
	days, err := calendar.Load(app)
	if err != nil {
		return "", err
	}
	from, err := calendar.Parse(day)
	if err != nil {
		return "", err
	}
	end, _ := days.AddWorkdays(from, n, false)
	return end.String(), nil
}

// VerifyPeriods holds what was published and locked to its digest.
func VerifyPeriods(app core.App, report func(format string, args ...any)) error {
	var rows []struct{ Quarter, ID, Content, Hash string }
	err := app.DB().Select("quarter", "id", "content", "hash").From(Periods).Where(dbx.NewExp("state != 'open'")).OrderBy("id").All(&rows)
	for _, r := range rows {
		if kit.Digest(r.Content) != r.Hash {
			report("%s 的公示（%s）内容被改动过：和定格时的摘要不一致。", r.Quarter, r.ID)
		}
	}
	return err
}
