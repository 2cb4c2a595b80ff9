package inspections

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

func saveRound(e *core.RecordEvent) error {
	r := e.Record
	points, err := org.Parent(e.App, r, "points")
	if err != nil {
		return err
	}
	if err := CheckPoints(points.GetString("state"), points.GetInt("year"), r.GetString("begins")); err != nil {
		return err
	}
	if err := org.CheckPeriod("ends", r.GetString("begins"), r.GetString("ends")); err != nil {
		return err
	}
	if !r.IsNew() {
		if err := checkRoundGoesOn(e); err != nil {
			return err
		}
	}
	return e.Next()
}

// checkRoundGoesOn holds a round to what has been built on it.
func checkRoundGoesOn(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	team, err := teamOf(e.App, e.Record.Id)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "targets", "begins"); changed && len(team) > 0 {
		return kit.Reject(field, "inspections_team_built", "已经组队，不能再改被巡组织和进驻日期；需要改请先撤出组员。")
	}
	if stored.GetString("state") == e.Record.GetString("state") {
		return nil
	}
	switch e.Record.GetString("state") {
	case "working":
		return CheckTeam(leaders(team), len(team))
	case "reporting":
		open, err := e.App.CountRecords(Papers, dbx.HashExp{"inspection": e.Record.Id}, dbx.Not(dbx.HashExp{"state": "reviewed"}))
		if err != nil {
			return err
		}
		return CheckReviewed(int(open))
	}
	return nil
}

type member struct {
	Person string `db:"person"`
	Role   string `db:"role"`
}

func teamOf(app core.App, round string) ([]member, error) {
	var team []member
	err := app.DB().Select("person", "role").From(Teams).Where(dbx.HashExp{"inspection": round}).All(&team)
	return team, err
}

func leaders(team []member) int {
	n := 0
	for _, m := range team {
		if m.Role == "leader" {
			n++
		}
	}
	return n
}

func savePool(e *core.RecordEvent) error {
	r := e.Record
	if err := org.CheckPeriod("until", r.GetString("since"), r.GetString("until")); err != nil {
		return err
	}
	if err := CheckPool(r.GetString("until"), r.GetString("reason")); err != nil {
		return err
	}
	var twice int
	err := e.App.DB().NewQuery(`SELECT count(*) FROM inspections_pool WHERE person = {:person} AND id != {:id}
		AND (until = '' OR until > {:since}) AND ({:until} = '' OR since < {:until})`).
		Bind(dbx.Params{"person": r.GetString("person"), "id": r.Id, "since": r.GetString("since"), "until": r.GetString("until")}).Row(&twice)
	if err != nil {
		return err
	}
	if twice > 0 {
		return kit.Reject("person", "inspections_pool_twice", "这个人在这段时间已经在库，不用重复登记。")
	}
	return e.Next()
}

func deletePool(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		if e.Record.GetString("since") <= kit.Today(e.App) {
			return kit.Forbid("inspections_pool_begun", "已经入库的人员不能删除，请填写出库日期和原因。")
		}
		return e.Next()
	})
}

func saveMember(e *core.RecordEvent) error {
	r := e.Record
	round, err := org.Parent(e.App, r, "inspection")
	if err != nil {
		return err
	}
	if err := CheckRecusal(r.GetString("recusal"), r.GetString("recusal_on"), kit.Today(e.App)); err != nil {
		return err
	}
	if !r.IsNew() && round.GetString("state") != "planned" {
		if err := checkMemberFixed(e); err != nil {
			return err
		}
		return e.Next()
	}
	if err := checkPlanned(round); err != nil {
		return err
	}
	s, err := standingOf(e.App, r.GetString("person"), round)
	if err != nil {
		return err
	}
	if err := CheckStanding(r.GetString("role"), s); err != nil {
		return err
	}
	return e.Next()
}

// checkMemberFixed: once a round has begun its team stays as it is; that
// somebody came and how they did is written later.
func checkMemberFixed(e *core.RecordEvent) error {
	stored, err := kit.Stored(e)
	if err != nil {
		return err
	}
	if field, changed := kit.Changed(e.Record, stored, "person", "role", "recusal", "recusal_on"); changed {
		return kit.Reject(field, "inspections_team_fixed", "已经进驻，巡察组不能再改。")
	}
	return CheckDone("reported_on", e.Record.GetString("reported_on"), kit.Today(e.App))
}

func checkPlanned(round *core.Record) error {
	if round.GetString("state") == "planned" {
		return nil
	}
	return kit.Reject("inspection", "inspections_team_fixed", "已经进驻，巡察组不能再改。")
}

func deleteMember(e *core.RecordEvent) error {
	return kit.InTx(e, func() error {
		round, err := org.Parent(e.App, e.Record, "inspection")
		if err != nil {
			return err
		}
		if err := checkPlanned(round); err != nil {
			return kit.Forbid("inspections_team_fixed", "已经进驻，巡察组不能再改。")
		}
		return e.Next()
	})
}

// standingOf reads how a person stands to a round.
func standingOf(app core.App, person string, round *core.Record) (s standing, err error) {
	local, err := readTerms(app)
	if err != nil {
		return s, err
	}
	years, begins := local.At(round.GetString("org_path")).RecusalYears, round.GetString("begins")
	params := dbx.Params{"person": person, "round": round.Id, "begins": begins, "since": RecusalSince(begins, years)}
	var found struct {
		N       int    `db:"n"`
		Leader  int    `db:"leader"`
		Before  string `db:"before_name"`
		OwnName string `db:"own_name"`
	}
	err = app.DB().NewQuery(`WITH aimed AS (
			SELECT r.id, r.begins, j.value AS target FROM inspections r, json_each(r.targets) j WHERE r.begins < {:begins} AND r.id != {:round}
		), now AS (
			SELECT u.id, u.name, u.path FROM inspections r, json_each(r.targets) j JOIN org_units u ON u.id = j.value WHERE r.id = {:round}
		), pool AS (
			SELECT leader FROM inspections_pool WHERE person = {:person} AND since <= {:begins} AND (until = '' OR until > {:begins})
		)
		SELECT (SELECT count(*) FROM pool) AS n, (SELECT coalesce(max(leader), 0) FROM pool) AS leader,
		coalesce((SELECT n.name FROM now n JOIN aimed a ON a.target = n.id JOIN inspections_teams t ON t.inspection = a.id
			WHERE t.person = {:person} AND a.begins = (SELECT max(b.begins) FROM aimed b WHERE b.target = a.target) LIMIT 1), '') AS before_name,
		coalesce((SELECT n.name FROM now n JOIN people p ON p.id = {:person}
			WHERE substr(p.org_path, 1, length(n.path)) = n.path OR EXISTS (SELECT 1 FROM org_posts o WHERE o.person = p.id
				AND substr(o.org_path, 1, length(n.path)) = n.path AND (o.until = '' OR o.until > {:since})) LIMIT 1), '') AS own_name`).
		Bind(params).One(&found)
	return standing{InPool: found.N > 0, LeaderPool: found.Leader > 0, Before: found.Before, Own: found.OwnName, Years: years}, err
}
