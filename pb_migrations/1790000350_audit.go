package pb_migrations

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The audit trail. Officers with "audit" read what concerns their reach,
// everybody reads what concerns themselves; nobody writes, superusers included,
// and the triggers hold against raw SQL, too. The daily heads of the chain are
// for the system keeper.
func init() {
	m.Register(func(app core.App) error {
		if err := auditEntries(app); err != nil {
			return err
		}
		if err := auditAnchors(app); err != nil {
			return err
		}
		for _, trigger := range auditTriggers {
			if _, err := app.DB().NewQuery(trigger).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return drop(app, "audit_entries", "audit_anchors")
	})
}

// auditEntries has no relations: an entry outlives what it speaks of. Ids are
// the sequence number, so that the primary key is the order of the chain.
func auditEntries(app core.App) error {
	c := core.NewBaseCollection("audit_entries")
	read := either(self("subject_person"), under("audit"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		&core.NumberField{Name: "seq", Required: true, OnlyInt: true, Help: "序号，从 1 起，中间没有空缺。列表请按 id 排列，与序号同序。"},
		&core.DateField{Name: "at", Required: true, Help: "时间。"},
		&core.TextField{Name: "month", Required: true, Max: 7, Help: "月份，例如 2026-06。范围大的查询请先按月份筛选，再多的留痕也一样快。"},
		choice("actor_kind", "由谁：person 本人登录，token 管理员代为取得的令牌，superuser 系统管理员，guest 未登录，system 系统任务或命令。",
			"person", "token", "superuser", "guest", "system"),
		text("actor", "办理人的编号。"),
		text("actor_name", "办理人当时的姓名，或任务、命令的名称。"),
		&core.TextField{Name: "actor_post", Max: 500, Help: "办理人当时的职务。"},
		text("on_behalf", "代谁办理：被代办人的编号。"),
		text("origin", "登录失败时的来源网段（IPv4 前 24 位，IPv6 前 48 位）。其他情况不记网络地址。"),
		choice("action", "做了什么：create 新增，update 修改，delete 删除，decision 审批决定，reveal 查看敏感信息，export 导出，signin 登录，signin_failed 登录失败，impersonate 代登录，sql 执行 SQL，backup 备份操作，archive 存档。",
			"create", "update", "delete", "decision", "reveal", "export", "signin", "signin_failed", "impersonate", "sql", "backup", "archive"),
		text("collection", "哪个数据表。"),
		text("record", "哪条记录。"),
		&core.TextField{Name: "label", Max: 500, Presentable: true, Help: "记录当时的名称。"},
		text("org", "记录所属组织的编号。为空的只有系统管理员看得到。"),
		text("subject_person", "关系到谁：本人看得到。"),
		&core.JSONField{Name: "changes", MaxSize: 1 << 20, Help: "改了什么：字段 → [原值, 新值]；敏感字段只写 [changed]；长的内容只留开头和摘要。"},
		&core.TextField{Name: "reason", Max: 2000, Help: "理由，或补充说明。"},
		text("prev", "上一条的哈希。"),
		text("hash", "本条的哈希：以上各项的 SHA-256。"),
		&core.TextField{Name: "org_path", Max: 200, Help: "所属组织现在的路径，随组织移动，权限按它判断；不在哈希之内，由校验命令与组织对照。"},
	)
	for _, by := range []string{"org_path", "subject_person", "record", "actor"} {
		c.AddIndex("idx_audit_entries_"+by, false, by, "")
	}
	c.AddIndex("idx_audit_entries_month", false, "month, org_path", "")
	c.AddIndex("idx_audit_entries_archive", false, "seq", "action = 'archive'")
	return app.Save(c)
}

func auditAnchors(app core.App) error {
	c := core.NewBaseCollection("audit_anchors")
	c.Fields.Add(
		required(date("day", "哪一天。")),
		whole("seq", "当天最后一条留痕的序号。"),
		&core.TextField{Name: "hash", Max: 64, Presentable: true, Help: "那一条的哈希。抄录或打印留存，以后可以证明留痕没有被截短或重写。"},
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	c.AddIndex("idx_audit_anchors_day", true, "day", "")
	return app.Save(c)
}

// auditTriggers hold against SQL what the hooks hold against records. Only the
// path of the organization follows the tree. Only what an entry of the chain
// itself declares as archived may go. The insert trigger also closes INSERT OR
// REPLACE, which deletes without asking the delete trigger.
var auditTriggers = []string{
	fmt.Sprintf(`CREATE TRIGGER audit_entries_update BEFORE UPDATE ON audit_entries WHEN (%s) IS NOT (%s)
		BEGIN SELECT RAISE(ABORT, '留痕只能追加，不能修改。'); END`, row("NEW"), row("OLD")),
	`CREATE TRIGGER audit_entries_delete BEFORE DELETE ON audit_entries
		WHEN OLD.seq > COALESCE((SELECT CAST(record AS INTEGER) FROM audit_entries WHERE action = 'archive' ORDER BY seq DESC LIMIT 1), 0)
		BEGIN SELECT RAISE(ABORT, '留痕只能追加，不能删除。'); END`,
	`CREATE TRIGGER audit_entries_insert BEFORE INSERT ON audit_entries
		WHEN NEW.seq IS NOT COALESCE((SELECT seq FROM audit_entries ORDER BY id DESC LIMIT 1), 0) + 1
			OR NEW.prev IS NOT COALESCE((SELECT hash FROM audit_entries ORDER BY id DESC LIMIT 1), '')
			OR NEW.id IS NOT printf('%015d', NEW.seq) OR EXISTS (SELECT 1 FROM audit_entries WHERE rowid = NEW.rowid)
		BEGIN SELECT RAISE(ABORT, '留痕只能接在最后一条之后。'); END`,
	`CREATE TRIGGER audit_anchors_update BEFORE UPDATE ON audit_anchors BEGIN SELECT RAISE(ABORT, '锚点不能修改。'); END`,
	`CREATE TRIGGER audit_anchors_delete BEFORE DELETE ON audit_anchors BEGIN SELECT RAISE(ABORT, '锚点不能删除。'); END`,
	`CREATE TRIGGER audit_anchors_insert BEFORE INSERT ON audit_anchors
		WHEN EXISTS (SELECT 1 FROM audit_anchors WHERE id = NEW.id OR day = NEW.day OR rowid = NEW.rowid)
		BEGIN SELECT RAISE(ABORT, '锚点不能覆盖。'); END`,
}

// row lists every column of an entry that never changes.
func row(of string) string {
	columns := strings.Fields(`rowid id seq at month actor_kind actor actor_name actor_post on_behalf origin action collection record label org
		subject_person changes reason prev hash`)
	for i, c := range columns {
		columns[i] = of + "." + c
	}
	return strings.Join(columns, ", ")
}
