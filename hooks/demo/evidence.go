package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"yaodian/hooks/documents"
	"yaodian/hooks/plan"
)

// accounts of what was done, by a word in the task's name and then by its
// kind. {when} is the period, {n} and {m} are who should have come and who came.
var told = []struct{ words, kind, text string }{
	{"主题党日", "", "{when}主题党日已开展：先集中学习，再到楼院清理杂物、走访老党员。应到{n}人，实到{m}人，请假的已补学。"},
	{"党员大会", "", "{when}党员大会已召开，应到{n}人，实到{m}人，会议记录已归档。"},
	{"上党课", "", "{when}党课由支部书记主讲，听课{m}人，讲稿随附。"},
	{"讲党课", "", "到联系点支部讲党课1次，听课{m}人，课后座谈收集意见4条。"},
	{"核对党员信息", "", "{when}逐人核对党员信息{n}条，更正联系方式2处，无重复、无缺项。"},
	{"研判", "", "{when}已对分管领域研判一次，梳理风险点2个，措施和责任科室已列明。"},
	{"入户", "", "{when}入户走访5户，宣讲就业政策，推荐岗位3个，收集诉求2件并已转办。"},
	{"蹲点", "", "{when}到社区蹲点2天，协调解决楼道照明、停车秩序两件事。"},
	{"测试", "", "已参加党规党纪测试，成绩合格。"},
	{"志愿", "", "{when}参加社区志愿服务2小时，内容是巡护河道和清扫步道。"},
	{"发文", "", "{when}发文情况已统计，正式文件4件，比上年同期少1件，附统计表。"},
	{"公开", "", "{when}党费收支已在支部公示栏公开，公示照片随附。"},
	{"抽查", "", "{when}抽查3个支部的会议记录，发现补签1处，已当场纠正。"},
	{"", "meeting", "{when}会议已按要求召开，应到{n}人，实到{m}人，记录和纪要已归档。"},
	{"", "study", "{when}学习已组织，应到{n}人，实到{m}人，研讨发言3人，缺席的已补学。"},
	{"", "report", "{when}报告已形成并报送，主要情况、存在问题、下步打算齐全。"},
	{"", "activity", "{when}活动已办完，参加{m}人，通知、签到、照片随附。"},
	{"", "inspection", "{when}检查已完成，问题清单和整改要求已发到有关单位。"},
	{"", "training", "{when}培训已办完，参训{m}人，课程表和签到表随附。"},
	{"", "visit", "{when}走访已完成，看望{m}人，需要帮助的事项已登记。"},
	{"", "publish", "{when}已按要求公开，公开内容和时间见附件。"},
	{"", "", "{when}已按要求完成，有关材料随附，请验收。"},
}

// prove gives the evidence of a duty: always a sentence, often a photo or a
// record, a number where the plan sets a target.
func (s *stage) prove(i int, d duty, by string) error {
	record, err := s.record(plan.Evidence, map[string]any{"duty": d.ID, "person": s.people[by].Id})
	if err != nil {
		return err
	}
	text := tell(i, d)
	if d.Document != "" {
		document, err := s.app.FindRecordById(documents.Documents, d.Document)
		if err != nil {
			return err
		}
		record.Load(map[string]any{"link_collection": documents.Documents, "link_id": d.Document})
		text = "《" + document.GetString("title") + "》起草情况见文件台账。"
		if n := document.GetString("number"); n != "" {
			text = fmt.Sprintf("《%s》已印发，文号%s。", document.GetString("title"), n)
		}
	}
	record.Set("text", text)
	if t := s.targets[d.Task]; t != nil && d.Person == "" {
		record.Load(map[string]any{"counted": true, "number": reached(i, t)})
	}
	if err := s.attach(i, record, d); err != nil {
		return err
	}
	return s.app.SaveWithContext(context.Background(), record)
}

// supplement is what somebody adds after a duty was returned.
func (s *stage) supplement(d duty, by string) error {
	record, err := s.record(plan.Evidence, map[string]any{
		"duty": d.ID, "person": s.people[by].Id, "text": "已按退回意见补齐：补充了签到表和全景照片。",
	})
	if err != nil {
		return err
	}
	photo, err := filesystem.NewFileFromBytes(s.photos[len(d.Title)%len(s.photos)], "补充照片.jpg")
	if err != nil {
		return err
	}
	record.Set("files", photo)
	return s.app.SaveWithContext(context.Background(), record)
}

func tell(i int, d duty) string {
	for _, t := range told {
		if strings.Contains(d.Title, t.words) && (t.kind == "" || t.kind == d.Kind) {
			n := 18 + i%9
			return strings.NewReplacer("{when}", spoken(d.Period), "{n}", strconv.Itoa(n), "{m}", strconv.Itoa(n-i%4)).Replace(t.text)
		}
	}
	return "已完成。"
}

// spoken is a period in words: 2026-Q1 is 一季度. A day or a year says nothing
// that the sentence needs.
func spoken(period string) string {
	_, part, _ := strings.Cut(period, "-")
	quarters := map[string]string{"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度", "H1": "上半年", "H2": "下半年"}
	switch {
	case quarters[part] != "":
		return quarters[part]
	case strings.HasPrefix(part, "W"):
		return "第" + strings.TrimPrefix(strings.TrimPrefix(part, "W"), "0") + "周"
	case len(part) == 2:
		return strings.TrimPrefix(part, "0") + "月"
	}
	return ""
}

// reached is how much of a target was reached, never less than it asks.
func reached(i int, t *core.Record) float64 {
	low, high := t.GetFloat("min"), t.GetFloat("max")
	switch {
	case !t.GetBool("has_min"):
		return high
	case t.GetString("unit") == "%":
		return min(low+float64(i%5), 100)
	case !t.GetBool("has_max"):
		return low + float64(i%3)
	}
	return min(low+float64(i%2), high)
}

// attach adds a photo to every third piece of evidence and a written record to
// every seventh.
func (s *stage) attach(i int, record *core.Record, d duty) error {
	var files []*filesystem.File
	add := func(raw []byte, name string) error {
		file, err := filesystem.NewFileFromBytes(raw, name)
		files = append(files, file)
		return err
	}
	if i%3 == 0 {
		if err := add(s.photos[i%len(s.photos)], fmt.Sprintf("现场照片%d.jpg", i%len(s.photos)+1)); err != nil {
			return err
		}
	}
	if i%7 == 0 {
		text := fmt.Sprintf("%s\r\n\r\n期次：%s\r\n期限：%s\r\n%s\r\n\r\n（演示材料，内容均为虚构）\r\n", d.Title, d.Period, d.Due, tell(i, d))
		if err := add([]byte(text), "记录.txt"); err != nil {
			return err
		}
	}
	if len(files) > 0 {
		record.Set("files", files)
	}
	return nil
}
