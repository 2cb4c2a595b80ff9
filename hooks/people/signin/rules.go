package signin

import (
	"fmt"
	"strings"
	"time"

	"yaodian/hooks/calendar"
	"yaodian/hooks/kit"
)

// maxToken is how many months a service token may be good for.
const maxToken = 12

// CheckToken: a service token belongs to an account of a program, says where it
// is used, and ends within a year.
func CheckToken(kind, name, until, today string) error {
	switch {
	case kind != "service":
		return kit.Reject("person", "people_token_person", "令牌只能给程序账号，人员请用密码登录。")
	case strings.TrimSpace(name) == "":
		return kit.Reject("name", "people_token_name", "请写明令牌用在哪里，例如“办公系统每晚同步”。")
	case !kit.IsDate(until):
		return kit.Reject("until", "people_date_unreal", "请填写令牌有效到哪一天。")
	case until < today:
		return kit.Reject("until", "people_token_past", "有效期不能早于今天。")
	}
	from, err := calendar.Parse(today)
	if err != nil {
		return err
	}
	if last := from.AddMonths(maxToken).String(); until > last {
		return kit.Reject("until", "people_token_long", fmt.Sprintf("令牌最长一年，最晚到 %s。", last))
	}
	return nil
}

// stepSeconds is how long a one-time code is good.
const stepSeconds = 30

// CheckStep: a code is good once. step is the one it belongs to, used the last
// one that was.
func CheckStep(step, used int64) error {
	if step <= used {
		return kit.Reject("code", "people_code_used", "这个口令已经用过，请等下一个。")
	}
	return nil
}

func stepOf(now time.Time) int64 { return now.Unix() / stepSeconds }

// Label names a device by what its browser says of itself: enough for the owner
// to tell two apart, not more.
func Label(agent string) string {
	system := first(agent, "其他设备", [][2]string{
		{"HarmonyOS", "鸿蒙"}, {"Android", "安卓手机"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
		{"Macintosh", "Mac"}, {"Linux", "Linux"},
	})
	browser := first(agent, "", [][2]string{
		{"MicroMessenger", "微信"}, {"DingTalk", "钉钉"}, {"Edg", "Edge"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	})
	if browser == "" {
		return system
	}
	return system + " · " + browser
}

func first(agent, otherwise string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(agent, n[0]) {
			return n[1]
		}
	}
	return otherwise
}
