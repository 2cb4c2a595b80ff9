package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// What lets people trust the roster and their account.
//
// people_status and people_reveals are ledgers that the application writes and
// nobody changes: how each person stood from which day on, and who has opened
// whose sensitive fields. A person reads what is about them; officers read the
// first with "people", the second with "audit"; who looked reads their own looks.
//
// Sessions and second factors are read by their owner, service tokens by who
// keeps the roster; all are written through routes alone. The settings are read
// by everybody signed in and kept by the system keeper.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{peopleStatus, peopleReveals, peopleSessions, peopleFactors, peopleTokens, peopleSettings} {
			if err := make(app); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "people_status", "people_reveals", "people_sessions", "people_factors", "people_tokens", "people_settings")
	})
}

func peopleStatus(app core.App) error {
	c := core.NewBaseCollection("people_status")
	read := either(self("person"), under("people"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		goesWith(requiredRelation(app, "person", "people", "谁的状态。")),
		&core.NumberField{Name: "n", Required: true, OnlyInt: true, Help: "这个人的第几次变动，从 1 起。由系统填写。"},
		required(day("since", "生效日期。从这一天起到下一次变动为止，以本条为准。")),
		choice("kind", "当时的类别，含义同 people.kind。", "member", "probationary", "activist", "applicant", "staff", "service"),
		choice("state", "当时的状态，含义同 people.state。", "active", "suspended", "left", "deceased", "removed"),
		optional(choice("membership_state", "当时的党籍：normal 正常，stopped 停止党籍；不是党员的为空。", "normal", "stopped")),
		flag("lost", "当时是否失去联系。"),
		flag("floating", "当时是否流动党员。"),
		&core.TextField{Name: "reason", Max: 500, Help: "变动原因。停止党籍、出党必填。"},
		&core.TextField{Name: "document", Max: 100, Help: "决定的文号。停止党籍、出党必填。"},
		relation(app, "by", "people", "经办人。为空即由系统或系统管理员登记。"),
	)
	scope(app, c, "当时所在的组织。")
	c.AddIndex("idx_people_status_person", true, "person, n", "")
	c.AddIndex("idx_people_status_place", false, "org_path, person, n", "")
	c.AddIndex("idx_people_status_by", false, "by", "")
	if err := app.Save(c); err != nil {
		return err
	}
	return permanent(app, "people_status", "person, n, since, org, kind, state, membership_state, lost, floating, reason, document, by")
}

func peopleReveals(app core.App) error {
	c := core.NewBaseCollection("people_reveals")
	read := either(self("person"), self("by"), under("audit"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		requiredRelation(app, "person", "people", "被查看的人。"),
		relation(app, "by", "people", "查看的人。为空即系统管理员。"),
		&core.TextField{Name: "post", Max: 200, Help: "查看人当时的职务，或“本人”“系统管理员”。"},
		&core.SelectField{
			Name: "shown", Required: true, MaxSelect: 7, Values: []string{"id_no", "birth_date", "mobile", "tel", "address", "match", "declaration"},
			Help: "看了哪些内容：id_no 身份证号，birth_date 出生日期，mobile 手机，tel 固定电话，address 住址，match 按身份证号查到本人，declaration 个人重大事项的内容。",
		},
		&core.TextField{Name: "reason", Required: true, Max: 200, Presentable: true, Help: "为什么要看，由查看人填写，被查看的人看得到。"},
	)
	scope(app, c, "被查看的人当时所在的组织。")
	c.AddIndex("idx_people_reveals_person", false, "person, created", "")
	c.AddIndex("idx_people_reveals_by", false, "by, created", "")
	if err := app.Save(c); err != nil {
		return err
	}
	return permanent(app, "people_reveals", "person, by, post, shown, reason, org")
}

// permanent makes a ledger hold against SQL as well: a trigger refuses to
// change the columns, and to delete the lines of anybody who is there. org_path
// follows the tree.
func permanent(app core.App, table, columns string) error {
	const there = " WHEN EXISTS (SELECT 1 FROM people WHERE id = OLD.person)"
	for name, on := range map[string]string{"no_update": "UPDATE OF " + columns + " ON " + table, "no_delete": "DELETE ON " + table + there} {
		_, err := app.DB().NewQuery(fmt.Sprintf(
			"CREATE TRIGGER %[1]s_%[2]s BEFORE %[3]s BEGIN SELECT RAISE(ABORT, '%[1]s is append-only'); END", table, name, on)).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}

func peopleSessions(app core.App) error {
	c := core.NewBaseCollection("people_sessions")
	own := types.Pointer(self("person"))
	c.ListRule, c.ViewRule = own, own
	c.Fields.Add(
		goesWith(requiredRelation(app, "person", "people", "谁的登录。")),
		&core.TextField{Name: "label", Max: 60, Presentable: true, Help: "设备，按浏览器的自述，例如“Windows · Chrome”。不记地址和位置。"},
		required(date("first_day", "登录日期。")),
		required(date("last_day", "最近使用的日期。半年后删除。")),
		moment("ended_at", "退出时间。为空即仍在登录。"),
	)
	stamps(c)
	c.AddIndex("idx_people_sessions_person", false, "person, last_day", "")
	c.AddIndex("idx_people_sessions_last_day", false, "last_day", "")
	return app.Save(c)
}

func peopleFactors(app core.App) error {
	c := core.NewBaseCollection("people_factors")
	own := types.Pointer(self("person"))
	c.ListRule, c.ViewRule = own, own
	c.Fields.Add(
		requiredRelation(app, "person", "people", "谁的动态口令。"),
		hidden(&core.TextField{Name: "secret_sealed", Max: 300, Help: "动态口令密钥的密文（S3）。用途：登录的第二步。停用时删除。"}),
		&core.JSONField{Name: "recovery", MaxSize: 4000, Hidden: true, Help: "备用码的摘要，每个只能用一次。"},
		&core.NumberField{Name: "step", OnlyInt: true, Hidden: true, Help: "最近一次用过的时间步，同一口令不能用两次。"},
		moment("confirmed_at", "启用时间。为空即还没有用口令确认。"),
		whole("codes_left", "还剩几个备用码。"),
	)
	stamps(c)
	c.AddIndex("idx_people_factors_person", true, "person", "")
	return app.Save(c)
}

func peopleTokens(app core.App) error {
	c := core.NewBaseCollection("people_tokens")
	read := all(under("people.edit"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		requiredRelation(app, "person", "people", "程序账号。令牌有它的全部职权。"),
		required(&core.TextField{Name: "name", Max: 60, Presentable: true, Help: "用在哪里，例如“办公系统每晚同步”。"}),
		hidden(&core.TextField{Name: "hash", Max: 64, Help: "令牌的摘要。令牌本身只在生成时显示一次。"}),
		required(date("until", "有效到哪一天（含），最长一年。")),
		date("last_day", "最近使用的日期。"),
		moment("ended_at", "作废时间。"),
		relation(app, "by", "people", "由谁生成。为空即系统管理员。"),
	)
	scope(app, c, "程序账号所在的组织。")
	c.AddIndex("idx_people_tokens_person", false, "person", "")
	c.AddIndex("idx_people_tokens_by", false, "by", "")
	c.AddIndex("idx_people_tokens_hash", true, "hash", "")
	return app.Save(c)
}

func peopleSettings(app core.App) error {
	c := core.NewBaseCollection("people_settings")
	c.ListRule, c.ViewRule = types.Pointer(signedIn), types.Pointer(signedIn)
	c.Fields.Add(flag("officers_totp", "有职权的人须启用动态口令：未启用的，登录后只能去启用。演示数据中不要求。"))
	stamps(c)
	if err := app.Save(c); err != nil {
		return err
	}
	only := core.NewRecord(c)
	only.Id = "settings0000000"
	return app.Save(only)
}
