/**
 * grid.js: who has paid which month of a year (收缴表). Filters and sums stand
 * above and below; a name opens everything about somebody. By name, never by amount.
 */
import { html, useState } from "../lib/lib.js";
import { call, where } from "../lib/api.js";
import { query, reload, setQuery } from "../lib/router.js";
import { can, today } from "../lib/session.js";
import { count, yuan } from "../lib/format.js";
import { saveFrom } from "../exchange/save.js";
import { nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { Summary } from "./chart.js";
import { monthsOf } from "./money.js";
import { DuesNav, UnitPick, YearPick, chooseUnit, yearOf } from "./nav.js";
import { gridPage, useGrid } from "./people.js";
import { standing } from "./words.js";

export const title = "党费收缴表";
export const css = ["dues"];
export const reloads = ["org", "year"];

export async function load({ query, live }) {
    const { units, unit } = await chooseUnit(query, "dues"), year = yearOf(query);
    const fresh = live("dues_payments", { filter: where("updated > {:now}", { now: new Date().toISOString().replace("T", " ") }), fields: "id,state" });
    const [first, summary] = await Promise.all([gridPage(unit, year), call("GET", `/api/dues/summary?${new URLSearchParams({ org: unit.id, year })}`), fresh.ready]);
    return { units, unit, year, first, summary, fresh };
}

const STANDS = [["owed", "欠交"], ["due", "待交"], ["paid", "全部交清"], ["ahead", "有预交"], ["waived", "有减免"], ["none", "没有账单"]];

/** Whether somebody belongs under a filter; what isn't over yet isn't owed. */
function stands(months, key) {
    const all = Object.values(months), now = today(), is = (wanted) => all.some((month) => standing(month, now).key === wanted);
    if (key === "none") return !all.length;
    if (key === "paid") return all.length > 0 && !is("owed") && !is("due");
    return key === "waived" ? all.some(({ waived }) => waived > 0) : is(key);
}

function Cell({ month }) {
    if (!month) return null;
    const { word, tone } = standing(month, today());
    return html`<span class="cell"><${Badge} word=${word} tone=${tone}/><span>${yuan(month.remaining > 0 ? month.remaining : month.paid)}</span></span>`;
}

const total = (row, field) => Object.values(row.months).reduce((sum, month) => sum + month[field], 0);

function columns(year, names, several) {
    return [
        { key: "name", label: "姓名", main: true, plain: true, nowrap: true, cell: ({ name, number }) => html`<span>${name} <span class="meta">${number}</span></span>` },
        ...(several ? [{ key: "org", label: "组织", plain: true, nowrap: true, cell: ({ org }) => names.get(org) }] : []),
        ...monthsOf(year).map((month) => ({ key: month, label: `${Number(month.slice(5))}月`, num: true, plain: true, cell: ({ months }) => html`<${Cell} month=${months[month]}/>` })),
        { key: "paid", label: "实交", num: true, plain: true, nowrap: true, cell: (row) => yuan(total(row, "paid")) },
        { key: "owed", label: "未交", num: true, plain: true, nowrap: true, cell: (row) => yuan(Math.max(0, total(row, "remaining"))) },
    ];
}

function Foot({ rows, year, several }) {
    const of = (month, field) => rows.reduce((sum, { months }) => sum + (months[month]?.[field] ?? 0), 0), sum = (field) => rows.reduce((all, row) => all + total(row, field), 0);
    return html`<tr><th scope="row" colspan=${several ? 2 : 1}>实交合计</th>${monthsOf(year).map((month) => html`<td key=${month} class="num" data-label=${`${Number(month.slice(5))}月`}>${of(month, "paid") ? yuan(of(month, "paid")) : ""}</td>`)}
        <td class="num">${yuan(sum("paid"))}</td><td class="num">${yuan(rows.reduce((all, row) => all + Math.max(0, total(row, "remaining")), 0))}</td></tr>`;
}

export default function Grid({ data }) {
    const { units, unit, year, summary, fresh } = data, { rows, more, wrong } = useGrid(data.first, unit, year), { q, stand } = query.value;
    const names = new Map(units.map((one) => [one.id, nameOf(one)])), several = rows.some(({ org }) => org !== rows[0].org);
    const shown = rows.filter(({ name, number, months }) => matches(q, name, number) && (!stand || stands(months, stand)));
    const [failed, setFailed] = useState(""), news = fresh.rows.value.length, clear = () => setQuery({ q: "", stand: "" });
    const save = () => saveFrom(`/api/dues/grid/sheet?${new URLSearchParams({ org: unit.id, year })}`, `${nameOf(unit)}${year}年党费收缴表.xlsx`).then(() => setFailed(""), ({ message }) => setFailed(message));
    return html`<div class="page wide-page grid-page">
        <header class="page-head"><div><h1>${year} 年党费收缴表</h1>
            <p class="lead" role="status">${nameOf(unit)}，${more ? `已读 ${count(rows.length)} 人，正在读其余的人……` : `共 ${count(rows.length)} 人`}${shown.length < rows.length ? `，符合条件的 ${count(shown.length)} 人` : ""}。</p></div>
            <p class="actions">${can("dues.record") && html`<a class="btn primary" href="#/dues/entry">登记收款</a><a class="btn" href="#/dues/entry?import=1">导入</a>`}<button type="button" onClick=${save}>导出</button><${PrintButton}/></p></header>
        <${DuesNav} at="grid"/>
        <${Filters}><${Search} label="姓名或工号"/><${UnitPick} units=${units} unit=${unit}/><${YearPick}/><${Pick} name="stand" label="交纳情况" options=${STANDS}/><//>
        <p class="wrong" role="alert">${wrong || failed}</p>
        ${news > 0 && html`<p class="notice">有 ${news} 笔收款刚有变动。<button type="button" class="quiet" onClick=${reload}>更新这张表</button></p>`}
        <div class="grid"><${Table} label=${`${year} 年党费收缴表`} columns=${columns(year, names, several)} rows=${shown.map((row) => ({ ...row, id: row.person }))} href=${({ person }) => "#/dues/people/" + person}
            footer=${html`<${Foot} rows=${shown} year=${year} several=${several}/>`} empty=${html`<${Empty} title="没有符合条件的人"><p><button type="button" onClick=${clear}>清除筛选</button></p><//>`}/></div>
        <${Summary} months=${summary.months} year=${year}/>
    </div>`;
}
