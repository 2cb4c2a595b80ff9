package parse_test

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"yaodian/hooks/plan/parse"
)

func TestStress(t *testing.T) {
	secs, _ := strconv.Atoi(os.Getenv("STRESS"))
	if secs == 0 {
		t.Skip()
	}
	paths, _ := filepath.Glob(filepath.Join(corpusDir, "*.txt"))
	var texts [][]rune
	for _, p := range paths {
		raw, _ := os.ReadFile(p)
		if s, err := parse.File(p, raw); err == nil {
			texts = append(texts, []rune(s))
		}
	}
	rnd := rand.New(rand.NewSource(time.Now().UnixNano()))
	alphabet := []rune("\n\t|。，；：、《》“”（）123.一二三每月周季度年前底至-~/%个次名xX某#*<>&; 　〃①⑴附件第章条")
	pick := func() []rune { return texts[rnd.Intn(len(texts))] }
	end := time.Now().Add(time.Duration(secs) * time.Second)
	worst := time.Duration(0)
	n := 0
	for time.Now().Before(end) {
		a := append([]rune(nil), pick()...)
		for k := rnd.Intn(12); k >= 0; k-- {
			if len(a) == 0 {
				break
			}
			i := rnd.Intn(len(a))
			j := min(len(a), i+rnd.Intn(40))
			switch rnd.Intn(6) {
			case 0:
				a = append(a[:i:i], a[j:]...)
			case 1:
				a = append(a[:j:j], a[i:]...)
			case 2:
				b := pick()
				x := rnd.Intn(len(b))
				y := min(len(b), x+rnd.Intn(300))
				a = append(append(append([]rune(nil), a[:i]...), b[x:y]...), a[i:]...)
			case 3:
				a[i] = alphabet[rnd.Intn(len(alphabet))]
			case 4:
				c := alphabet[rnd.Intn(len(alphabet))]
				for x := i; x < j; x++ {
					if rnd.Intn(3) == 0 {
						a[x] = c
					}
				}
			case 5:
				a = a[:j]
			}
		}
		text := string(a)
		func() {
			defer func() {
				if r := recover(); r != nil {
					os.WriteFile(fmt.Sprintf("/tmp/parser/stress/panic-%d.txt", n), []byte(text), 0o644)
					t.Errorf("panic %v", r)
				}
			}()
			from := time.Now()
			p := parse.Text(text, parse.Options{})
			if d := time.Since(from); d > worst {
				worst = d
				if d > 200*time.Millisecond {
					os.WriteFile(fmt.Sprintf("/tmp/parser/stress/slow-%d.txt", n), []byte(text), 0o644)
					t.Logf("slow %v %d runes", d, len(a))
				}
			}
			runes := []rune(p.Text)
			for _, s := range p.Sections {
				for _, it := range s.Items {
					if string(runes[it.Span.From:it.Span.To]) != it.Text {
						os.WriteFile(fmt.Sprintf("/tmp/parser/stress/span-%d.txt", n), []byte(text), 0o644)
						t.Errorf("span")
					}
					for _, o := range it.Obligations {
						if string(runes[o.Span.From:o.Span.To]) != o.Text {
							os.WriteFile(fmt.Sprintf("/tmp/parser/stress/span-%d.txt", n), []byte(text), 0o644)
							t.Errorf("ospan")
						}
					}
				}
			}
		}()
		n++
	}
	t.Logf("%d runs, worst %v", n, worst)
}
