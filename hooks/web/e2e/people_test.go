package e2e

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"yaodian/hooks/apptest"
	"yaodian/hooks/kit"
)

// click presses what is named for those who don't see it.
func (p *tab) click(label string) {
	p.t.Helper()
	find := `[aria-label="` + label + `"]`
	p.waits(`document.querySelector('` + find + `')?.offsetParent != null`)
	p.do(chromedp.Click(chromedp.CSS(find)))
}

// TestLook: opening somebody's mobile asks why, and the person's page, which
// stands open elsewhere, says so by itself.
func TestLook(t *testing.T) {
	t.Parallel()
	h := open(t)
	member := apptest.Person(t, h.app, apptest.Member)
	if err := apptest.Save(h.app, member, map[string]any{"mobile": "15400010111"}); err != nil {
		t.Fatal(err)
	}
	own := h.as(t, apptest.Member, phone)
	own.visit("/me/seen", "谁能看到我")
	own.sees(".card", "还没有人看过")
	own.sees(".card", "林干事")

	clerk := h.as(t, apptest.Clerk, desk)
	clerk.visit("/people/"+member.Id, "孙党员")
	clerk.sees(".facts", "154****0111")
	clerk.click("查看手机号")
	clerk.press("查看")
	clerk.sees("dialog .wrong", "为什么要看")
	clerk.fill("dialog [name=reason]", "核对联系方式")
	clerk.press("查看")
	clerk.sees(".revealed", "15400010111")
	clerk.press("看完了，关闭")
	clerk.waits(closed)
	clerk.waits(`!document.body.textContent.includes("15400010111")`)

	own.sees(".history", "党建办干事（清河街道党工委）林干事：核对联系方式")
	own.fits("seen")
	own.visit("/inbox", "收件箱")
	own.sees(".row-title", "有人查看了您的手机号")
}

// TestSecondFactor: an officer for whom one-time codes are asked for turns them
// on before anything else, and signs in with one the next time.
func TestSecondFactor(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := apptest.Save(h.app, apptest.First(t, h.app, "people_settings", "id", "settings0000000"), map[string]any{"officers_totp": true}); err != nil {
		t.Fatal(err)
	}
	p := h.tab(t, phone, "status of 401", "status of 403", "status of 400")
	p.signIn(apptest.Clerk, apptest.Password)
	p.sees("h1", "动态口令")
	p.sees(".notice", "请先启用")
	p.fill("[name=password]", apptest.Password)
	p.press("开始启用")
	p.waits(`document.querySelectorAll("svg.qr path").length === 1`)
	p.fits("totp")
	p.picture("totp")
	secret := strings.ReplaceAll(eval[string](p, `document.querySelector(".one-time").textContent`), " ", "")
	p.fill("[name=code]", "000000")
	p.keys("\r")
	p.sees(".wrong", "口令不对")
	p.fill("[name=code]", h.code(t, secret))
	p.keys("\r")
	p.waits(`document.querySelectorAll(".recovery li").length === 10`)
	recovery := eval[string](p, `document.querySelector(".recovery li").textContent`)
	p.fits("recovery")
	p.press("我已抄好")
	p.sees("h1", "林干事，您好")

	for _, code := range []func() string{
		func() string { kit.SetNow(h.app, kit.Now(h.app).Add(time.Minute)); return h.code(t, secret) }, func() string { return recovery },
	} {
		p.visit("/me", "我的")
		p.press("退出登录")
		p.agree("退出登录")
		p.waits(`document.querySelector("[name=identity]") !== null`)
		p.signIn(apptest.Clerk, apptest.Password)
		p.sees("h1", "动态口令")
		p.fill("[name=code]", code())
		p.keys("\r")
		p.sees("h1", "林干事，您好")
	}
	p.visit("/me/totp", "动态口令")
	p.sees(".card", "备用码还剩 9 个")
}

// code is the one-time code of a secret by the application's clock.
func (h *house) code(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, kit.Now(h.app))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// TestSignOutElsewhere: a page that is open on another device goes to the sign-in
// when that device is signed out, and when all are, without anybody touching it.
func TestSignOutElsewhere(t *testing.T) {
	t.Parallel()
	h := open(t)
	here, there := h.tab(t, desk), h.tab(t, phone, "status of 401")
	for _, p := range []*tab{here, there} {
		p.signIn(apptest.Member, apptest.Password)
		p.sees(".link", "已连接")
	}
	here.visit("/me/devices", "登录设备")
	here.sees("li", "本机")
	here.do(chromedp.Click(chromedp.JSPath(`[...document.querySelectorAll(".post")].find(e => !e.textContent.includes("本机")).querySelector("button")`)))
	here.agree("退出")
	there.sees(".notice", "登录已经过期")
	here.waits(`document.querySelectorAll(".post").length === 1`)

	there.signIn(apptest.Member, apptest.Password)
	there.sees("h1", "孙党员")
	there.sees(".link", "已连接")
	here.sees(".post", "退出")
	here.press("在所有设备上退出")
	here.agree("全部退出")
	here.sees("h1", "登录")
	there.sees("h1", "登录")
}

// TestRoster: people are found by pinyin, a search gets a name, and the roster
// of an earlier day can be read.
func TestRoster(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.as(t, apptest.Clerk, desk)
	p.visit("/people", "党员名册")
	for _, typed := range []string{"sdy", "sundang", "孙党", apptest.Member} {
		p.fill("[type=search]", typed)
		p.sees(".lead", "共 1 人")
		p.sees("tbody th", "孙党员")
	}
	p.fill("[type=search]", "11010519491231002X")
	p.sees(".filter .wrong", "按身份证号查找")
	if address := eval[string](p, `location.hash`); strings.Contains(address, "1949") {
		t.Errorf("the number stands in the address: %s", address)
	}
	p.fill("[type=search]", "sdy")
	p.press("存为常用视图")
	p.fill("#ask-text", "老孙")
	p.agree("保存")
	p.visit("/people?q=zhao", "党员名册")
	p.sees("tbody th", "赵支书")
	p.press("老孙")
	p.sees("tbody th", "孙党员")

	p.visit("/people?"+url.Values{"on": {"2020-01-01"}}.Encode(), "党员名册")
	p.sees(".notice", "2020年1月1日的名册，只能查看")
	p.sees("tbody th", "孙党员")
	p.fill("[type=date]", "2019-12-31")
	p.sees(".empty", "那一天名册上没有人")
	p.press("回到今天")
	p.sees(".lead", "人")
}
