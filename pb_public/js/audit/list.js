/** list.js: the trail (留痕) for officers: who has done what, by time, person and kind, all in the address. */
import { html } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { today } from "../lib/session.js";
import { count, day } from "../lib/format.js";
import { Empty, Trouble } from "../ui/empty.js";
import { Filters, Pick, Search } from "../ui/filters.js";
import { PrintButton } from "../ui/print.js";
import { Entries } from "./entries.js";
import { filterOf, read } from "./read.js";
import { useTrail } from "./trail.js";
import { ACTIONS, TITLES } from "./words.js";

export const title = "留痕";
export const css = ["trail"];

export async function load({ query }) {
    const [first, head, { ledgers }] = await Promise.all([read(filterOf(query), query.before), call("GET", "/api/audit/head"), call("GET", "/api/ledgers")]);
    const kinds = ledgers.filter(({ collection }) => collection !== "audit_entries")
        .map(({ collection, title: word }) => [collection, word === collection ? TITLES[collection] ?? collection : word]);
    return { first, head, kinds };
}

const Day = ({ name, label }) => html`<label class="filter"><span>${label}</span><input type="date" max=${today()} value=${query.value[name] ?? ""}
    onChange=${(event) => setQuery({ [name]: event.target.value, before: "" })}/></label>`;

/** How it is shown that nothing has been cut off. */
const Head = ({ head }) => html`<details class="head"><summary>${head.anchor.day
    ? `共 ${count(head.seq)} 条，最近一次封存：${day(head.anchor.day)}，到第 ${count(head.anchor.seq)} 条。` : `共 ${count(head.seq)} 条，今晚第一次封存。`}</summary>
    <p>每一条都带着前一条的摘要，中间改动、删去、插入任何一条都会对不上。抄下末条摘要，以后可以证明留痕没有被截短或者重写；逐条校验请系统管理员运行 audit verify。</p>
    <dl class="facts"><div><dt>末条</dt><dd>第 ${count(head.seq)} 条 ${head.hash}</dd></div>
        ${head.anchor.day && html`<div><dt>封存</dt><dd>第 ${count(head.anchor.seq)} 条 ${head.anchor.hash}</dd></div>`}</dl></details>`;

const NARROWED = { record: "只看一条记录的经过。", actor: "只看一个人办的。", person: "只看关系到一个人的。" };

const Narrowed = ({ name, text }) => html`<p class="notice">${text} <button type="button" class="word" onClick=${() => setQuery({ [name]: "", before: "" })}>看全部</button></p>`;

const clear = { q: "", from: "", to: "", collection: "", action: "", actor: "", person: "", record: "", before: "" };

export default function Trail({ data }) {
    const { found, wrong, again } = useTrail(data.first), narrow = (patch) => setQuery({ before: "", ...patch }, { push: true });
    const turn = (before) => () => {
        setQuery({ before }, { push: true });
        document.querySelector("main h1")?.scrollIntoView({ block: "start" });
    };
    return html`<div class="page">
        <header class="page-head"><div><h1>留痕</h1><p class="lead">谁在什么时候做了什么。只能追加，不能修改；敏感内容只记改过，不记内容。</p></div><${PrintButton}/></header>
        <${Head} head=${data.head}/>
        <${Filters}>
            <${Search} label="按姓名或名称查找"/>
            <${Day} name="from" label="从"/><${Day} name="to" label="到"/>
            <${Pick} name="action" label="做了什么" options=${Object.entries(ACTIONS)}/>
            <${Pick} name="collection" label="哪个台账" options=${data.kinds}/>
        <//>
        ${Object.entries(NARROWED).map(([name, text]) => query.value[name] && html`<${Narrowed} key=${name} name=${name} text=${text}/>`)}
        ${wrong ? html`<${Trouble} message=${wrong} onRetry=${again}/>` : found.entries.length
            ? html`<section class="card"><${Entries} found=${found} onPick=${narrow}/></section>`
            : html`<${Empty} title="没有符合条件的留痕" text="请放宽条件。"><p><button type="button" onClick=${() => setQuery(clear)}>清除筛选</button></p><//>`}
        <nav class="pages" aria-label="翻页">${query.value.before && html`<button type="button" onClick=${turn("")}>回到最新</button>`}
            ${found.next && html`<button type="button" onClick=${turn(found.next)}>更早的</button>`}</nav>
    </div>`;
}
