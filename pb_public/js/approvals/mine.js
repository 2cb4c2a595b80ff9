/** mine.js: my requests, what I must do first. Follows the server. */
import { html } from "../lib/lib.js";
import { where } from "../lib/api.js";
import { me } from "../lib/session.js";
import { day, time } from "../lib/format.js";
import { Empty } from "../ui/empty.js";
import { Status } from "./detail.js";
import { kinds } from "./words.js";

export const title = "我的申请";

const RANK = { draft: 0, pending: 1 };
const order = (a, b) => (RANK[a.status] ?? 2) - (RANK[b.status] ?? 2) || b.updated.localeCompare(a.updated);

export async function load({ live }) {
    const self = me.value.person.id;
    const requests = live("approvals_requests", {
        filter: where("applicant = {:self}", { self }), keep: ({ applicant }) => applicant === self, sort: "-created", order,
        fields: "id,kind,title,status,step,steps,due,expires,applicant,submitted_at,closed_at,updated",
    });
    const [all] = await Promise.all([kinds(), requests.ready]);
    return { requests, names: new Map(all.map(({ key, name }) => [key, name])) };
}

/** What there is to know about a request in a line. */
function about({ status, steps, step, due, expires, closed_at: closed, submitted_at: submitted }) {
    if (status === "pending") return `第 ${step} 步“${steps?.[step - 1]?.name ?? ""}”${due ? `，${day(due)}前办理` : ""}`;
    if (status === "draft") return submitted ? `被退回，请修改后重新提交${expires ? `，最迟${day(expires)}` : ""}` : "还没有提交";
    return `${time(closed)}办结`;
}

export default function Mine({ data: { requests, names } }) {
    const rows = requests.rows.value;
    return html`<div class="page">
        <header class="page-head"><div><h1>我的申请</h1></div>
            <p class="actions"><a class="btn primary" href="#/approvals/new">新的申请</a><a class="btn" href="#/approvals">等我审批</a></p></header>
        ${rows.length ? html`<section class="card"><ul class="rows">${rows.map((row) => html`<li key=${row.id}><a class="row" href=${"#/approvals/" + row.id}>
            <span class="row-text"><span class="row-title">${row.title}</span><span class="meta">${names.get(row.kind) ?? row.kind}</span><span class="meta">${about(row)}</span></span>
            <span class="row-end"><${Status} status=${row.status}/></span></a></li>`)}</ul></section>`
        : html`<${Empty} title="还没有申请" text="个人学习计划、重大事项申报、婚丧报备、请示在这里提出；组织关系转接、党费减免等到办理它们的页面提出。"/>`}
    </div>`;
}
