/**
 * tokens.js: the tokens of a program's account, made here, shown once, ended here.
 *
 *   followTokens(live, id)                            → live list of people_tokens
 *   <${Tokens} person=${record} tokens=${records}/>
 */
import { html, useState } from "../lib/lib.js";
import { call, where } from "../lib/api.js";
import { can, today } from "../lib/session.js";
import { addDays, shortDay } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Dialog, confirm } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { useReturnFocus } from "../ui/focus.js";
import { Once } from "../ui/once.js";

export const followTokens = (live, id) => live("people_tokens", {
    filter: where("person = {:id}", { id }), keep: ({ person }) => person === id, sort: "-created", order: (a, b) => b.created.localeCompare(a.created),
});

function Make({ person, onClose, onMade }) {
    useReturnFocus();
    const form = useForm({
        initial: { name: "", until: addDays(today(), 180) },
        send: (values) => call("POST", `/api/people/${person.id}/tokens`, values), done: ({ token }) => onMade(token),
    });
    return html`<${Dialog} title="生成令牌" onClose=${onClose}><${Form} form=${form}>
        <${Field} form=${form} name="name" label="用在哪里" required maxlength="60" hint="例如“办公系统每晚同步”"/>
        <${Field} form=${form} name="until" label="有效到哪一天" type="date" required min=${today()} hint="最长一年，当天仍有效"/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>生成<//>
    <//><//>`;
}

function standing({ ended_at: ended, until }) {
    if (ended) return ["已作废", "off"];
    return until < today() ? ["已到期", "off"] : ["有效", "ok"];
}

function Token({ token, may, onWrong }) {
    const [word, tone] = standing(token);
    const end = async () => {
        if (!await confirm({ title: `作废“${token.name}”吗？`, text: "用它的程序马上不能再连接，不能恢复。", yes: "作废" })) return;
        await call("POST", `/api/people/tokens/${token.id}/end`).then(() => onWrong(""), ({ message }) => onWrong(message));
    };
    return html`<li class="post"><span class="row-text"><b>${token.name}</b>
            <span class="meta">有效到${shortDay(token.until)}${token.last_day ? `，最近使用${shortDay(token.last_day)}` : "，还没有用过"}</span></span>
        <span class="row-end"><${Badge} word=${word} tone=${tone}/>${may && tone === "ok" && html`<button type="button" class="quiet" onClick=${end}>作废</button>`}</span></li>`;
}

export function Tokens({ person, tokens }) {
    const [making, setMaking] = useState(false), [made, setMade] = useState(""), [wrong, setWrong] = useState("");
    const may = can("people.edit", person.org_path);
    const keep = (token) => {
        setMaking(false);
        setMade(token);
    };
    return html`<section class="card"><h2>程序令牌</h2><p class="meta">程序用令牌连接，有这个账号的全部职权；没有密码。</p><p class="wrong" role="alert">${wrong}</p>
        ${tokens.length ? html`<ul class="plain">${tokens.map((token) => html`<${Token} key=${token.id} token=${token} may=${may} onWrong=${setWrong}/>`)}</ul>`
            : html`<p class="meta">还没有令牌。</p>`}
        ${may && person.state === "active" && html`<div class="actions"><button type="button" onClick=${() => setMaking(true)}>生成令牌</button></div>`}
        ${making && html`<${Make} person=${person} onClose=${() => setMaking(false)} onMade=${keep}/>`}
        ${made && html`<${Once} title="新的令牌" text=${made} onClose=${() => setMade("")}>
            <p>请现在复制到程序的设置里。关闭以后不再显示；丢了就作废它，再生成一个。</p><//>`}</section>`;
}
