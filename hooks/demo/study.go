package demo

import (
	"fmt"
	"time"

	"yaodian/hooks/kit"
	"yaodian/hooks/study"
)

// saveStudy gives the centre group its plan, the first branch some hours, and
// the activists their class.
func (l *loader) saveStudy() error {
	kit.SetNow(l.app, l.now)
	if _, err := l.save(study.Plans, map[string]any{
		"org": l.units[root], "title": fmt.Sprintf("%d年中心组学习计划", l.year), "scope": "center_group", "year": l.year, "person": l.byNumber(10006),
		"schedule": "每季度最后一个月第二周", "content": "党的创新理论、上级全会精神、党纪党规", "requirements": "人人发言，缺席的 10 日内补课", "assessment": "年底由党工委考核",
	}); err != nil {
		return err
	}
	for i, number := range []int{10101, 10102, 10103, 10104, 10105, 10111} {
		day := l.on(time.January, 10+i)
		if day.After(l.now) {
			continue
		}
		if _, err := l.save(study.Records, map[string]any{
			"org": l.units["/qh/zb1/"], "person": l.byNumber(number), "studied_on": day.Format(time.DateOnly), "tenths": study.HalfDay, "source": "class", "title": "党员集中培训",
		}); err != nil {
			return err
		}
	}
	return l.teach()
}

// teach is the class of the activists, what was read, and a test on it.
func (l *loader) teach() error {
	b := &book{loader: l}
	for i, m := range []map[string]any{
		{"title": "中国共产党纪律处分条例", "kind": "regulation", "source": "中央文件"}, {"title": "中国共产党支部工作条例", "kind": "regulation", "source": "中央文件"},
		{"title": "上级全会精神学习提纲", "kind": "theory", "source": "区委宣传部"}, {"title": "关于加强党的政治建设的意见", "kind": "policy", "source": "中央文件"},
	} {
		b.put(l.on(time.January, 12+i), study.Materials, plus(m, map[string]any{"org": l.units[root]}))
	}
	class := b.put(l.on(time.April, 20), study.Classes, map[string]any{
		"org": l.units[root], "title": "第三期教育辅导班", "session_no": 3, "kind": "activist_new_member", "tenths": 240, "starts_on": l.iso(time.May, 18), "ends_on": l.iso(time.May, 20),
	})
	b.turn(l.on(time.May, 18), study.Classes, class, map[string]any{"state": "running"})
	for i, person := range []string{l.hand(1, 27), l.hand(1, 28), l.hand(1, 29), l.hand(2, 26), l.hand(2, 27), l.hand(3, 25), l.hand(3, 26)} {
		data := map[string]any{"class": class, "person": person, "present": i < 6, "passed": i < 6}
		if i < 6 {
			data["certificate"] = fmt.Sprintf("%d-3-%02d", l.year, i+1)
		}
		b.put(l.on(time.May, 20), study.Enrolments, data, class)
	}
	b.turn(l.on(time.May, 20), study.Classes, class, map[string]any{"state": "closed"})

	quiz := b.put(l.on(time.July, 6), study.Quizzes, map[string]any{
		"org": l.units[root], "title": "党纪党规测试", "version": 1, "pass": 80, "opens": l.iso(time.July, 6), "closes": l.iso(time.July, 10), "paper": "一、六大纪律是哪些？\n二、发展党员要经过哪几个阶段？",
	})
	b.turn(l.on(time.July, 6), study.Quizzes, quiz, map[string]any{"state": "open"})
	for i := range 6 {
		answer := b.put(l.on(time.July, 8), study.Answers, map[string]any{"quiz": quiz, "person": l.hand(1+i%3, 11+i), "text": "一、政治、组织、廉洁、群众、工作、生活纪律。二、见学习提纲。"}, quiz)
		b.turn(l.on(time.July, 13), study.Answers, answer, map[string]any{"state": "marked", "score": 82 + 3*i, "marked_by": l.byNumber(10006)})
	}
	b.turn(l.on(time.July, 13), study.Quizzes, quiz, map[string]any{"state": "closed"})
	return b.err
}
