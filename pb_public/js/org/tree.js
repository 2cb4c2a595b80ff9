/**
 * tree.js: the organizations as a tree, with how many belong to each and who
 * holds office there, as of any day. A press opens one beside the tree.
 */
import { html } from "../lib/lib.js";
import { call, list } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { canAny, today } from "../lib/session.js";
import { UNIT_KINDS } from "../lib/words.js";
import { count, shortDay } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { followPosts, stateOf } from "./posts.js";
import { UnitPanel } from "./unit.js";
import { UNIT_FIELDS, openOn, ordered } from "./units.js";

export const title = "组织";

const order = (a, b) => a.sort - b.sort || a.path.localeCompare(b.path);
const seesOfficers = () => canAny("org", "people");

export async function load({ live }) {
    const units = live("org_units", { sort: "sort,path", order, fields: UNIT_FIELDS });
    const posts = seesOfficers() ? followPosts(live, "", () => true) : null;
    const [counts, roles] = await Promise.all([
        canAny("people") ? call("GET", "/api/people/counts") : null, list("org_roles", { sort: "sort", fields: "id,name,single" }), units.ready, posts?.ready,
    ]);
    return { units, posts, counts, roles };
}

/** Everybody below a unit, itself included; null where the reader may see nobody. */
export function headcount(unit, units, counts) {
    const known = units.filter(({ id, path }) => path.startsWith(unit.path) && counts?.[id] !== undefined);
    return known.length ? known.reduce((n, { id }) => n + counts[id], 0) : null;
}

/** 党工委书记 高远征；党工委委员 严守廉、柳文筠 */
function named(posts) {
    const byRole = new Map();
    for (const { expand } of posts) byRole.set(expand?.role?.name, [...(byRole.get(expand?.role?.name) ?? []), expand?.person?.name]);
    return [...byRole].map(([role, names]) => `${role} ${names.join("、")}`).join("；");
}

const byRank = (a, b) => (a.expand?.role?.sort ?? 0) - (b.expand?.role?.sort ?? 0);

function columnsOf({ counts, posts }, opened) {
    return [
        {
            key: "name", label: "组织", main: true, plain: true, value: ({ unit }) => unit.name,
            cell: ({ unit, depth, closed }) => html`<span class="branch" style="--depth:${depth}">${unit.name}${closed && html` <${Badge} word="已撤销"/>`}</span>`,
        },
        !opened && { key: "kind", label: "类别", plain: true, nowrap: true, cell: ({ unit }) => UNIT_KINDS[unit.kind] },
        counts && { key: "people", label: "人数（含下级）", plain: true, num: true, cell: ({ people }) => (people === null ? "" : count(people)) },
        posts && { key: "held", label: "在任", plain: true, long: true, cell: ({ held }) => named(held) },
    ].filter(Boolean);
}

/** The tree as rows; a search keeps what fits, without the branches above it. */
function rowsOf({ units, posts, counts, on, past }) {
    const { q, kind } = query.value, all = units.filter((unit) => past || openOn(unit, on)), held = new Map();
    for (const post of posts) if (stateOf(post, on) === "held") held.set(post.org, [...(held.get(post.org) ?? []), post]);
    return ordered(all).map(({ unit, depth }) => ({
        id: unit.id, unit, depth: q || kind ? 0 : depth, closed: !openOn(unit, on), people: headcount(unit, all, counts), held: (held.get(unit.id) ?? []).sort(byRank),
    })).filter(({ unit, held: own }) => (!kind || unit.kind === kind) && matches(q, unit.name, unit.short, unit.code, named(own)));
}

export default function Tree({ data }) {
    const { on, unit: opened, past } = query.value, at = on || today(), units = data.units.rows.value, posts = data.posts?.rows.value ?? [];
    const rows = rowsOf({ units, posts, counts: data.counts, on: at, past }), shown = units.find(({ id }) => id === opened);
    const kinds = [...new Set(units.map(({ kind }) => kind))].map((kind) => [kind, UNIT_KINDS[kind]]);
    return html`<div class="page">
        <header class="page-head"><div><h1>组织</h1><p class="lead" role="status">${on ? `${shortDay(on)}的` : ""}${count(rows.length)} 个组织。${on && data.counts ? "人数是今天的。" : ""}</p></div>
            <${PrintButton}/></header>
        <${Filters}>
            <${Search} label="按名称、职务、姓名查找"/>
            <${Pick} name="kind" label="类别" options=${kinds}/>
            <label class="filter"><span>截至哪一天</span><input type="date" value=${at} onInput=${(event) => setQuery({ on: event.target.value === today() ? "" : event.target.value })}/></label>
            <label class="check"><input type="checkbox" checked=${Boolean(past)} onChange=${(event) => setQuery({ past: event.target.checked ? "1" : "" })}/>列出已撤销的</label>
        <//>
        <div class=${shown ? "with-panel" : ""}>
            <div><${Table} label="组织" columns=${columnsOf(data, shown)} rows=${rows} opened=${opened} onOpen=${({ id }) => setQuery({ unit: id }, { push: true })}
                empty=${html`<${Empty} title="没有符合条件的组织"><p><button type="button" onClick=${() => setQuery({ q: "", kind: "", on: "", past: "" })}>清除筛选</button></p><//>`}/></div>
            ${shown && html`<${UnitPanel} key=${opened} unit=${shown} units=${units} posts=${posts.filter(({ org }) => org === opened)} data=${data} on=${at} onClose=${() => setQuery({ unit: "" })}/>`}
        </div>
    </div>`;
}
