package notify

import (
	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/people"
)

// tellRevealed tells a person that somebody has opened sensitive fields of
// theirs, and why. The look is written down whether or not this succeeds.
func tellRevealed(e *core.RecordEvent) error {
	look := e.Record
	if look.GetString("by") == look.GetString("person") {
		return e.Next()
	}
	title, body := RevealNotice(viewerOf(e.App, look), look.GetStringSlice("shown"), Mask(look.GetString("reason")))
	err := e.App.RunInTransaction(func(tx core.App) error {
		return Send(tx, e.Context, Message{Person: look.GetString("person"), Kind: Account, Title: title, Body: body, Link: "#/me/seen"})
	})
	if err != nil {
		e.App.Logger().Error("Nobody was told of a look", "reveal", look.Id, "error", err)
	}
	return e.Next()
}

// viewerOf is who looked, by office and name.
func viewerOf(app core.App, look *core.Record) string {
	post := look.GetString("post")
	by, err := app.FindRecordById(people.People, look.GetString("by"))
	if err != nil {
		return post
	}
	return post + by.GetString("name")
}
