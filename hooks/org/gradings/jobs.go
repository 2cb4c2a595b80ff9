package gradings

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
	"yaodian/hooks/org"
)

func look(app core.App, day time.Time) {
	made, sent, err := Look(kit.As(app, kit.Job("org_gradings_look")), day)
	app.Logger().Info("Looked at branches", "listed", made, "messages", sent, "error", err)
}

// branch is what can be counted of a branch on a day.
type branch struct {
	ID          string `db:"id"`
	Parent      string `db:"parent"`
	Name        string `db:"name"`
	Established string `db:"established"`
	Secretaries int    `db:"secretaries"`
	Left        string `db:"left_on"`
	Committee   int    `db:"committee"`
	Members     int    `db:"members"`
	Met         int    `db:"met"`
	Overdue     int    `db:"overdue"`
	Listed      int    `db:"listed"`
}

// Look puts the branches that show a sign on the list of the year, once, and
// tells the officers of the organization above of them and of branches whose
// size asks for a thought. A day may be repeated or missed.
func Look(app core.App, day time.Time) (made, sent int, err error) {
	list, err := branches(app, day)
	if err != nil {
		return 0, 0, err
	}
	officers, err := org.Officers(app, day.Format(time.DateOnly), "org")
	if err != nil {
		return 0, 0, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		var messages []notify.Message
		for _, b := range list {
			listed, err := b.list(tx, day)
			if err != nil {
				return err
			}
			if listed {
				made++
			}
			messages = append(messages, b.messages(officers[b.Parent], day.Year(), listed)...)
		}
		sent, err = notify.SendNew(tx, context.Background(), messages)
		return err
	})
	return made, sent, err
}

// signs are what put a branch on the list.
func (b branch) signs(day time.Time) []string {
	today := day.Format(time.DateOnly)
	signs := []string{}
	if b.Secretaries == 0 && Vacant(b.Left, b.Established, today) {
		signs = append(signs, "vacancy")
	}
	if quarter, _ := lastQuarter(day); b.Met == 0 && b.Established <= quarter {
		signs = append(signs, "idle")
	}
	if b.Overdue > 0 {
		signs = append(signs, "overdue")
	}
	return signs
}

func (b branch) list(app core.App, day time.Time) (bool, error) {
	signs := b.signs(day)
	if b.Listed > 0 || len(signs) == 0 {
		return false, nil
	}
	r, err := kit.NewRecord(app, Gradings, map[string]any{"org": b.ID, "year": day.Year(), "signs": types.JSONArray[string](signs)})
	if err != nil {
		return false, err
	}
	return true, kit.SaveAsSystem(app, context.Background(), r)
}

func (b branch) messages(people []string, year int, listed bool) []notify.Message {
	var list []notify.Message
	tell := func(title, body string) {
		list = append(list, notify.Message{Kind: notify.Duty, Title: title, Body: body, Link: "#/ledgers/" + Gradings}.To(people...)...)
	}
	if listed {
		tell(fmt.Sprintf("%d年", year)+b.Name+"列入排查名单", "列入排查不等于认定，请调研核实，由党工委研究决定。")
	}
	if title, body := SizeHint(b.Members, b.Committee); title != "" {
		tell(fmt.Sprintf("%d年", year)+b.Name+title, body)
	}
	return list
}

// lastQuarter is the quarter before the one of day, first and last day.
func lastQuarter(day time.Time) (first, last string) {
	this := time.Date(day.Year(), (day.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	return this.AddDate(0, -3, 0).Format(time.DateOnly), this.AddDate(0, 0, -1).Format(time.DateOnly)
}

// branches counts in one query what is looked at. Assemblies of a quarter are
// registered until the fifteenth of the next: before that none is missed.
func branches(app core.App, day time.Time) ([]branch, error) {
	first, last := lastQuarter(day)
	var list []branch
	err := app.DB().NewQuery(`WITH held AS (
			SELECT o.org, o.person, o.until, r.key FROM org_posts o JOIN org_roles r ON r.id = o.role
			WHERE r.key IN ('branch_secretary', 'branch_deputy', 'branch_organizer', 'branch_member') AND o.since <= {:today}
		)
		SELECT u.id, u.parent, u.name, u.established,
		(SELECT count(*) FROM held h WHERE h.org = u.id AND h.key = 'branch_secretary' AND (h.until = '' OR h.until > {:today})) AS secretaries,
		(SELECT coalesce(max(h.until), '') FROM held h WHERE h.org = u.id AND h.key = 'branch_secretary') AS left_on,
		(SELECT count(DISTINCT h.person) FROM held h WHERE h.org = u.id AND (h.until = '' OR h.until > {:today})) AS committee,
		(SELECT count(*) FROM people p WHERE p.org_path >= u.path AND p.org_path < substr(u.path, 1, length(u.path) - 1) || '0'
			AND p.kind = 'member' AND p.state = 'active') AS members,
		(SELECT count(*) FROM meetings m WHERE m.org = u.id AND m.kind = 'branch_assembly' AND m.held_on BETWEEN {:first} AND {:last}) AS met,
		(SELECT count(*) FROM org_terms t WHERE t.org = u.id AND t.state = 'current' AND max(t.ends, t.extended) < {:today}) AS overdue,
		(SELECT count(*) FROM org_gradings g WHERE g.org = u.id AND g.year = {:year}) AS listed
		FROM org_units u WHERE u.kind IN ('branch', 'retired') AND u.established <= {:today} AND (u.closed = '' OR u.closed > {:today})
		ORDER BY u.path`).
		Bind(dbx.Params{"today": day.Format(time.DateOnly), "first": first, "last": last, "year": day.Year()}).All(&list)
	if day.Day() <= 15 && (day.Month()-1)%3 == 0 {
		for i := range list {
			list[i].Met = max(list[i].Met, 1)
		}
	}
	return list, err
}
