package notify_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

// world is an application in which anything may happen at any time.
type world struct {
	*rand.Rand
	t      *testing.T
	app    *tests.TestApp
	g      *group
	robots map[string]*core.Record // active ones by unit
	owed   map[string]int          // deliveries that there have to be, by way
	n      int
}

var (
	everybody = []string{apptest.Member, apptest.Branch, apptest.Neighbour, apptest.Clerk, apptest.Outsider}
	above     = map[string][]string{
		apptest.Member: {"zb1", "jd"}, apptest.Branch: {"zb1", "jd"}, apptest.Neighbour: {"zb2", "jd"}, apptest.Clerk: {"djb", "jd"}, apptest.Outsider: {"wzb", "wd"},
	}
	kinds = []notify.Kind{notify.Duty, notify.Plan, notify.Account, notify.System}
)

func (w *world) some(list []string) []string {
	out := slices.DeleteFunc(slices.Clone(list), func(string) bool { return w.IntN(2) == 0 })
	if len(out) == 0 {
		out = list[:1]
	}
	return out
}

func (w *world) clock() string { return fmt.Sprintf("%02d:00", w.IntN(24)) }

// begin gives people choices and organizations channels.
func (w *world) begin() {
	for _, who := range everybody {
		if w.IntN(2) == 0 {
			apptest.Make(w.t, w.app, notify.Choices, map[string]any{
				"person": "#" + who, "mail_off": w.some([]string{"duty", "plan", "account", "system"}), "digest": w.IntN(2) == 0, "quiet_from": w.clock(), "quiet_until": w.clock(),
			})
		}
	}
	vias := []notify.Via{notify.WeCom, notify.DingTalk, notify.Feishu}
	for _, unit := range []string{"jd", "zb1", "zb2", "wzb"} {
		w.robots[unit] = robot(w.t, w.app, vias[w.IntN(3)], unit, map[string]any{
			"kinds": w.some([]string{"duty", "plan", "system"}), "quiet_from": w.clock(), "quiet_until": w.clock(),
		})
	}
}

// tell sends a message and notes, by the words of the rule and not by the code,
// what there has to be for it.
func (w *world) tell() {
	who, kind := everybody[w.IntN(len(everybody))], kinds[w.IntN(len(kinds))]
	w.n++
	tell(w.t, w.app, who, kind, fmt.Sprint("题", w.n))
	w.owed["mail"]++
	for _, unit := range above[who] {
		if r := w.robots[unit]; r != nil && r.GetBool("active") && slices.Contains(r.GetStringSlice("kinds"), string(kind)) {
			w.owed[r.GetString("kind")]++
		}
	}
}

func (w *world) step() {
	switch w.IntN(8) {
	case 0, 1, 2:
		w.tell()
	case 3:
		later(w.app, time.Duration(w.IntN(180))*time.Minute)
	case 4:
		moods := []func(http.ResponseWriter, *http.Request) bool{
			nil, nil, says(500, ""), says(429, ""), says(200, `{"errcode":310000,"errmsg":"sign not match"}`), says(200, `{"code":19021,"msg":"x"}`),
		}
		w.g.behave(moods[w.IntN(len(moods))])
	case 5:
		units := []string{"jd", "zb1", "zb2", "wzb"}
		r := w.robots[units[w.IntN(len(units))]]
		if err := apptest.Save(w.app, r, map[string]any{"active": w.IntN(3) > 0}); err != nil {
			w.t.Fatal(err)
		}
	case 6:
		_, err := w.app.DB().NewQuery(`UPDATE notify_messages SET read_at = {:now} WHERE id IN (SELECT id FROM notify_messages ORDER BY random() LIMIT 1)`).
			Bind(dbx.Params{"now": kit.Now(w.app).UTC().Format("2006-01-02 15:04:05.000Z")}).Execute()
		if err != nil {
			w.t.Fatal(err)
		}
	case 7:
		deliver(w.t, w.app)
	}
}

// check: for every message and every channel there is one delivery, in one of
// four states.
func (w *world) check(when string) {
	w.t.Helper()
	s, err := notify.SummaryOf(w.app, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	total := 0
	for via, n := range w.owed {
		total += n
		i := slices.IndexFunc(s.ByVia, func(t notify.Tally) bool { return string(t.Via) == via })
		if i < 0 || s.ByVia[i].Total != n {
			w.t.Fatalf("%s: Expected %d deliveries by %s, got %+v", when, n, via, s.ByVia)
		}
	}
	for _, tally := range append(append([]notify.Tally{s.Total}, s.ByVia...), s.ByDay...) {
		if tally.Total != tally.Due+tally.Sent+tally.Failed+tally.Suppressed {
			w.t.Fatalf("%s: it doesn't add up: %+v", when, tally)
		}
	}
	if s.Total.Total != total {
		w.t.Fatalf("%s: Expected %d in all, got %+v", when, total, s.Total)
	}
}

var saidTotal = regexp.MustCompile(`要点：(\d+) 条通知`)

// TestDueIsSentFailedAndSuppressed: whatever people choose and whatever goes
// wrong, what should have been sent is due, sent, failed or suppressed; in the
// end nothing is due, and what is counted as sent is what arrived.
func TestDueIsSentFailedAndSuppressed(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			app := apptest.New(t)
			post(t, app)
			w := &world{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, app: app, g: vendors(t, app), robots: map[string]*core.Record{}, owed: map[string]int{}}
			w.begin()
			for i := range 150 {
				w.step()
				if i%10 == 0 {
					w.check(fmt.Sprint("step ", i))
				}
			}
			w.g.behave(nil)
			for range 12 {
				later(app, 3*time.Hour)
				for deliver(t, app) > 0 {
					later(app, time.Minute)
				}
			}
			w.check("the end")
			w.arrived()
		})
	}
}

func (w *world) arrived() {
	heard := 0
	for _, text := range w.g.texts() {
		n, err := strconv.Atoi(saidTotal.FindStringSubmatch(text)[1])
		if err != nil {
			w.t.Error(err)
		}
		heard += n
	}
	var counted struct {
		Robots int `db:"robots"`
		Mails  int `db:"mails"`
		Due    int `db:"due"`
	}
	err := w.app.DB().NewQuery(`SELECT coalesce(sum(state = 'sent' AND via != 'mail'), 0) AS robots, coalesce(sum(state = 'due'), 0) AS due,
		count(DISTINCT CASE WHEN state = 'sent' AND via = 'mail' THEN batch END) AS mails FROM notify_deliveries`).One(&counted)
	if err != nil {
		w.t.Fatal(err)
	}
	if counted.Due != 0 || counted.Robots != heard || counted.Mails != w.app.TestMailer.TotalSend() {
		w.t.Errorf("counted %+v, groups heard %d, %d mails arrived: %v", counted, heard, w.app.TestMailer.TotalSend(), states(w.t, w.app))
	}
}
