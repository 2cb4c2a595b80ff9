/** overview.js: 台账总览: every ledger that somebody may see or add to, by group. Follows the schema. */
import { html, signal, useEffect } from "../lib/lib.js";
import { query } from "../lib/router.js";
import { count } from "../lib/format.js";
import { Empty } from "../ui/empty.js";
import { Filters, Search, matches } from "../ui/filters.js";
import { catalogue, followLedgers } from "./schema.js";
import { OWN, REACH, groupOf, internal } from "./words.js";

export const title = "台账";
export const css = ["ledgers"];

export async function load() {
    return { ledgers: signal((await catalogue()).ledgers) };
}

const Entry = ({ ledger }) => html`<li><a class="row" href=${"#/ledgers/" + ledger.collection}>
    <span class="row-text"><span class="row-title">${ledger.title}</span>
        <span class="meta">${ledger.may.list === "none" ? "只登记" : REACH[ledger.may.list]}${ledger.may.create !== "none" && ledger.may.list !== "none" ? "，可以登记" : ""}</span></span>
    ${ledger.items.length > 0 && html`<span class="row-end meta">要点第 ${ledger.items.join("、")} 条</span>`}</a></li>`;

/** What the unit has added itself stands first. */
function grouped(ledgers) {
    const groups = new Map();
    for (const ledger of ledgers) groups.set(groupOf(ledger), [...(groups.get(groupOf(ledger)) ?? []), ledger]);
    return [...groups].sort(([a], [b]) => (b === OWN) - (a === OWN));
}

const Group = ({ name, ledgers }) => html`<section class="card"><h2>${name}</h2><ul class="rows">${ledgers.map((ledger) =>
    html`<${Entry} key=${ledger.collection} ledger=${ledger}/>`)}</ul></section>`;

export default function Overview({ data }) {
    useEffect(() => followLedgers(() => catalogue().then(({ ledgers }) => { data.ledgers.value = ledgers; }, () => {})), []);
    const all = data.ledgers.value, { q } = query.value;
    const fits = all.filter((ledger) => matches(q, ledger.title, ledger.collection, groupOf(ledger), ledger.items.map((n) => `第${n}条`).join(" ")));
    const main = fits.filter((ledger) => !internal(ledger)), rest = fits.filter(internal);
    return html`<div class="page">
        <header class="page-head"><div><h1>台账</h1><p class="lead" role="status">${count(main.length)} 本。管理员新建的数据表会自己出现在这里。</p></div></header>
        <${Filters}><${Search} label="按名称查找"/><//>
        ${!fits.length && html`<${Empty} title="没有符合条件的台账" text="请换个写法。"/>`}
        <div class="groups">${grouped(main).map(([name, ledgers]) => html`<${Group} key=${name} name=${name} ledgers=${ledgers}/>`)}</div>
        ${rest.length > 0 && html`<details open=${Boolean(q)}><summary>程序自用的数据表（${rest.length}）</summary>
            <div class="groups">${grouped(rest).map(([name, ledgers]) => html`<${Group} key=${name} name=${name} ledgers=${ledgers}/>`)}</div></details>`}
    </div>`;
}
