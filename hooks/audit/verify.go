package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
)

// Report is what a verification found.
type Report struct {
	Entries  int64  `json:"entries"`
	First    int64  `json:"first"` // 0: there is no entry
	Last     int64  `json:"last"`
	Head     string `json:"head"`     // hash of the last entry
	Archived int64  `json:"archived"` // entries up to this one are in archives
	Broken   *Break `json:"broken,omitempty"`
}

// Verify follows the whole chain: first through archives, in their order, then
// through the database in one read transaction, in memory that doesn't grow
// with it. heads are known from elsewhere, for example from paper. A chain that
// doesn't hold is a Report with Broken set, not an error.
func Verify(ctx context.Context, app core.App, archives []string, heads ...Chain) (Report, error) {
	v := &verifier{heads: map[int64][]string{}, files: map[int64]string{}, sums: map[int64]string{}}
	for _, head := range heads {
		v.heads[head.Seq] = append(v.heads[head.Seq], head.Hash)
	}
	db, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return v.report, errors.New("audit: verification inside a transaction")
	}
	err := db.TransactionalContext(ctx, &sql.TxOptions{ReadOnly: true}, func(tx *dbx.Tx) error {
		if err := v.prepare(tx); err != nil {
			return err
		}
		if err := v.followArchives(archives); err != nil {
			return err
		}
		if err := each(tx, 0, v.add); err != nil {
			return err
		}
		return v.finish()
	})
	if found := (*Break)(nil); errors.As(err, &found) {
		v.report.Broken, err = found, nil
	}
	return v.report, err
}

// verifier is one run of Verify.
type verifier struct {
	report  Report
	chain   Chain
	archive Chain              // the last entry that an archive has taken
	heads   map[int64][]string // hashes that must be found, by number
	paths   map[string]string  // where each organization hangs, by id
	files   map[int64]string   // SHA-256 of the archives, by their last entry
	sums    map[int64]string   // the same, as the chain says
}

func (v *verifier) prepare(tx *dbx.Tx) error {
	var anchors []struct {
		Seq  int64  `db:"seq"`
		Hash string `db:"hash"`
	}
	if err := tx.NewQuery("SELECT seq, hash FROM audit_anchors").All(&anchors); err != nil {
		return err
	}
	for _, a := range anchors {
		v.heads[a.Seq] = append(v.heads[a.Seq], a.Hash)
	}
	var units []struct {
		ID   string `db:"id"`
		Path string `db:"path"`
	}
	if err := tx.Select("id", "path").From(org.Units).All(&units); err != nil {
		return err
	}
	v.paths = map[string]string{"": ""}
	for _, u := range units {
		v.paths[u.ID] = u.Path
	}
	archive, err := lastArchive(tx)
	v.archive, v.report.Archived = archive, archive.Seq
	return err
}

// followArchives: the files follow each other, and the last one ends where the
// chain says that the last archive ended.
func (v *verifier) followArchives(files []string) error {
	for _, file := range files {
		sum, err := eachArchived(file, v.follow)
		if err != nil {
			return err
		}
		v.files[v.chain.Seq] = sum
	}
	if len(files) > 0 && v.chain != v.archive {
		return broken(v.chain.Seq, "audit_archive", "是所给存档的最后一条，和数据库里登记的最近一次存档对不上。")
	}
	v.chain = Chain{}
	return nil
}

// follow checks the next entry of an archive. The first file may begin anywhere.
func (v *verifier) follow(e *Entry) error {
	if v.chain.Seq == 0 {
		v.chain = Chain{e.Seq - 1, e.Prev}
	}
	if err := v.chain.Add(e); err != nil {
		return err
	}
	return v.remember(e)
}

// add checks the next entry of the database, and its place in the tree.
func (v *verifier) add(e *Entry) error {
	if v.report.First == 0 {
		v.begin(e)
	}
	if err := v.chain.Add(e); err != nil {
		return err
	}
	if e.Seq == v.archive.Seq && e.Hash != v.archive.Hash {
		return broken(e.Seq, "audit_archive", "和存档时登记的哈希不一致。")
	}
	if err := v.remember(e); err != nil {
		return err
	}
	if path, known := v.paths[e.Org]; !known {
		v.paths[e.Org] = e.OrgPath // the organization is gone; its entries still agree
	} else if path != e.OrgPath {
		return broken(e.Seq, "audit_path", "的所属组织路径被改动过。")
	}
	v.report.Entries, v.report.Last, v.report.Head = v.report.Entries+1, e.Seq, e.Hash
	return nil
}

// begin: the first entry is number one, or follows what has been archived.
// Archiving that was cut short has left some of what it may take.
func (v *verifier) begin(e *Entry) {
	v.report.First = e.Seq
	switch {
	case e.Seq == v.archive.Seq+1:
		v.chain = v.archive
	case e.Seq > 1 && e.Seq <= v.archive.Seq:
		v.chain = Chain{e.Seq - 1, e.Prev}
	}
}

// remember compares an entry with the heads that are known, and keeps what it
// says of an archive.
func (v *verifier) remember(e *Entry) error {
	if e.Action == string(Archived) {
		var said struct{ SHA256 [2]string }
		if to, err := strconv.ParseInt(e.Record, 10, 64); err == nil && json.Unmarshal([]byte(e.Changes), &said) == nil {
			v.sums[to] = said.SHA256[1]
		}
	}
	for _, hash := range v.heads[e.Seq] {
		if hash != e.Hash {
			return broken(e.Seq, "audit_head", "和当时留存的哈希不一致：之前的留痕被改写过。")
		}
	}
	return nil
}

// finish: the end isn't before a head that is known, and the archives are the
// very files that were written.
func (v *verifier) finish() error {
	for _, to := range slices.Sorted(maps.Keys(v.files)) {
		if v.sums[to] != v.files[to] {
			return broken(to, "audit_archive", "所在的存档文件和登记的 SHA-256 不一致。")
		}
	}
	for _, seq := range slices.Sorted(maps.Keys(v.heads)) {
		if seq > v.report.Last {
			return broken(v.report.Last+1, "audit_cut", "起不见了：留存的记录表明至少有 %d 条。", seq)
		}
	}
	return nil
}

// lastArchive is where the last archive ended, as its entry in the chain says.
// One that says no number has been tampered with: the chain will find it.
func lastArchive(db dbx.Builder) (Chain, error) {
	var number, hash string
	err := db.NewQuery("SELECT record, label FROM audit_entries WHERE action = 'archive' ORDER BY seq DESC LIMIT 1").Row(&number, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Chain{}, nil
	}
	if err != nil {
		return Chain{}, err
	}
	seq, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return Chain{}, nil
	}
	return Chain{seq, hash}, nil
}

// each streams the entries after a number in the order of the chain.
func each(db dbx.Builder, after int64, fn func(*Entry) error) error {
	rows, err := db.NewQuery("SELECT " + columns + ", hash, org_path FROM audit_entries WHERE id > {:after} ORDER BY id").
		Bind(dbx.Params{"after": idOf(after)}).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	last := after
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return broken(last+1, "audit_unreadable", "读不出来：有一项被改动过。")
		}
		if err := fn(e); err != nil {
			return err
		}
		last = e.Seq
	}
	return rows.Err()
}

func scan(rows *dbx.Rows) (*Entry, error) {
	e := &Entry{}
	return e, rows.Scan(&e.ID, &e.Seq, &e.At, &e.Month, &e.ActorKind, &e.Actor, &e.ActorName, &e.ActorPost, &e.OnBehalf, &e.Origin, &e.Action,
		&e.Collection, &e.Record, &e.Label, &e.Org, &e.Subject, &e.Changes, &e.Reason, &e.Prev, &e.Hash, &e.OrgPath)
}
