package dues_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"testing"

	"yaodian/hooks/apptest"
	"yaodian/hooks/dues"
	"yaodian/hooks/dues/rate"
)

// read hands a file to be read.
func read(t *testing.T, s *apptest.Server, name, content string) *dues.FileRead {
	t.Helper()
	a := s.Upload(t, Assessor, "/api/dues/payments/read", map[string]string{"year": "2026"}, map[string][2]string{"file": {name, content}})
	a.Want(t, 200)
	out := &dues.FileRead{}
	if err := json.Unmarshal([]byte(a.Body), out); err != nil {
		t.Fatal(err)
	}
	return out
}

// The grid that goes out comes back in without a difference, and it leaves a trace.
func TestGridRoundTrip(t *testing.T) {
	t.Parallel()
	s := served(t)
	bill(t, s.App, "2026-03", "2026-06")
	pays(t, s.App, apptest.Member, 200_01, "2026-04", "2026-05")
	url := "/api/dues/grid/sheet?year=2026&org=" + apptest.Unit(t, s.App, "zb1").Id
	for _, who := range []string{apptest.Guest, apptest.Member, apptest.Neighbour, apptest.Outsider} {
		if a := get(t, s, who, url); a.Status < 400 {
			t.Errorf("%s gets the grid", who)
		}
	}
	a := get(t, s, Assessor, url)
	a.Want(t, 200)
	back := read(t, s, "收缴表.xlsx", a.Body)
	if back.Kind != "year" || len(back.Year) != 3 || len(back.Faults)+len(back.Unknown) != 0 {
		t.Fatalf("%+v", back)
	}
	for _, row := range back.Year {
		want := map[string]rate.Fen{}
		if row.Number == apptest.Member {
			want = map[string]rate.Fen{"04": 112_50, "05": 87_51}
		}
		if !maps.Equal(row.Months, want) {
			t.Errorf("%s: Expected %v, got %v", row.Name, want, row.Months)
		}
	}
	if !get(t, s, apptest.Branch, apptest.URL("audit_entries")+"?filter=action='export'&perPage=5").Has("收缴表") {
		t.Error("no trace of the export")
	}
}

// Sheets as offices and banks keep them are read, what can't be is named by its
// cell, and nothing is written.
func TestReadTable(t *testing.T) {
	t.Parallel()
	s := served(t)
	before := counts(t, s.App)
	wide := read(t, s, "a.csv", "东风社区党支部2026年党费收缴表,,,,\n序号,姓名,一月,2月份,3月\n1,孙　党员,112.5,\"1,112.50\",\n2,赵支书,十六元,16,0\n合计,,128.5,1128.5,\n")
	if wide.Kind != "year" || len(wide.Year) != 2 || wide.Year[0].Name != "孙党员" || wide.Year[0].Months["01"] != 112_50 || wide.Year[0].Months["02"] != 1112_50 || len(wide.Year[1].Months) != 1 {
		t.Errorf("%+v", wide)
	}
	if len(wide.Faults) != 1 || wide.Faults[0].Row != 4 || wide.Faults[0].Column != "C" {
		t.Errorf("%+v", wide.Faults)
	}
	bank := read(t, s, "b.csv", "交易日期,对方户名,贷方发生额,摘要\n2026-06-01,孙党员,112.50,党费\n20260602,某公司,-5,手续费\n2026年6月3日,赵小妹,16,代赵支书交党费\n")
	if bank.Kind != "bank" || len(bank.Bank) != 2 || bank.Bank[0] != (dues.BankRow{Row: 2, On: "2026-06-01", Name: "孙党员", Amount: 112_50, Memo: "党费"}) || bank.Bank[1].On != "2026-06-03" {
		t.Errorf("%+v", bank)
	}
	for name, content := range map[string]string{"c.csv": "甲,乙\n1,2\n", "d.csv": "", "e.xlsx": "PK\x03\x04 broken", "f.csv": "姓名,电话\n孙党员,1\n"} {
		if a := s.Upload(t, Assessor, "/api/dues/payments/read", map[string]string{}, map[string][2]string{"file": {name, content}}); a.Status != 400 || !a.Has("。") {
			t.Errorf("%s: %d %s", name, a.Status, a.Short())
		}
	}
	s.Do(t, Assessor, http.MethodPost, "/api/dues/payments/read", nil).Want(t, 400, "dues_no_file")
	if a := s.Upload(t, apptest.Guest, "/api/dues/payments/read", map[string]string{}, map[string][2]string{"file": {"a.csv", "姓名,1月\n甲,1\n"}}); a.Status != 401 {
		t.Errorf("a guest: %d", a.Status)
	}
	if after := counts(t, s.App); !slices.Equal(before, after) {
		t.Errorf("reading writes: %v before, %v after", before, after)
	}
}
