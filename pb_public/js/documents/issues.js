/** issues.js: how much paper each organization issues, by month, beside the year before (减负). */
import { html } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { today } from "../lib/session.js";
import { Empty } from "../ui/empty.js";
import { PrintButton } from "../ui/print.js";

export const title = "发文统计";
export const css = ["ledgers"];
export const reloads = ["year"];

export async function load({ query: { year = today().slice(0, 4) } }) {
    return call("GET", `/api/documents/issues/${year}`);
}

const MONTHS = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0"));
const sum = (counts, what) => counts.reduce((total, count) => total + count[what], 0);

/** One row for each organization: its months, this year and the last. */
function rowsOf(items, year) {
    const units = new Map();
    for (const count of items) units.set(count.org, [...(units.get(count.org) ?? []), count]);
    return [...units].map(([id, counts]) => {
        const now = counts.filter(({ month }) => month.startsWith(year)), before = counts.filter(({ month }) => !month.startsWith(year));
        return { id, name: counts[0].name, months: MONTHS.map((month) => sum(now.filter((count) => count.month === `${year}-${month}`), "number")),
            total: sum(now, "number"), before: sum(before, "number"), words: sum(now, "words"), forwards: sum(now, "forwards") };
    });
}

/** The change to the year before; words where there is nothing to compare with. */
function change({ total, before }) {
    if (!before) return "上年无";
    const share = Math.round((total - before) / before * 100);
    return share === 0 ? "持平" : `${share > 0 ? "增" : "减"} ${Math.abs(share)}%`;
}

function Row({ row }) {
    return html`<tr><th scope="row">${row.name}</th>
        ${row.months.map((n, i) => html`<td key=${i} class="num" data-label=${`${i + 1} 月 `}>${n || ""}</td>`)}
        <td class="num" data-label="全年 ">${row.total}</td><td class="num" data-label="上年 ">${row.before}</td><td class="num" data-label="同比 ">${change(row)}</td>
        <td class="num" data-label="字数 ">${row.words}</td><td class="num" data-label="转发 ">${row.total ? `${Math.round(row.forwards / row.total * 100)}%` : ""}</td></tr>`;
}

export default function Issues({ data: { year, items } }) {
    const rows = rowsOf(items, String(year)), to = (n) => `#/documents/issues?year=${n}`;
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/ledgers/documents_issues">发文登记</a></p><h1>${year} 年发文统计</h1><p class="lead">按发文的组织和月份计件，全年与上一年比较。</p></div>
            <p class="actions"><a class="btn" href=${to(year - 1)}>上一年</a><a class="btn" href=${to(year + 1)}>下一年</a><${PrintButton}/></p></header>
        ${rows.length ? html`<section class="card heat-scroll"><table class="heat"><thead><tr><th scope="col">组织</th>${MONTHS.map((month) => html`<th key=${month} scope="col" class="num">${Number(month)} 月</th>`)}
            <th scope="col" class="num">全年</th><th scope="col" class="num">上年</th><th scope="col" class="num">同比</th><th scope="col" class="num">字数</th><th scope="col" class="num">转发</th></tr></thead>
            <tbody>${rows.map((row) => html`<${Row} key=${row.id} row=${row}/>`)}</tbody></table></section>`
        : html`<${Empty} title="这一年没有登记发文" text="在“发文登记”台账里登记，这里自动统计。"/>`}</div>`;
}
