package pb_migrations

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// chained makes c a ledger that only grows: its ids are the sequence number, so
// that the primary key is the order of the chain, and each line holds the digest
// of the one before it.
func chained(app core.App, c *core.Collection, orgHelp string) {
	c.Fields.AddAt(1, whole("seq", "序号：全部分录连续编号，从 1 起，中间没有空缺。"))
	c.Fields.Add(
		text("reverses", "冲正：冲正的是哪一笔分录。"),
		relation(app, "by", "people", "经办人。为空即由系统记账。"),
		requiredRelation(app, "org", "org_units", orgHelp),
		&core.TextField{Name: "org_path", Max: 200, Help: "所属组织现在的路径，权限按它判断；随组织移动，不在摘要之内。"},
		&core.AutodateField{Name: "created", OnCreate: true},
		text("prev", "上一笔的摘要。"),
		text("hash", "本笔的摘要：把所有分录连成一串，改动任何一笔都会被发现。"),
	)
	c.AddIndex("idx_"+c.Name+"_seq", true, "seq", "")
	c.AddIndex("idx_"+c.Name+"_reverses", true, "reverses", "reverses != ''")
	c.AddIndex("idx_"+c.Name+"_by", false, "[[by]]", "[[by]] != ''")
}

// chainTriggers hold against SQL what the hooks hold against records: the ledger
// grows at its end alone. Of a line only the path of the organization follows
// the tree. The insert trigger also closes INSERT OR REPLACE. columns are those
// of table between seq and reverses.
func chainTriggers(table, title, columns string) []string {
	fixed := strings.Join(strings.Fields("id seq "+columns+" reverses [by] org created prev hash"), ", ")
	return []string{
		fmt.Sprintf(`CREATE TRIGGER %[1]s_update BEFORE UPDATE OF rowid, %[3]s ON %[1]s
		BEGIN SELECT RAISE(ABORT, '%[2]s只能追加，不能修改。'); END`, table, title, fixed),
		fmt.Sprintf(`CREATE TRIGGER %[1]s_delete BEFORE DELETE ON %[1]s BEGIN SELECT RAISE(ABORT, '%[2]s只能追加，不能删除。'); END`, table, title),
		fmt.Sprintf(`CREATE TRIGGER %[1]s_insert BEFORE INSERT ON %[1]s
		WHEN NEW.id IS NOT printf('%%015d', NEW.seq)
			OR NEW.seq || ':' || NEW.prev IS NOT COALESCE((SELECT (seq + 1) || ':' || hash FROM %[1]s ORDER BY id DESC LIMIT 1), '1:')
			OR EXISTS (SELECT 1 FROM %[1]s WHERE rowid = NEW.rowid)
		BEGIN SELECT RAISE(ABORT, '%[2]s只能接在最后一笔之后。'); END`, table, title),
	}
}
