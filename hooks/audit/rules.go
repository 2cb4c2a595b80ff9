package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"time"

	"yaodian/hooks/kit"
)

// Action is what was done.
type Action string

// The actions of the trail.
const (
	Create       Action = "create"
	Update       Action = "update"
	Delete       Action = "delete"
	Decision     Action = "decision"
	Reveal       Action = "reveal"
	Export       Action = "export"
	SignIn       Action = "signin"
	SignInFailed Action = "signin_failed"
	Impersonate  Action = "impersonate"
	SQL          Action = "sql"
	Backup       Action = "backup"
	Archived     Action = "archive"
)

const (
	// longest is how many characters of a value are kept whole.
	longest = 200
	// beginning is how many remain of a longer one.
	beginning = 80
	// MinAge is the least age of what may be archived. Sign-ins are to be kept at
	// hand for six months; a year leaves no doubt.
	MinAge = 365 * 24 * time.Hour
)

// Short keeps a long text as its beginning, its length and a digest, by which
// somebody who has the text can prove that it was this one.
func Short(s string) string {
	if len(s) <= longest {
		return s
	}
	runes := []rune(s)
	if len(runes) <= longest {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return fmt.Sprintf("%s…（共 %d 字，SHA-256 %s）", string(runes[:beginning]), len(runes), hex.EncodeToString(sum[:8]))
}

// Clip cuts a text to what a column holds.
func Clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "�")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// Origin is the network that an address belongs to: enough to see that many
// accounts are tried from one place, too little to recognize a device.
func Origin(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap()
	bits := 48
	if ip.Is4() {
		bits = 24
	}
	network, err := ip.WithZone("").Prefix(bits)
	if err != nil {
		return ""
	}
	return network.String()
}

var (
	literals = regexp.MustCompile(`'(?:[^']|'')*'?|\b0[xX][0-9a-fA-F]+\b|\b\d+(?:\.\d+)?\b`)
	writing  = regexp.MustCompile(`(?i)\b(?:insert|update|delete|replace|drop|alter|create|pragma|attach|reindex|vacuum)\b`)
)

// MaskSQL takes the values out of a statement: they may be anybody's.
func MaskSQL(query string) string { return literals.ReplaceAllString(query, "?") }

// CheckSQL: the SQL console reads the trail but doesn't touch its tables and
// triggers.
func CheckSQL(query string) error {
	if strings.Contains(strings.ToLower(query), "audit_") && writing.MatchString(MaskSQL(query)) {
		return kit.Forbid("audit_append_only", "留痕只能查询，不能用 SQL 改动。")
	}
	return nil
}

// Flood slows down what anybody can cause without an account: one entry a
// minute, which says how many came in between.
type Flood struct {
	Until  time.Time
	Missed int
}

// Admit reports whether an attempt at now is noted, and for how many before it.
func (f Flood) Admit(now time.Time) (next Flood, missed int, ok bool) {
	if now.Before(f.Until) {
		return Flood{f.Until, f.Missed + 1}, 0, false
	}
	return Flood{Until: now.Add(time.Minute)}, f.Missed, true
}

// CheckArchive: only entries from before a day that is at least a year ago are
// archived.
func CheckArchive(before string, now time.Time) error {
	day, err := time.ParseInLocation(time.DateOnly, before, kit.Beijing)
	if err != nil {
		return kit.Reject("before", "audit_archive_date", "请写明存档到哪一天为止，例如 2023-01-01。")
	}
	if now.Sub(day) < MinAge {
		return kit.Reject("before", "audit_archive_young", "只能存档一年以前的留痕，请换一个更早的日期。")
	}
	return nil
}
