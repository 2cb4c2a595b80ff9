package e2e

import (
	"testing"

	"yaodian/hooks/apptest"
)

// TestSignIn: a password that was handed out opens the account once and must be
// changed before anything else; five wrong ones close it for a while. Where
// somebody wanted to go is not forgotten.
func TestSignIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	clerk := h.as(t, apptest.Clerk, desk)
	member := apptest.Person(t, h.app, apptest.Member)
	clerk.visit("/people/"+member.Id, "孙党员")
	clerk.press("发一次性密码")
	clerk.agree("发一次性密码")
	clerk.sees(".one-time", "")
	password := eval[string](clerk, `document.querySelector(".one-time").textContent`)
	clerk.press("我已转告，关闭")
	clerk.waits(closed)
	if eval[bool](clerk, `document.body.textContent.includes("`+password+`")`) {
		t.Error("the password is still on the page")
	}

	p := h.tab(t, phone, "status of 400", "status of 403")
	p.visit("/login", "登录")
	p.fits("login")
	p.signIn(apptest.Member, password)
	p.sees("h1", "请先换一个新密码")
	p.fits("password")
	eval[any](p, `location.hash = "#/inbox"`) // there is no way around it
	p.sees("h1", "请先换一个新密码")
	p.fill("[name=old]", password)
	p.fill("[name=password]", apptest.Member)
	p.fill("[name=again]", apptest.Member)
	p.keys("\r")
	p.sees(".wrong", "字母和数字都要有")
	p.fill("[name=password]", "Qinghe2026")
	p.fill("[name=again]", "Qinghe2026")
	p.keys("\r")
	p.sees("h1", "孙党员，您好")
}

func TestLockOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.tab(t, phone, "status of 400", "status of 403")
	eval[any](p, `null`)
	p.visit("/inbox", "登录")
	for range 5 {
		p.fill("[name=identity]", apptest.Member)
		p.fill("[name=password]", "wrong-2026")
		p.keys("\r")
		p.sees(".wrong", "请")
		p.waits(`!document.querySelector("button.primary").disabled`)
	}
	p.fill("[name=password]", apptest.Password)
	p.keys("\r")
	p.sees(".wrong", "账号已锁定")
}
