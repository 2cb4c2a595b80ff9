package schedule

// Course is how a duty went, as far as it is written down: the days, in
// Beijing, on which somebody last did something about it.
type Course struct {
	State     State  `db:"state"`
	Opens     string `db:"opens"`
	Due       string `db:"due"`
	Submitted string `db:"submitted"` // empty: not
	Accepted  string `db:"accepted"`  // or returned
	Exempted  string `db:"exempted"`
}

// AsOf is the state that a duty had at the end of a day: what had been decided
// by then, and otherwise what the calendar said. Of a duty that was returned
// and submitted again only the last round is known.
func (c Course) AsOf(day string) State {
	switch {
	case c.State == Exempted && c.Exempted <= day:
		return Exempted
	case (c.State == Done || c.State == MadeUp || c.State == Returned) && c.Accepted <= day:
		return c.State
	case c.Submitted != "" && c.Submitted <= day:
		return Submitted
	}
	return Next(Upcoming, day, c.Opens, c.Due)
}
