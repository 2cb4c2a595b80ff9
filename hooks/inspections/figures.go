package inspections

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
)

// Figure is a number that explains itself: what is counted, out of what, and
// the formula in words, which is shown beside it.
type Figure struct {
	Key, Name, Formula string
	Part, Whole        int
	Warning            string // empty: nothing to say
}

// PerMille is the share; 0 of 0 is 0.
func (f Figure) PerMille() int {
	if f.Whole == 0 {
		return 0
	}
	return f.Part * 1000 / f.Whole
}

// OnDuty is how many of the pool are on duty at the end of the year: below 80 %
// is warned of from the end of October (R-INSP-11).
func OnDuty(present, expected int, day string) Figure {
	f := Figure{
		Key: "on_duty", Name: "到岗率", Part: present, Whole: expected,
		Formula: "到岗率＝年末已到岗参加巡察或在岗备勤的人才库成员数÷人才库应到岗人数×100%",
	}
	if expected > 0 && day[5:] >= "10-31" && present*100 < expected*80 {
		f.Warning = fmt.Sprintf("到岗率不到 80%%：应到岗 %d 人，已到岗 %d 人。", expected, present)
	}
	return f
}

// Reported is the same by the calls of the year.
func Reported(came, called int) Figure {
	return Figure{
		Key: "reported", Name: "到岗率（按抽调通知计）", Part: came, Whole: called,
		Formula: "到岗率（按抽调通知计）＝接到抽调通知后到岗的人次÷抽调人次×100%",
	}
}

// Seconded is how many young inspectors were sent to the county: two to four
// (R-INSP-12).
func Seconded(n int) Figure {
	f := Figure{Key: "seconded", Name: "推荐以干代训", Part: n, Whole: 2, Formula: "当年推荐到县委巡察机构以干代训的人数，要求 2 至 4 名"}
	if n < 2 || n > 4 {
		f.Warning = fmt.Sprintf("推荐以干代训应为 2 至 4 名，现在是 %d 名。", n)
	}
	return f
}

// Coverage is how many branches have been inspected this year: half of them by
// the middle of the year, all by the end (R-INSP-13, 14.21).
func Coverage(done, all int, day string) Figure {
	f := Figure{
		Key: "coverage", Name: "常规巡察覆盖率", Part: done, Whole: all,
		Formula: "常规巡察覆盖率＝当年已反馈的常规巡察覆盖的社区党支部数÷社区党支部总数×100%",
	}
	if day[5:] >= "12-31" && done < all || day[5:] >= "06-30" && done*2 < all {
		f.Warning = fmt.Sprintf("共 %d 个社区党支部，已巡察 %d 个；年中应过半，12 月 31 日前应全部完成。", all, done)
	}
	return f
}

// Figures reads the figures of everything at or below path on a day.
func Figures(app core.App, path string, day time.Time) ([]Figure, error) {
	on := day.Format(time.DateOnly)
	var n struct {
		Present  int `db:"present"`
		Expected int `db:"expected"`
		Seconded int `db:"seconded"`
		Came     int `db:"came"`
		Called   int `db:"called"`
		Done     int `db:"done"`
	}
	err := app.DB().NewQuery(`WITH pool AS (
			SELECT * FROM inspections_pool WHERE org_path >= {:lo} AND org_path < {:hi} AND since <= {:on}
		), rounds AS (
			SELECT * FROM inspections WHERE org_path >= {:lo} AND org_path < {:hi} AND begins >= {:from} AND begins <= {:on}
		)
		SELECT (SELECT count(*) FROM pool WHERE on_duty = {:year} AND (until = '' OR until > {:on})) AS present,
		(SELECT count(*) FROM pool WHERE until = '' OR until > {:on}) AS expected,
		(SELECT count(DISTINCT person) FROM pool WHERE seconded = {:year}) AS seconded,
		(SELECT count(*) FROM inspections_teams t JOIN rounds r ON r.id = t.inspection WHERE t.reported_on != '') AS came,
		(SELECT count(*) FROM inspections_teams t JOIN rounds r ON r.id = t.inspection) AS called,
		(SELECT count(DISTINCT u.id) FROM rounds r, json_each(r.targets) j JOIN org_units u ON u.id = j.value
			WHERE r.kind = 'regular' AND r.state IN ('feedback', 'closed') AND u.kind = 'branch') AS done`).
		Bind(dbx.Params{"lo": path, "hi": org.Upper(path), "on": on, "from": on[:4] + "-01-01", "year": day.Year()}).One(&n)
	if err != nil {
		return nil, err
	}
	branches, err := org.Below(app, path, "branch", on)
	return []Figure{
		OnDuty(n.Present, n.Expected, on), Reported(n.Came, n.Called), Seconded(n.Seconded), Coverage(n.Done, len(branches), on),
	}, err
}
