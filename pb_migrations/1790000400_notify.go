package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// notifyKinds are what messages are about; a channel and a person choose among them.
var notifyKinds = []string{"duty", "plan", "approval", "account", "system"}

const (
	notifyKindsHelp = "duty 工作任务，plan 工作要点，approval 审批，account 账号，system 系统。"
	clockPattern    = `^([01]\d|2[0-3]):[0-5]\d$`
)

// calendarLimit stops guessing at the secret addresses of calendars. A whole
// street may sit behind one address, and a phone asks a few times a day.
var calendarLimit = core.RateLimitRule{Label: "/api/notify/calendar/", MaxRequests: 120, Duration: 60}

// The inbox and how its messages leave the house. Each person reads their own
// messages, choices, deliveries and calendar links; officers with "org" see the
// channels and deliveries of those in reach (never what a message says) and
// switch channels on and off. Addresses and secrets of robots are entered and
// seen by the system keeper alone. Messages, deliveries and links are written
// by the application.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{notifyMessages, notifyChannels, notifyChoices, notifyDeliveries, notifyFeeds} {
			if err := make(app); err != nil {
				return err
			}
		}
		s := app.Settings()
		s.RateLimits.Rules = slices.Insert(s.RateLimits.Rules, 0, calendarLimit) // the first prefix that fits counts
		return app.Save(s)
	}, func(app core.App) error {
		s := app.Settings()
		s.RateLimits.Rules = slices.DeleteFunc(s.RateLimits.Rules, func(r core.RateLimitRule) bool { return r.Label == calendarLimit.Label })
		if err := app.Save(s); err != nil {
			return err
		}
		return drop(app, "notify_messages", "notify_channels", "notify_choices", "notify_deliveries", "notify_feeds")
	})
}

func notifyMessages(app core.App) error {
	inbox := core.NewBaseCollection("notify_messages")
	own := types.Pointer(self("person"))
	inbox.ListRule, inbox.ViewRule = own, own
	inbox.UpdateRule = all(self("person"), unchanged("person", "kind", "title", "body", "link"))
	inbox.Fields.Add(
		goesWith(requiredRelation(app, "person", "people", "收件人。")),
		choice("kind", "类别："+notifyKindsHelp, notifyKinds...),
		&core.TextField{Name: "title", Required: true, Max: 100, Presentable: true, Help: "标题。不能有身份证号码和手机号码。"},
		&core.TextField{Name: "body", Max: 1000, Help: "内容。不能有身份证号码和手机号码。"},
		&core.TextField{Name: "link", Max: 200, Pattern: `^#/`, Help: "点开后到哪一页。"},
		hidden(&core.TextField{Name: "topic", Max: 200, Help: "说的是哪一件事：同一件事只提醒一次。由系统填写。"}),
		moment("read_at", "阅读时间。为空即未读。"),
	)
	stamps(inbox)
	inbox.AddIndex("idx_notify_messages_person", false, "person, created", "")
	inbox.AddIndex("idx_notify_messages_topic", false, "person, topic", "")
	return app.Save(inbox)
}

func notifyChannels(app core.App) error {
	c := core.NewBaseCollection("notify_channels")
	read := all(under("org"))
	c.ListRule, c.ViewRule = read, read
	c.UpdateRule = all(under("org"), unchanged("org", "kind", "url", "secret", "paused_until"))
	c.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 60, Presentable: true, Help: "名称，例如“党建工作群”。"},
		choice("kind", "mail 本组织人员的邮件，wecom 企业微信群机器人，dingtalk 钉钉群机器人，feishu 飞书群机器人。", "mail", "wecom", "dingtalk", "feishu"),
		&core.TextField{Name: "url", Max: 500, Hidden: true, Help: "群机器人的 Webhook 地址，只能是企业微信、钉钉、飞书的官方地址。地址即密码，不要外传。邮件不填。"},
		&core.TextField{Name: "secret", Max: 200, Hidden: true, Help: "钉钉的加签密钥或飞书的签名密钥；没有设置签名的不填。钉钉如用关键词，请填“要点”。"},
		&core.SelectField{
			Name: "kinds", Required: true, MaxSelect: len(notifyKinds), Values: notifyKinds,
			Help: "发送哪些类别：" + notifyKindsHelp + "账号类只发本人，不能发到群里。",
		},
		flag("active", "启用。群里只写组织、标题和份数，不写姓名和内容。"),
		&core.TextField{Name: "quiet_from", Pattern: clockPattern, Help: "免打扰从几点开始，例如 21:00。与结束时间都不填即 21:00 至次日 08:00。"},
		&core.TextField{Name: "quiet_until", Pattern: clockPattern, Help: "免打扰到几点结束，例如 08:00。与开始时间相同即不设免打扰。"},
		moment("paused_until", "在此之前不再发送，避免超过对方的频率限制。由系统填写。"),
	)
	scope(app, c, "发给的组织：及其下级的人员。")
	c.AddIndex("idx_notify_channels_mail", true, "org", "kind = 'mail'")
	return app.Save(c)
}

func notifyChoices(app core.App) error {
	c := core.NewBaseCollection("notify_choices")
	own := types.Pointer(self("person"))
	c.ListRule, c.ViewRule, c.CreateRule = own, own, own
	c.UpdateRule = all(self("person"), unchanged("person"))
	c.Fields.Add(
		requiredRelation(app, "person", "people", "本人。"),
		&core.SelectField{
			Name: "mail_off", MaxSelect: len(notifyKinds), Values: notifyKinds,
			Help: "哪些类别不要发邮件：" + notifyKindsHelp + "收件箱里总会有。",
		},
		flag("digest", "每天合成一封邮件，在免打扰结束时发送。"),
		&core.TextField{Name: "quiet_from", Pattern: clockPattern, Help: "免打扰从几点开始，例如 21:00。与结束时间都不填即按组织的设置。"},
		&core.TextField{Name: "quiet_until", Pattern: clockPattern, Help: "免打扰到几点结束，例如 08:00。与开始时间相同即不设免打扰。"},
	)
	stamps(c)
	c.AddIndex("idx_notify_choices_person", true, "person", "")
	return app.Save(c)
}

func notifyDeliveries(app core.App) error {
	c := core.NewBaseCollection("notify_deliveries")
	read := either(self("person"), under("org"))
	c.ListRule, c.ViewRule = read, read
	c.Fields.Add(
		goesWith(requiredRelation(app, "message", "notify_messages", "哪一条消息。")),
		goesWith(requiredRelation(app, "person", "people", "收件人。")),
		choice("via", "怎样发送：mail 邮件，wecom 企业微信，dingtalk 钉钉，feishu 飞书。", "mail", "wecom", "dingtalk", "feishu"),
		relation(app, "channel", "notify_channels", "用哪个通道。邮件没有另设通道时为空。"),
		choice("state", "due 待发，sent 已发，failed 失败，suppressed 不发。应发总数等于四者之和。", "due", "sent", "failed", "suppressed"),
		&core.SelectField{
			Name: "reason", MaxSelect: 1, Values: []string{"no_server", "inactive", "closed", "unwanted", "no_email", "read"},
			Help: "为什么不发：no_server 没有设置邮件服务，inactive 本人已不在岗，closed 组织没有开通，unwanted 本人不要，no_email 没有邮箱，read 已在收件箱读过。",
		},
		whole("tries", "试过几次。"),
		moment("next_try", "何时发送。在免打扰时间内的，等到结束时合并发送。"),
		moment("sent_at", "何时发出。"),
		&core.TextField{Name: "error", Max: 300, Help: "最近一次没有发出的原因。"},
		&core.TextField{Name: "batch", Max: 30, Help: "合并在同一封邮件或同一条群消息里的，这里相同。"},
		&core.DateField{Name: "lease", Hidden: true, Help: "正在发送，到此时为止别的进程不碰。由系统填写。"},
	)
	scope(app, c, "收件人的组织。")
	c.AddIndex("idx_notify_deliveries_once", true, "message, via, channel", "")
	c.AddIndex("idx_notify_deliveries_person", false, "person, created", "")
	c.AddIndex("idx_notify_deliveries_channel", false, "channel, created", "")
	c.AddIndex("idx_notify_deliveries_due", false, "next_try", "state = 'due'")
	c.AddIndex("idx_notify_deliveries_batch", false, "batch", "batch != ''")
	c.AddIndex("idx_notify_deliveries_sent", false, "via, sent_at", "state = 'sent'")
	return app.Save(c)
}

func notifyFeeds(app core.App) error {
	c := core.NewBaseCollection("notify_feeds")
	own := types.Pointer(self("person"))
	c.ListRule, c.ViewRule = own, own
	c.Fields.Add(
		requiredRelation(app, "person", "people", "谁的日历。"),
		&core.TextField{Name: "name", Max: 30, Presentable: true, Help: "用在哪里，例如“我的手机”。"},
		&core.TextField{Name: "token_hash", Max: 64, Hidden: true, Help: "链接里密码的 SHA-256。链接只在生成时显示一次。"},
		moment("revoked", "何时停用。停用的链接不能再读取。"),
	)
	stamps(c)
	c.AddIndex("idx_notify_feeds_person", false, "person, created", "")
	c.AddIndex("idx_notify_feeds_token", true, "token_hash", "")
	return app.Save(c)
}
