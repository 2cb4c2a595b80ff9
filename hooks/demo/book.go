package demo

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"yaodian/hooks/kit"
)

// book enters records on the days on which it would have happened. What would
// be later than now isn't entered, nor what needs it. The first error stays.
type book struct {
	*loader
	err error
}

// put makes a record at ten on a day and gives its id; none where the day
// hasn't come or something that it needs isn't there.
func (b *book) put(day time.Time, collection string, data map[string]any, needs ...string) (id string) {
	if b.err != nil || !b.come(day) || slices.Contains(needs, "") {
		return ""
	}
	record, err := b.save(collection, data)
	if err != nil {
		b.err = fmt.Errorf("%s on %s: %w", collection, day.Format(time.DateOnly), err)
		return ""
	}
	return record.Id
}

// turn changes a record on a day; changes is what it turns into.
func (b *book) turn(day time.Time, collection, id string, changes map[string]any) {
	b.by(day, collection, id, changes, b.change)
}

// sign is turn for a step that signs a record which is fixed already: a request
// would sign it with whoever is signed in.
func (b *book) sign(day time.Time, collection, id string, changes map[string]any) {
	b.by(day, collection, id, changes, func(collection, id string, changes map[string]any) error {
		record, err := b.app.FindRecordById(collection, id)
		if err != nil {
			return err
		}
		record.Load(changes)
		return b.store(record)
	})
}

func (b *book) by(day time.Time, collection, id string, changes map[string]any, write func(string, string, map[string]any) error) {
	if b.err != nil || id == "" || !b.come(day) {
		return
	}
	if err := write(collection, id, changes); err != nil {
		b.err = fmt.Errorf("%s on %s: %w", collection, day.Format(time.DateOnly), err)
	}
}

// come moves the clock to a day, if it has come.
func (b *book) come(day time.Time) bool {
	at := day.Add(time.Hour)
	if at.After(b.now) {
		return false
	}
	kit.SetNow(b.app, at)
	return true
}

// iso writes a day of the year.
func (l *loader) iso(m time.Month, day int) string { return l.on(m, day).Format(time.DateOnly) }

// ago is a day of an earlier year.
func (l *loader) ago(years int, m time.Month, day int) string {
	return l.on(m, day).AddDate(-years, 0, 0).Format(time.DateOnly)
}

// number is a document number of the committee.
func (l *loader) number(n int) string { return fmt.Sprintf("清工委〔%d〕%d号", l.year, n) }

// zb is the path of a branch, head its secretary, and hand one of its people.
func zb(no int) string                  { return branches()[no-1] }
func (l *loader) head(no int) string    { return l.hand(no, 1) }
func (l *loader) hand(no, n int) string { return l.byNumber(10000 + no*100 + n) }
func plus(data map[string]any, more map[string]any) map[string]any {
	out := maps.Clone(data)
	maps.Copy(out, more)
	return out
}
