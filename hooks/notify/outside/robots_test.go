package outside

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yaodian/hooks/kit"
)

const (
	exampleWeCom    = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
	exampleDingTalk = "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec33e42542"
	exampleFeishu   = "https://open.feishu.cn/open-apis/bot/v2/hook/00000000-1111-2222-3333-444444444444"
)

// An unsigned robot sends no signature.
func TestUnsigned(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 10, 0, 0, 0, kit.Beijing)
	if address, _ := dingTalk(exampleDingTalk, "", "题", "文", now); address != exampleDingTalk {
		t.Error(address)
	}
	if _, body := feishu(exampleFeishu, "", "题", "文", now); body.(map[string]any)["sign"] != nil {
		t.Error(body)
	}
}

func TestVendorAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind     string
		status   int
		body     string
		hopeless bool
		wait     time.Duration
		ok       bool
	}{
		{"wecom", 200, `{"errcode":0,"errmsg":"ok"}`, false, 0, true},
		{"wecom", 200, `{"errcode":45009,"errmsg":"api freq out of limit"}`, false, limitPause, false},
		{"wecom", 200, `{"errcode":93000,"errmsg":"invalid webhook url"}`, true, 0, false},
		{"wecom", 200, `{"errcode":-1,"errmsg":"system busy"}`, false, 0, false},
		{"dingtalk", 200, `{"errcode":310000,"errmsg":"sign not match"}`, true, 0, false},
		{"dingtalk", 200, `{"errcode":130101,"errmsg":"send too fast"}`, false, limitPause, false},
		{"feishu", 200, `{"code":0,"msg":"success","data":{},"StatusCode":0}`, false, 0, true},
		{"feishu", 200, `{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}`, true, 0, false},
		{"feishu", 200, `{"code":11232,"msg":"frequency limited"}`, false, limitPause, false},
		{"feishu", 429, ``, false, limitPause, false},
		{"feishu", 502, `<html>`, false, 0, false},
		{"feishu", 302, ``, false, 0, false},
		{"wecom", 200, `<html>登录</html>`, false, 0, false},
		{"wecom", 200, `{}`, false, 0, false},
		{"wecom", 200, `{"code":0}`, false, 0, true},
	} {
		err := vendors[c.kind].read(c.status, []byte(c.body))
		if c.ok {
			if err != nil {
				t.Errorf("%s %s: %v", c.kind, c.body, err)
			}
			continue
		}
		trouble, _ := err.(*Trouble) //nolint:errorlint // as it is returned
		if trouble == nil || trouble.Hopeless != c.hopeless || trouble.Wait != c.wait || !strings.HasSuffix(trouble.Sentence, "。") {
			t.Errorf("%s %d %s: got %+v", c.kind, c.status, c.body, trouble)
		}
	}
}

// refused fails the test unless err breaks the rule of that code; an empty code
// means that nothing is broken. apptest has one that this package can't import.
func refused(t *testing.T, name string, err error, want string) {
	t.Helper()
	got := ""
	for _, broken := range kit.Violations(err) {
		got = broken.(interface{ Code() string }).Code()
	}
	if got != want {
		t.Errorf("%s: Expected %q, got %q (%v)", name, want, got, err)
	}
}

// A robot reaches its vendor and nothing else: no other host, no inner network,
// no other path, no port, no user, no http.
func TestCheckURL(t *testing.T) {
	t.Parallel()
	for kind, address := range map[string]string{"wecom": exampleWeCom, "dingtalk": exampleDingTalk, "feishu": exampleFeishu} {
		refused(t, address, CheckURL(kind, address), "")
		for _, other := range []string{"wecom", "dingtalk", "feishu"} {
			if other != kind {
				refused(t, other+" at "+address, CheckURL(other, address), "notify_url")
			}
		}
	}
	key := strings.TrimPrefix(exampleWeCom, "https://qyapi.weixin.qq.com")
	for _, address := range []string{
		"", "x", "://", "http://qyapi.weixin.qq.com" + key, "https://127.0.0.1" + key, "https://localhost" + key, "https://[::1]" + key, "https://169.254.169.254" + key,
		"https://10.0.0.8" + key, "https://qyapi.weixin.qq.com.evil.cn" + key, "https://evil.cn/qyapi.weixin.qq.com" + key, "https://qyapi.weixin.qq.com@evil.cn" + key,
		"https://user:pass@qyapi.weixin.qq.com" + key, "https://qyapi.weixin.qq.com:8443" + key, "https://qyapi.weixin.qq.com/cgi-bin/gettoken?key=1",
		"https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", exampleWeCom + "&debug=1", exampleWeCom + "#x",
		"https://qyapi.weixin.qq.com/cgi-bin/webhook/../gettoken?key=1", "https://QYAPI.WEIXIN.QQ.COM\\@evil.cn" + key, "file:///etc/passwd", "gopher://qyapi.weixin.qq.com" + key,
		exampleWeCom + "\nHost: evil.cn", "https://qyapi.weixin.qq.com%2eevil.cn" + key,
	} {
		refused(t, address, CheckURL("wecom", address), "notify_url")
	}
	refused(t, "sms", CheckURL("sms", exampleWeCom), "notify_vendor")
}

// What a group reads is short, counts, and can neither mention, link nor format.
func TestGroupText(t *testing.T) {
	t.Parallel()
	title, text := GroupText([]Line{
		{Unit: "东风支部", Title: "新任务：上党课", N: 3}, {Unit: "西苑支部", Title: "被退回：[点我](http://evil.cn) <@all> @所有人 *急*", N: 1},
	}, "https://x.cn/#/inbox", 4096)
	if want := "要点：4 条通知"; title != want {
		t.Errorf("Expected %q, got %q", want, title)
	}
	want := "- 东风支部：新任务：上党课（3 份）\n- 西苑支部：被退回：［点我］(http：／／evil.cn) ＜＠all＞ ＠所有人 ＊急＊\n[打开收件箱](https://x.cn/#/inbox)"
	if text != want {
		t.Errorf("Expected %q, got %q", want, text)
	}
	var many []Line
	for range 500 {
		many = append(many, Line{Unit: "东风社区党支部", Title: strings.Repeat("题", 60), N: 2})
	}
	title, text = GroupText(many, "", 4096)
	if len(title)+len(text) > 4096-6 || !utf8.ValidString(text) || !strings.Contains(text, "- 另有 ") || !strings.Contains(title, "1000 条") {
		t.Errorf("%d bytes: %s … %s", len(title)+len(text), title, text[len(text)-200:])
	}
}
