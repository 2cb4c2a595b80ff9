package exchange

import (
	"fmt"
	"time"

	"yaodian/hooks/kit"
)

// State is how far an import or export has come.
type State string

// The states of an import; an export knows only Running, Done, Failed and Expired.
const (
	Uploaded   State = "uploaded"
	Previewing State = "previewing"
	Ready      State = "ready"
	Applying   State = "applying"
	Done       State = "done"
	Failed     State = "failed"
	Undone     State = "undone"
	Expired    State = "expired"
	Running    State = "running"
)

// Keep is how long files and rows are kept, and how long an import can be undone.
const Keep = 24 * time.Hour

// Action is what a row does.
type Action string

// The actions of rows.
const (
	Add     Action = "new"
	Change  Action = "changed"
	Same    Action = "same"
	Refused Action = "error"
)

// CheckApply: what is applied has been previewed, and either has no faulty row
// or is meant to leave those out.
func CheckApply(state State, faulty int, partial bool) error {
	if state != Ready {
		return kit.Reject("state", "exchange_not_ready", "这次导入现在不能写入，请刷新页面看看它的状态。")
	}
	if faulty > 0 && !partial {
		return kit.Reject("partial", "exchange_faulty", fmt.Sprintf("还有 %d 行有错误，请改好表格重新上传，或者选择跳过这些行。", faulty))
	}
	return nil
}

// CheckUndo: an import is undone within a day.
func CheckUndo(state State, applied, now time.Time) error {
	if state != Done {
		return kit.Reject("state", "exchange_not_done", "只有已经写入的导入可以撤销。")
	}
	if now.Sub(applied) > Keep {
		return kit.Reject("state", "exchange_undo_late", "导入已经超过一天，不能整批撤销，请逐条更正。")
	}
	return nil
}

// Outdated reports whether what was kept since a moment is due for removal.
func Outdated(since, now time.Time) bool { return now.Sub(since) > Keep }

// Counts is what the rows of an import do.
type Counts struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Faulty  int `json:"faulty"`
}

// Count adds a row.
func (c *Counts) Count(a Action) {
	switch a {
	case Add:
		c.Added++
	case Change:
		c.Changed++
	case Same:
		c.Same++
	case Refused:
		c.Faulty++
	}
}

// Rows is how many there are.
func (c Counts) Rows() int { return c.Added + c.Changed + c.Same + c.Faulty }

func (c Counts) String() string {
	return fmt.Sprintf("共 %d 行：新增 %d，修改 %d，不变 %d，有错误 %d。", c.Rows(), c.Added, c.Changed, c.Same, c.Faulty)
}

// MaskIdentity hides the middle of an identity number.
func MaskIdentity(id string) string {
	if len(id) < 15 {
		return "***"
	}
	return id[:6] + "********" + id[len(id)-4:]
}
