package audit

import (
	"fmt"
	"strconv"

	"yaodian/hooks/kit"
)

// Entry is one line of the trail, column by column as it is stored.
type Entry struct {
	ID         string `json:"id"`
	Seq        int64  `json:"seq"`
	At         string `json:"at"`
	Month      string `json:"month"`
	ActorKind  string `json:"actor_kind"`
	Actor      string `json:"actor"`
	ActorName  string `json:"actor_name"`
	ActorPost  string `json:"actor_post"`
	OnBehalf   string `json:"on_behalf"`
	Origin     string `json:"origin"`
	Action     string `json:"action"`
	Collection string `json:"collection"`
	Record     string `json:"record"`
	Label      string `json:"label"`
	Org        string `json:"org"`
	Subject    string `json:"subject_person"`
	Changes    string `json:"changes"` // JSON
	Reason     string `json:"reason"`
	Prev       string `json:"prev"`
	Hash       string `json:"hash"`
	OrgPath    string `json:"org_path"` // outside the hash
}

// columns are the names of an entry's columns, in the order of the hash.
const columns = `id, seq, at, month, actor_kind, actor, actor_name, actor_post, on_behalf, origin, action, collection, record, label, org,
	subject_person, changes, reason, prev`

// hashed are the values of columns.
func (e *Entry) hashed() []string {
	return []string{
		e.ID, strconv.FormatInt(e.Seq, 10), e.At, e.Month, e.ActorKind, e.Actor, e.ActorName, e.ActorPost, e.OnBehalf, e.Origin, e.Action,
		e.Collection, e.Record, e.Label, e.Org, e.Subject, e.Changes, e.Reason, e.Prev,
	}
}

// Sum is the digest of all columns but the hash itself and org_path.
func (e *Entry) Sum() string { return kit.Digest(e.hashed()...) }

// idOf is the id of the entry with a sequence number: it sorts like the number.
func idOf(seq int64) string { return fmt.Sprintf("%015d", seq) }

// Break is the first place at which the chain doesn't hold.
type Break struct {
	Seq     int64  `json:"seq"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (b *Break) Error() string { return b.Message }

func broken(seq int64, code, format string, args ...any) *Break {
	return &Break{Seq: seq, Code: code, Message: fmt.Sprintf("第 %d 条留痕", seq) + fmt.Sprintf(format, args...)}
}

// Chain is how far a chain has been followed.
type Chain struct {
	Seq  int64  // of the last entry
	Hash string // of the last entry
}

// Add: an entry follows if its number is the next one, it carries the hash of
// the one before, and its own hash is that of its columns.
func (c *Chain) Add(e *Entry) error {
	switch want := c.Seq + 1; {
	case e.Seq > want:
		return broken(want, "audit_gap", "不见了：第 %d 条之后接着第 %d 条。", c.Seq, e.Seq)
	case e.Seq < want || e.ID != idOf(e.Seq):
		return broken(want, "audit_number", "的编号被改动过。")
	case e.Prev != c.Hash:
		return broken(e.Seq, "audit_link", "和上一条接不上：上一条或本条被换过。")
	case e.Hash != e.Sum():
		return broken(e.Seq, "audit_hash", "被改动过：内容和哈希对不上。")
	}
	c.Seq, c.Hash = e.Seq, e.Hash
	return nil
}
