package people_test

import (
	"strings"
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/people"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, password, want string }{
		{"letters and digits", "Yaodian2027", ""},
		{"eight characters", "abcdef12", ""},
		{"Chinese counts as letters", "清河街道党工委1", ""},
		{"seven characters", "abcde12", "people_password_weak"},
		{"letters alone", "abcdefgh", "people_password_weak"},
		{"digits alone", "12345678", "people_password_weak"},
		{"signs alone", "!!!!!!!!", "people_password_weak"},
		{"empty", "", "people_password_weak"},
		{"the old one", "Yaodian2026", "people_password_same"},
		{"the number in it", "x10111yz", "people_password_weak"},
		{"the mobile in it", "a13800138000", "people_password_weak"},
		{"as long as bcrypt reads", strings.Repeat("a", 69) + "1", ""},
		{"longer than bcrypt reads", strings.Repeat("a", 70) + "1", "people_password_long"},
		{"longer in bytes", strings.Repeat("清", 24) + "1", "people_password_long"},
	} {
		apptest.Refused(t, c.name, people.CheckPassword(c.password, "Yaodian2026", "10111", "13800138000"), c.want)
	}
	apptest.Refused(t, "without number and mobile", people.CheckPassword("abcdef12", "", "", ""), "")
}

func TestCheckLock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 10, 0, 0, 0, kit.Beijing)
	apptest.Refused(t, "never locked", people.CheckLock(time.Time{}, now), "")
	apptest.Refused(t, "locked until now", people.CheckLock(now, now), "")
	apptest.Refused(t, "locked for another second", people.CheckLock(now.Add(time.Second), now), "people_locked")
	if err := people.CheckLock(now.Add(time.Minute).UTC(), now); !strings.Contains(err.Error(), "10:01") {
		t.Errorf("Expected the time in Beijing, got %v", err)
	}
}
