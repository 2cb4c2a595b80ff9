/**
 * base_card.js: the yearly base: which items count and why, what comes of it, and the
 * member's own word on it.
 *
 *   <${Base} bases=${records} items=${items} self/>     readItems(filter) reads the items
 *   <${Items} items=${items of one base}/>
 */
import { html, useState } from "../lib/lib.js";
import { list, update } from "../lib/api.js";
import { yuan } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { monthWord } from "./money.js";
import { run } from "./nav.js";
import { BASE, ROLES } from "./words.js";

export const readItems = (filter) => list("dues_base_items", { filter, sort: "created" });

const SIGN = { counted: 1, deducted: -1, excluded: 0 };
const ORDER = ["counted", "deducted", "excluded"];

/** What the notice of 2017 says of items that nobody gave a reason for. */
const USUAL = { counted: "相对固定、经常性的收入", deducted: "个人缴纳的税费，按规定扣除", excluded: "按规定不列入" };

export function Items({ items, actions }) {
    const sorted = [...items].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
    return html`<table class="sums"><caption class="sr">各项收入怎样计入</caption>
        <thead><tr><th scope="col">项目</th><th scope="col" class="num">每月（元）</th><th scope="col">怎样计</th>${actions && html`<td></td>`}</tr></thead>
        <tbody>${sorted.map((item) => html`<tr key=${item.id} class=${item.role === "excluded" ? "off" : ""}><th scope="row">${item.name}</th><td class="num">${SIGN[item.role] < 0 ? "−" : ""}${yuan(item.amount)}</td>
            <td><${Badge} word=${ROLES[item.role][0]} tone=${ROLES[item.role][1]}/> <span class="meta">${item.reason || USUAL[item.role]}</span></td>${actions && html`<td>${actions(item)}</td>`}</tr>`)}</tbody>
        <tfoot><tr><th scope="row">交纳基数</th><td class="num">${yuan(items.reduce((sum, { amount, role }) => sum + SIGN[role] * amount, 0))}</td><td></td>${actions && html`<td></td>`}</tr></tfoot></table>`;
}

/** The member says that it is right, or sends it back to be reckoned again. */
function Word({ base }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const say = (state) => run(setWrong, setBusy, () => update("dues_bases", base.id, { state }));
    const accept = async () => {
        const text = `确认以后，从${monthWord(base.since)}起每月按 ${yuan(base.due)} 元交纳，年内一般不变动。`;
        if (await confirm({ title: "确认这个基数吗？", text, yes: "本人确认" })) say("confirmed");
    };
    const refuse = async () => {
        if (await confirm({ title: "退回重新核算吗？", text: "请同时告诉支部组织委员哪一项不对。", yes: "退回" })) say("draft");
    };
    return html`<p class="notice">支部已经核算好，请看看对不对。</p><p class="wrong" role="alert">${wrong}</p>
        <div class="actions"><button type="button" class="primary" disabled=${busy} onClick=${accept}>本人确认</button><button type="button" disabled=${busy} onClick=${refuse}>不对，退回</button></div>`;
}

function One({ base, items, self }) {
    const [word, tone] = BASE[base.state];
    return html`<div class="base"><p class="between-row"><b>${base.year} 年，自${monthWord(base.since)}起</b><${Badge} word=${word} tone=${tone}/></p>
        <p>交纳基数 <b>${yuan(base.base)}</b> 元，每月交 <b>${yuan(base.due)}</b> 元。</p>
        ${base.reason && html`<p class="meta">年内调整的原因：${base.reason}（${base.resolution}）</p>`}
        ${items.length > 0 && html`<${Items} items=${items}/>`}
        ${base.proxy && html`<p class="meta">代确认：${base.proxy}</p>`}
        ${self && base.state === "handed" && html`<${Word} base=${base}/>`}</div>`;
}

/** Bases are there for their owner and for who assesses or reviews; for others there is nothing to show. */
export function Base({ bases, items, self }) {
    const [latest, ...older] = bases.filter(({ state }) => self ? state !== "draft" : true), mine = ({ id }) => items.filter(({ base_of: of }) => of === id);
    if (!latest) return null;
    return html`<section class="card"><h2>交纳基数</h2><${One} base=${latest} items=${mine(latest)} self=${self}/>
        ${older.length > 0 && html`<details><summary>以前的 ${older.length} 次核定</summary>${older.map((base) => html`<${One} key=${base.id} base=${base} items=${mine(base)} self=${self}/>`)}</details>`}</section>`;
}
