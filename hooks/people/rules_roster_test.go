package people_test

import (
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/people/idno"
)

// The checks under the table of domain.md 11.1.
func TestCheckRoster(t *testing.T) {
	t.Parallel()
	member := people.Roster{Kind: people.Member, Gender: "female", Birth: "1990-05-06", Join: "2015-07-01", Full: "2016-07-01", Membership: "normal"}
	for _, c := range []struct {
		name   string
		change func(*people.Roster)
		want   string
	}{
		{"a member", func(*people.Roster) {}, ""},
		{"a member of whom little is known", func(r *people.Roster) { *r = people.Roster{Kind: people.Member} }, ""},
		{"born on no day", func(r *people.Roster) { r.Birth = "1990-02-30" }, "people_date_unreal"},
		{"born tomorrow", func(r *people.Roster) { r.Birth, r.Join, r.Full = "2026-06-11", "", "" }, "people_date_future"},
		{"joined tomorrow", func(r *people.Roster) { r.Join, r.Full = "2026-06-11", "" }, "people_date_future"},
		{"joined on the eighteenth birthday", func(r *people.Roster) { r.Join = "2008-05-06" }, ""},
		{"joined the day before", func(r *people.Roster) { r.Join = "2008-05-05" }, "people_join_young"},
		{"born on a leap day", func(r *people.Roster) { r.Birth, r.Join = "1996-02-29", "2014-02-28" }, ""},
		{"born as time began", func(r *people.Roster) { r.Birth, r.Join, r.Full = "1970-01-01", "1987-12-31", "" }, "people_join_young"},
		{"full after twelve months", func(r *people.Roster) { r.Join, r.Full = "2015-07-01", "2016-07-01" }, ""},
		{"full a day early", func(r *people.Roster) { r.Full = "2016-06-30" }, "people_full_short"},
		{"full a day early, explained", func(r *people.Roster) { r.Full, r.Note = "2016-06-30", "抗洪火线入党" }, ""},
		{"full a day early, with a blank", func(r *people.Roster) { r.Full, r.Note = "2016-06-30", " " }, "people_full_short"},
		{"full before joining", func(r *people.Roster) { r.Full, r.Note = "2015-06-30", "无" }, "people_full_before_join"},
		{"full without joining", func(r *people.Roster) { r.Join = "" }, "people_join_missing"},
		{"probationary", func(r *people.Roster) { r.Kind, r.Full = people.Probationary, "" }, ""},
		{"probationary and full", func(r *people.Roster) { r.Kind = people.Probationary }, "people_full_early"},
		{"an applicant who has joined", func(r *people.Roster) { r.Kind = "applicant" }, "people_not_joined"},
		{"staff with a membership", func(r *people.Roster) { *r = people.Roster{Kind: "staff", Membership: "normal"} }, "people_not_joined"},
		{"staff", func(r *people.Roster) { *r = people.Roster{Kind: "staff", Birth: "1990-05-06"} }, ""},
		{"lost", func(r *people.Roster) { r.Lost = true }, "people_lost_undated"},
		{"lost since a day", func(r *people.Roster) { r.Lost, r.LostSince = true, "2026-01-10" }, ""},
		{"not lost since a day", func(r *people.Roster) { r.LostSince = "2026-01-10" }, "people_not_lost"},
		{"floating", func(r *people.Roster) { r.Floating = true }, "people_flow_unknown"},
		{"floating somewhere", func(r *people.Roster) { r.Floating, r.FlowTo = true, "江苏省苏州市" }, ""},
		{"somewhere without floating", func(r *people.Roster) { r.FlowTo = "江苏省苏州市" }, "people_not_floating"},
	} {
		r := member
		c.change(&r)
		apptest.Refused(t, c.name, people.CheckRoster(r, apptest.Today), c.want)
	}
}

func TestCheckNumber(t *testing.T) {
	t.Parallel()
	n, err := people.ParseNumber(" 11010519491231002x", apptest.Today)
	if err != nil || n.Text != "11010519491231002X" {
		t.Fatal(n, err)
	}
	apptest.Refused(t, "alike", people.CheckNumber(n, idno.Female, "1949-12-31"), "")
	apptest.Refused(t, "another birthday", people.CheckNumber(n, idno.Female, "1949-12-30"), "people_birth_mismatch")
	apptest.Refused(t, "another sex", people.CheckNumber(n, idno.Male, "1949-12-31"), "people_gender_mismatch")
	apptest.Refused(t, "no number", people.CheckNumber(idno.Number{}, "", ""), "")
	for text, want := range map[string]string{
		"": "", "  ": "", "110105194912310021": "people_id_no_check_digit", "无": "people_id_no_length", "111111111111111111": "people_id_no_birth",
		"11010519000101001X": "people_id_no_placeholder", "1101051949123100AX": "people_id_no_digits", "000000000000000000": "people_id_no_region",
	} {
		_, err := people.ParseNumber(text, apptest.Today)
		apptest.Refused(t, text, err, want)
	}
}

func TestStatusRules(t *testing.T) {
	t.Parallel()
	normal := people.Standing{Kind: "member", State: "active", Membership: "normal"}
	stopped, removed := normal, normal
	stopped.Membership, removed.State = people.Stopped, people.Removed
	full := people.Change{Reason: "失联六个月", Document: "清工委〔2026〕9号"}
	for _, c := range []struct {
		name          string
		before, after people.Standing
		change        people.Change
		want          string
	}{
		{"stopped without a reason", normal, stopped, people.Change{Document: "9号"}, "people_reason_missing"},
		{"stopped without a document", normal, stopped, people.Change{Reason: "失联"}, "people_document_missing"},
		{"stopped", normal, stopped, full, ""},
		{"still stopped", stopped, stopped, people.Change{}, ""},
		{"restored", stopped, normal, people.Change{}, ""},
		{"removed without a reason", stopped, removed, people.Change{Document: "9号"}, "people_reason_missing"},
		{"removed", stopped, removed, full, ""},
		{"left", normal, people.Standing{State: "left"}, people.Change{}, ""},
	} {
		apptest.Refused(t, c.name, people.CheckDecided(c.before, c.after, c.change), c.want)
	}
	for _, c := range []struct{ since, last, want string }{
		{"2026-06-10", "2026-06-10", ""}, {"2026-06-10", "", ""}, {"2026-06-11", "", "people_since_future"},
		{"2026-06-09", "2026-06-10", "people_since_early"}, {"2026-06-31", "", "people_date_unreal"}, {"", "", "people_date_unreal"},
	} {
		apptest.Refused(t, c.since, people.CheckSince(c.since, c.last, apptest.Today), c.want)
	}
	apptest.Refused(t, "a person becomes a program", people.CheckService("staff", people.Service), "people_service_fixed")
	apptest.Refused(t, "a program becomes a person", people.CheckService(people.Service, "staff"), "people_service_fixed")
	apptest.Refused(t, "a new program", people.CheckService("", people.Service), "")
}

// Ages are counted, never stored.
func TestAges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		since, today string
		want         int
	}{
		{"2000-06-10", "2026-06-10", 26}, {"2000-06-11", "2026-06-10", 25}, {"2004-02-29", "2026-02-28", 22}, {"2004-02-29", "2026-02-27", 21},
		{"1970-01-01", "2026-06-10", 56}, {"1949-12-31", "2026-06-10", 76}, {"", "2026-06-10", -1},
	} {
		if got := people.Age(c.since, c.today); got != c.want {
			t.Errorf("%s on %s: Expected %d, got %d", c.since, c.today, c.want, got)
		}
	}
	for _, c := range [][3]string{{"probationary", "2025-07-01", "2026-07-01"}, {"probationary", "2024-02-29", "2025-02-28"}, {"member", "2025-07-01", ""}, {"probationary", "", ""}} {
		if got := people.ProbationEnd(c[0], c[1]); got != c[2] {
			t.Errorf("%v: got %s", c, got)
		}
	}
}

func TestMasks(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		people.MaskMobile("13800138000"): "138****8000", people.MaskTel("010-55501234"): "010-******34", people.MaskTel("5550123"): "*****23",
		people.MaskBirth("1949-12-31"): "1949-12", people.MaskAddress("清河街道东风路3号楼2单元501室"): "清河街道***",
		people.MaskAddress("朝阳区某路1号"): "朝阳区***", people.MaskAddress("某处"): "***",
	} {
		if got != want {
			t.Errorf("Expected %s, got %s", want, got)
		}
	}
	if people.MaskMobile("")+people.MaskTel("")+people.MaskBirth("")+people.MaskAddress("") != "" {
		t.Error("nothing is masked as something")
	}
}

func TestPinyin(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]string{
		"孙党员": {"sundangyuan", "sdy"}, "单雄信": {"shanxiongxin", "sxx"}, "曾国庆": {"zengguoqing", "zgq"}, "吕绿": {"lvlv", "ll"},
		"艾力·买买提": {"ailimaimaiti", "almmt"}, "Li 4": {"li4", "li4"}, "": {"", ""},
	} {
		if full, initials := people.Pinyin(name); full != want[0] || initials != want[1] {
			t.Errorf("%s: %s %s", name, full, initials)
		}
	}
}
