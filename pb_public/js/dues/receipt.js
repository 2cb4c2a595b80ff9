/** receipt.js: one receipt, as it is printed and handed over. */
import { html } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { yuan } from "../lib/format.js";
import { PrintButton } from "../ui/print.js";
import { dateWord, monthWord, span } from "./money.js";
import { METHODS } from "./words.js";

export const title = ({ receipt }) => `收据 ${receipt.number}`;
export const css = ["dues"];

export const load = async ({ params }) => ({ receipt: await call("GET", `/api/dues/payments/${params.id}/receipt`) });

const Parts = ({ parts }) => html`<table><caption class="sr">各月金额</caption><thead><tr><th scope="col">账期</th><th scope="col" class="num">金额（元）</th></tr></thead>
    <tbody>${parts.map(({ month, amount }) => html`<tr key=${month}><th scope="row">${monthWord(month)}党费</th><td class="num">${yuan(amount)}</td></tr>`)}</tbody>
    <tfoot><tr><th scope="row">合计</th><td class="num">${yuan(parts.reduce((sum, { amount }) => sum + amount, 0))}</td></tr></tfoot></table>`;

export default function Receipt({ data }) {
    const { receipt } = data, { state, payer, method } = receipt;
    return html`<div class="page">
        <header class="page-head"><div><p class="meta no-print"><a href="#/dues">我的党费</a></p><h1 class="no-print">${title(data)}</h1></div><${PrintButton}/></header>
        <article class="paper"><h2>党费收据</h2>
            ${state === "reversed" && html`<p class="void-mark">这笔收款已经冲正，收据作废。</p>`}
            <p class="paper-head"><span>${receipt.org}</span><span>编号 ${receipt.number}</span></p>
            <p>今收到 <b>${receipt.person}</b> 同志交来 ${span(receipt.from_month, receipt.to_month)}党费，人民币（大写）<b>${receipt.capital}</b>，¥${yuan(receipt.amount)} 元（${METHODS[method]}${payer ? `，${payer}` : ""}）。</p>
            ${receipt.parts.length > 0 && html`<${Parts} parts=${receipt.parts}/>`}
            <p class="paper-foot"><span>收款日期：${dateWord(receipt.received_on)}</span><span>登记：${receipt.recorded_by}</span><span>复核：${receipt.checked_by || "（待复核）"}</span></p>
            ${receipt.hash && html`<p class="hash">账目摘要 ${receipt.hash}<br/>摘要由账目算出，账目有改动时摘要不同，可以凭它核对。</p>`}
        </article></div>`;
}
