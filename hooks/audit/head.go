package audit

import (
	"database/sql"
	"errors"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
)

// Head is where the trail ends, and the last day whose end was kept. Whoever
// writes both down can prove later that nothing was cut off.
type Head struct {
	Seq    int64  `json:"seq"`
	Hash   string `json:"hash"`
	Anchor struct {
		Day  string `json:"day" db:"day"`
		Seq  int64  `json:"seq" db:"seq"`
		Hash string `json:"hash" db:"hash"`
	} `json:"anchor"`
}

// showHead answers officers who read the trail.
func showHead(e *core.RequestEvent) error {
	if !e.HasSuperuserAuth() {
		powers, err := org.Powers(e.App, e.Auth.Id, kit.Today(e.App))
		if err != nil {
			return err
		}
		if len(powers["audit"]) == 0 {
			return kit.Forbid("audit_no_power", "您没有查看留痕的权限。")
		}
	}
	end, err := headOf(e.App)
	if err != nil {
		return err
	}
	head := Head{Seq: end.Seq, Hash: end.Hash}
	err = e.App.DB().Select("day", "seq", "hash").From(Anchors).OrderBy("day DESC").Limit(1).One(&head.Anchor)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return e.JSON(http.StatusOK, head)
}
