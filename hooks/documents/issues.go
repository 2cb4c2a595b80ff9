package documents

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// saveIssue warns of what could have been said otherwise; it refuses nothing
// that says why it was issued.
func saveIssue(e *core.RecordEvent) error {
	r := e.Record
	on, err := calendar.Parse(r.GetString("issued_on"))
	if err != nil || r.GetString("issued_on") > kit.Today(e.App) {
		return kit.Reject("issued_on", "documents_date_future", "请填写真实的印发日期，不晚于今天。")
	}
	if err := CheckBasis(r.GetString("basis")); err != nil {
		return err
	}
	i := Issue{Words: r.GetInt("words"), Forwards: r.GetBool("forwards")}
	err = e.App.DB().NewQuery(`SELECT coalesce(sum(topic = {:topic} AND issued_on BETWEEN {:month} AND {:on}), 0) AS same,
			coalesce(sum(issued_on BETWEEN {:year} || '-01-01' AND {:year} || '-12-31'), 0) AS this_year,
			coalesce(sum(issued_on BETWEEN {:before} || '-01-01' AND {:before} || '-12-31'), 0) AS last_year
		FROM documents_issues WHERE org = {:org} AND id != {:id} AND issued_on >= {:before} || '-01-01'`).
		Bind(dbx.Params{
			"topic": r.GetString("topic"), "on": on.String(), "month": (on - 30).String(), "year": strconv.Itoa(on.Year()), "before": strconv.Itoa(on.Year() - 1),
			"org": r.GetString("org"), "id": r.Id,
		}).Row(&i.Same, &i.ThisYear, &i.LastYear)
	if err != nil {
		return err
	}
	r.Set("warnings", strings.Join(i.Warnings(), "\n"))
	return e.Next()
}

// Issue is a paper beside what its unit has issued besides.
type Issue struct {
	Words              int
	Forwards           bool
	Same               int // on the same topic in the thirty days before
	ThisYear, LastYear int
}

// shortest is how many characters a paper has that couldn't be a telephone call.
const shortest = 300

// Warnings are what 8.6 asks to think about again.
func (i Issue) Warnings() []string {
	var out []string
	if i.Same > 0 {
		out = append(out, fmt.Sprintf("30 天内已就同一主题发文 %d 件，请说明再次发文的必要。", i.Same))
	}
	if i.Words > 0 && i.Words < shortest && !i.Forwards {
		out = append(out, fmt.Sprintf("正文不到 %d 字，可以用电话或者工作群通知的不用发文。", shortest))
	}
	if i.LastYear > 0 && i.ThisYear+1 > i.LastYear {
		out = append(out, fmt.Sprintf("今年发文已到 %d 件，超过去年的 %d 件。", i.ThisYear+1, i.LastYear))
	}
	return out
}

// CheckBasis: a paper says why it is issued (14.18).
func CheckBasis(basis string) error {
	if len([]rune(strings.TrimSpace(basis))) < 4 {
		return kit.Reject("basis", "documents_basis", "请写明发文的必要性与依据。")
	}
	return nil
}

// Count is what a unit has issued in a month.
type Count struct {
	Org      string `db:"org" json:"org"`
	Name     string `db:"name" json:"name"`
	Month    string `db:"month" json:"month"`
	Number   int    `db:"number" json:"number"`
	Pages    int    `db:"pages" json:"pages"`
	Words    int    `db:"words" json:"words"`
	Forwards int    `db:"forwards" json:"forwards"`
}

// CountIssues counts by unit and month what was issued in a year and in the one
// before, within the reach of who asks.
func CountIssues(app core.App, within dbx.Expression, year int) ([]Count, error) {
	list := []Count{}
	err := app.DB().Select("i.org", "coalesce(nullif(u.short, ''), u.name) AS name", "substr(i.issued_on, 1, 7) AS month", "count(*) AS number",
		"sum(i.pages) AS pages", "sum(i.words) AS words", "sum(i.forwards) AS forwards").
		From(Issues+" i").InnerJoin("org_units u", dbx.NewExp("u.id = i.org")).
		Where(dbx.NewExp("i.issued_on >= {:from} AND i.issued_on < {:to}", dbx.Params{"from": fmt.Sprintf("%d-01-01", year-1), "to": fmt.Sprintf("%d-01-01", year+1)})).
		AndWhere(within).GroupBy("i.org", "month").OrderBy("u.path", "month").All(&list)
	return list, err
}

func countIssues(e *core.RequestEvent) error {
	today := kit.Today(e.App)
	year, err := strconv.Atoi(e.Request.PathValue("year"))
	if err != nil || year < 2000 || year > 2099 {
		return e.BadRequestError("", kit.Reject("year", "documents_year", "请写四位的年份。"))
	}
	within := dbx.NewExp("1 = 1")
	if !e.HasSuperuserAuth() {
		within = org.InReach("i.org_path", e.Auth.Id, "documents", today)
	}
	counts, err := CountIssues(e.App, within, year)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"year": year, "items": counts})
}
