package pb_migrations

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Posts are where all authority comes from; contacts are the branches that a
// committee member looks after (联系点). A person reads their own, officers with
// "org" or "people" those in reach; "org" writes. org_reach is derived from
// posts, roles and the tree; rules read it through under().
func init() {
	m.Register(func(app core.App) error {
		posts := core.NewBaseCollection("org_posts")
		posts.Fields.Add(
			requiredRelation(app, "person", "people", "任职人。"),
			requiredRelation(app, "role", "org_roles", "职务。"),
			required(date("since", "任职起始日期，例如 2026-03-01。")),
			date("until", "任职截止日期，当日起不再有权限。为空即在任。"),
			text("document", "任职文号。"),
			text("note", "备注。"),
		)
		scope(app, posts, "任职的组织。权限及于它和它的下级。")
		read := either(self("person"), under("org"), under("people"))
		posts.ListRule, posts.ViewRule = read, read
		posts.CreateRule = all(underNew("org"))
		posts.UpdateRule = all(under("org"), unchanged("person", "org", "role"))
		posts.DeleteRule = all(under("org"))
		posts.AddIndex("idx_org_posts_person", false, "person, since", "")
		posts.AddIndex("idx_org_posts_role", false, "role, org, since", "")
		if err := app.Save(posts); err != nil {
			return err
		}

		contacts := core.NewBaseCollection("org_contacts")
		contacts.Fields.Add(
			requiredRelation(app, "person", "people", "联系人，一般为党工委委员。"),
			required(date("since", "起始日期。")),
			date("until", "截止日期，当日起不再联系。为空即仍在联系。"),
			text("note", "备注。"),
		)
		scope(app, contacts, "联系的党支部。")
		seen := either(self("person"), under("org"), under("plan"))
		contacts.ListRule, contacts.ViewRule = seen, seen
		contacts.CreateRule = all(underNew("org"))
		contacts.UpdateRule = all(under("org"), unchanged("person", "org"))
		contacts.DeleteRule = all(under("org"))
		contacts.AddIndex("idx_org_contacts_person", false, "person, since", "")
		if err := app.Save(contacts); err != nil {
			return err
		}

		_, err := app.DB().NewQuery(`CREATE TABLE org_reach (
			person TEXT NOT NULL, power TEXT NOT NULL, slot INTEGER NOT NULL,
			lo TEXT NOT NULL, hi TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
			PRIMARY KEY (person, power, slot)) WITHOUT ROWID`).Execute()
		if err != nil {
			return err
		}
		return seedRoles(app)
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery(`DROP TABLE org_reach`).Execute(); err != nil {
			return err
		}
		return drop(app, "org_posts", "org_contacts")
	})
}

// usualRoles are the posts of a street's committee, its offices and branches.
// An officer with a power that ends in .edit keeps those ledgers; one without
// reads them.
var usualRoles = []struct {
	key, name string
	single    bool
	kinds     []string // of organizations at which the post may be held; none: any
	powers    []string
}{
	{"committee_secretary", "党工委书记", true, words("committee"), words(`approvals plan.edit plan.confirm plan.accept plan.submit people.sensitive org audit documents.edit dues points
		meetings.edit study ideology.edit pledges.edit appraisals publicity.edit development elections declarations.edit integrity inspections outreach activities massorg`)},
	{"committee_deputy", "党工委副书记", false, words("committee"), words(`plan.confirm plan.accept people audit documents dues points
		meetings.edit study ideology pledges appraisals publicity development elections declarations integrity inspections outreach activities massorg`)},
	{"committee_member", "党工委委员", false, words("committee"), words(`plan plan.accept people documents dues points meetings study pledges publicity outreach activities`)},
	{"organizer", "党工委组织委员", true, words("committee"), words(`approvals people.edit people.sensitive org audit dues.check dues.rates points.edit
		meetings.edit study.edit pledges.edit appraisals.edit publicity.edit development.edit elections.edit declarations.edit declarations.private activities.edit`)},
	{"propagandist", "党工委宣传委员", true, words("committee"), words(`meetings study.edit ideology.edit publicity.edit activities.edit`)},
	{"discipline", "纪工委书记", true, words("committee"), words(`audit study.edit pledges meetings publicity.edit declarations integrity.edit inspections.edit`)},
	{"clerk", "党建办干事", false, words("committee office"), words(`approvals plan.edit plan.accept people.edit people.sensitive org audit documents.edit calendar.edit dues points.edit
		meetings.edit study.edit ideology pledges.edit appraisals.edit publicity.edit development.edit elections.edit declarations outreach.edit activities.edit inspections massorg`)},
	{"accountant", "党费会计", true, nil, words(`dues.account`)},
	{"cashier", "党费出纳", true, nil, words(`dues.cash`)},
	{"office_head", "科室负责人", true, words("office"), words(`plan.submit people documents.edit meetings ideology.edit outreach.edit integrity activities`)},
	{"branch_secretary", "支部书记", true, words("branch retired"), words(`plan.submit people audit documents dues.check points.review
		meetings.edit study.edit pledges appraisals.edit publicity.edit development.edit elections.edit declarations.private outreach.edit activities.edit inspections`)},
	{"branch_deputy", "支部副书记", false, words("branch retired"), words(`plan.submit people documents dues points.review meetings.edit study.edit development elections outreach.edit activities.edit`)},
	{"branch_organizer", "支部组织委员", true, words("branch retired"), words(`plan.submit people dues.assess dues.record points.review meetings.edit study.edit appraisals.edit development.edit elections.edit declarations.private`)},
	{"branch_member", "支部委员", false, words("branch retired"), words(`plan.submit people points meetings study activities`)},
	{"group_leader", "党小组组长", true, words("group"), words(`plan.submit meetings.edit`)},
	{"union_chair", "工会主席", true, words("union"), words(`plan.submit massorg.edit activities.edit`)},
	{"league_secretary", "团委书记", true, words("league"), words(`plan.submit massorg.edit activities.edit`)},
	{"inspector", "检查人员", false, nil, words(`approvals plan audit documents meetings study integrity inspections.edit`)},
}

func words(s string) []string { return strings.Fields(s) }

// seedRoles gives a new installation the usual posts; the system keeper edits
// them in the browser.
func seedRoles(app core.App) error {
	roles, err := app.FindCollectionByNameOrId("org_roles")
	if err != nil {
		return err
	}
	for i, r := range usualRoles {
		role := core.NewRecord(roles)
		role.Load(map[string]any{"key": r.key, "name": r.name, "single": r.single, "kinds": r.kinds, "powers": r.powers, "sort": i + 1})
		if err := app.Save(role); err != nil {
			return err
		}
	}
	return nil
}
