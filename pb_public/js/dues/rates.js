/**
 * rates.js: what anybody may ask: how much would somebody owe (试算), and by which
 * rules. Who keeps the rates tries a set on everybody before it takes effect.
 */
import { html, useState } from "../lib/lib.js";
import { call, list, update } from "../lib/api.js";
import { reload } from "../lib/router.js";
import { can, today } from "../lib/session.js";
import { count, yuan } from "../lib/format.js";
import { UNIT_FIELDS, nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Dialog, confirm } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { PrintButton } from "../ui/print.js";
import { monthWord } from "./money.js";
import { DuesNav, run } from "./nav.js";
import { BASED, CATEGORIES, RATES } from "./words.js";

export const title = "党费标准和试算";
export const css = ["dues"];

export const load = async () => ({ sets: await list("dues_rates", { sort: "-effective" }), units: can("dues.rates") ? await list("org_units", { fields: UNIT_FIELDS }) : [] });

/** Farmers owe what the branch sets between two bounds, so they may give an amount, too. */
const asksBase = (category) => category in BASED || category === "farmer";

function Quote() {
    const [answer, setAnswer] = useState(null);
    const form = useForm({
        initial: { category: "wage_monthly", base: "", month: today().slice(0, 7) },
        send: async (values) => {
            setAnswer(null);
            const { category, base, month } = values;
            return { values, answer: await call("GET", `/api/dues/quote?${new URLSearchParams({ category, base: asksBase(category) ? base.trim() : "", month })}`) };
        },
        done: ({ values, answer }) => { form.set(values); setAnswer(answer); }, // what was asked stays, for the next question
    });
    const { category } = form.values.value, asks = asksBase(category);
    return html`<section class="card"><h2>试算</h2><p class="meta">算算每月该交多少。填的内容不保存。</p><${Form} form=${form}>
            <${Field} form=${form} name="category" label="按什么交纳" type="select" required options=${Object.entries(CATEGORIES)}/>
            ${asks && html`<${Field} form=${form} name="base" label=${category === "farmer" ? "支部核定的每月金额（元）" : "交纳基数（元）"} required=${category !== "farmer"} inputmode="decimal" hint=${BASED[category] ?? "没有核定的可以不填。"}/>`}
            <${Field} form=${form} name="month" label="哪个月" type="month" required/><${Submit} form=${form}>算一算<//><//>
        <div aria-live="polite">${answer && html`<p class="owed">${answer.due_yuan} <small>元一个月</small></p><p>${answer.explain}</p>`}</div></section>`;
}

const percent = (bp) => `${bp / 100}%`;

const round = (fen) => yuan(fen).replace(/\.00$/, "");

function scale({ brackets, fixed, min, max }) {
    if (fixed) return `每月 ${yuan(fixed)} 元`;
    if (max) return `支部在每月 ${yuan(min)} 至 ${yuan(max)} 元之间核定`;
    return (brackets ?? []).map(({ up_to: to, rate }, i) => (to ? `${round(to)} 元（含）以下 ${percent(rate)}` : i ? `以上 ${percent(rate)}` : `一律 ${percent(rate)}`)).join("；");
}

/** Categories with the same scale stand on one line. */
function gather(scales) {
    const lines = new Map();
    for (const [code, word] of Object.entries(CATEGORIES)) if (scales?.[code]) lines.set(scale(scales[code]), [...(lines.get(scale(scales[code])) ?? []), word]);
    return [...lines];
}

const change = ({ affected, change: fen }) => (affected
    ? `其中 ${count(affected)} 人的金额会变，合计每月${fen < 0 ? "少" : "多"}交 ${yuan(Math.abs(fen))} 元` : "金额都不变");

function Effect({ effect, units, onClose }) {
    const names = new Map(units.map((unit) => [unit.id, nameOf(unit)]));
    return html`<${Dialog} title="启用前试算" wide onClose=${onClose}>
        <p>${monthWord(effect.month)}应交的有 ${count(effect.people)} 人，${change(effect)}${effect.refused ? `；${effect.refused} 人按这一版算不出来，要先核对` : ""}。什么也没有写入。</p>
        ${effect.units.length > 0 && html`<table><caption class="sr">各组织的变化</caption><thead><tr><th scope="col">组织</th><th scope="col" class="num">人数</th><th scope="col" class="num">变化（元）</th></tr></thead>
            <tbody>${effect.units.map((unit) => html`<tr key=${unit.org}><th scope="row">${names.get(unit.org)}</th><td class="num">${unit.affected ?? "不足 5 人"}</td><td class="num">${unit.change == null ? "不显示" : yuan(unit.change)}</td></tr>`)}</tbody></table>`}
        <div class="actions"><button type="button" onClick=${onClose}>关闭</button></div><//>`;
}

function Deeds({ set, units }) {
    const [effect, setEffect] = useState(null), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const attempt = () => run(setWrong, setBusy, async () => setEffect(await call("POST", `/api/dues/rates/${set.id}/sandbox?month=${set.effective > today().slice(0, 7) ? set.effective : today().slice(0, 7)}`)));
    const move = async (state, title, text) => { if (await confirm({ title, text, yes: state === "active" ? "启用" : "作废" })) run(setWrong, setBusy, async () => { await update("dues_rates", set.id, { state }); await reload(); }); };
    return html`<p class="wrong" role="alert">${wrong}</p><div class="actions"><button type="button" disabled=${busy} onClick=${attempt}>试一试影响多少人</button>
            ${set.state === "draft" && html`<a class="btn" href=${`#/ledgers/dues_rates/${set.id}/edit`}>修改</a><button type="button" disabled=${busy} onClick=${() => move("active", `启用 ${set.no} 版吗？`, `从${monthWord(set.effective)}起执行；已经出账的月份不变。启用以后内容不能再改。`)}>启用</button>`}
            ${set.state === "active" && html`<button type="button" disabled=${busy} onClick=${() => move("void", `作废 ${set.no} 版吗？`, "作废以后不能恢复；已经出账的月份不变。")}>作废</button>`}</div>
        ${effect && html`<${Effect} effect=${effect} units=${units} onClose=${() => setEffect(null)}/>`}`;
}

function Version({ set, units, current }) {
    const later = set.effective > today().slice(0, 7);
    const [word, tone] = current ? ["正在执行", "ok"] : set.state !== "active" ? RATES[set.state] : later ? ["还没有到执行的月份", "wait"] : ["已经不执行", "off"];
    const body = html`<p class="meta">${set.document || "还没有文号"}，自${monthWord(set.effective)}起。${set.cap ? `每人每月一般不超过 ${yuan(set.cap)} 元。` : ""}${{ 1: "四舍五入到分。", 10: "四舍五入到角。", 100: "四舍五入到元。" }[set.unit] ?? ""}</p>
        <table class="sums"><caption class="sr">各类别怎样交纳</caption><thead><tr><th scope="col">怎样交</th><th scope="col">适用</th></tr></thead><tbody>${gather(set.scales).map(([how, who]) => html`<tr key=${how}><th scope="row">${how}</th><td>${who.join("、")}</td></tr>`)}</tbody></table>
        ${can("dues.rates") && html`<${Deeds} set=${set} units=${units}/>`}`;
    const head = html`《${set.title}》 <${Badge} word=${word} tone=${tone}/>`;
    return current || set.state === "draft" ? html`<section class="card"><h2>${head}</h2>${body}</section>` : html`<details class="card"><summary>${head}</summary>${body}</details>`;
}

export default function Rates({ data: { sets, units } }) {
    const now = today().slice(0, 7), current = sets.find(({ state, effective }) => state === "active" && effective <= now), order = (set) => (set === current ? 0 : set.state === "draft" ? 1 : 2);
    return html`<div class="page">
        <header class="page-head"><div><h1>党费标准和试算</h1><p class="lead">按全额对应的一档计算，不是分段累计。</p></div>
            <p class="actions">${can("dues.rates") && html`<a class="btn" href="#/ledgers/dues_rates/new">起草新的标准</a>`}<${PrintButton}/></p></header>
        <${DuesNav} at="rates"/>
        <div class="columns"><div>${[...sets].sort((a, b) => order(a) - order(b)).map((set) => html`<${Version} key=${set.id} set=${set} units=${units} current=${set === current}/>`)}</div><div class="quote"><${Quote}/></div></div>
    </div>`;
}
