package assess

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/dues/charge"
	"yaodian/hooks/dues/rate"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

// Open is an organization whose yearly assessment isn't done.
type Open struct {
	Org    string `db:"org" json:"org"`
	Path   string `db:"org_path" json:"path"`
	People int    `db:"people" json:"people"` // whose base is missing or not reviewed
	Late   bool   `json:"late"`               // after 31 January
}

// Unassessed lists the organizations in reach that have people whose category
// asks for a base and whose base of the year isn't reviewed (R-DUES-04).
func Unassessed(app core.App, year, today string, reach dbx.Expression) ([]Open, error) {
	sets, err := charge.LoadSets(app.DB())
	if err != nil {
		return nil, err
	}
	set, ok := rate.In(sets.Active, year+"-12")
	if !ok {
		return nil, kit.Reject("year", "dues_no_rates", fmt.Sprintf("%s 年没有可用的党费标准。", year))
	}
	list := []Open{}
	query := app.DB().Select("p.org", "max(p.org_path) AS org_path", "count(*) AS people").From(Profiles+" p").
		InnerJoin("people w", dbx.NewExp("w.id = p.person AND w.state IN ('active', 'suspended') AND w.kind IN ('member', 'probationary') AND w.membership_state != 'stopped'")).
		Where(dbx.NewExp("p.since <= {:end} AND (p.until = '' OR p.until >= {:now})", dbx.Params{"end": year + "-12", "now": max(year+"-01", min(today[:7], year+"-12"))})).
		AndWhere(dbx.In("p.category", byBase(set)...)).
		AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM dues_bases b WHERE b.person = p.person AND b.year = {:year} AND b.state = 'reviewed')", dbx.Params{"year": year}))
	if reach != nil {
		query.AndWhere(reach)
	}
	if err := query.GroupBy("p.org").OrderBy("org_path").All(&list); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Late = today > year+"-01-31"
	}
	return list, nil
}

// byBase are the categories that owe by a base.
func byBase(set rate.Set) []any {
	var out []any
	for _, c := range rate.Categories {
		if len(set.Scales[c.Key].Brackets) > 0 {
			out = append(out, string(c.Key))
		}
	}
	return out
}

// RemindAssessing tells those who assess and those who check, from 20 January
// on, and again when the month is over, what is still to be assessed.
func RemindAssessing(app core.App, today string) (told int, err error) {
	year, day := today[:4], today[5:]
	if day < "01-20" {
		return 0, nil
	}
	list, err := Unassessed(app, year, today, nil)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	officers, err := org.Officers(app, today, "dues.assess", "dues.check")
	if err != nil {
		return 0, err
	}
	var messages []notify.Message
	for _, o := range list {
		m := notify.Message{
			Kind: notify.Duty, Title: fmt.Sprintf("还有 %d 人的 %s 年党费基数没有核定", o.People, year),
			Body: "每年 1 月 31 日前完成核定。", Link: fmt.Sprintf("#/dues/assess/%s/%s", o.Org, year),
			Topic: "dues_bases open " + o.Org + " " + year,
		}
		if o.Late {
			m.Title, m.Topic = "逾期："+m.Title, "dues_bases late "+o.Org+" "+year
		}
		messages = append(messages, m.To(officers[o.Org]...)...)
	}
	return notify.Remind(app, messages)
}
