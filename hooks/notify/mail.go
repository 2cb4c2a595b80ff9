package notify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"net/mail"
	"strings"
	texttemplate "text/template"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/mailer"

	"yaodian/hooks/notify/outside"
)

// mailPatience is how long the mail server may take.
const mailPatience = time.Minute

// letter is what a mail says: one message, or all that waited.
type letter struct {
	Name  string
	Parts []part
	Inbox string
}

type part struct{ Title, Body, Link string }

const letterText = `{{.Name}}：

您好。{{range .Parts}}

● {{.Title}}{{with .Body}}
{{.}}{{end}}{{with .Link}}
{{.}}{{end}}{{end}}

{{with .Inbox}}在收件箱里查看全部通知：{{.}}
{{end}}不想收邮件，请在“我的—通知设置”里调整。本邮件由系统发出，请不要回复。
`

const letterHTML = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><body style="font:16px/1.7 sans-serif;color:#222">
<p>{{.Name}}：</p><p>您好。</p>{{range .Parts}}
<p><b>{{.Title}}</b>{{with .Body}}<br>{{.}}{{end}}{{with .Link}}<br><a href="{{.}}">打开</a>{{end}}</p>{{end}}
{{with .Inbox}}<p><a href="{{.}}">在收件箱里查看全部通知</a></p>{{end}}
<p style="color:#666;font-size:14px">不想收邮件，请在“我的—通知设置”里调整。本邮件由系统发出，请不要回复。</p></body></html>
`

var (
	textLetter = texttemplate.Must(texttemplate.New("text").Parse(letterText))
	htmlLetter = htmltemplate.Must(htmltemplate.New("html").Parse(letterHTML))
)

// clientURL is where a route of the client is opened; empty until the system
// keeper has entered the application's address.
func clientURL(app core.App, route string) string {
	base := strings.TrimSuffix(app.Settings().Meta.AppURL, "/")
	if base == "" || strings.HasPrefix(base, "http://localhost") {
		return ""
	}
	return base + "/" + route
}

func inboxURL(app core.App) string { return clientURL(app, "#/inbox") }

// sendMail writes one mail to one person about all of rows. Its Message-ID
// follows from what it is about, so a mail program that is handed the same mail
// twice may show it once.
func sendMail(app core.App, rows []row) error {
	subject := rows[0].Title
	if len(rows) > 1 {
		subject = fmt.Sprintf("您有 %d 条通知", len(rows))
	}
	l := letter{Name: rows[0].Name, Inbox: inboxURL(app)}
	sum := sha256.New()
	for _, r := range rows {
		p := part{Title: r.Title, Body: r.Body}
		if r.Link != "" {
			p.Link = clientURL(app, r.Link)
		}
		l.Parts = append(l.Parts, p)
		sum.Write([]byte(r.ID))
	}
	return mailTo(app, rows[0].Name, rows[0].Email, subject, hex.EncodeToString(sum.Sum(nil))[:32], l)
}

func mailTo(app core.App, name, address, subject, id string, l letter) error {
	var text, html bytes.Buffer
	if err := errors.Join(textLetter.Execute(&text, l), htmlLetter.Execute(&html, l)); err != nil {
		return err
	}
	meta := app.Settings().Meta
	_, host, _ := strings.Cut(meta.SenderAddress, "@")
	message := &mailer.Message{
		From: mail.Address{Name: meta.SenderName, Address: meta.SenderAddress}, To: []mail.Address{{Name: name, Address: address}},
		Subject: "【要点】" + subject, Text: text.String(), HTML: html.String(),
		Headers: map[string]string{"Message-ID": "<" + id + "@" + host + ">", "Auto-Submitted": "auto-generated"},
	}
	done := make(chan error, 1)
	go func() { done <- app.NewMailClient().Send(message) }()
	select {
	case err := <-done:
		return outside.MailTrouble(err)
	case <-time.After(mailPatience):
		return &outside.Trouble{Sentence: "邮件服务器等了太久没有答复。"}
	}
}
