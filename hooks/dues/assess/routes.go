package assess

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/audit"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.GET("/api/dues/quote", showQuote).Bind(apis.RequireAuth())
	e.Router.POST("/api/dues/rates/{id}/sandbox", trySet).Bind(apis.RequireAuth())
	e.Router.POST("/api/dues/waivers/{id}/detail", showDetail).Bind(apis.RequireAuth())
	e.Router.GET("/api/dues/unassessed", showUnassessed).Bind(apis.RequireAuth())
	return e.Next()
}

// Answer is a quote as commands and routes give it.
type Answer struct {
	Category   string  `json:"category"`
	BaseYuan   string  `json:"base_yuan"`
	Month      string  `json:"month"`
	Rate       string  `json:"rate"` // empty where no rate applies
	RawYuan    string  `json:"raw_yuan"`
	DueYuan    string  `json:"due_yuan"`
	CapApplied bool    `json:"cap_applied"`
	RuleSet    RuleSet `json:"rule_set"`
	Explain    string  `json:"explain"`
}

// RuleSet names the set that a quote was reckoned by.
type RuleSet struct {
	No        string `json:"no"`
	Title     string `json:"title"`
	Effective string `json:"effective"`
}

// Quote reckons what a category owes for a base in a month; everything is text
// as people write it, base and month may be empty.
func Quote(sets []rate.Set, category, base, month, today string) (Answer, error) {
	month = cmp.Or(month, today[:7])
	if !rate.IsMonth(month) {
		return Answer{}, &rate.Refusal{Field: "month", Code: "dues_month_unreal", Message: "月份要写成 2026-03 这样。"}
	}
	ask := rate.Ask{Category: rate.Category(category), Month: month}
	if base != "" {
		fen, err := rate.ParseYuan(base)
		if err != nil {
			return Answer{}, &rate.Refusal{Field: "base", Code: "dues_amount_unreal", Message: err.Error()}
		}
		if fen < 0 {
			return Answer{}, &rate.Refusal{Field: "base", Code: "dues_base_missing", Message: "交纳基数不能为负。"}
		}
		ask.Base = fen
	}
	q, err := rate.For(sets, ask)
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{
		Category: category, BaseYuan: ask.Base.String(), Month: month, RawYuan: q.Raw.String(), DueYuan: q.Due.String(), CapApplied: q.CapApplied,
		RuleSet: RuleSet{q.Set.No, q.Set.Title, q.Set.Effective}, Explain: q.Explain,
	}
	if q.Rate > 0 {
		answer.Rate = rate.Percent(q.Rate)
	}
	return answer, nil
}

// showQuote answers ?category=&base=&month=.
func showQuote(e *core.RequestEvent) error {
	sets, err := charge.LoadSets(e.App.DB())
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	answer, err := Quote(sets.Active, query.Get("category"), query.Get("base"), query.Get("month"), kit.Today(e.App))
	if err != nil {
		return kit.BadRequest(e, charge.AsViolation(err))
	}
	return e.JSON(http.StatusOK, answer)
}

// takeDetail reads the field that answers never hold.
func takeDetail(e *core.RecordRequestEvent) error {
	body := map[string]any{}
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("", err)
	}
	if value, sent := body["detail"]; sent {
		e.Record.Set("detail", cast.ToString(value))
	}
	return e.Next()
}

// showDetail opens the details of a hardship to its person, to those who handle
// or decide the waiver, for a reason, and leaves a trace.
func showDetail(e *core.RequestEvent) error {
	r, err := e.App.FindRecordById(Waivers, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	form := struct {
		Reason string `json:"reason"`
	}{}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	may, err := maySeeDetail(e, r)
	if err != nil || !may {
		return e.NotFoundError("", err)
	}
	if len([]rune(form.Reason)) < 2 && e.Auth.Id != r.GetString("person") {
		return e.BadRequestError("", kit.Reject("reason", "dues_detail_reason", "请写明为什么要看。"))
	}
	if err := audit.Note(e.App, e.Request.Context(), audit.Event{Action: audit.Reveal, Record: r, Reason: form.Reason}); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"detail": r.GetString("detail")})
}

func maySeeDetail(e *core.RequestEvent, r *core.Record) (bool, error) {
	if e.Auth.Id == r.GetString("person") {
		return true, nil
	}
	if may, err := org.May(e, r.GetString("org_path"), "dues.check", "dues.record"); err != nil || may {
		return may, err
	}
	request, err := e.App.FindFirstRecordByFilter("approvals_requests", "subject_collection = {:c} && subject_id = {:id}", dbx.Params{"c": Waivers, "id": r.Id})
	if err != nil {
		return false, nil //nolint:nilerr // nobody has been asked
	}
	info, err := e.RequestInfo()
	if err != nil {
		return false, err
	}
	return e.App.CanAccessRecord(request, info, request.Collection().ViewRule)
}

// trySet answers whom a set of rates would affect in ?month=; nothing is written.
func trySet(e *core.RequestEvent) error {
	r, err := e.App.FindRecordById(Rates, e.Request.PathValue("id"))
	if err != nil {
		return e.NotFoundError("", err)
	}
	powers := map[string][]org.Range{"dues.rates": {{Lo: "/", Hi: "0"}}}
	if !e.HasSuperuserAuth() {
		if powers, err = org.Powers(e.App, e.Auth.Id, kit.Today(e.App)); err != nil {
			return err
		}
	}
	if len(powers["dues.rates"]) == 0 {
		return kit.Forbid("dues_rates_keeper", "您没有管理党费标准的权限。")
	}
	set, err := charge.SetOf(r)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	if wrong := set.Check(); len(wrong) > 0 {
		return kit.BadRequest(e, CheckRates(set))
	}
	month := cmp.Or(e.Request.URL.Query().Get("month"), kit.Today(e.App)[:7])
	if !rate.IsMonth(month) {
		return kit.BadRequest(e, kit.Reject("month", "dues_month_unreal", "月份要写成 2026-03 这样。"))
	}
	out, err := charge.Sandbox(e.App, set, month, powers["dues.rates"], powers["dues.assess"])
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, out)
}

// showUnassessed answers which organizations in reach have people whose base of
// ?year= isn't reviewed (R-DUES-04).
func showUnassessed(e *core.RequestEvent) error {
	year := cmp.Or(e.Request.URL.Query().Get("year"), kit.Today(e.App)[:4])
	if !rate.IsMonth(year + "-01") {
		return kit.BadRequest(e, kit.Reject("year", "dues_year_unreal", "年度要写成四位数。"))
	}
	var reach dbx.Expression
	if !e.HasSuperuserAuth() {
		reach = org.InReach("p.org_path", e.Auth.Id, "dues", kit.Today(e.App))
	}
	list, err := Unassessed(e.App, year, kit.Today(e.App), reach)
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, map[string]any{"year": year, "items": list})
}
