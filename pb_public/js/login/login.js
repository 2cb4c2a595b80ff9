/** login.js: signing in with staff number or mobile, and with a one-time code where that is on. */
import { html, useEffect, useRef, useState } from "../lib/lib.js";
import { expired, mustChange } from "../lib/api.js";
import { go, query } from "../lib/router.js";
import { signIn, signInSecond } from "../lib/session.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";

export const title = "登录";

/** Only an address of this application may follow a sign-in. */
const next = (to) => (to?.startsWith("/") && !to.startsWith("/login") ? to : "/");

/** The server refuses a wrong password in words of its own; ours say what to do. */
function soften(failure) {
    const wrong = failure.status === 400 && !failure.code;
    if (wrong) failure.message = "工号、手机号或密码不对，请核对后再试。连续输错五次，要等十五分钟才能再登录。";
    failure.fields = {};
    return failure;
}

const enter = () => go(mustChange.value ? "/password" : next(query.value.to));

/** The second step. */
function Second({ id, onBack }) {
    const form = useForm({ initial: { code: "" }, send: ({ code }) => signInSecond(id, code), done: enter });
    return html`<h1>动态口令</h1><p>密码正确。请填写手机上现在显示的 6 位数字。</p>
        <${Form} form=${form}>
            <${Field} form=${form} name="code" label="口令" required inputmode="numeric" maxlength="12" autocomplete="one-time-code" hint="手机不在身边，可以填写一个备用码"/>
            <${Submit} form=${form} extra=${html`<button type="button" onClick=${onBack}>返回</button>`}>登录<//>
        <//>
        <p class="meta">手机和备用码都没有了，请找党建办重置动态口令。</p>`;
}

function First({ onSecond }) {
    const [shown, setShown] = useState(false);
    const form = useForm({
        initial: { identity: "", password: "" },
        send: ({ identity, password }) => signIn(identity, password).catch((failure) => { throw soften(failure); }),
        done: (id) => (id ? onSecond(id) : enter()),
    });
    return html`<h1>登录</h1>
        ${expired.value && html`<p class="notice" role="alert">登录已经过期，请重新登录。您没有交的内容还在。</p>`}
        <${Form} form=${form}>
            <${Field} form=${form} name="identity" label="工号或手机号" required autocomplete="username" inputmode="text" autocapitalize="none" spellcheck="false"/>
            <${Field} form=${form} name="password" label="密码" type=${shown ? "text" : "password"} required autocomplete="current-password"/>
            <label class="check"><input type="checkbox" checked=${shown} onChange=${(event) => setShown(event.target.checked)}/>显示密码</label>
            <${Submit} form=${form}>登录<//>
        <//>
        <p class="meta">忘记了密码，或者账号被停用，请找本支部书记或党建办重置。</p>`;
}

export default function Login() {
    const [id, setId] = useState(""), box = useRef(null);
    useEffect(() => box.current.querySelector("input").focus(), [id]);
    return html`<div class="narrow" ref=${box}><section class="card">
        ${id ? html`<${Second} id=${id} onBack=${() => setId("")}/>` : html`<${First} onSecond=${setId}/>`}</section></div>`;
}
