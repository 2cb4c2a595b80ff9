package publicity

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
)

// Notice is one public notice.
type Notice struct{ core.BaseRecordProxy }

func noticeOf(r *core.Record) *Notice {
	n := &Notice{}
	n.SetProxyRecord(r)
	return n
}

// fill counts the workdays and, where a draft about somebody has no text yet,
// writes it.
func (n *Notice) fill(app core.App) error {
	if n.GetInt("workdays") == 0 {
		n.Set("workdays", Workdays)
	}
	if err := n.count(app); err != nil {
		return err
	}
	if n.GetString("text") != "" || n.GetString("person") == "" || n.GetString("state") != "draft" {
		return nil
	}
	p, err := profile(app, n.GetString("person"))
	if err != nil {
		return err
	}
	if n.GetString("audience") == "public" {
		p.Name = MaskName(p.Name)
	}
	n.Set("text", p.Text())
	return nil
}

func (n *Notice) count(app core.App) error {
	if n.GetString("begins") == "" {
		n.Load(map[string]any{"ends": "", "provisional": false})
		return nil
	}
	if n.GetString("ends") != "" && n.GetString("state") != "draft" && n.GetString("state") != "published" {
		return nil
	}
	days, err := calendar.Load(app)
	if err != nil {
		return err
	}
	ends, provisional, err := Ends(days, n.GetString("begins"), n.GetInt("workdays"), n.GetBool("inclusive"))
	n.Load(map[string]any{"ends": ends, "provisional": provisional})
	return err
}

// check asks what a notice answers by itself and with the name of its person.
func (n *Notice) check(app core.App) error {
	kind, title, text := n.GetString("kind"), n.GetString("title"), n.GetString("text")
	if err := CheckSubject(kind, n.GetString("person")); err != nil {
		return err
	}
	if err := CheckWorkdays(n.GetInt("workdays")); err != nil {
		return err
	}
	if err := CheckExempt(kind, n.GetString("state"), n.GetString("exempt"), n.GetString("exempt_document")); err != nil {
		return err
	}
	for field, s := range map[string]string{"title": title, "text": text} {
		if err := org.CheckAnonymous(field, s); err != nil {
			return err
		}
	}
	if n.GetString("person") == "" {
		return nil
	}
	person, err := org.Parent(app, n.ProxyRecord(), "person")
	if err != nil {
		return err
	}
	return CheckName(n.GetString("audience"), person.GetString("name"), title, text)
}

// pass asks what the step to another state needs.
func (n *Notice) pass(app core.App, stored *core.Record) error {
	state := n.GetString("state")
	if stored != nil && stored.GetString("state") == state {
		return nil
	}
	switch state {
	case "published":
		return CheckBegins(n.GetString("begins"), kit.Today(app))
	case "closed":
		open, upheld, all, err := tally(app, n.Id)
		if err != nil {
			return err
		}
		return CheckClose(n.GetString("ends"), kit.Today(app), n.GetString("result"), open, upheld, all)
	}
	return nil
}

// tally counts the objections to a notice.
func tally(app core.App, notice string) (open, upheld, all int, err error) {
	err = app.DB().NewQuery(`SELECT coalesce(sum(state != 'settled'), 0), coalesce(sum(conclusion = 'upheld'), 0), count(*)
		FROM publicity_objections WHERE notice = {:notice}`).Bind(dbx.Params{"notice": notice}).Row(&open, &upheld, &all)
	return open, upheld, all, err
}

// Clear reports whether somebody's notice of a kind has ended on or before a
// day without an objection that was upheld (R-DEV-07).
func Clear(app core.App, person, kind, day string) (bool, error) {
	n, err := app.CountRecords(Notices, dbx.HashExp{"person": person, "kind": kind, "state": "closed"},
		dbx.NewExp("result != 'upheld' AND ends < {:day}", dbx.Params{"day": day}))
	return n > 0, err
}

var genders = map[string]string{"male": "男", "female": "女"}

var educations = map[string]string{
	"10": "研究生", "20": "大学本科", "30": "大学专科", "40": "中专", "60": "高中", "70": "初中", "80": "小学", "90": "其他",
}

// profile is what the roster lets a notice say of somebody.
func profile(app core.App, person string) (Profile, error) {
	r, err := app.FindRecordById(people.People, person)
	if err != nil {
		return Profile{}, kit.Reject("person", "publicity_person_unknown", "没有找到公示对象，请重新选择。")
	}
	return Profile{
		Name: r.GetString("name"), Gender: genders[r.GetString("gender")], Born: people.MaskBirth(r.GetString("birth_date")),
		Education: educations[r.GetString("education")], Post: r.GetString("work_post"),
	}, nil
}
