package demo

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/tools/filesystem"

	"yaodian/hooks/documents"
	"yaodian/hooks/kit"
)

// draft takes the document of a duty as far as the duty's fate goes: drafting
// two weeks before, review five days before, issue on the day.
func (s *stage) draft(i int, d fatedDuty, day time.Time) {
	if s.drafted[d.Document] {
		return // another duty for the same document
	}
	s.drafted[d.Document] = true
	issue := day.Add(-20 * time.Minute)
	begin := day.AddDate(0, 0, -14)
	if opens := s.moment(d.Opens, 9, 30); begin.Before(opens) {
		begin = opens
	}
	if earliest := s.start.Add(3 * time.Hour); begin.Before(earliest) {
		begin = earliest
	}
	if last := issue.Add(-time.Hour); begin.After(last) {
		begin = last
	}
	move := func(at time.Time, state documents.State) {
		s.at(at, func() error { return s.change(documents.Documents, d.Document, map[string]any{"state": string(state)}) })
	}
	move(begin, documents.Drafting)
	review := begin.Add(issue.Sub(begin) * 2 / 3)
	if d.fate == untouched || d.fate == begunOnly {
		if i%2 == 0 {
			move(review, documents.Reviewing)
		}
		return
	}
	move(review, documents.Reviewing)
	s.at(issue, func() error { return s.issue(d.Document) })
}

// issue prints a document with the next number, in the name of the committee
// and for all below it, whichever office has drafted it.
func (s *stage) issue(id string) error {
	document, err := s.app.FindRecordById(documents.Documents, id)
	if err != nil {
		return err
	}
	s.issued++
	number := fmt.Sprintf("清工委〔%d〕%d号", s.year, s.issued)
	title := document.GetString("title")
	text := fmt.Sprintf("%s\r\n\r\n%s\r\n\r\n（演示文件，正文从略）\r\n", number, title)
	file, err := filesystem.NewFileFromBytes([]byte(text), "正文.txt")
	if err != nil {
		return err
	}
	document.Load(map[string]any{
		"org": s.units[root], "state": string(documents.Issued), "number": number, "issued_on": kit.Today(s.app), "file": file,
	})
	return s.app.Save(document)
}

// saveDocuments adds what the plan doesn't promise: next year's papers, still
// in the making, and one that turned out not to be needed.
func (l *loader) saveDocuments() error {
	kit.SetNow(l.app, l.now)
	for _, d := range []struct {
		title, action string
		year          int
		state         documents.State
		note          string
	}{
		{"清河街道党工委%d年党建工作要点", "draft", l.year + 1, documents.Drafting, "提纲已定，正在征求各支部意见。"},
		{"清河街道党群服务中心管理办法", "revise", l.year, documents.Reviewing, "已征求意见，等待党工委会审议。"},
		{"清河街道干部教育培训%d年安排", "draft", l.year + 1, documents.Planned, ""},
		{"清河街道党建联席会议制度", "revise", l.year, documents.Void, "已并入《清河街道党工委会议规则》，不再单独修订。"},
	} {
		title := d.title
		if d.year > l.year {
			title = fmt.Sprintf(d.title, d.year)
		}
		record, err := l.save(documents.Documents, map[string]any{
			"org": l.units["/qh/djb/"], "title": title, "action": d.action, "year": d.year,
			"due": l.now.AddDate(0, 1, 0).Format(time.DateOnly), "state": string(documents.Planned),
		})
		if err != nil {
			return err
		}
		if d.state == documents.Planned {
			continue
		}
		record.Load(map[string]any{"state": string(d.state), "note": d.note})
		if err := l.app.Save(record); err != nil {
			return err
		}
	}
	return nil
}
