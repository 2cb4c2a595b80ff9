package people_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"yaodian/hooks/apptest"
	"yaodian/hooks/people"
	"yaodian/hooks/people/keys"
)

// crowd enters n people spread over 1,000 branches, every thousandth in zb1,
// with names of 100 × 100 × 100 characters. Those in zb1 have sealed numbers.
func crowd(b *testing.B, app core.App, n int) {
	b.Helper()
	heads, given := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"), []rune("建海晓文丽云红艳少新秋凤春月志玉青仁长正芹楠茹泓菊蕊桦淼娴苓岚笙")
	for _, list := range []struct {
		table string
		from  []rune
	}{{"bench_heads", heads}, {"bench_given", given}} {
		execute(b, app, "CREATE TEMP TABLE "+list.table+" (i INTEGER PRIMARY KEY, c TEXT, p TEXT, h TEXT)")
		for i, r := range list.from {
			full, head := people.Pinyin(string(r))
			execute(b, app, fmt.Sprintf("INSERT INTO %s VALUES (%d, '%c', '%s', '%s')", list.table, i, r, full, head))
		}
	}
	unit := apptest.Unit(b, app, "zb1").Id
	execute(b, app, fmt.Sprintf(`INSERT INTO people (id, tokenKey, name, pinyin, initials, number, mobile, birth_date, kind, state, org, org_path, created)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		SELECT printf('b%%014d', n.i), printf('key%%060d', n.i), a.c || g.c || h.c, a.p || g.p || h.p, a.h || g.h || h.h, 'n' || n.i, '1' || (3000000000 + n.i),
			'1970-05-06', 'member', 'active', '%s', CASE WHEN n.i %% 1000 = 0 THEN '/jd/zb1/' ELSE '/jd/b' || (n.i %% 1000) || '/' END,
			strftime('%%Y-%%m-%%d %%H:%%M:%%fZ', '2026-01-01', n.i || ' seconds')
		FROM n JOIN bench_heads a ON a.i = n.i * 7919 %% %d JOIN bench_given g ON g.i = n.i * 104729 / 31 %% %d JOIN bench_given h ON h.i = n.i / 37 %% %d`,
		n, unit, len(heads), len(given), len(given)))
	ring, err := keys.Ring(app)
	if err != nil {
		b.Fatal(err)
	}
	var ids []string
	if err := app.DB().Select("id").From(people.People).Where(dbx.HashExp{"org_path": "/jd/zb1/"}).Column(&ids); err != nil {
		b.Fatal(err)
	}
	for _, id := range ids {
		_, err := app.DB().Update(people.People, dbx.Params{"id_no_sealed": ring.Seal(keys.Place(people.People, "id_no", id), "11010519491231002X")}, dbx.HashExp{"id": id}).Execute()
		if err != nil {
			b.Fatal(err)
		}
	}
	execute(b, app, "ANALYZE")
}

func execute(b *testing.B, app core.App, sql string) {
	b.Helper()
	if _, err := app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkSearch looks for people among a million, as the secretary of a
// branch of 1,000 and as the clerk who reaches all.
func BenchmarkSearch(b *testing.B) {
	app := apptest.New(b)
	crowd(b, app, 1_000_000)
	app.Settings().RateLimits.Enabled = false
	s := apptest.Serve(b, app)
	for _, who := range []string{apptest.Branch, apptest.Clerk} {
		for _, q := range []string{"张", "张建海", "zhang", "zhangjian", "zjh", "n12345", "nobody"} {
			b.Run(who+"/"+q, func(b *testing.B) {
				for b.Loop() {
					s.Do(b, who, http.MethodGet, "/api/people/search?q="+q, nil).Want(b, 200)
				}
			})
		}
	}
}

// BenchmarkMaskedList is a page of 30 people with masks beside the same page of
// plain PocketBase, which shows neither.
func BenchmarkMaskedList(b *testing.B) {
	for _, c := range []struct {
		name string
		app  func(testing.TB) *tests.TestApp
	}{{"masked", apptest.New}, {"plain", apptest.Plain}} {
		app := c.app(b)
		keys.Use(app, apptest.Ring())
		crowd(b, app, 30_000)
		app.Settings().RateLimits.Enabled = false
		s := apptest.Serve(b, app)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				s.Do(b, apptest.Branch, http.MethodGet, apptest.URL(people.People)+"?perPage=30&skipTotal=1", nil).Want(b, 200)
			}
		})
	}
}

// BenchmarkSession is what the look-up of the session costs a small request.
func BenchmarkSession(b *testing.B) {
	app := apptest.New(b)
	app.Settings().RateLimits.Enabled = false
	s := apptest.Serve(b, app)
	for name, token := range map[string]string{"without": s.Token(b, apptest.Member), "with": signIn(b, s, apptest.Member, apptest.Password).Text("token")} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.Send(b, token, http.MethodGet, "/api/health", nil)
			}
		})
	}
}
