/** login.js: signing in with staff number or mobile. */
import { html, useEffect, useRef, useState } from "../lib/lib.js";
import { expired, mustChange } from "../lib/api.js";
import { go, query } from "../lib/router.js";
import { signIn } from "../lib/session.js";
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

export default function Login() {
    const [shown, setShown] = useState(false), box = useRef(null);
    useEffect(() => box.current.querySelector("input").focus(), []);
    const form = useForm({
        initial: { identity: "", password: "" },
        send: ({ identity, password }) => signIn(identity, password).catch((failure) => { throw soften(failure); }),
        done: () => go(mustChange.value ? "/password" : next(query.value.to)),
    });
    return html`<div class="narrow" ref=${box}><section class="card">
        <h1>登录</h1>
        ${expired.value && html`<p class="notice" role="alert">登录已经过期，请重新登录。您没有交的内容还在。</p>`}
        <${Form} form=${form}>
            <${Field} form=${form} name="identity" label="工号或手机号" required autocomplete="username" inputmode="text" autocapitalize="none" spellcheck="false"/>
            <${Field} form=${form} name="password" label="密码" type=${shown ? "text" : "password"} required autocomplete="current-password"/>
            <label class="check"><input type="checkbox" checked=${shown} onChange=${(event) => setShown(event.target.checked)}/>显示密码</label>
            <${Submit} form=${form}>登录<//>
        <//>
        <p class="meta">忘记了密码，或者账号被停用，请找本支部书记或党建办重置。</p>
    </section></div>`;
}
