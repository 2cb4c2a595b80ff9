// Package outside speaks to those who carry messages out of the house: the group
// robots of 企业微信, 钉钉 and 飞书, each signed in its own way. It knows nothing of
// people and deliveries. What goes wrong it says in words for an officer, never
// with an address: that is a password.
package outside

import (
	"errors"
	"fmt"
	"net/textproto"
	"time"
	"unicode/utf8"
)

// Trouble is why something wasn't sent, in words for an officer.
type Trouble struct {
	Sentence string
	Hopeless bool          // another try would be refused like this one
	Wait     time.Duration // what the other side asks for
}

func (t *Trouble) Error() string { return t.Sentence }

// MailTrouble says in words what a mail server said. A mailbox that doesn't exist
// won't exist the next time.
func MailTrouble(err error) error {
	var code *textproto.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &code):
		return &Trouble{Sentence: "邮件没有发出去：" + clip(err.Error(), 150) + "。"}
	case code.Code == 550 || code.Code == 551 || code.Code == 553:
		return &Trouble{Sentence: fmt.Sprintf("对方邮箱不收这封邮件（%d：%s）。请核对邮箱地址。", code.Code, clip(code.Msg, 100)), Hopeless: true}
	}
	return &Trouble{Sentence: fmt.Sprintf("邮件服务器没有收下（%d：%s）。", code.Code, clip(code.Msg, 100))}
}

// clip shortens a text to n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
