package notify

import (
	"strings"
	"testing"
	"time"

	"yaodian/hooks/kit"
)

const (
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
		via      Via
		status   int
		body     string
		hopeless bool
		wait     time.Duration
		ok       bool
	}{
		{WeCom, 200, `{"errcode":0,"errmsg":"ok"}`, false, 0, true},
		{WeCom, 200, `{"errcode":45009,"errmsg":"api freq out of limit"}`, false, limitPause, false},
		{WeCom, 200, `{"errcode":93000,"errmsg":"invalid webhook url"}`, true, 0, false},
		{WeCom, 200, `{"errcode":-1,"errmsg":"system busy"}`, false, 0, false},
		{DingTalk, 200, `{"errcode":310000,"errmsg":"sign not match"}`, true, 0, false},
		{DingTalk, 200, `{"errcode":130101,"errmsg":"send too fast"}`, false, limitPause, false},
		{Feishu, 200, `{"code":0,"msg":"success","data":{},"StatusCode":0}`, false, 0, true},
		{Feishu, 200, `{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}`, true, 0, false},
		{Feishu, 200, `{"code":11232,"msg":"frequency limited"}`, false, limitPause, false},
		{Feishu, 429, ``, false, limitPause, false},
		{Feishu, 502, `<html>`, false, 0, false},
		{Feishu, 302, ``, false, 0, false},
		{WeCom, 200, `<html>登录</html>`, false, 0, false},
		{WeCom, 200, `{}`, false, 0, false},
		{WeCom, 200, `{"code":0}`, false, 0, true},
	} {
		err := vendors[c.via].read(c.status, []byte(c.body))
		if c.ok {
			if err != nil {
				t.Errorf("%s %s: %v", c.via, c.body, err)
			}
			continue
		}
		trouble, _ := err.(*Trouble) //nolint:errorlint // as it is returned
		if trouble == nil || trouble.Hopeless != c.hopeless || trouble.Wait != c.wait || !strings.HasSuffix(trouble.Sentence, "。") {
			t.Errorf("%s %d %s: got %+v", c.via, c.status, c.body, trouble)
		}
	}
}
