package outside

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"

	"yaodian/hooks/kit"
)

// Patience is how long a vendor may take to answer.
const Patience = 10 * time.Second

// vendor is how one kind of group robot is spoken to.
type vendor struct {
	name    string
	host    string
	path    *regexp.Regexp // of the path and the query together
	example string
	limit   int // bytes of a message's text
	// request signs and builds what is sent, at a moment.
	request func(address, secret, title, text string, now time.Time) (string, any)
	limited []int // codes that ask to wait
	refused []int // codes that another try won't change
}

var vendors = map[string]vendor{
	"wecom": {
		name: "企业微信", host: "qyapi.weixin.qq.com", path: regexp.MustCompile(`^/cgi-bin/webhook/send\?key=[\w-]+$`), example: "/cgi-bin/webhook/send?key=…",
		limit: 4096, request: weCom, limited: []int{45009}, refused: []int{93000, 40001, 40008, 40058},
	},
	"dingtalk": {
		name: "钉钉", host: "oapi.dingtalk.com", path: regexp.MustCompile(`^/robot/send\?access_token=\w+$`), example: "/robot/send?access_token=…",
		limit: 16_000, request: dingTalk, limited: []int{130101, 410100, 90030}, refused: []int{310000, 300001, 300005, 400013, 40035},
	},
	"feishu": {
		name: "飞书", host: "open.feishu.cn", path: regexp.MustCompile(`^/open-apis/bot/v2/hook/[\w-]+\?$`), example: "/open-apis/bot/v2/hook/…",
		limit: 16_000, request: feishu, limited: []int{11232, 11233}, refused: []int{19001, 19021, 19022, 19024},
	},
}

// weCom needs no signature: the key stands in the address.
func weCom(address, _, title, text string, _ time.Time) (string, any) {
	return address, map[string]any{"msgtype": "markdown", "markdown": map[string]string{"content": "**" + title + "**\n" + text}}
}

// dingTalk signs the time in milliseconds with the secret, in the address.
func dingTalk(address, secret, title, text string, now time.Time) (string, any) {
	if secret != "" {
		at := strconv.FormatInt(now.UnixMilli(), 10)
		address += "&timestamp=" + at + "&sign=" + url.QueryEscape(sign([]byte(secret), []byte(at+"\n"+secret)))
	}
	return address, map[string]any{"msgtype": "markdown", "markdown": map[string]string{"title": title, "text": "**" + title + "**\n\n" + text}}
}

// feishu signs nothing with the time in seconds and the secret as key, in the
// body.
func feishu(address, secret, title, text string, now time.Time) (string, any) {
	body := map[string]any{"msg_type": "interactive", "card": map[string]any{
		"header":   map[string]any{"title": map[string]string{"tag": "plain_text", "content": title}},
		"elements": []any{map[string]string{"tag": "markdown", "content": text}},
	}}
	if secret != "" {
		at := strconv.FormatInt(now.Unix(), 10)
		body["timestamp"], body["sign"] = at, sign([]byte(at+"\n"+secret), nil)
	}
	return address, body
}

func sign(key, data []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// limitPause is how long the vendors silence a robot that spoke too often.
const limitPause = 10 * time.Minute

// Robot is one robot of a group.
type Robot struct {
	Kind    string // wecom, dingtalk or feishu
	Address string
	Secret  string
}

// Limit is how many bytes the robot may say at once.
func (r Robot) Limit() int { return vendors[r.Kind].limit }

// Post says one thing to the group. An address that isn't the vendor's is not
// asked.
func (r Robot) Post(client *http.Client, title, text string, now time.Time) error {
	if err := CheckURL(r.Kind, r.Address); err != nil {
		return &Trouble{Sentence: "群机器人的地址不对，请系统管理员核对。", Hopeless: true}
	}
	v := vendors[r.Kind]
	target, body := v.request(r.Address, r.Secret, title, text, now)
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(raw))
	if err != nil {
		return &Trouble{Sentence: "群机器人的地址写错了。", Hopeless: true} // err would show the address
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	answer, err := client.Do(request)
	if err != nil {
		return &Trouble{Sentence: "连不上" + v.name + "：" + reasonOf(err) + "。"}
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err != nil {
		return &Trouble{Sentence: v.name + "的答复没有传完整。"}
	}
	return v.read(answer.StatusCode, said)
}

// reasonOf leaves the address out of an error: it is a password.
func reasonOf(err error) string {
	var at *url.Error
	if errors.As(err, &at) {
		if at.Timeout() {
			return "等了太久没有答复"
		}
		err = at.Err
	}
	return clip(err.Error(), 100)
}

// read understands the answers of all three: errcode and errmsg, or code and msg.
func (v vendor) read(status int, raw []byte) error {
	if status == http.StatusTooManyRequests {
		return &Trouble{Sentence: v.name + "说发得太频繁，过一会儿再发。", Wait: limitPause}
	}
	if status != http.StatusOK {
		return &Trouble{Sentence: fmt.Sprintf("%s没有收下（HTTP %d）。", v.name, status)}
	}
	var said struct {
		ErrCode *int   `json:"errcode"`
		ErrMsg  string `json:"errmsg"`
		Code    *int   `json:"code"`
		Msg     string `json:"msg"`
	}
	code, message := 0, ""
	if json.Unmarshal(raw, &said) == nil {
		switch {
		case said.ErrCode != nil:
			code, message = *said.ErrCode, said.ErrMsg
		case said.Code != nil:
			code, message = *said.Code, said.Msg
		default:
			return &Trouble{Sentence: v.name + "的答复看不懂。"}
		}
	} else {
		return &Trouble{Sentence: v.name + "的答复看不懂。"}
	}
	switch {
	case code == 0:
		return nil
	case slices.Contains(v.limited, code):
		return &Trouble{Sentence: v.name + "说发得太频繁，过一会儿再发。", Wait: limitPause}
	}
	return &Trouble{
		Sentence: fmt.Sprintf("%s没有收下（%d：%s）。请核对地址、密钥和机器人的安全设置。", v.name, code, clip(message, 100)),
		Hopeless: slices.Contains(v.refused, code),
	}
}

// CheckURL: the address is exactly the one that the vendor gives its robots.
func CheckURL(kind, address string) error {
	v, known := vendors[kind]
	if !known {
		return kit.Reject("kind", "notify_vendor", "没有这种群机器人。")
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host != v.host || u.User != nil || u.Fragment != "" || !v.path.MatchString(u.EscapedPath()+"?"+u.RawQuery) {
		return kit.Reject("url", "notify_url", fmt.Sprintf("这不是%s群机器人的地址。地址应当像 https://%s%s 这样，请从群设置里复制。", v.name, v.host, v.example))
	}
	return nil
}
