package privacy

import (
	"net/http"
	"net/url"
	"regexp"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/kit"
	"yaodian/hooks/org"
	"yaodian/hooks/people"
	"yaodian/hooks/people/idno"
)

// findByNumber finds who has an identity number, within reach of the power over
// sensitive fields. The number comes in the body and is looked up by its hash;
// a hit is a look and is written down.
func findByNumber(e *core.RequestEvent) error {
	var form struct {
		Number string `json:"id_no"`
		Reason string `json:"reason"`
	}
	if err := e.BindBody(&form); err != nil {
		return e.BadRequestError("", err)
	}
	if err := mayFind(e); err != nil {
		return err
	}
	n, err := people.ParseNumber(form.Number, kit.Today(e.App))
	if err != nil {
		return e.BadRequestError("", err)
	}
	if err := CheckReveal([]string{number}, form.Reason, false); err != nil {
		return e.BadRequestError("", err)
	}
	same, err := people.ByNumber(e.App, n)
	if err != nil {
		return err
	}
	found := []*core.Record{}
	err = e.App.RunInTransaction(func(tx core.App) error {
		err := tx.RecordQuery(people.People).AndWhere(same).AndWhere(people.InReach(e, "org_path", "people.sensitive")).Limit(1).All(&found)
		if err != nil || len(found) == 0 {
			return err
		}
		return Note(tx, e, found[0], []string{"match"}, form.Reason)
	})
	if err != nil {
		return err
	}
	if err := apis.EnrichRecords(e, found); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, map[string]any{"items": found})
}

// mayFind: the caller holds the power over sensitive fields somewhere.
func mayFind(e *core.RequestEvent) error {
	if e.HasSuperuserAuth() {
		return nil
	}
	powers, err := org.Powers(e.App, e.Auth.Id, kit.Today(e.App))
	if err == nil && len(powers["people.sensitive"]) == 0 {
		err = kit.Forbid("people_find_forbidden", "您没有按身份证号查找的职权。")
	}
	return err
}

var longDigits = regexp.MustCompile(`\d{17}[\dXx]`)

// refuseNumbersInURL: an identity number never stands in an address, where logs
// and histories would keep it. It runs before the request is logged.
func refuseNumbersInURL(e *core.RequestEvent) error {
	address, err := url.PathUnescape(e.Request.URL.RequestURI())
	if err != nil {
		address = e.Request.URL.RequestURI()
	}
	for _, found := range longDigits.FindAllString(address, -1) {
		if _, err := idno.Parse(found, kit.Today(e.App)); err == nil {
			return e.BadRequestError("", kit.Reject(number, "people_id_no_in_url", "身份证号不能写在网址里，请用“按身份证号查找”。"))
		}
	}
	return e.Next()
}
