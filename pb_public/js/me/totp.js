/**
 * totp.js: one-time codes (动态口令) as the second step of signing in. The secret is
 * shown as a QR code and in letters, the recovery codes once.
 */
import { html, useState } from "../lib/lib.js";
import { call, first, mustEnrol, where } from "../lib/api.js";
import { connect } from "../lib/live.js";
import { go, reload } from "../lib/router.js";
import { me, refresh, signOut } from "../lib/session.js";
import { day } from "../lib/format.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { copy } from "../ui/once.js";
import { QR } from "../ui/qr.js";
import { toast } from "../ui/toast.js";

export const title = "动态口令";

/** Before an officer has turned it on, where it is asked for, nothing else can be read. */
export async function load() {
    if (mustEnrol.value) return { factor: null };
    const factor = await first("people_factors", { filter: where('person = {:id} && confirmed_at != ""', { id: me.value.person.id }) });
    return { factor };
}

const grouped = (secret) => secret.match(/.{1,4}/g).join(" ");

function Begin({ onMade }) {
    const form = useForm({ initial: { password: "" }, send: ({ password }) => call("POST", "/api/people/totp/begin", { password }), done: onMade });
    return html`<p>启用以后，登录时除了密码，还要填写手机上每 30 秒换一次的 6 位数字。别人知道了密码也进不来。</p>
        <p>请先在手机上装一个能显示动态口令的应用，例如手机自带的密码管理、腾讯身份验证器。</p>
        <${Form} form=${form}>
            <${Field} form=${form} name="password" label="登录密码" type="password" required autocomplete="current-password" hint="确认是您本人"/>
            <${Submit} form=${form} extra=${mustEnrol.value && html`<button type="button" onClick=${signOut}>退出登录</button>`}>开始启用<//><//>`;
}

const Code = ({ form, hint }) => html`<${Field} form=${form} name="code" label="口令" required inputmode="numeric" maxlength="12" autocomplete="one-time-code" hint=${hint}/>`;

function Confirm({ made, onCodes }) {
    const form = useForm({ initial: { code: "" }, send: ({ code }) => call("POST", "/api/people/totp/confirm", { code }), done: ({ recovery }) => onCodes(recovery) });
    return html`<ol class="numbered"><li>用手机上的应用扫这个二维码。<div><${QR} text=${made.url} label="动态口令的二维码"/></div>
            <details><summary>不能扫码</summary><p>在应用里选择“手动输入密钥”，填写：</p><p class="one-time long" translate="no">${grouped(made.secret)}</p></details></li>
        <li>填写应用上现在显示的 6 位数字。<${Form} form=${form}><${Code} form=${form}/><${Submit} form=${form}>确认启用<//><//></li></ol>`;
}

function Codes({ codes, onDone }) {
    const text = codes.join("\n");
    return html`<p><b>已经启用。</b>下面是备用码，手机不在身边时代替口令登录，每个只能用一次。</p>
        <ul class="recovery" translate="no">${codes.map((code) => html`<li key=${code}>${code}</li>`)}</ul>
        <p class="notice">请现在抄下来或打印出来，放在安全的地方。离开这一页以后不再显示。</p>
        <div class="actions"><button type="button" class="primary" onClick=${onDone}>我已抄好</button>
            ${navigator.clipboard && html`<button type="button" onClick=${() => copy(text)}>复制</button>`}<button type="button" onClick=${() => print()}>打印</button></div>`;
}

function On({ factor }) {
    const form = useForm({
        initial: { password: "", code: "" }, send: (values) => call("POST", "/api/people/totp/end", values),
        done: () => { toast("动态口令已经停用。"); reload(); },
    });
    return html`<p><b>已经启用</b>，${day(factor.confirmed_at)}起。备用码还剩 ${factor.codes_left} 个。</p>
        ${factor.codes_left < 3 && html`<p class="notice">备用码快用完了。请停用以后重新启用，会得到新的一组。</p>`}
        <h2 class="between">停用</h2><p class="meta">换手机也请先停用，再在新手机上启用。</p>
        <${Form} form=${form}><${Field} form=${form} name="password" label="登录密码" type="password" required autocomplete="current-password"/>
            <${Code} form=${form} hint="或者一个备用码"/><${Submit} form=${form}>停用动态口令<//><//>`;
}

function Enrol() {
    const [made, setMade] = useState(null), [codes, setCodes] = useState(null);
    const done = async () => {
        const forced = mustEnrol.value;
        mustEnrol.value = false;
        await refresh();
        if (!forced) return reload();
        connect();
        return go("/");
    };
    if (codes) return html`<${Codes} codes=${codes} onDone=${done}/>`;
    return made ? html`<${Confirm} made=${made} onCodes=${setCodes}/>` : html`<${Begin} onMade=${setMade}/>`;
}

export default function Totp({ data: { factor } }) {
    return html`<div class="narrow"><section class="card">
        <p class="meta">${!mustEnrol.value && html`<a href="#/me">我的</a>`}</p><h1>动态口令</h1>
        ${mustEnrol.value && html`<p class="notice" role="alert">您有职权，请先启用动态口令，再使用其他功能。</p>`}
        ${factor ? html`<${On} factor=${factor}/>` : html`<${Enrol}/>`}
    </section></div>`;
}
