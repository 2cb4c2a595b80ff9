package points_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues/charge"
	"yaodian/hooks/kit"
	"yaodian/hooks/points/award"
	"yaodian/hooks/points/rule"
)

// Every subject that isn't claimed has its facts, and gives points when its
// record gets there.
func TestEverySubject(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	for _, s := range rule.Subjects {
		if err := award.CheckSubject(s); err != nil {
			t.Error(err)
		}
	}
	member, zb1 := "#"+apptest.Member, "@zb1"
	for _, c := range []struct {
		name string
		make func()
		want rule.Tenths // above the base, with all before
	}{
		{"study", func() { learn(t, app, apptest.Member, "2026-03-02") }, 20},
		{"visit", func() {
			pair := apptest.Make(t, app, "outreach_pairs", map[string]any{"person": member, "org": zb1, "alias": "东风3号户", "since": "2026-01-01"})
			apptest.Make(t, app, "outreach_visits", map[string]any{"pair": pair.Id, "visited_on": "2026-06-10", "kinds": []string{"policy"}})
		}, 40},
		{"honor", func() {
			apptest.Make(t, app, "activities_honors", map[string]any{"title": "示范岗", "person": member, "org": "@jd", "state": "awarded", "merits": "好", "document": "清工委〔2026〕5号", "notice_from": "2026-05-06", "notice_until": "2026-05-20"})
		}, 60},
		{"class", func() {
			class := apptest.Make(t, app, "study_classes", map[string]any{"org": "@jd", "title": "党员培训班", "kind": "member", "starts_on": "2026-05-06", "ends_on": "2026-05-08", "tenths": 240, "session_no": "1", "state": "running"})
			apptest.Make(t, app, "study_enrolments", map[string]any{"class": class.Id, "person": member, "present": true, "passed": true})
			added(t, app, apptest.Member, 60) // not before the class is over
			if err := apptest.Save(app, class, map[string]any{"state": "closed"}); err != nil {
				t.Fatal(err)
			}
		}, 70},
		{"absence", func() { meet(t, app, "party_lecture", "2026-05-09", map[string]string{apptest.Member: "absent"}) }, 50},
	} {
		c.make()
		if got := total(t, app, apptest.Member); got.Points-got.Base != c.want {
			t.Fatalf("%s: Expected %s, got %+v", c.name, c.want, got)
		}
	}
	whole(t, app)
}

// Dues paid in their month, or before it, give points once for each month,
// however often it is paid; a reversal takes them back.
func TestDuesInTime(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	apptest.Make(t, app, "dues_profiles", map[string]any{"person": "#" + apptest.Member, "category": "student", "since": "2026-01"})
	for _, month := range []string{"2026-05", "2026-06"} {
		if _, err := charge.BillMonth(app, month, kit.Now(app)); err != nil {
			t.Fatal(err)
		}
	}
	pay := func(from, to string, amount int) *core.Record {
		return apptest.Make(t, app, "dues_payments", map[string]any{
			"person": "#" + apptest.Member, "amount": amount, "from_month": from, "to_month": to, "method": "cash", "received_on": apptest.Today, "recorded_by": "#" + Reviewer, "reason": "支部同意",
		})
	}
	pay("2026-05", "2026-05", 20)
	added(t, app, apptest.Member, 0) // late
	first := pay("2026-06", "2026-06", 10)
	added(t, app, apptest.Member, 5)
	pay("2026-06", "2026-06", 10)
	added(t, app, apptest.Member, 5) // the same month
	if err := act(app, t, Organizer, first, map[string]any{"state": "reversed", "reason": "登记错了"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 5) // by the other one
	pay("2026-06", "2026-08", 50)
	added(t, app, apptest.Member, 15)
	whole(t, app)
}

// R-PTS-02: who is present at a meeting and is credited with its study has done
// one thing: it gives what is worth most, and the other when that falls away.
func TestR_PTS_02_OneActivityOnce(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	m := meet(t, app, "branch_assembly", "2026-05-06", map[string]string{apptest.Member: "present"})
	study := learn(t, app, apptest.Member, "2026-05-06")
	added(t, app, apptest.Member, 50)
	if err := apptest.Save(app, study, map[string]any{"meeting": m.Id, "source": "meeting"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 30)
	mark := apptest.First(t, app, "meetings_attendance", "meeting", m.Id)
	mark.Load(map[string]any{"status": "leave", "reason": "更正"})
	if err := kit.SaveAsSystem(app, t.Context(), mark); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 20)
	if err := app.Delete(study); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 0)
	whole(t, app)
}

// R-PTS-03 and R-ORG-05: whoever is exempt, seventy or in the special category
// loses nothing for an absence, in whatever order it becomes known.
func TestR_PTS_03_ExemptLoseNothing(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	meet(t, app, "branch_assembly", "2026-05-06", map[string]string{apptest.Member: "absent", Elder: "absent", Reviewer: "exempt"})
	added(t, app, apptest.Member, -20)
	added(t, app, Elder, 0)
	added(t, app, Reviewer, 0)
	placed := apptest.Make(t, app, "points_standings", map[string]any{"person": "#" + apptest.Member, "category": "special", "since": "2026-05-01", "basis": "支委会研究"})
	added(t, app, apptest.Member, 0)
	if err := apptest.Save(app, placed, map[string]any{"until": "2026-05-03"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, -20)
	if _, err := apptest.Try(app, "points_standings", apptest.Named(t, app, map[string]any{"person": "#" + apptest.Member, "category": "flow", "since": "2026-05-02"})); err == nil {
		t.Error("two categories at a time")
	}
	whole(t, app)
}

// Who left, or came, is told by the log of their status, also when it is entered
// later; the entry follows them to their branch of the day.
func TestEntriesFollowThePerson(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	apptest.SetToday(t, app, "2026-06-12")
	learn(t, app, apptest.Member, "2026-06-11")
	added(t, app, apptest.Member, 20)
	person := apptest.Person(t, app, apptest.Member)
	person.Load(map[string]any{"org": apptest.Unit(t, app, "zb2").Id, "status_since": "2026-06-11"})
	if err := app.Save(person); err != nil {
		t.Fatal(err)
	}
	var path string
	if err := app.DB().NewQuery("SELECT org_path FROM points_entries ORDER BY id DESC LIMIT 1").Row(&path); err != nil || path != "/jd/zb2/" {
		t.Errorf("Expected the entry to be in the new branch, got %s %v", path, err)
	}
	added(t, app, apptest.Member, 20)
	whole(t, app)
}

// A rule is tried in some branches alone; a draft gives nothing; what it gives
// begins with its first day, and ends with its last.
func TestRulesInForce(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	learn(t, app, apptest.Member, "2026-03-02")
	learn(t, app, apptest.Member, "2026-06-02")
	apptest.Make(t, app, "study_records", map[string]any{"person": "#" + apptest.Neighbour, "org": "@zb2", "studied_on": "2026-06-02", "tenths": 10, "source": "self", "title": "学习"})
	added(t, app, apptest.Neighbour, 20)
	draft := apptest.Make(t, app, "points_rules", map[string]any{
		"no": "T20", "title": "学习（试行）", "subject": "study", "category": "study", "value": 50, "since": "2026-06-01", "units": []string{apptest.Unit(t, app, "zb1").Id},
		"replaces": ruleNo(t, app, "T04"),
	})
	added(t, app, apptest.Member, 40)
	if err := act(app, t, apptest.Clerk, draft, map[string]any{"state": "active", "document": "清工委〔2026〕9号"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 70)
	added(t, app, apptest.Neighbour, 0) // the old one ended everywhere
	whole(t, app)
	if err := act(app, t, apptest.Clerk, draft, map[string]any{"until": "2026-06-11"}); err != nil {
		t.Fatal(err)
	}
	apptest.SetToday(t, app, "2026-06-15")
	learn(t, app, apptest.Member, "2026-06-11")
	added(t, app, apptest.Member, 70)
	for name, c := range map[string]struct {
		data map[string]any
		code string
	}{
		"value":           {map[string]any{"value": 60}, "points_rule_fixed"},
		"subject":         {map[string]any{"subject": "visit"}, "points_rule_fixed"},
		"since":           {map[string]any{"since": "2026-01-01"}, "points_rule_fixed"},
		"longer again":    {map[string]any{"until": ""}, "points_until_over"},
		"back to a draft": {map[string]any{"state": "draft"}, "points_rules_move"},
	} {
		apptest.Refused(t, name, act(app, t, apptest.Clerk, draft, c.data), c.code)
	}
	apptest.Refused(t, "end in the past", act(app, t, apptest.Clerk, apptest.First(t, app, "points_rules", "no", "T06"), map[string]any{"until": "2026-06-01"}), "points_until_past")
	whole(t, app)
}

// A rule that can't be asked, or asks about what must not be scored, is refused
// when it is saved, with a sentence.
func TestRulesRefused(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	for text, code := range map[string]string{
		`colour = "red"`: "condition_wrong", `meeting.colour = "red"`: "condition_wrong", `status >>> 3`: "condition_wrong",
		`person.ethnicity = "汉族"`: "points_condition_outside", `meeting.minutes ~ "言论"`: "points_condition_words", `reason ~ "上访"`: "points_condition_words",
		`meeting = "x"`: "points_condition_words", `meeting.kind = "theme_day" && status = "present"`: "",
	} {
		_, err := apptest.Try(app, "points_rules", map[string]any{"no": "X1", "title": "规则", "subject": "attendance", "category": "org_life", "value": 10, "condition": text, "since": "2026-01-01"})
		apptest.Refused(t, text, err, code)
		if code == "condition_wrong" && text == `colour = "red"` {
			if got := kit.Violations(err)[0].Error(); got != "条件里的“colour”不是 meetings_attendance 的字段。" {
				t.Error(got)
			}
		}
	}
	for _, subject := range []string{"login", "checkin", "forward", "like", "donation", "dues_donations"} {
		if _, err := apptest.Try(app, "points_rules", map[string]any{"no": "X2", "title": "规则", "subject": subject, "category": "other", "value": 10, "since": "2026-01-01"}); err == nil {
			t.Errorf("%s can be scored", subject)
		}
	}
	for _, title := range []string{"转发文章", "为灾区捐款", "网络言论", "信访举报", "每日打卡"} {
		_, err := apptest.Try(app, "points_rules", map[string]any{"no": "X3", "title": title, "subject": "pledge", "category": "pledge", "value": 10, "since": "2026-01-01"})
		apptest.Refused(t, title, err, "points_forbidden")
	}
	_, err := apptest.Try(app, "points_rules", map[string]any{"no": "X4", "title": "规则", "subject": "pledge", "category": "pledge", "value": 10, "since": "2026-01-01", "state": "active"})
	apptest.Refused(t, "without a document", err, "points_rules_needs")
	_, err = apptest.Try(app, "points_rules", map[string]any{"no": "X5", "title": "规则", "subject": "pledge", "category": "pledge", "value": 10, "since": "2025-12-31", "document": "1号", "state": "active"})
	apptest.Refused(t, "for last year", err, "points_since_past")
}

// A field that an administrator adds in the browser can be asked at once.
func TestRulesAskNewFields(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	c, err := app.FindCollectionByNameOrId("study_records")
	if err != nil {
		t.Fatal(err)
	}
	c.Fields.Add(&core.SelectField{Name: "level", MaxSelect: 1, Values: []string{"basic", "deep"}})
	if err := app.Save(c); err != nil {
		t.Fatal(err)
	}
	enact(t, app, map[string]any{"no": "T30", "title": "深入学习", "subject": "study", "category": "study", "value": 40, "condition": `level = "deep"`})
	r := learn(t, app, apptest.Member, "2026-05-06")
	added(t, app, apptest.Member, 20)
	if err := apptest.Save(app, r, map[string]any{"level": "deep"}); err != nil {
		t.Fatal(err)
	}
	added(t, app, apptest.Member, 40)
	whole(t, app)
}

// The ledger belongs to the program, whoever asks; moving a branch moves what it
// has, and the chain holds.
func TestLedgerOnlyGrows(t *testing.T) {
	t.Parallel()
	app := prepared(t)
	learn(t, app, apptest.Member, "2026-05-06")
	e := apptest.First(t, app, "points_entries", "person", id(t, app, apptest.Member))
	apptest.Refused(t, "update", apptest.Save(app, e, map[string]any{"points": 90}), "points_append_only")
	apptest.Refused(t, "delete", app.Delete(e), "points_append_only")
	_, err := apptest.Try(app, "points_entries", map[string]any{"person": e.GetString("person")})
	apptest.Refused(t, "create", err, "points_append_only")
	for _, sql := range []string{"UPDATE points_entries SET points = 90", "DELETE FROM points_entries", "INSERT OR REPLACE INTO points_entries SELECT * FROM points_entries"} {
		if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s was let through", sql)
		}
	}
	unit := apptest.Unit(t, app, "zb1")
	unit.Set("code", "zb9")
	if err := app.Save(unit); err != nil {
		t.Fatal(err)
	}
	if moved := apptest.First(t, app, "points_entries", "id", e.Id); moved.GetString("org_path") != "/jd/zb9/" {
		t.Error(moved.GetString("org_path"))
	}
	whole(t, app)
}
