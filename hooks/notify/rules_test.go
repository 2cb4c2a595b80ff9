package notify_test

import (
	"testing"
	"time"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
	"yaodian/hooks/notify"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"请联系 13812345678。":                    "请联系 ＊＊＊。",
		"电话138 1234 5678，或13912345678":        "电话＊＊＊，或＊＊＊",
		"138-1234-5678":                       "＊＊＊",
		"+8613812345678":                      "+86＊＊＊",
		"+86 138 1234 5678":                   "+86 ＊＊＊",
		"１３８１２３４５６７８":                         "＊＊＊",
		"13812345678 13912345678":             "＊＊＊ ＊＊＊",
		"13812345678,13912345678,13712345678": "＊＊＊,＊＊＊,＊＊＊",
		"身份证11010519491231002X的":              "身份证＊＊＊的",
		"11010519491231002x":                  "＊＊＊",
		"１１０１０５１９４９１２３１００２Ｘ":                  "＊＊＊",
		"110105 19491231 0021":                "＊＊＊",
		"110105491231002":                     "＊＊＊",
		"请在 2026-06-30 前完成，共 25 项、金额 12345678 元": "",
		"座机 010-67891234，编号 20260610":            "",
		"文号 清工发〔2026〕13号":                        "",
		"12345678901":                            "",
		"任务号 138123456789":                       "",
		"９月１０日":                                  "",
		"":                                       "",
	} {
		if want == "" {
			want = text
		}
		if got := notify.Mask(text); got != want {
			t.Errorf("%q: Expected %q, got %q", text, want, got)
		}
		code := ""
		if want != text {
			code = "notify_sensitive"
		}
		apptest.Refused(t, "title "+text, notify.CheckPlain(text, "内容"), code)
		apptest.Refused(t, "body "+text, notify.CheckPlain("标题", text), code)
	}
}

func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", clock, kit.Beijing)
	if err != nil {
		panic(err)
	}
	return t
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, until, now, next, gather string }{
		{"21:00", "08:00", "2026-06-10 20:59", "2026-06-10 20:59", "2026-06-11 08:00"},
		{"21:00", "08:00", "2026-06-10 21:00", "2026-06-11 08:00", "2026-06-11 08:00"},
		{"21:00", "08:00", "2026-06-10 23:59", "2026-06-11 08:00", "2026-06-11 08:00"},
		{"21:00", "08:00", "2026-06-11 00:00", "2026-06-11 08:00", "2026-06-11 08:00"},
		{"21:00", "08:00", "2026-06-11 07:59", "2026-06-11 08:00", "2026-06-11 08:00"},
		{"21:00", "08:00", "2026-06-11 08:00", "2026-06-11 08:00", "2026-06-12 08:00"},
		{"21:00", "08:00", "2026-12-31 22:00", "2027-01-01 08:00", "2027-01-01 08:00"},
		{"12:00", "14:00", "2026-06-10 13:00", "2026-06-10 14:00", "2026-06-10 14:00"},
		{"12:00", "14:00", "2026-06-10 11:00", "2026-06-10 11:00", "2026-06-10 14:00"},
		{"12:00", "14:00", "2026-06-10 14:00", "2026-06-10 14:00", "2026-06-11 14:00"},
		{"09:00", "09:00", "2026-06-10 09:00", "2026-06-10 09:00", "2026-06-11 08:00"}, // none at all
		{"", "", "2026-06-10 22:00", "2026-06-11 08:00", "2026-06-11 08:00"},           // the house's
		{"22:30", "", "2026-06-10 22:00", "2026-06-11 08:00", "2026-06-11 08:00"},      // half is none of one's own
	} {
		q := notify.QuietOf([2]string{c.from, c.until}, [2]string{})
		now := at(c.now)
		for name, got := range map[string]time.Time{c.next: q.Next(now.UTC()), c.gather: q.Gather(now.UTC())} {
			if !got.Equal(at(name)) {
				t.Errorf("%s–%s at %s: Expected %s, got %s", c.from, c.until, c.now, name, got.In(kit.Beijing))
			}
		}
	}
	if got := notify.QuietOf([2]string{"22:00", "07:00"}, [2]string{"12:00", "13:00"}); got != (notify.Quiet{From: 22 * 60, Until: 7 * 60}) {
		t.Errorf("the person's own come first, got %v", got)
	}
	if got := notify.QuietOf([2]string{}, [2]string{"12:00", "13:00"}); got != (notify.Quiet{From: 12 * 60, Until: 13 * 60}) {
		t.Errorf("then the channel's, got %v", got)
	}
	for pair, code := range map[[2]string]string{
		{"", ""}: "", {"21:00", "08:00"}: "", {"00:00", "00:00"}: "", {"21:00", ""}: "notify_quiet", {"", "08:00"}: "notify_quiet", {"24:00", "08:00"}: "notify_quiet", {"九点", "八点"}: "notify_quiet",
	} {
		apptest.Refused(t, pair[0]+"–"+pair[1], notify.CheckQuiet(pair[0], pair[1]), code)
	}
}

// Waits grow, never end within quiet hours, and end after the last try.
func TestAfter(t *testing.T) {
	t.Parallel()
	day := at("2026-06-10 10:00")
	for _, c := range []struct {
		tries    int
		hopeless bool
		wait     time.Duration
		now      time.Time
		state    notify.State
		next     string
	}{
		{1, false, 0, day, notify.Due, "2026-06-10 10:01"},
		{2, false, 0, day, notify.Due, "2026-06-10 10:04"},
		{3, false, 0, day, notify.Due, "2026-06-10 10:16"},
		{4, false, 0, day, notify.Due, "2026-06-10 11:04"},
		{5, false, 0, day, notify.Due, "2026-06-10 14:16"},
		{6, false, 0, day, notify.Failed, "2026-06-10 10:00"},
		{7, false, 0, day, notify.Failed, "2026-06-10 10:00"},
		{1, true, 0, day, notify.Failed, "2026-06-10 10:00"},
		{1, false, 10 * time.Minute, day, notify.Due, "2026-06-10 10:10"},
		{5, false, 10 * time.Minute, day, notify.Due, "2026-06-10 14:16"},
		{1, false, 0, at("2026-06-10 20:59"), notify.Due, "2026-06-11 08:00"},
		{5, false, 0, at("2026-06-10 18:00"), notify.Due, "2026-06-11 08:00"},
	} {
		got := notify.After(c.tries, c.hopeless, c.wait, notify.Quiet{From: 21 * 60, Until: 8 * 60}, c.now)
		if got.State != c.state || !got.At.Equal(at(c.next)) {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

func TestWithhold(t *testing.T) {
	t.Parallel()
	fine := notify.Facts{Via: notify.Mail, Kind: notify.Duty, Server: true, Active: true, Open: true, Email: "a@example.com", Unwanted: []notify.Kind{notify.Plan}}
	for _, c := range []struct {
		name   string
		change func(*notify.Facts)
		mail   notify.Reason
		robot  notify.Reason
	}{
		{"nothing against it", func(*notify.Facts) {}, "", ""},
		{"no server", func(f *notify.Facts) { f.Server = false }, notify.NoServer, ""},
		{"left", func(f *notify.Facts) { f.Active = false }, notify.Inactive, notify.Inactive},
		{"closed", func(f *notify.Facts) { f.Open = false }, notify.Closed, notify.Closed},
		{"unwanted", func(f *notify.Facts) { f.Kind = notify.Plan }, notify.Unwanted, ""},
		{"no address", func(f *notify.Facts) { f.Email = "" }, notify.NoEmail, ""},
		{"read", func(f *notify.Facts) { f.Read = true }, notify.Read, ""},
		{"the house first", func(f *notify.Facts) { *f = notify.Facts{Via: f.Via} }, notify.NoServer, notify.Inactive},
	} {
		f := fine
		c.change(&f)
		if got := notify.Withhold(f); got != c.mail {
			t.Errorf("%s: Expected %q by mail, got %q", c.name, c.mail, got)
		}
		f.Via = notify.WeCom
		if got := notify.Withhold(f); got != c.robot {
			t.Errorf("%s: Expected %q by robot, got %q", c.name, c.robot, got)
		}
	}
}

const (
	weComURL    = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
	dingTalkURL = "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec33e42542"
	feishuURL   = "https://open.feishu.cn/open-apis/bot/v2/hook/00000000-1111-2222-3333-444444444444"
)

func TestCheckChannel(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spec notify.ChannelSpec
		code string
	}{
		"a robot":                {notify.ChannelSpec{Via: notify.DingTalk, URL: dingTalkURL, Secret: "SEC1", Kinds: []notify.Kind{notify.Duty, notify.Plan, notify.System}}, ""},
		"mail":                   {notify.ChannelSpec{Via: notify.Mail, Kinds: []notify.Kind{notify.Account, notify.Duty}, From: "22:00", Until: "07:00"}, ""},
		"mail with an address":   {notify.ChannelSpec{Via: notify.Mail, URL: weComURL, Kinds: []notify.Kind{notify.Duty}}, "notify_mail_url"},
		"mail with a secret":     {notify.ChannelSpec{Via: notify.Mail, Secret: "x", Kinds: []notify.Kind{notify.Duty}}, "notify_mail_url"},
		"accounts in a group":    {notify.ChannelSpec{Via: notify.WeCom, URL: weComURL, Kinds: []notify.Kind{notify.Duty, notify.Account}}, "notify_private"},
		"a robot without a home": {notify.ChannelSpec{Via: notify.Feishu, Kinds: []notify.Kind{notify.Duty}}, "notify_url"},
		"half of quiet hours":    {notify.ChannelSpec{Via: notify.Mail, Kinds: []notify.Kind{notify.Duty}, From: "22:00"}, "notify_quiet"},
	} {
		apptest.Refused(t, name, notify.CheckChannel(c.spec), c.code)
	}
}
