package people

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"yaodian/hooks/kit"
)

// Active is the state in which a person may sign in.
const Active = "active"

const (
	// MaxFailures is how many wrong passwords in a row lock an account.
	MaxFailures = 5
	// LockFor is how long a locked account stays closed.
	LockFor = 15 * time.Minute
	// MinPassword is the least number of characters of a password.
	MinPassword = 8
)

// CheckLock: a locked account can't sign in before its time is over.
func CheckLock(until, now time.Time) error {
	if !now.Before(until) {
		return nil
	}
	return kit.Forbid("people_locked", fmt.Sprintf("密码连续输错 %d 次，账号已锁定，请在 %s 以后再试，或请党建办重设密码。",
		MaxFailures, until.In(kit.Beijing).Format("15:04")))
}

// CheckPassword: a password has at least eight characters with letters and
// digits, differs from the old one, and isn't built around the person's number
// or mobile.
func CheckPassword(password, old string, known ...string) error {
	var letter, digit bool
	for _, r := range password {
		letter = letter || unicode.IsLetter(r)
		digit = digit || unicode.IsDigit(r)
	}
	switch {
	case len([]rune(password)) < MinPassword || !letter || !digit:
		return kit.Reject("new", "people_password_weak", fmt.Sprintf("新密码至少 %d 位，并且字母和数字都要有。", MinPassword))
	case len(password) > 70:
		return kit.Reject("new", "people_password_long", "新密码太长，请不要超过 70 个字符。")
	case password == old:
		return kit.Reject("new", "people_password_same", "新密码不能和原密码相同。")
	}
	for _, k := range known {
		if k != "" && strings.Contains(password, k) {
			return kit.Reject("new", "people_password_weak", "新密码里不要包含工号或手机号。")
		}
	}
	return nil
}
