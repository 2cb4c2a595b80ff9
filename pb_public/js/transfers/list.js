/**
 * list.js: transfers that I may see: my own, those of my branches, and the
 * letters on their way to them. Which have run out is said first. Follows the
 * server as it changes.
 */
import { html } from "../lib/lib.js";
import { query, setQuery } from "../lib/router.js";
import { can, me } from "../lib/session.js";
import { shortDay, until } from "../lib/format.js";
import { Exchange } from "../exchange/buttons.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { DIRECTIONS, STATES, overdue, soon, under } from "./words.js";

export const title = "组织关系转接";

const FIELDS = "id,name,person,direction,from_name,to_name,letter,issued_on,valid_until,paid_to,state,org,org_path,to_org,created";

/** What is late comes first, then what is under way, then the latest. */
const order = (a, b) => overdue(b) - overdue(a) || under(b) - under(a) || b.created.localeCompare(a.created);

export async function load({ live }) {
    const transfers = live("people_transfers", { sort: "-created", order, fields: FIELDS });
    await transfers.ready;
    return { transfers };
}

const columns = [
    { key: "name", label: "姓名", main: true, nowrap: true },
    { key: "from_name", label: "转出单位", long: true },
    { key: "to_name", label: "转入单位", long: true },
    { key: "direction", label: "去向", nowrap: true, value: ({ direction }) => DIRECTIONS[direction] },
    { key: "letter", label: "介绍信", nowrap: true },
    { key: "paid_to", label: "党费交至", nowrap: true },
    {
        key: "valid_until", label: "有效期至", nowrap: true, cell: (row) => row.valid_until && html`<span>${shortDay(row.valid_until)}${row.state === "issued"
            && html`<br/><span class=${overdue(row) ? "late" : "meta"}>${until(row.valid_until)}</span>`}</span>`,
    },
    { key: "state", label: "进度", cell: ({ state }) => html`<${Badge} word=${STATES[state][0]} tone=${STATES[state][1]}/>` },
];

const GROUPS = { way: under, overdue, soon, letter: ({ state }) => state === "approved", done: ({ state }) => ["receipted", "archived"].includes(state) };
const OPTIONS = [["way", "在办"], ["letter", "待开介绍信"], ["overdue", "已经过期"], ["soon", "七天内到期"], ["done", "已经办成"],
    ...Object.entries(STATES).map(([code, [word]]) => [code, word])];

function summary(rows) {
    if (!rows.length) return "还没有转接。";
    const n = (test) => rows.filter(test).length, late = n(overdue), near = n(soon), letters = n(GROUPS.letter);
    return [`在办 ${n(under)} 件`, letters && `待开介绍信 ${letters} 件`, near && `七天内到期 ${near} 封`, late && `过期 ${late} 封`].filter(Boolean).join("，") + "。";
}

/** A member sees a few of their own: as rows, not as a table. */
const Own = ({ rows }) => html`<section class="card"><ul class="rows">${rows.map((row) => html`<li key=${row.id}><a class="row" href=${"#/transfers/" + row.id}>
    <span class="row-text"><span class="row-title">转往${row.to_name}</span><span class="meta">${row.letter ? `介绍信${row.letter}，有效期至${shortDay(row.valid_until)}` : "还没有开介绍信"}</span></span>
    <span class="row-end"><${Badge} word=${STATES[row.state][0]} tone=${STATES[row.state][1]}/></span></a></li>`)}</ul></section>`;

export default function Transfers({ data }) {
    const all = data.transfers.rows.value, { q, state } = query.value, officer = can("people");
    const rows = all.filter((row) => (!state || (GROUPS[state] ? GROUPS[state](row) : row.state === state)) && matches(q, row.name, row.letter, row.from_name, row.to_name));
    const own = all.some((row) => row.person === me.value.person.id && under(row));
    return html`<div class="page">
        <header class="page-head"><div><h1>组织关系转接</h1><p class="lead" role="status">${officer ? summary(all) : "接收单位返回回执以前，您的组织关系仍在原支部。"}</p></div>
            <p class="actions">${!own && html`<a class="btn primary" href="#/transfers/new">申请转接</a>`}
                ${can("people.edit") && html`<a class="btn" href="#/transfers/new?for=other">为别人登记</a>`}
                ${officer && html`<${Exchange} collection="people_transfers" sort="-created"/><${PrintButton}/>`}</p></header>
        ${officer ? html`
            <${Filters}><${Search} label="按姓名、单位或编号查找"/><${Pick} name="state" label="进度" options=${OPTIONS}/><//>
            <${Table} label="组织关系转接" columns=${columns} rows=${rows} href=${({ id }) => "#/transfers/" + id}
                empty=${all.length ? html`<${Empty} title="没有符合条件的转接"><p><button type="button" onClick=${() => setQuery({ q: "", state: "" })}>清除筛选</button></p><//>`
                    : html`<${Empty} title="还没有转接" text="党员申请转接，或者外单位的介绍信登记以后，会出现在这里。"/>`}/>`
        : all.length ? html`<${Own} rows=${all}/>` : html`<${Empty} title="还没有转接" text="工作单位或者经常居住地变动的，应当转接组织关系。"/>`}
    </div>`;
}
