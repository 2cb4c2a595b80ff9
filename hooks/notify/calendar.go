package notify

import (
	"cmp"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"

	"yaodian/hooks/kit"
)

// zone is Beijing as calendars name it.
const zone = "Asia/Shanghai"

// Calendar writes entries as RFC 5545 has it. The same entries give the same
// bytes, whenever they are asked for. link makes an address of a route of the
// client; empty: there is none.
func Calendar(entries []Entry, link func(route string) string) string {
	c := ics.NewCalendarFor("要点")
	c.SetProductId("-//Yaodian//CN")
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName("要点")
	c.SetXWRTimezone(zone)
	c.SetXPublishedTTL("PT1H")
	c.SetRefreshInterval("PT1H")
	c.AddVTimezone(beijing())

	for _, e := range slices.SortedFunc(slices.Values(entries), func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) }) {
		event := c.AddEvent(e.ID + "@yaodian")
		event.SetDtStampTime(e.Changed)
		event.SetLastModifiedAt(e.Changed)
		event.SetSummary(Mask(e.Title))
		event.SetClass(ics.ClassificationPrivate)
		if at := link(e.Link); at != "" && e.Link != "" {
			event.SetURL(at)
		}
		place(event, e)
	}
	return c.Serialize(ics.WithNewLineWindows)
}

// place sets the time and the alarm: nine in the morning of the day before for
// what is due, an hour before a meeting.
func place(event *ics.VEvent, e Entry) {
	trigger := "-PT1H"
	if day, err := time.ParseInLocation(time.DateOnly, e.Day, kit.Beijing); err == nil {
		event.SetAllDayStartAt(day)
		event.SetAllDayEndAt(day.AddDate(0, 0, 1))
		event.SetTimeTransparency(ics.TransparencyTransparent)
		trigger = "-PT15H"
	} else {
		const local = "20060102T150405"
		event.SetProperty(ics.ComponentPropertyDtStart, e.Start.In(kit.Beijing).Format(local), ics.WithTZID(zone))
		event.SetProperty(ics.ComponentPropertyDtEnd, e.End.In(kit.Beijing).Format(local), ics.WithTZID(zone))
	}
	alarm := event.AddAlarm()
	alarm.SetAction(ics.ActionDisplay)
	alarm.SetProperty(ics.ComponentPropertyDescription, Mask(e.Title))
	alarm.SetTrigger(trigger)
}

// beijing is eight hours ahead, all year round.
func beijing() *ics.VTimezone {
	tz := ics.NewTimezone(zone)
	standard := tz.AddStandard()
	standard.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0800")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0800")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzname), "CST")
	return tz
}
