/**
 * list.js: the ledger of documents (文件台账): what the plan promises to draft,
 * revise or sign, and how far each has come. Follows the server as it changes.
 */
import { html, useState } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { go, query, setQuery } from "../lib/router.js";
import { can, today } from "../lib/session.js";
import { ACTIONS, STATES } from "../lib/words.js";
import { day, shortDay, until } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { DocumentDialog } from "./edit.js";
import { late, open } from "./words.js";

export const title = "文件台账";
export const reloads = ["year"];

const FIELDS = "id,title,action,year,due,state,number,issued_on,file,org,org_path,expand.org.name,expand.org.short";
const SHELF = ["reviewing", "drafting", "planned", "issued", "void"];

/** What still has to be done first, by its day; then what is done, the latest first. */
const order = (a, b) => open(b) - open(a) || (open(a) ? (a.due || "9").localeCompare(b.due || "9") : SHELF.indexOf(a.state) - SHELF.indexOf(b.state) || b.issued_on.localeCompare(a.issued_on))
    || a.title.localeCompare(b.title);
const thisYear = () => Number(today().slice(0, 4));

/** Which item of the plan promises each document: Map document → [item]. */
async function promised() {
    if (!can("plan")) return new Map();
    const tasks = await list("plan_tasks", { filter: 'document != ""', expand: "item", fields: "id,document,expand.item.id,expand.item.number,expand.item.title" });
    const out = new Map();
    for (const { document, expand: { item } = {} } of tasks) {
        const known = out.get(document) ?? [];
        if (item && !known.some(({ id }) => id === item.id)) out.set(document, [...known, item]);
    }
    return out;
}

export async function load({ query, live }) {
    const year = Number(query.year) || thisYear(), all = query.year === "all";
    const documents = live("documents", {
        filter: all ? "" : where("year = {:year}", { year }), keep: (document) => all || document.year === year, sort: "due", order, expand: "org", fields: FIELDS,
    });
    const [items] = await Promise.all([promised(), documents.ready]);
    return { documents, items, year: all ? "all" : year };
}

const itemName = ({ number, title }) => `${number ? number + ". " : ""}${title}`;

const columnsOf = (items, now) => [
    { key: "title", label: "文件", main: true, cell: ({ title }) => `《${title}》` },
    { key: "action", label: "做什么", nowrap: true, cell: ({ action }) => ACTIONS[action] },
    { key: "org", label: "谁起草", value: ({ expand }) => nameOf(expand?.org) },
    {
        key: "due", label: "期限", nowrap: true, value: ({ due }) => due || "9", cell: (document) => document.due && html`<span>${day(document.due)}${open(document)
            && html`<br/><span class=${late(document) ? "late" : "meta"}>${until(document.due, now)}</span>`}</span>`,
    },
    { key: "state", label: "进度", cell: ({ state }) => html`<${Badge} kind="document" state=${state}/>` },
    { key: "number", label: "发文字号" },
    { key: "issued_on", label: "印发", nowrap: true, cell: ({ issued_on: on }) => shortDay(on) },
    items.size > 0 && {
        key: "item", label: "出自哪一条", long: true, value: ({ id }) => items.get(id)?.[0]?.number ?? 0, cell: ({ id }) => (items.get(id) ?? []).map((item) => html`
            <a key=${item.id} class="item-link" href=${"#/plan/items/" + item.id}>${itemName(item)}</a>`),
    },
].filter(Boolean);

const inState = { open, late, ...Object.fromEntries(Object.keys(STATES.document).map((code) => [code, ({ state }) => state === code])) };
const STATE_OPTIONS = [["late", "已过期限"], ["open", "还没有印发"], ...Object.entries(STATES.document).map(([code, [word]]) => [code, word])];

function summary(documents) {
    if (!documents.length) return "还没有文件。";
    const n = (test) => documents.filter(test).length, overdue = n(late);
    return `${documents.length} 份，已印发 ${n(inState.issued)} 份，还没有印发 ${n(open)} 份${overdue ? `，其中 ${overdue} 份已过期限` : ""}。`;
}

const years = (chosen) => [...new Set([thisYear() + 1, thisYear(), thisYear() - 1, thisYear() - 2, chosen])].filter((year) => year !== "all")
    .sort((a, b) => b - a).map((year) => [String(year), `${year} 年`]);

const orgsOf = (documents) => [...new Map(documents.map(({ org, expand }) => [org, nameOf(expand?.org)]))];

export default function Documents({ data }) {
    const documents = data.documents.rows.value, { q, state, org, action, item } = query.value, [adding, setAdding] = useState(false);
    const itemsOf = (id) => data.items.get(id) ?? [], every = new Map([...data.items.values()].flat().map((one) => [one.id, one]));
    const rows = documents.filter((row) => (!state || inState[state]?.(row)) && (!org || row.org === org) && (!action || row.action === action)
        && (!item || itemsOf(row.id).some(({ id }) => id === item)) && matches(q, row.title, row.number, nameOf(row.expand?.org), ...itemsOf(row.id).map(itemName)));
    const orgs = orgsOf(documents), items = [...every.values()].sort((a, b) => a.number - b.number);
    const clear = () => setQuery({ q: "", state: "", org: "", action: "", item: "" });
    return html`<div class="page">
        <header class="page-head"><div><h1>文件台账</h1><p class="lead" role="status">${data.year === "all" ? "各年" : `${data.year} 年`}，${summary(documents)}</p></div>
            <p class="actions">${can("documents.edit") && html`<button type="button" class="primary" onClick=${() => setAdding(true)}>登记文件</button>`}
                <${PrintButton}/></p></header>
        <${Filters}>
            <${Search} label="按名称或文号查找"/>
            <label class="filter"><span>年度</span><select value=${String(data.year)} onChange=${(event) => setQuery({ year: event.target.value })}>
                ${[...years(data.year), ["all", "各年"]].map(([code, word]) => html`<option key=${code} value=${code} selected=${code === String(data.year)}>${word}</option>`)}</select></label>
            <${Pick} name="state" label="进度" options=${STATE_OPTIONS}/>
            ${orgs.length > 1 && html`<${Pick} name="org" label="谁起草" options=${orgs}/>`}
            <${Pick} name="action" label="做什么" options=${Object.entries(ACTIONS)}/>
            ${items.length > 0 && html`<${Pick} name="item" label="出自哪一条" options=${items.map((one) => [one.id, itemName(one)])}/>`}
        <//>
        ${rows.length < documents.length && html`<p class="meta" role="status">显示 ${rows.length} 份，共 ${documents.length} 份。</p>`}
        <${Table} label="文件台账" columns=${columnsOf(data.items, today())} rows=${rows} href=${({ id }) => "#/documents/" + id}
            empty=${documents.length ? html`<${Empty} title="没有符合条件的文件"><p><button type="button" onClick=${clear}>清除筛选</button></p><//>`
                : html`<${Empty} title="还没有文件" text="工作要点里要制定、修订、签订的文件，确认以后会出现在这里。"/>`}/>
        ${adding && html`<${DocumentDialog} onClose=${() => setAdding(false)} onDone=${({ id }) => go("/documents/" + id)}/>`}
    </div>`;
}
