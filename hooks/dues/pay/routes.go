package pay

import (
	"cmp"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"yaodian/hooks/dues/ledger"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func bindRoutes(e *core.ServeEvent) error {
	e.Router.POST("/api/dues/payments/batch", enterBatch).Bind(apis.RequireAuth())
	e.Router.POST("/api/dues/payments/batch/{batch}/reverse", reverseBatch).Bind(apis.RequireAuth())
	e.Router.GET("/api/dues/payments/{id}/receipt", showReceipt).Bind(apis.RequireAuth())
	return e.Next()
}

// maxRows is how many payments a day's list holds at most.
const maxRows = 500

// Day is a day's list of payments.
type Day struct {
	ReceivedOn string `json:"received_on"`
	Preview    bool   `json:"preview"`
	Rows       []Row  `json:"rows"`
}

// Row is one payment of a day's list; amounts are fen.
type Row struct {
	Person      string   `json:"person"`
	Amount      rate.Fen `json:"amount"`
	From        string   `json:"from_month"`
	To          string   `json:"to_month"`
	Method      string   `json:"method"`
	Payer       string   `json:"payer"`
	PayerPerson string   `json:"payer_person"`
	Reason      string   `json:"reason"`
	Document    string   `json:"document"`
}

// RowResult is what became, or would become, of a row.
type RowResult struct {
	Person   string   `json:"person"`
	ID       string   `json:"id"`
	Receipt  string   `json:"receipt_no"`
	Parts    []Part   `json:"parts"`
	Warnings []string `json:"warnings"`
	Error    string   `json:"error"`
}

// DayResult is what became of a day's list: all of it is written, or nothing.
type DayResult struct {
	Batch   string      `json:"batch"`
	Written bool        `json:"written"`
	Total   rate.Fen    `json:"total"`
	Rows    []RowResult `json:"rows"`
}

// enterBatch records a day's list. With "preview" it only says what would come
// of it.
func enterBatch(e *core.RequestEvent) error {
	day := Day{}
	if err := e.BindBody(&day); err != nil {
		return e.BadRequestError("", err)
	}
	if len(day.Rows) == 0 || len(day.Rows) > maxRows {
		return e.BadRequestError("", kit.Reject("rows", "dues_batch_size", "一批请登记 1 到 500 笔。"))
	}
	if err := checkRecorder(e, day); err != nil {
		return err
	}
	result, err := Enter(e.App, e.Request.Context(), day, "")
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !result.Written && !day.Preview {
		status = http.StatusBadRequest
	}
	return e.JSON(status, result)
}

// checkRecorder: the caller may record for everybody in the list.
func checkRecorder(e *core.RequestEvent, day Day) error {
	if e.HasSuperuserAuth() {
		return kit.Forbid("dues_recorder_missing", "收款须由有登记权限的人登录后登记。")
	}
	people := map[string]bool{}
	for _, r := range day.Rows {
		people[r.Person] = true
	}
	ids := make([]any, 0, len(people))
	for p := range people {
		ids = append(ids, p)
	}
	var within int
	err := e.App.DB().Select("count(*)").From("people").Where(dbx.In("id", ids...)).
		AndWhere(org.InReach("org_path", e.Auth.Id, "dues.record", kit.Today(e.App))).Row(&within)
	if err == nil && within < len(ids) {
		err = kit.Forbid("dues_batch_reach", "名单里有不归您收缴党费的人，请检查。")
	}
	return err
}

func (d Day) row(i int, batch, recorder string) map[string]any {
	r := d.Rows[i]
	return map[string]any{
		"person": r.Person, "amount": int64(r.Amount), "from_month": r.From, "to_month": cmp.Or(r.To, r.From), "method": cmp.Or(r.Method, "cash"), "payer": r.Payer,
		"payer_person": r.PayerPerson, "reason": r.Reason, "document": r.Document, "received_on": d.ReceivedOn, "batch": batch, "recorded_by": recorder,
	}
}

// reverseBatch takes back every payment of a batch: somebody else than who
// recorded it, with a reason.
func reverseBatch(e *core.RequestEvent) error {
	form := struct {
		Reason string `json:"reason"`
	}{}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	var list []*core.Record
	err := e.App.RecordQuery(Payments).AndWhere(dbx.HashExp{"batch": e.Request.PathValue("batch")}).AndWhere(dbx.NewExp("batch != '' AND state != 'reversed'")).OrderBy("receipt_no").All(&list)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return e.NotFoundError("", nil)
	}
	for _, r := range list {
		if may, err := org.May(e, r.GetString("org_path"), "dues.check"); err != nil || !may {
			return e.NotFoundError("", err)
		}
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		for _, r := range list {
			r.Load(map[string]any{"state": "reversed", "reason": form.Reason})
			if err := tx.Save(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return kit.BadRequest(e, err)
	}
	return e.JSON(http.StatusOK, map[string]any{"reversed": len(list)})
}

// receipt is what is printed for who has paid.
type receipt struct {
	Number     string   `json:"number"`
	Org        string   `json:"org"`
	Person     string   `json:"person"`
	Amount     rate.Fen `json:"amount"`
	Yuan       string   `json:"yuan"`
	Capital    string   `json:"capital"`
	From       string   `json:"from_month"`
	To         string   `json:"to_month"`
	Method     string   `json:"method"`
	Payer      string   `json:"payer"`
	ReceivedOn string   `json:"received_on"`
	State      string   `json:"state"`
	RecordedBy string   `json:"recorded_by"`
	CheckedBy  string   `json:"checked_by"`
	Parts      []Part   `json:"parts"`
	Hash       string   `json:"hash"` // of the last line: the copy proves itself
}

func showReceipt(e *core.RequestEvent) error {
	r, err := kit.Visible(e, Payments)
	if err != nil {
		return err
	}
	s := slipOf(r)
	out := receipt{
		Number: s.Receipt, Person: r.GetString("name"), Amount: s.Amount, Yuan: s.Amount.String(), Capital: Capital(s.Amount), From: s.From, To: s.To, Method: s.Method, Payer: s.Payer,
		ReceivedOn: s.ReceivedOn, State: r.GetString("state"), Parts: []Part{},
	}
	unit, err := org.Find(e.App, s.Org)
	if err != nil {
		return err
	}
	out.Org = unit.GetString("name")
	for to, id := range map[*string]string{&out.RecordedBy: s.RecordedBy, &out.CheckedBy: r.GetString("checked_by")} {
		if *to, err = nameOf(e.App, id); err != nil {
			return err
		}
	}
	lines, err := ledger.OfPayment(e.App, r.Id)
	if err != nil {
		return err
	}
	for _, l := range lines {
		out.Parts, out.Hash = append(out.Parts, Part{l.Month, -l.Amount}), l.Hash
	}
	return e.JSON(http.StatusOK, out)
}

// newBatch names a batch.
func newBatch(day string) string {
	return day + "-" + security.RandomStringWithAlphabet(6, "23456789abcdefghjkmnpqrstuvwxyz")
}
