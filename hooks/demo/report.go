package demo

import (
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// shown are the accounts that the report names, and what each is good for.
var shown = []struct{ number, use string }{
	{"10002", "导入和调整要点、分工、验收、管理人员和组织"},
	{"10001", "确认要点、验收、免做"},
	{"10003", "党工委委员，有自己的任务，也能验收"},
	{"10101", "为东风社区党支部提交任务和佐证"},
	{"10111", "普通党员，只看和办自己的任务"},
	{"10901", "检查人员，只看不改"},
}

// first is the report of a start that loaded the demo.
func first(app core.App, l *loader, password string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "演示数据已装入：清河街道党工委 %d 年的工作，截至 %s。人名、号码、文号均为虚构。\n", l.year, l.now.Format("2006年1月2日"))
	fmt.Fprintf(&b, "%s。\n另有一份下一年度的支部计划停在导入草稿，可以接着核对、送交、确认。\n", contents(app))
	signIns(&b, app, password)
	return b.String()
}

// again is the report of a later start of the same demo.
func again(app core.App, loaded, password string, accounts int64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "这是 %s 装入的演示数据库，照常启动。%s。\n", loaded, contents(app))
	if accounts == 0 {
		b.WriteString("所有账号都已自行修改密码，请用各自的密码登录；忘记密码可由党建办干事在“人员”页重设。\n")
		return b.String()
	}
	signIns(&b, app, password)
	return b.String()
}

// contents counts what there is.
func contents(app core.App) string {
	var parts []string
	for _, c := range []struct{ collection, words string }{
		{"people", "%d 人"}, {"org_units", "%d 个组织"}, {"plan_items", "%d 条要点"}, {"plan_tasks", "%d 项任务"},
		{"plan_duties", "%d 次履行"}, {"plan_evidence", "%d 份佐证"}, {"documents", "%d 份文件"},
	} {
		n, err := app.CountRecords(c.collection)
		if err != nil {
			continue
		}
		parts = append(parts, fmt.Sprintf(c.words, n))
	}
	return "库中有 " + strings.Join(parts, "、")
}

func signIns(b *strings.Builder, app core.App, password string) {
	b.WriteString("\n可以登录的人（用工号或手机号；其余的人也都可以，工号见“人员”页）：\n")
	for _, s := range shown {
		person, err := app.FindFirstRecordByFilter("people", "number = {:number}", dbx.Params{"number": s.number})
		if err != nil {
			continue
		}
		title := person.GetString("title")
		if title == "" {
			title = "党员"
		}
		fmt.Fprintf(b, "  %s  %s  %s：%s\n", s.number, person.GetString("name"), title, s.use)
	}
	fmt.Fprintf(b, "\n密码：%s\n每次启动随机生成、大家共用；自己改过密码的账号不受影响。仅供演示，请勿录入真实信息。\n\n", password)
}
