/** new.js: what one can ask for. */
import { html } from "../lib/lib.js";
import { catalogue } from "../ledgers/schema.js";
import { kinds } from "./words.js";

export const title = "新的申请";

export async function load() {
    const [all, { ledgers }] = await Promise.all([kinds(), catalogue()]);
    const may = new Set(ledgers.filter(({ may }) => may.create !== "none").map(({ collection }) => collection));
    return { offered: all.filter(({ own, ledger }) => own || may.has(ledger)) };
}

const about = (kind) => (kind.private ? "只有您、审批人和有职权的人看得到。" : "您、审批人和党务工作人员看得到。");
export default function New({ data: { offered } }) {
    return html`<div class="page">
        <header class="page-head"><div><h1>新的申请</h1><p class="lead">提交以后内容不能再改，审批人看到的就是这一份。</p></div></header>
        <section class="card"><ul class="rows">${offered.map((kind) => html`<li key=${kind.key}><a class="row" href=${"#/approvals/new/" + kind.key}>
            <span class="row-text"><span class="row-title">${kind.key === "declaration_report" ? "请示、报告" : kind.name}</span><span class="meta">${about(kind)}</span></span></a></li>`)}</ul></section>
    </div>`;
}
