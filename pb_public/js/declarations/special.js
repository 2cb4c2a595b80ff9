/**
 * special.js: what a ledger shows whose records are asked for: the request, and
 * what the person can do next.
 *
 *   special(collection) → a component of { ledger, record }
 */
import { html } from "../lib/lib.js";
import { can, me } from "../lib/session.js";
import { Reveal } from "./reveal.js";

const KINDS = { declarations: "declaration_matter", declarations_events: "declaration_event", declarations_reports: "declaration_report", org_changes: "org_change", dues_expenses: "dues_expense" };

/** What is left to do, and by whom: [word, whether it is the main thing]. */
function next(collection, record) {
    const own = record.person === me.value.person.id;
    if (record.state === "draft") return own ? "修改并提交" : "";
    if (collection === "declarations_events" && record.state === "approved") return own ? "事后报告" : "";
    if (collection !== "declarations_reports" || !can("declarations.edit", record.org_path)) return "";
    return record.state === "approved" || (record.state === "pending" && !record.request) ? "登记批复" : "";
}

export const special = (collection) => function Special({ record }) {
    const todo = next(collection, record), own = record.person === me.value.person.id;
    return html`<section class="card"><h2>办理</h2>
        ${collection === "declarations" && html`<${Reveal} id=${record.id} own=${own}/>`}
        <p class="actions">${todo && html`<a class="btn primary" href=${`#/approvals/new/${KINDS[collection]}/${record.id}`}>${todo}</a>`}
            ${record.request && html`<a class="btn" href=${"#/approvals/" + record.request}>审批经过</a>`}
            ${collection === "declarations_reports" && html`<a class="btn" href=${"#/declarations/reports/" + record.id}>公文版式</a>`}</p>
        ${!todo && !record.request && collection !== "declarations_reports" && html`<p class="meta">还没有提交。</p>`}</section>`;
};
