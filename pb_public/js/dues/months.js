/** months.js: every month with what was to pay, what has been paid and what is left; pressed, each line says how it comes about. */
import { html, useState } from "../lib/lib.js";
import { today } from "../lib/session.js";
import { shortDay, yuan } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { monthWord } from "./money.js";
import { KINDS, standing } from "./words.js";

const FIRST = 12;

/** The ledger counts what comes in as less owed; people read what was paid. */
const said = ({ kind, amount }) => yuan(["payment", "waiver", "reversal"].includes(kind) ? Math.abs(amount) : amount);

/** Without a sentence the reader may not see wages (R-DUES-14). */
const Line = ({ line }) => html`<li><p class="line-head"><span>${KINDS[line.kind]}</span><span>${said(line)} 元</span></p>
    ${line.explain && html`<p>${line.explain}</p>`}<p class="meta">${shortDay(line.booked_on)}记账</p></li>`;

function Month({ month, lines, opened }) {
    const { word, tone } = standing(month, today()), { charged, waived, paid, remaining } = month;
    const parts = [`应交 ${yuan(charged - waived)}`, waived > 0 && `已减免 ${yuan(waived)}`, `实交 ${yuan(paid)}`, remaining > 0 && `欠交 ${yuan(remaining)}`].filter(Boolean);
    return html`<details class="month" id=${"m" + month.month} open=${opened}><summary><b>${monthWord(month.month)}</b><${Badge} word=${word} tone=${tone}/><span class="meta">${parts.map((part) => html`<span key=${part} class="nowrap">${part}</span> `)}</span></summary>
        <ol>${lines.map((line) => html`<${Line} key=${line.id} line=${line}/>`)}</ol></details>`;
}

export function Months({ months, lines, opened }) {
    const [all, setAll] = useState(false), newest = [...months].reverse(), shown = all ? newest : newest.slice(0, FIRST);
    return html`<section class="card"><h2>各月党费<span class="tally">单位：元</span></h2>
        ${!months.length && html`<${Empty} title="还没有账单" text="每月月初生成当月的应交党费。"/>`}
        ${shown.map((month) => html`<${Month} key=${month.month} month=${month} lines=${lines.filter((line) => line.month === month.month)} opened=${opened === month.month}/>`)}
        ${newest.length > shown.length && html`<p class="more"><button type="button" onClick=${() => setAll(true)}>再显示以前的 ${newest.length - shown.length} 个月</button></p>`}</section>`;
}
