/** review.js: the claims that are being decided, with their evidence; each opens its request. */
import { html } from "../lib/lib.js";
import { list } from "../lib/api.js";
import { day } from "../lib/format.js";
import { Empty } from "../ui/empty.js";
import { Files } from "../ui/files.js";
import { signed, worth } from "./words.js";

export const title = "待审申报";

export const load = async () => ({ claims: await list("points_claims", { filter: 'state = "pending"', sort: "happened_on", expand: "person,rule" }) });

/** What a claim would give, by its rule. */
const gives = ({ value, unit }, quantity) => `${signed(unit ? value * quantity : value)} 分`;

function Claim({ claim }) {
    const { expand: { person, rule }, quantity, happened_on: on, text, files, approval } = claim;
    return html`<section class="card"><h2>${person?.name ?? "党员"}：${rule?.title}</h2>
        <p>${text}</p><p class="meta">${day(on)}${rule?.unit ? `，${quantity} ${rule.unit}` : ""}，${rule && `${gives(rule, quantity)}（${worth(rule)}）`}</p>
        ${files.length > 0 && html`<${Files} record=${claim} names=${files}/>`}
        <p class="actions"><a class="btn primary" href=${`#/approvals/${approval}`}>审核</a></p></section>`;
}

export default function Review({ data: { claims } }) {
    return html`<div class="page"><header class="page-head"><div><h1>待审申报</h1><p class="lead">申报人和当事人不能审核；两人先后同意才计分。</p></div>
            <p class="actions"><a class="btn" href="#/approvals?kind=points_claim">批量审核</a></p></header>
        ${claims.length ? claims.map((claim) => html`<${Claim} key=${claim.id} claim=${claim}/>`) : html`<${Empty} title="没有待审的申报" text="党员申报以后，这里和审批里都会出现。"/>`}</div>`;
}
