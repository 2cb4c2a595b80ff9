/** branch.js: for officers: the people of a branch in the order of their names, and how totals spread. No ranks. */
import { html, useState } from "../lib/lib.js";
import { call, list } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { canAny, ranges, today } from "../lib/session.js";
import { UNIT_FIELDS, nameOf } from "../org/units.js";
import { Empty } from "../ui/empty.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { Spread } from "./spread.js";
import { PLACINGS, points } from "./words.js";

export const title = "支部积分";
export const reloads = ["org", "year"];
export const css = ["points"];

const HOUSES = ["branch", "retired", "committee", "office", "union", "league"];

export async function load({ query }) {
    const within = (path) => ranges("points").some(({ lo, hi }) => path >= lo && path < hi);
    const units = (await list("org_units", { sort: "path", fields: `${UNIT_FIELDS},kind` })).filter(({ path, kind }) => HOUSES.includes(kind) && within(path));
    const unit = units.find(({ id }) => id === query.org) ?? units.find(({ kind }) => kind === "branch") ?? units[0];
    if (!unit) return { units };
    const ask = `org=${unit.id}&year=${encodeURIComponent(query.year ?? "")}`;
    const [people, spread] = await Promise.all([call("GET", `/api/points/branch?${ask}`), call("GET", `/api/points/spread?${ask}`)]);
    return { units, unit, ask, people, spread };
}

const total = ({ vetoed, total: sum }, of) => (vetoed ? "" : points(of(sum)));

const COLUMNS = [
    { key: "name", label: "姓名", main: true, plain: true, nowrap: true },
    { key: "category", label: "类别", plain: true, cell: ({ category }) => PLACINGS[category] ?? category },
    { key: "added", label: "加分", plain: true, num: true, cell: (row) => total(row, ({ added }) => added) },
    { key: "off", label: "扣分", plain: true, num: true, cell: (row) => total(row, ({ off }) => off) },
    { key: "points", label: "积分", plain: true, num: true, cell: (row) => (row.vetoed ? "否决" : points(row.total.points)) },
    { key: "band", label: "参考档", plain: true, cell: ({ band, vetoed }) => (vetoed ? "" : band) },
];

export default function Branch({ data: { units, unit, ask, people, spread } }) {
    const [more, setMore] = useState([]), [next, setNext] = useState(people?.next ?? ""), [wrong, setWrong] = useState("");
    if (!unit) return html`<div class="page"><${Empty} title="没有您可以看的组织" text="党务工作人员按任职看所在组织的积分。"/></div>`;
    const now = Number(today().slice(0, 4)), rows = [...people.items, ...more].map((row) => ({ ...row, id: row.person }));
    const fetchMore = () => call("GET", `/api/points/branch?${ask}&after=${next}`).then((found) => { setMore([...more, ...found.items]); setNext(found.next); }, ({ message }) => setWrong(message));
    return html`<div class="page" key=${ask}>
        <header class="page-head"><div><h1>${people.name}积分</h1><p class="lead">${people.year} 年，按姓名排列，不排名次；参考档只供民主评议参考。</p></div>
            <p class="actions">${canAny("points.review", "points.edit") && html`<a class="btn primary" href="#/points/review">待审申报</a>
                <a class="btn" href="#/points/periods">季度公示</a><a class="btn" href="#/points/appeals">申诉</a>`}<a class="btn" href="#/points/rules">积分项目</a><${PrintButton}/></p></header>
        <div class="filters"><label class="filter"><span>组织</span><select value=${unit.id} onChange=${(event) => setQuery({ org: event.target.value })}>
                ${units.map((u) => html`<option key=${u.id} value=${u.id} selected=${u.id === unit.id}>${nameOf(u)}</option>`)}</select></label>
            <label class="filter"><span>年度</span><select value=${query.value.year ?? ""} onChange=${(event) => setQuery({ year: event.target.value })}>
                ${[now, now - 1].map((y) => html`<option key=${y} value=${y === now ? "" : y} selected=${String(y) === people.year}>${y}</option>`)}</select></label></div>
        <section class="card"><h2>分布</h2><${Spread} spread=${spread}/></section>
        <${Table} label="支部积分" columns=${COLUMNS} rows=${rows} href=${({ person }) => `#/points/people/${person}`} empty=${html`<${Empty} title="这里没有党员"/>`}/>
        <p class="wrong" role="alert">${wrong}</p>${next && html`<p class="actions"><button type="button" onClick=${fetchMore}>再看一些</button></p>`}
    </div>`;
}
