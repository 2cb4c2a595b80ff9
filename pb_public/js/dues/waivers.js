/** waivers.js: reductions that somebody has asked for, and asking for one. Details of a hardship are shown by a press, with a trace. */
import { html, useState } from "../lib/lib.js";
import { call, create, remove, update } from "../lib/api.js";
import { can, me, today } from "../lib/session.js";
import { yuan } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Dialog, askText, confirm } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { fenOf, monthOf, span } from "./money.js";
import { run } from "./nav.js";
import { REASONS, WAIVER } from "./words.js";

function Ask({ person, onClose }) {
    const now = today().slice(0, 7);
    const form = useForm({
        initial: { person, reason: "illness", detail: "", amount: "0", since: now, until: `${now.slice(0, 4)}-12` },
        check: ({ amount, since, until }) => ({
            ...(fenOf(amount) === null || fenOf(amount) < 0 ? { amount: "请写成元，最多两位小数；免交写 0。" } : {}),
            ...(monthOf(since) ? {} : { since: "请写成 2026-03 这样。" }), ...(monthOf(until) ? {} : { until: "请写成 2026-12 这样。" }),
        }),
        send: async (values) => {
            const made = await create("dues_waivers", { ...values, amount: fenOf(values.amount), since: monthOf(values.since), until: monthOf(values.until) });
            // Where it can't be handed in, nothing is kept: the form says why and keeps what was typed.
            await update("dues_waivers", made.id, { state: "pending" }).catch(async (failure) => { await remove("dues_waivers", made.id); throw failure; });
        },
        done: onClose,
    });
    return html`<${Dialog} title="申请少交或免交" onClose=${onClose}><p class="meta">交纳确有困难的，由支部研究、报上一级党委批准；离退休的由支部研究同意。最长到当年 12 月。</p>
        <${Form} form=${form}>
            <${Field} form=${form} name="reason" label="原因" type="select" required options=${Object.entries(REASONS)}/>
            <${Field} form=${form} name="detail" label="困难情况" type="textarea" rows="4" required maxlength="1000" hint="只有经办和批准的人看得到，不公开，不导出。"/>
            <${Field} form=${form} name="amount" label="减免后每月交多少（元）" required inputmode="decimal" hint="免交写 0。"/>
            <div class="pair"><${Field} form=${form} name="since" label="从哪个月起" type="month" required/><${Field} form=${form} name="until" label="到哪个月（含）" type="month" required/></div>
            <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>提交申请<//>
        <//><//>`;
}

function Waiver({ waiver, self }) {
    const [detail, setDetail] = useState(""), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), [word, tone] = WAIVER[waiver.state];
    const look = async () => {
        const reason = self ? "" : await askText({ title: "查看困难情况", label: "为什么要看", text: "本人会看到是谁、为什么看过。", yes: "查看" });
        if (reason !== null) run(setWrong, setBusy, async () => setDetail((await call("POST", `/api/dues/waivers/${waiver.id}/detail`, { reason })).detail || "没有写。"));
    };
    const drop = async () => {
        if (await confirm({ title: "删除这份草稿吗？", yes: "删除" })) run(setWrong, setBusy, () => remove("dues_waivers", waiver.id));
    };
    return html`<li><p class="between-row"><b>${waiver.amount ? `减为每月 ${yuan(waiver.amount)} 元` : "免交"}</b><${Badge} word=${word} tone=${tone}/></p>
        <span class="meta">${span(waiver.since, waiver.until)}，${REASONS[waiver.reason]}</span>
        ${detail && html`<blockquote class="pre">${detail}</blockquote>`}<p class="wrong" role="alert">${wrong}</p>
        <p>${!detail && html`<button type="button" class="quiet" disabled=${busy} onClick=${look}>看困难情况</button>`}
            ${waiver.state === "draft" && html`<button type="button" class="quiet" disabled=${busy} onClick=${() => run(setWrong, setBusy, () => update("dues_waivers", waiver.id, { state: "pending" }))}>提交</button>
                <button type="button" class="quiet" disabled=${busy} onClick=${drop}>删除</button>`}</p></li>`;
}

export function Waivers({ waivers, person, self }) {
    const [asking, setAsking] = useState(false), may = self || can("dues.record");
    if (!waivers.length && !may) return null;
    return html`<section class="card"><h2>少交和免交</h2>
        ${waivers.length ? html`<ul class="plain">${waivers.map((waiver) => html`<${Waiver} key=${waiver.id} waiver=${waiver} self=${waiver.person === me.value.person.id}/>`)}</ul>` : html`<p class="meta">没有申请过。</p>`}
        ${may && html`<div class="actions"><button type="button" onClick=${() => setAsking(true)}>${self ? "申请少交或免交" : "替本人提出"}</button></div>`}
        ${asking && html`<${Ask} person=${person} onClose=${() => setAsking(false)}/>`}</section>`;
}
