package idno_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"yaodian/hooks/people/idno"
)

const today = "2026-06-10"

// The test numbers of domain.md 11.3 and appendix B, and each way to be wrong.
func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text          string
		birth, gender string
		fault         error
	}{
		{"11010519491231002X", "1949-12-31", idno.Female, nil},
		{"370101190102039973", "1901-02-03", idno.Male, nil},
		{"11010519491231002x", "1949-12-31", idno.Female, nil},
		{" 110105 19491231 002X ", "1949-12-31", idno.Female, nil},
		{"１１０１０５１９４９１２３１００２Ｘ", "1949-12-31", idno.Female, nil},
		{"110105194912310021", "", "", idno.CheckDigit},
		{"370101190102039970", "", "", idno.CheckDigit},
		{"", "", "", idno.Length},
		{"110105491231002", "", "", idno.Length}, // fifteen digits ended in 2013
		{"11010519491231002XX", "", "", idno.Length},
		{"11010519491231X020", "", "", idno.Digits},
		{"1101051949123100AX", "", "", idno.Digits},
		{"一一零一零五一九四九一二", "", "", idno.Length},
		{"990105194912310021", "", "", idno.Region},
		{"000000000000000000", "", "", idno.Region},
		{"111111111111111111", "", "", idno.Birth},
		{"123456789012345678", "", "", idno.Birth},
		{body("11010519490229002"), "", "", idno.Birth},
		{body("11010520260611002"), "", "", idno.Birth}, // tomorrow
		{body("11010520260610002"), "2026-06-10", idno.Female, nil},
		{body("11010518991231002"), "", "", idno.Birth},
		{body("11010519000101001"), "", "", idno.Placeholder},
		{body("11010519491231000"), "", "", idno.Placeholder},
		{body("11000019491231002"), "", "", idno.Placeholder},
	} {
		got, err := idno.Parse(c.text, today)
		if !errors.Is(err, c.fault) || got.Birth != c.birth || got.Gender != c.gender {
			t.Errorf("%q: got %+v %v, want %s %s %v", c.text, got, err, c.birth, c.gender, c.fault)
		}
	}
	if got, _ := idno.Parse("11010519491231002x", today); got.Text != "11010519491231002X" {
		t.Errorf("a small x stays: %s", got.Text)
	}
}

func body(s string) string { return s + string(idno.CheckDigitOf(s)) }

// Every number made by the rule is read back, and no number with one digit
// changed passes: what the check digit is for.
func TestRandomNumbers(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 643))
	for range 500 {
		birth := time.Date(1920, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, random.IntN(36000))
		order := 1 + random.IntN(999)
		s := body(fmt.Sprintf("110105%s%03d", birth.Format("20060102"), order))
		n, err := idno.Parse(s, today)
		if err != nil || n.Birth != birth.Format(time.DateOnly) || (n.Gender == idno.Male) != (order%2 == 1) {
			t.Fatalf("%s: %+v %v", s, n, err)
		}
		for i := range 17 {
			wrong := []byte(s)
			wrong[i] = '0' + (wrong[i]-'0'+1+byte(random.IntN(9)))%10
			if _, err := idno.Parse(string(wrong), today); err == nil {
				t.Fatalf("%s passes for %s", wrong, s)
			}
		}
	}
}

func TestMask(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"11010519491231002X": "**************002X", "": "", "123": ""} {
		if got := idno.Mask(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
