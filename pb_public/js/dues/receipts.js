/** receipts.js: somebody's payments, newest first; each opens its receipt. */
import { html, useState } from "../lib/lib.js";
import { day, yuan } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { span } from "./money.js";
import { METHODS, PAYMENT } from "./words.js";

const FIRST = 6;

export function Receipts({ payments }) {
    const [all, setAll] = useState(false), shown = all ? payments : payments.slice(0, FIRST);
    return html`<section class="card"><h2>收据<span class="tally">${payments.length} 张</span></h2>
        ${!payments.length && html`<p class="meta">交纳以后，收据会出现在这里。</p>`}
        <ul class="rows">${shown.map(({ id, amount, from_month: from, to_month: to, received_on: on, receipt_no: number, method, state }) => html`
            <li key=${id}><a class="row" href=${"#/dues/receipts/" + id}><span class="row-text"><span class="row-title">${yuan(amount)} 元　${span(from, to)}</span>
                <span class="meta">${day(on)}，${METHODS[method]}，收据 ${number}</span></span>
                <span class="row-end"><${Badge} word=${PAYMENT[state][0]} tone=${PAYMENT[state][1]}/></span></a></li>`)}</ul>
        ${payments.length > shown.length && html`<p class="more"><button type="button" onClick=${() => setAll(true)}>再显示 ${payments.length - shown.length} 张</button></p>`}</section>`;
}
