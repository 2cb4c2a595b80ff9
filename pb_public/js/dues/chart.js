/**
 * chart.js: what was to pay and what has been paid, month by month: bars, and the
 * same numbers as a table.
 *
 *   <${Summary} months=${of /api/dues/summary} year="2026"/>
 */
import { html } from "../lib/lib.js";
import { count, yuan } from "../lib/format.js";
import { monthsOf } from "./money.js";

const WIDE = 720, HIGH = 200, FOOT = 22;

function Bars({ rows }) {
    const most = Math.max(1, ...rows.map(({ due, paid }) => Math.max(due, paid))), step = WIDE / rows.length, tall = (fen) => (Math.max(0, fen) / most) * (HIGH - FOOT - 18);
    return html`<svg class="chart" viewBox=${`0 0 ${WIDE} ${HIGH}`} aria-hidden="true">
        ${rows.map(({ label, due, paid }, i) => html`<g key=${label}>
            <rect class="due-bar" x=${i * step + step * 0.18} width=${step * 0.64} y=${HIGH - FOOT - tall(due)} height=${tall(due)}/>
            <rect class="paid-bar" x=${i * step + step * 0.28} width=${step * 0.44} y=${HIGH - FOOT - tall(paid)} height=${tall(paid)}/>
            <text x=${(i + 0.5) * step} y=${HIGH - 6} text-anchor="middle">${label}</text>
            ${due > 0 && html`<text x=${(i + 0.5) * step} y=${HIGH - FOOT - tall(Math.max(due, paid)) - 5} text-anchor="middle">${Math.round((paid / due) * 100)}%</text>`}</g>`)}
        <line x1="0" x2=${WIDE} y1=${HIGH - FOOT} y2=${HIGH - FOOT}/></svg>`;
}

export function Summary({ months, year }) {
    const at = new Map(months.map((month) => [month.key, month]));
    const rows = monthsOf(year).filter((month) => at.has(month)).map((month) => {
        const { charged, waived, paid, remaining, people } = at.get(month);
        return { month, label: `${Number(month.slice(5))}月`, due: charged - waived, paid, remaining, waived, people };
    });
    if (!rows.length) return null;
    const sum = (field) => rows.reduce((all, row) => all + row[field], 0);
    return html`<section class="card"><h2>各月汇总</h2>
        <p class="meta"><span class="key"></span>应交（减免后）<span class="key paid"></span>实交，百分数是当月已交的比例</p><${Bars} rows=${rows}/>
        <div class="table-scroll" tabindex="0" role="region" aria-label="各月汇总"><table><caption class="sr">各月应交、实交</caption>
            <thead><tr><th scope="col">月份</th>${["人数", "应交", "减免", "实交", "未交"].map((word) => html`<th key=${word} scope="col" class="num">${word}</th>`)}</tr></thead>
            <tbody>${rows.map((row) => html`<tr key=${row.month}><th scope="row">${row.label}</th><td class="num" data-label="人数">${count(row.people)}</td>
                ${[["应交", row.due], ["减免", row.waived], ["实交", row.paid], ["未交", row.remaining]].map(([word, fen]) => html`<td key=${word} class="num" data-label=${word}>${yuan(fen)}</td>`)}</tr>`)}</tbody>
            <tfoot><tr><th scope="row">合计</th><td></td>${["due", "waived", "paid", "remaining"].map((field) => html`<td key=${field} class="num">${yuan(sum(field))}</td>`)}</tr></tfoot></table></div></section>`;
}
