/** done.js: what was entered: receipts by name, and what to do where something is wrong. */
import { html } from "../lib/lib.js";
import { yuan } from "../lib/format.js";
import { monthWord } from "./money.js";

export const Done = ({ result, onAgain }) => html`<section class="card"><h2>已经登记 ${result.rows.length} 笔，合计 ${yuan(result.total)} 元</h2>
    <p>批号 ${result.batch}。请告诉复核人复核；有差错的，由复核人单笔或者整批冲正，冲正以后重新登记。</p>
    <ul class="plain">${result.rows.map((row, i) => html`<li key=${row.id}><b>${result.names[i]}</b>　${row.parts.map(({ month, amount }) => `${monthWord(month)} ${yuan(amount)} 元`).join("，")}
        <span class="meta"><a href=${"#/dues/receipts/" + row.id}>收据 ${row.receipt_no}</a></span></li>`)}</ul>
    <div class="actions"><button type="button" class="primary" onClick=${onAgain}>再登记一天</button><a class="btn" href=${`#/dues/payments?batch=${encodeURIComponent(result.batch)}`}>看这一批</a></div></section>`;
