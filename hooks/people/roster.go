package people

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cast"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people/idno"
	"yaodian/hooks/people/keys"
)

// What is sent with a person and never stored as it is: the identity number is
// sealed, the rest goes into the log of changes.
const (
	number         = "id_no"
	numberSealed   = "id_no_sealed"
	numberHash     = "id_no_hash"
	statusSince    = "status_since"
	statusReason   = "status_reason"
	statusDocument = "status_document"
	statusBy       = "status_by"
)

var (
	sentOnly   = []string{number, statusSince, statusReason, statusDocument}
	sentHidden = []string{"birth_date", "mobile", "tel", "address"}
)

// takeHidden takes from a request what PocketBase drops: fields that clients
// write and never read back, and those that aren't stored.
func takeHidden(e *core.RecordRequestEvent) error {
	body := map[string]any{}
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("", err)
	}
	for _, list := range [][]string{sentOnly, sentHidden} {
		for _, field := range list {
			if value, sent := body[field]; sent {
				e.Record.Set(field, cast.ToString(value))
			}
		}
	}
	if e.Auth != nil && !e.HasSuperuserAuth() {
		e.Record.SetRaw(statusBy, e.Auth.Id)
	}
	return e.Next()
}

// rosterFields are what CheckRoster and CheckNumber judge.
var rosterFields = []string{
	"kind", "gender", "birth_date", "join_date", "full_date", "full_note", "membership_state", "lost", "lost_since", "floating", "flow_to",
}

// settleRoster fills in what follows from other fields and holds what has
// changed to the rules. What was stored before the rules isn't judged until
// somebody touches it.
func settleRoster(app core.App, r, stored *core.Record) error {
	full, initials := Pinyin(r.GetString("name"))
	r.Set("pinyin", full)
	r.Set("initials", initials)
	if kind := r.GetString("kind"); r.GetString("membership_state") == "" && (kind == Member || kind == Probationary) {
		r.Set("membership_state", "normal")
	}
	fresh, err := sealNumber(app, r, stored)
	if err != nil {
		return err
	}
	changed := stored == nil || fresh
	if !changed {
		_, changed = kit.Changed(r, stored, rosterFields...)
	}
	if !changed {
		return nil
	}
	if err := matchNumber(app, r, fresh); err != nil {
		return err
	}
	return CheckRoster(rosterOf(r), kit.Today(app))
}

func rosterOf(r *core.Record) Roster {
	return Roster{
		Kind: r.GetString("kind"), Gender: r.GetString("gender"), Birth: r.GetString("birth_date"),
		Join: r.GetString("join_date"), Full: r.GetString("full_date"), Note: r.GetString("full_note"),
		Membership: r.GetString("membership_state"), Lost: r.GetBool("lost"), Floating: r.GetBool("floating"),
		LostSince: r.GetString("lost_since"), FlowTo: r.GetString("flow_to"),
	}
}

// sealNumber replaces an identity number that was sent by its sealed form, and
// reports whether there was one. Nobody sets the sealed form directly.
func sealNumber(app core.App, r, stored *core.Record) (fresh bool, err error) {
	defer r.Hide(append([]string{statusBy}, sentOnly...)...)
	for _, field := range []string{numberSealed, numberHash} {
		value := ""
		if stored != nil {
			value = stored.GetString(field)
		}
		r.SetRaw(field, value)
	}
	if r.GetRaw(number) == nil {
		return false, nil
	}
	n, err := ParseNumber(r.GetString(number), kit.Today(app))
	if err != nil {
		return false, err
	}
	r.SetRaw(number, nil)
	if n.Text == "" {
		r.SetRaw(numberSealed, "")
		r.SetRaw(numberHash, "")
		return false, nil
	}
	ring, err := keys.Ring(app)
	if err != nil {
		return false, err
	}
	if err := checkTaken(app, r.Id, n); err != nil {
		return false, err
	}
	r.SetRaw(numberSealed, ring.Seal(keys.Place(People, number, r.Id), n.Text))
	r.SetRaw(numberHash, ring.Hash(keys.Purpose(People, number), n.Text))
	return true, nil
}

// checkTaken: an identity number belongs to one person in the whole system. It
// doesn't say to whom: that may be out of reach.
func checkTaken(app core.App, id string, n idno.Number) error {
	same, err := ByNumber(app, n)
	if err != nil {
		return err
	}
	others, err := app.CountRecords(People, same, dbx.Not(dbx.HashExp{"id": id}))
	if err != nil {
		return err
	}
	if others > 0 {
		return kit.Reject(number, "people_id_no_taken", "这个身份证号已经登记在另一个人名下，请核对。")
	}
	return nil
}

// matchNumber compares birthday and sex with the identity number. With a new
// number, what is empty is read from it.
func matchNumber(app core.App, r *core.Record, fresh bool) error {
	text, err := NumberOf(app, r)
	if err != nil || text == "" {
		return err
	}
	n, err := idno.Parse(text, kit.Today(app))
	if err != nil {
		return fmt.Errorf("identity number of %s: %w", r.Id, err)
	}
	if fresh && r.GetString("birth_date") == "" {
		r.Set("birth_date", n.Birth)
	}
	if fresh && r.GetString("gender") == "" {
		r.Set("gender", n.Gender)
	}
	return CheckNumber(n, r.GetString("gender"), r.GetString("birth_date"))
}

// NumberOf opens a person's identity number; empty where there is none.
func NumberOf(app core.App, r *core.Record) (string, error) {
	sealed := r.GetString(numberSealed)
	if sealed == "" {
		return "", nil
	}
	ring, err := keys.Ring(app)
	if err != nil {
		return "", err
	}
	return ring.Open(keys.Place(People, number, r.Id), sealed)
}

// showMasked gives a record what its reader may see of the hidden fields, and
// what follows from them today. Nothing of it is stored.
func showMasked(e *core.RecordEnrichEvent) error {
	r, today := e.Record, kit.Today(e.App)
	text, err := NumberOf(e.App, r)
	if err != nil {
		e.App.Logger().Error("An identity number can't be opened", "person", r.Id, "error", err)
	}
	r.Hide(append([]string{statusBy}, sentOnly...)...)
	r.WithCustomData(true)
	r.SetRaw("masked", map[string]string{
		number: idno.Mask(text), "birth_date": MaskBirth(r.GetString("birth_date")), "mobile": MaskMobile(r.GetString("mobile")),
		"tel": MaskTel(r.GetString("tel")), "address": MaskAddress(r.GetString("address")),
	})
	computed := map[string]any{"probation_end": ProbationEnd(r.GetString("kind"), r.GetString("join_date"))}
	for name, since := range map[string]string{"age": r.GetString("birth_date"), "party_age": r.GetString("full_date")} {
		if years := Age(since, today); years >= 0 {
			computed[name] = years
		}
	}
	r.SetRaw("computed", computed)
	return e.Next()
}

// ByNumber is the condition that a person has an identity number, under
// whichever key its hash was made.
func ByNumber(app core.App, n idno.Number) (dbx.Expression, error) {
	hashes, err := NumberHashes(app, n.Text)
	if err != nil {
		return nil, err
	}
	values := make([]any, len(hashes))
	for i, h := range hashes {
		values[i] = h
	}
	return dbx.In(numberHash, values...), nil
}

// NumberHashes are what an identity number's hash may be, under each key.
func NumberHashes(app core.App, text string) ([]string, error) {
	ring, err := keys.Ring(app)
	if err != nil {
		return nil, err
	}
	return ring.Hashes(keys.Purpose(People, number), text), nil
}

// InReach is the condition that column lies where the caller holds a power
// today. The system keeper reaches everything.
func InReach(e *core.RequestEvent, column, power string) dbx.Expression {
	if e.HasSuperuserAuth() {
		return dbx.NewExp("1 = 1")
	}
	return org.InReach(column, e.Auth.Id, power, kit.Today(e.App))
}

// May answers whether the caller holds a power over a person.
func May(e *core.RequestEvent, power string, person *core.Record) (bool, error) {
	return org.May(e, person.GetString("org_path"), power)
}
