package notify

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"yaodian/hooks/kit"
	"yaodian/hooks/notify/outside"
)

// Kind says what a message is about.
type Kind string

// The kinds of messages.
const (
	Duty     Kind = "duty"
	Plan     Kind = "plan"
	Approval Kind = "approval"
	Account  Kind = "account"
	System   Kind = "system"
)

// Via is how a message leaves the house.
type Via string

// The ways out.
const (
	Mail     Via = "mail"
	WeCom    Via = "wecom"
	DingTalk Via = "dingtalk"
	Feishu   Via = "feishu"
)

// State is how far a delivery has come.
type State string

// The states of a delivery.
const (
	Due        State = "due"
	Sent       State = "sent"
	Failed     State = "failed"
	Suppressed State = "suppressed"
)

// Reason is why a message isn't sent by a channel.
type Reason string

// The reasons, from the house to the person.
const (
	NoServer Reason = "no_server" // the house has no mail server
	Inactive Reason = "inactive"  // the person has left
	Closed   Reason = "closed"    // the organization doesn't send this kind by this channel
	Unwanted Reason = "unwanted"  // the person doesn't want this kind by mail
	NoEmail  Reason = "no_email"  // the person has no address
	Read     Reason = "read"      // the person has read it meanwhile
)

// Facts are what decides whether a message goes out.
type Facts struct {
	Via      Via
	Kind     Kind
	Server   bool // there is a mail server
	Active   bool // the person is
	Open     bool // the organization sends this kind by this channel
	Unwanted []Kind
	Email    string
	Read     bool
}

// Withhold: a message goes out unless one of the reasons speaks against it.
// What a person chooses or reads concerns their own mail, not the group's robot.
func Withhold(f Facts) Reason {
	switch {
	case f.Via == Mail && !f.Server:
		return NoServer
	case !f.Active:
		return Inactive
	case !f.Open:
		return Closed
	case f.Via != Mail:
		return ""
	case slices.Contains(f.Unwanted, f.Kind):
		return Unwanted
	case f.Email == "":
		return NoEmail
	case f.Read:
		return Read
	}
	return ""
}

// MaxTries is how often a delivery is tried before it has failed.
const MaxTries = 6

// Backoff is how long to wait after the n-th try: 1, 4, 16, 64, 256 minutes.
func Backoff(n int) time.Duration { return time.Minute << (2 * min(max(n-1, 0), MaxTries)) }

// Outcome is what a try has led to.
type Outcome struct {
	State State
	At    time.Time // of the next try
}

// After: a delivery is tried again after longer and longer waits, never in
// quiet hours, and has failed when the tries are used up or another would be
// refused like this one. wait is what the other side asks for.
func After(tries int, hopeless bool, wait time.Duration, quiet Quiet, now time.Time) Outcome {
	if hopeless || tries >= MaxTries {
		return Outcome{Failed, now}
	}
	return Outcome{Due, quiet.Next(now.Add(max(Backoff(tries), wait)))}
}

// digits that stand alone: eighteen of an identity number (the last may be X),
// fifteen of an old one, eleven of a mobile number, with a country code or
// grouped by blanks and hyphens too.
var (
	identity = regexp.MustCompile(`(^|[^0-9])([1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[0-9Xx]|[1-9]\d{5}[ -]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3})($|[^0-9A-Za-z])`)
	mobile   = regexp.MustCompile(`(^|[^0-9]|\+?86[ -]?)(1[3-9]\d[ -]?\d{4}[ -]?\d{4})($|[^0-9])`)
)

// narrow turns full-width digits, letters and signs into the usual ones, byte
// for byte findable; everything else stays.
var narrow = strings.NewReplacer(
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"Ｘ", "X", "ｘ", "x", "－", "-", "—", "-", "　", " ", "\u00a0", " ",
)

// CheckPlain: no message says an identity number or a mobile number.
func CheckPlain(title, body string) error {
	for field, text := range map[string]string{"title": title, "body": body} {
		if Mask(text) != text {
			return kit.Reject(field, "notify_sensitive", "通知里不能写身份证号码和手机号码。")
		}
	}
	return nil
}

// Mask blots out identity numbers and mobile numbers, so that words which
// people typed elsewhere may be quoted in a message.
func Mask(text string) string {
	plain := narrow.Replace(text)
	if !identity.MatchString(plain) && !mobile.MatchString(plain) {
		return text
	}
	for _, number := range []*regexp.Regexp{identity, mobile} {
		for number.MatchString(plain) { // two that share the sign between them take two rounds
			plain = number.ReplaceAllString(plain, "${1}＊＊＊${3}")
		}
	}
	return plain
}

// revealed names what may be looked at (people_reveals.shown).
var revealed = map[string]string{
	"id_no": "身份证号", "birth_date": "出生日期", "mobile": "手机号", "tel": "固定电话", "address": "家庭住址", "declaration": "个人重大事项的内容",
}

// RevealNotice says to a person who has looked at what of theirs, and why.
func RevealNotice(who string, shown []string, reason string) (title, body string) {
	var names []string
	for _, s := range shown {
		if name := revealed[s]; name != "" {
			names = append(names, name)
		}
	}
	what := strings.Join(names, "、")
	if what == "" { // only that the number is theirs
		return "有人按身份证号查到了您", who + "因“" + reason + "”按身份证号查到了您的名字。"
	}
	return "有人查看了您的" + what, who + "因“" + reason + "”查看了您的" + what + "。"
}

// ChannelSpec is what an administrator enters about a channel.
type ChannelSpec struct {
	Via    Via
	URL    string
	Secret string
	Kinds  []Kind
	From   string
	Until  string
}

// CheckChannel: a robot speaks to its vendor's own address over https and
// nowhere else, and says nothing about accounts to a group; mail has no
// address of its own.
func CheckChannel(c ChannelSpec) error {
	if err := CheckQuiet(c.From, c.Until); err != nil {
		return err
	}
	if c.Via == Mail {
		if c.URL != "" || c.Secret != "" {
			return kit.Reject("url", "notify_mail_url", "邮件通道不用填地址和密钥；邮件服务在系统设置里填写。")
		}
		return nil
	}
	if slices.Contains(c.Kinds, Account) {
		return kit.Reject("kinds", "notify_private", "账号类通知只发给本人，不能发到群里。")
	}
	return outside.CheckURL(string(c.Via), c.URL)
}
