package points

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/points/board"
	"yaodian/hooks/points/keep"
	"yaodian/hooks/points/rounds"
	"yaodian/hooks/points/rule"
)

// bindRoutes: none of them takes an order, so no list of people can be had by
// points (R-PTS-08).
func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/points/mine", showMine).Bind(apis.RequireAuth())
	e.Router.GET("/api/points/branch", showBranch).Bind(apis.RequireAuth())
	e.Router.GET("/api/points/spread", showSpread).Bind(apis.RequireAuth())
	e.Router.GET("/api/points/period", showPeriod).Bind(apis.RequireAuth())
	e.Router.GET("/api/points/subjects", showSubjects).Bind(apis.RequireAuth())
	e.Router.POST("/api/points/sandbox", tryRules).Bind(apis.RequireAuth())
	return e.Next()
}

// yearOf is ?year=, this year where it isn't given.
func yearOf(e *core.RequestEvent) (string, error) {
	today := kit.Today(e.App)
	year := cmp.Or(e.Request.URL.Query().Get("year"), today[:4])
	if err := board.CheckYear(year, today); err != nil {
		return "", kit.BadRequest(e, err)
	}
	return year, nil
}

// unitOf is the organization of ?org=, the branch of the caller where it isn't
// given, if the caller has to do with its points.
func unitOf(e *core.RequestEvent, powers ...string) (*org.Unit, error) {
	id := e.Request.URL.Query().Get("org")
	unit, err := org.Find(e.App, id)
	if id == "" {
		unit, err = charge.HouseOf(e.App, e.Auth.GetString("org"))
	}
	if err != nil {
		return nil, e.NotFoundError("", err)
	}
	if may, err := org.May(e, unit.Path(), powers...); err != nil || !may {
		return nil, e.NotFoundError("", err)
	}
	return unit, nil
}

// maxPage is how many people a page holds at most.
const maxPage = 200

// showBranch answers the people of ?org= in the order of their names with their
// totals of ?year=; ?after= is the last one of the page before.
func showBranch(e *core.RequestEvent) error {
	unit, err := unitOf(e, "points")
	if err != nil {
		return err
	}
	year, err := yearOf(e)
	if err != nil {
		return err
	}
	book, err := board.Open(e.App, year)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	limit := cast.ToInt64(query.Get("limit"))
	if limit <= 0 || limit > maxPage {
		limit = maxPage
	}
	list, next, err := book.Members(e.App, board.Query{Path: unit.Path(), Day: lastDay(year, kit.Today(e.App)), After: query.Get("after"), Limit: limit})
	if err != nil {
		return err
	}
	items := make([]row, len(list))
	for i, m := range list {
		items[i] = row{Member: m, Band: bandName(book.Scheme, m)}
	}
	return e.JSON(http.StatusOK, map[string]any{"org": unit.Id, "name": unit.GetString("name"), "year": year, "scheme": book.Scheme, "items": items, "next": next})
}

// row is a line of the list. The band is for reference; whoever is vetoed shows
// neither band nor total.
type row struct {
	*board.Member
	Band string `json:"band"`
}

func bandName(s rule.Scheme, m *board.Member) string {
	if m.Vetoed {
		m.Total, m.Quarter = rule.Total{Shares: []rule.Share{}}, 0
		return "否决"
	}
	if i := s.BandOf(m.Total.Points); i >= 0 {
		return s.Bands[i].Name
	}
	return ""
}

// lastDay is the day as of which a year is shown.
func lastDay(year, today string) string { return min(year+"-12-31", today) }

// unitSpread is how an organization's totals spread.
type unitSpread struct {
	Org    string        `json:"org"`
	Name   string        `json:"name"`
	People int           `json:"people"`
	Bands  []board.Count `json:"bands"`
}

// showSpread answers how the totals of ?year= spread in each branch at or below
// ?org=, in the order of the tree. Groups of fewer than five show no number.
func showSpread(e *core.RequestEvent) error {
	unit, err := unitOf(e, "points")
	if err != nil {
		return err
	}
	year, err := yearOf(e)
	if err != nil {
		return err
	}
	book, err := board.Open(e.App, year)
	if err != nil {
		return err
	}
	list, _, err := book.Members(e.App, board.Query{Path: unit.Path(), Day: lastDay(year, kit.Today(e.App))})
	if err != nil {
		return err
	}
	units, err := houses(e.App, unit.Path())
	if err != nil {
		return err
	}
	all := unitSpread{Org: unit.Id, Name: unit.Name(), People: len(list), Bands: board.Spread(book.Scheme.Bands, book.Counts(list))}
	return e.JSON(http.StatusOK, map[string]any{"year": year, "scheme": book.Scheme, "all": all, "units": spreads(book, list, units)})
}

// showPeriod answers what would be published of ?quarter= now, to officers.
func showPeriod(e *core.RequestEvent) error {
	unit, err := unitOf(e, "points.review", "points.edit")
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	quarter := query.Get("quarter")
	if len(quarter) != 7 || rule.QuarterEnd(quarter) < "2020" || quarter[6] < '1' || quarter[6] > '4' {
		return kit.BadRequest(e, kit.Reject("quarter", "points_quarter_unreal", "季度要写成 2026-Q1 这样。"))
	}
	content, err := rounds.ContentOf(e.App, unit, quarter, kit.Today(e.App), query.Get("named") == "1")
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, content)
}

// showSubjects answers all that points may be given for, with the fields that a
// condition may name: what an editor of rules offers.
func showSubjects(e *core.RequestEvent) error {
	type subject struct {
		rule.Subject
		Fields []keep.Field `json:"fields"`
	}
	list := make([]subject, len(rule.Subjects))
	for i, s := range rule.Subjects {
		fields, err := keep.FieldsOf(e.App, s)
		if err != nil {
			return err
		}
		list[i] = subject{s, fields}
	}
	return e.JSON(http.StatusOK, map[string]any{"items": list})
}

// tryRules answers whom drafts would touch over a year; nothing is written.
func tryRules(e *core.RequestEvent) error {
	form := struct {
		Year   string   `json:"year"`
		Drafts []string `json:"drafts"` // ids of rules; none: all drafts
		Scheme string   `json:"scheme"` // id of a draft
	}{}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	powers := map[string][]org.Range{"points.edit": {{Lo: "/", Hi: "0"}}}
	var err error
	if !e.HasSuperuserAuth() {
		if powers, err = org.Powers(e.App, e.Auth.Id, kit.Today(e.App)); err != nil {
			return err
		}
	}
	if len(powers["points.edit"]) == 0 {
		return kit.Forbid("points_rules_keeper", "您没有管理积分项目的权限。")
	}
	today := kit.Today(e.App)
	trial := board.Trial{Year: cmp.Or(form.Year, lastYear(today)), Reach: powers["points.edit"], Names: powers["points"]}
	if err := board.CheckYear(trial.Year, today); err != nil {
		return kit.BadRequest(e, err)
	}
	if trial.Now, trial.Then, err = keep.Sets(e.App, form.Drafts); err != nil {
		return kit.BadRequest(e, err)
	}
	if trial.Scheme, err = schemeOf(e.App, form.Scheme); err != nil {
		return kit.BadRequest(e, err)
	}
	effect, err := board.Sandbox(e.App, trial)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, effect)
}

func lastYear(today string) string { return rule.QuarterBefore(today[:4] + "-Q1")[:4] }

func schemeOf(app core.App, id string) (*rule.Scheme, error) {
	if id == "" {
		return nil, nil
	}
	r, err := app.FindRecordById(keep.Schemes, id)
	if err != nil {
		return nil, kit.Reject("scheme", "points_scheme_missing", "没有找到这个积分办法。")
	}
	s, err := keep.SchemeOf(r)
	return &s, err
}
