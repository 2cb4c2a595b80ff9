/** password.js: a new password; at the first sign-in nothing else comes before it. */
import { html } from "../lib/lib.js";
import { mustChange } from "../lib/api.js";
import { go } from "../lib/router.js";
import { changePassword, me, signOut } from "../lib/session.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { toast } from "../ui/toast.js";

export const title = "修改密码";

const RULES = "至少 8 个字符，字母和数字都要有，不要包含工号或手机号。";

/** What can be seen without the server. */
function check({ old, password, again }) {
    if (password && password === old) return { password: "新密码不能和原密码一样。" };
    if (again && again !== password) return { again: "两次填写的新密码不一样。" };
    return {};
}

/** The route names its fields old and new; the form calls the second one password. */
function rename(failure) {
    const { new: password, ...rest } = failure.fields;
    failure.fields = password ? { ...rest, password } : rest;
    throw failure;
}

export default function Password() {
    const forced = mustChange.value;
    const form = useForm({
        initial: { old: "", password: "", again: "" },
        check,
        send: ({ old, password }) => changePassword(old, password).catch(rename),
        done: () => { toast("密码已经修改。"); go(forced ? "/" : "/me"); },
    });
    return html`<div class="narrow"><section class="card">
        <h1>${forced ? "请先换一个新密码" : "修改密码"}</h1>
        <p>${forced ? "您用的是一次性密码。换成自己的密码以后，才能继续使用。" : "修改以后，别的设备上的登录会自动退出。"}</p>
        <${Form} form=${form}>
            <input class="sr" type="text" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly value=${me.value?.person.number ?? ""}/>
            <${Field} form=${form} name="old" label=${forced ? "一次性密码" : "原密码"} type="password" required autocomplete="current-password"/>
            <${Field} form=${form} name="password" label="新密码" type="password" required autocomplete="new-password" hint=${RULES}/>
            <${Field} form=${form} name="again" label="再填一次新密码" type="password" required autocomplete="new-password"/>
            <${Submit} form=${form} extra=${forced
                ? html`<button type="button" onClick=${signOut}>退出登录</button>` : html`<a class="btn" href="#/me">取消</a>`}>确认修改<//>
        <//>
    </section></div>`;
}
