package demo

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
)

// root is the committee that the whole demo hangs from.
const root = "/qh/"

// unit is an organization of the demo; its path names it everywhere else.
type unit struct{ path, name, short, kind string }

var units = []unit{
	{root, "中共清河街道工作委员会", "清河街道党工委", "committee"},
	{"/qh/djb/", "党建工作办公室", "党建办", "office"},
	{"/qh/jjb/", "纪检监察办公室", "纪检办", "office"},
	{"/qh/xcb/", "宣传文化办公室", "宣传办", "office"},
	{"/qh/msb/", "民生保障办公室", "民生办", "office"},
	{"/qh/zb1/", "东风社区党支部", "东风支部", "branch"},
	{"/qh/zb1/xz1/", "东风社区第一党小组", "东风一组", "group"},
	{"/qh/zb1/xz2/", "东风社区第二党小组", "东风二组", "group"},
	{"/qh/zb2/", "西苑社区党支部", "西苑支部", "branch"},
	{"/qh/zb2/xz1/", "西苑社区第一党小组", "西苑一组", "group"},
	{"/qh/zb2/xz2/", "西苑社区第二党小组", "西苑二组", "group"},
	{"/qh/zb3/", "南桥社区党支部", "南桥支部", "branch"},
	{"/qh/zb4/", "北辰社区党支部", "北辰支部", "branch"},
	{"/qh/zb5/", "河湾社区党支部", "河湾支部", "branch"},
	{"/qh/zb6/", "梧桐社区党支部", "梧桐支部", "branch"},
	{"/qh/ltx/", "清河街道离退休党支部", "离退休支部", "retired"},
	{"/qh/gh/", "清河街道工会委员会", "街道工会", "union"},
	{"/qh/tw/", "共青团清河街道委员会", "街道团委", "league"},
}

// saveUnits builds the tree and remembers the id of each path.
func (l *loader) saveUnits() error {
	for i, u := range units {
		above, code := split(u.path)
		data := map[string]any{
			"name": u.name, "short": u.short, "code": code, "kind": u.kind, "sort": i + 1, "parent": l.units[above],
			"established": l.date("9 06-18"),
		}
		record, err := l.save(org.Units, data)
		if err != nil {
			return err
		}
		l.units[u.path] = record.Id
		l.paths[record.Id] = u.path
	}
	return nil
}

// split takes a path apart: /qh/zb1/ is zb1 below /qh/.
func split(path string) (above, code string) {
	end := len(path) - 1
	begin := end
	for path[begin-1] != '/' {
		begin--
	}
	return path[:begin], path[begin:end]
}

// branches are the paths of the branches that have members of their own.
func branches() []string {
	var out []string
	for _, u := range units {
		if u.kind == "branch" || u.kind == "retired" {
			out = append(out, u.path)
		}
	}
	return out
}

// readRoles remembers the id of every role by its key.
func (l *loader) readRoles() error {
	var roles []*core.Record
	if err := l.app.RecordQuery(org.Roles).All(&roles); err != nil {
		return err
	}
	for _, r := range roles {
		l.roles[r.GetString("key")] = r.Id
	}
	return nil
}
