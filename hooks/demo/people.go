package demo

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
	accounts "yaodian/hooks/people"
)

// person is somebody in the demo. Days are written "years-ago MM-DD", so that
// the demo is as old in any year.
type person struct {
	number, name, unit, kind, title, state string
	phoneless                              bool
	posts                                  []post
	contact                                string // the branch a committee member looks after (联系点)
}

// post is an office held from a day; until is empty while it lasts.
type post struct{ role, unit, since, until string }

// mobile is a fictional number: 154 is a prefix that no operator has been
// given, so the numbers pass as mobiles and reach nobody.
func (p person) mobile() string {
	if p.phoneless {
		return ""
	}
	return "154000" + p.number
}

func (p person) fields(l *loader) map[string]any {
	return map[string]any{
		"number": p.number, "name": p.name, "mobile": p.mobile(), "org": l.units[p.unit],
		"kind": or(p.kind, "member"), "state": "active", "title": p.title, "status_since": l.date(p.entered()),
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// everybody is the whole demo: named officers first, then those the namer makes.
func everybody() []person {
	n := newNamer()
	for _, p := range officers {
		n.taken[p.name] = true
	}
	all := append([]person{}, officers...)
	all = append(all, staff(n)...)
	for i, path := range branches() {
		all = append(all, branch(n, i+1, path)...)
	}
	return append(all, massOrganizations(n)...)
}

// officers are the committee, its clerks and inspectors.
var officers = []person{
	{number: "10001", name: "高远征", unit: root, title: "党工委书记", contact: "/qh/zb1/", posts: []post{{"committee_secretary", root, "3 09-01", ""}, {"committee_member", root, "3 09-01", ""}}},
	{number: "10002", name: "林知夏", unit: "/qh/djb/", title: "党建办干事", posts: []post{{"clerk", root, "4 03-01", ""}}},
	{number: "10003", name: "何素芬", unit: "/qh/djb/", title: "党工委委员、党建办主任", contact: "/qh/zb2/", posts: []post{{"committee_member", root, "4 06-18", ""}, {"office_head", "/qh/djb/", "4 06-18", ""}}},
	{number: "10004", name: "秦立峰", unit: root, title: "党工委副书记、办事处主任", contact: "/qh/zb3/", posts: []post{{"committee_deputy", root, "2 01-10", ""}, {"committee_member", root, "2 01-10", ""}}},
	{number: "10005", name: "严守廉", unit: "/qh/jjb/", title: "党工委委员、纪检办主任", contact: "/qh/zb4/", posts: []post{{"committee_member", root, "3 09-01", ""}, {"office_head", "/qh/jjb/", "3 09-01", ""}, {"discipline", root, "3 09-01", ""}}},
	{number: "10006", name: "柳文筠", unit: "/qh/xcb/", title: "党工委委员、宣传办主任", contact: "/qh/zb5/", posts: []post{{"committee_member", root, "2 04-01", ""}, {"office_head", "/qh/xcb/", "2 04-01", ""}, {"propagandist", root, "2 04-01", ""}}},
	{number: "10007", name: "马广田", unit: "/qh/msb/", title: "党工委委员、民生办主任", contact: "/qh/zb6/", posts: []post{{"committee_member", root, "5 07-01", ""}, {"office_head", "/qh/msb/", "5 07-01", ""}}},
	{number: "10008", name: "温晓澄", unit: root, title: "党工委副书记", contact: "/qh/ltx/", posts: []post{{"committee_deputy", root, "1 05-20", ""}, {"committee_member", root, "1 05-20", ""}, {"organizer", root, "1 05-20", ""}}},
	{number: "10009", name: "陶永信", unit: root, title: "原党工委书记", state: "left", posts: []post{{"committee_secretary", root, "8 03-01", "3 09-01"}}},
	{number: "10010", name: "鲁小禾", unit: "/qh/djb/", title: "党建办干事", posts: []post{{"clerk", root, "1 08-01", ""}}},
	{number: "10901", name: "祝明鉴", unit: "/qh/jjb/", title: "检查人员", posts: []post{{"inspector", root, "2 02-01", ""}}},
	{number: "10902", name: "宋若衡", unit: "/qh/jjb/", title: "检查人员", posts: []post{{"inspector", root, "3 02-01", "1 02-01"}}},
}

// staff works in the offices: party members and others.
func staff(n *namer) []person {
	offices := []string{"/qh/djb/", "/qh/jjb/", "/qh/xcb/", "/qh/msb/"}
	out := make([]person, 18)
	for i := range out {
		out[i] = person{number: fmt.Sprint(10011 + i), name: n.any(), unit: offices[i%4], title: "科员"}
		switch {
		case i == 0:
			out[i].posts = []post{{"accountant", root, "2 03-01", ""}}
		case i == 4:
			out[i].posts = []post{{"cashier", root, "2 03-01", ""}}
		case i%6 == 5:
			out[i].kind = "staff"
		case i == 10:
			out[i].kind = "activist"
		}
	}
	return out
}

// branchSizes is how many people each branch has on its roster.
var branchSizes = []int{26, 25, 24, 23, 24, 23, 20}

// branch is the roster of one branch: its committee, then members, then those
// on the way in. 10101 is the secretary of the first, 10111 a member without a
// post.
func branch(n *namer, no int, path string) []person {
	given := func() string { return n.any() }
	if path == "/qh/ltx/" {
		given = func() string { return n.name(elders) }
	}
	size := branchSizes[no-1]
	out := make([]person, 0, size)
	for i := range size {
		number := 10000 + no*100 + i + 1
		if i >= 5 {
			number += 5 // 06 to 10 stay free for officers to come
		}
		p := person{number: fmt.Sprint(number), name: given(), unit: path}
		place(&p, no, i, size)
		out = append(out, p)
	}
	return out
}

// place gives the i-th of a branch a post, a group, a kind or a state.
func place(p *person, no, i, size int) {
	post := func(role, since, until string) { p.posts = append(p.posts, post{role, p.unit, since, until}) }
	grouped := no <= 2
	switch {
	case i == 0 && no == 3:
		p.title = "支部书记"
		post("branch_deputy", "4 06-20", "1 09-10")
		post("branch_secretary", "1 09-10", "")
	case i == 0:
		p.title = "支部书记"
		post("branch_secretary", "3 06-20", "")
	case i == 1 && no == 3:
		p.title = "原支部书记"
		post("branch_secretary", "6 06-20", "1 09-10")
	case i == 1:
		p.title = "支部副书记"
		post("branch_deputy", "3 06-20", "")
	case i <= 4:
		p.title = []string{"组织委员", "宣传委员", "纪检委员"}[i-2]
		post("branch_member", "3 06-20", "")
		if i == 2 {
			post("branch_organizer", "3 06-20", "")
		}
	case grouped && i >= 6 && i < 18:
		p.unit += []string{"xz1/", "xz2/"}[i%2]
		if i < 8 {
			p.title = "党小组组长"
			post("group_leader", "2 07-01", "")
		}
	}
	settle(p, no, i, size)
}

// settle: a roster is never tidy. Some are on the way in, some have left.
func settle(p *person, no, i, size int) {
	retired := no == len(branchSizes)
	switch rest := size - i; {
	case retired:
		p.phoneless = i > 4 && i%3 == 0
		if rest == 1 {
			p.state = "deceased"
		}
	case rest == 5:
		p.kind = "probationary"
	case rest == 4, rest == 3:
		p.kind = "activist"
	case rest == 2:
		p.kind = "applicant"
	case rest == 1 && no == 4:
		p.state = "left"
	case rest == 1 && no == 5:
		p.state = "suspended"
	}
}

// massOrganizations are the union and the league.
func massOrganizations(n *namer) []person {
	return []person{
		{number: "10801", name: n.name(adults), unit: "/qh/gh/", title: "工会主席", posts: []post{{"union_chair", "/qh/gh/", "3 05-10", ""}}},
		{number: "10802", name: n.name(adults), unit: "/qh/gh/", title: "工会干事", kind: "staff"},
		{number: "10803", name: n.name(adults), unit: "/qh/gh/", title: "工会干事"},
		{number: "10851", name: n.name(youths), unit: "/qh/tw/", title: "团委书记", posts: []post{{"league_secretary", "/qh/tw/", "1 04-15", ""}}},
		{number: "10852", name: n.name(youths), unit: "/qh/tw/", title: "团干事", kind: "staff"},
		{number: "10853", name: n.name(youths), unit: "/qh/tw/", title: "团干事", kind: "activist"},
	}
}

// savePeople enters everybody with one and the same password, hashed once.
func (l *loader) savePeople(hash string) error {
	for i, p := range everybody() {
		record, err := l.record(accounts.People, p.fields(l))
		if err != nil {
			return err
		}
		record.Load(p.roster(l, i))
		record.SetRaw("password", &core.PasswordFieldValue{Hash: hash})
		if err := l.store(record); err != nil {
			return fmt.Errorf("person %s: %w", p.number, err)
		}
		l.people[p.number], l.numbers[record.Id] = record, p.number
		if err := l.savePosts(p, record.Id); err != nil {
			return fmt.Errorf("posts of %s: %w", p.number, err)
		}
		if err := l.leave(p, record.Id); err != nil {
			return fmt.Errorf("state of %s: %w", p.number, err)
		}
	}
	return nil
}

func (l *loader) savePosts(p person, id string) error {
	for _, held := range p.posts {
		_, err := l.save(org.Posts, map[string]any{
			"person": id, "role": l.roles[held.role], "org": l.units[held.unit],
			"since": l.date(held.since), "until": l.date(held.until), "document": "",
		})
		if err != nil {
			return err
		}
	}
	if p.contact == "" {
		return nil
	}
	_, err := l.save(org.Contacts, map[string]any{"person": id, "org": l.units[p.contact], "since": l.date("1 01-15"), "until": ""})
	return err
}
