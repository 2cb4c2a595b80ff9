/**
 * one.js: one transfer: how far it is, what the letter says, and what the reader
 * may do next. Decisions are made in the inbox of approvals; here letters are
 * issued, receipts on paper entered, and stubs filed.
 */
import { html, useState } from "../lib/lib.js";
import { where } from "../lib/api.js";
import { can, me } from "../lib/session.js";
import { day, until } from "../lib/format.js";
import { Trace } from "../audit/history.js";
import { Badge } from "../ui/badge.js";
import { IssueDialog, ReceiptDialog, file, stop } from "./deeds.js";
import { DIRECTIONS, KINDS, REASONS, STATES, fullDay, month, overdue } from "./words.js";

export const title = ({ transfer }) => `${transfer.record.value.name}的组织关系转接`;

export async function load({ params, liveOne, live }) {
    const transfer = liveOne("people_transfers", params.id, { expand: "issuer,issued_by,receipt_by,previous" });
    const requests = live("approvals_requests", {
        filter: where("subject_collection = 'people_transfers' && subject_id = {:id}", params), keep: ({ subject_id: id }) => id === params.id,
        sort: "created", fields: "id,kind,status,subject_id,due,created",
    });
    await Promise.all([transfer.ready, requests.ready]);
    return { transfer, requests };
}

const WAY = { out: ["applied", "agreed", "approved", "issued", "receipted", "archived"], in: ["applied", "received", "receipted", "archived"], across: ["applied", "agreed", "approved", "issued", "received", "receipted", "archived"] };

function Steps({ transfer: { state, direction } }) {
    const way = WAY[direction] ?? WAY.out, at = way.indexOf(state);
    if (at < 0) return null;
    return html`<ol class="plain">${way.map((step, i) => html`<li key=${step} aria-current=${i === at ? "step" : undefined}>
        ${i < at ? "✓ " : ""}${STATES[step][0]}${i === at ? html` <${Badge} word="现在" tone="wait"/>` : ""}</li>`)}</ol>`;
}

function Facts({ transfer: t }) {
    const facts = [
        ["姓名", t.name], ["人员类别", KINDS[t.kind]], ["去向", DIRECTIONS[t.direction]], ["转出单位", t.from_name], ["转入单位", t.to_name],
        ["原因", REASONS[t.reason]], ["补充说明", t.note], ["党费交至", month(t.paid_to)], ["培养起始", fullDay(t.trained_since)],
        ["介绍信", t.letter], ["开信单位", t.expand?.issuer?.name], ["开信日期", day(t.issued_on)], ["有效期至", t.valid_until && `${day(t.valid_until)}${t.state === "issued" ? `，${until(t.valid_until)}` : ""}`],
        ["经办人", t.expand?.issued_by?.name], ["情况说明", t.explanation], ["回执日期", day(t.receipt_on)], ["回执经办", t.expand?.receipt_by?.name], ["没有办成的原因", t.refusal],
    ];
    return html`<dl class="facts">${facts.filter(([, value]) => value).map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd class="pre">${value}</dd></div>`)}</dl>`;
}

const WHICH = { transfer_out: "转出审批", transfer_in: "接收" };
const STATUS = { draft: "已退回，请修改后重新提交", pending: "正在办理", approved: "已同意", rejected: "不同意", withdrawn: "已撤回", expired: "已失效" };

const Requests = ({ requests }) => requests.length > 0 && html`<section class="card"><h2>审批</h2><ul class="rows">${requests.map((one) => html`
    <li key=${one.id}><a class="row" href=${"#/approvals/" + one.id}><span class="row-text"><span class="row-title">${WHICH[one.kind] ?? one.kind}</span>
        <span class="meta">${STATUS[one.status]}${one.status === "pending" && one.due ? `，${day(one.due)}前办理` : ""}</span></span></a></li>`)}</ul></section>`;

function Deeds({ transfer, onSaved }) {
    const [open, setOpen] = useState(""), [wrong, setWrong] = useState("");
    const act = async (deed) => { setWrong(""); await deed(transfer).then((saved) => saved && onSaved(saved), ({ message }) => setWrong(message)); };
    const { state, direction } = transfer, close = () => setOpen(""), done = (saved) => { close(); onSaved(saved); };
    const own = transfer.person === me.value.person.id;
    return html`<div class="actions">
        ${state === "approved" && !own && html`<button type="button" class="primary" onClick=${() => setOpen("issue")}>开介绍信</button>`}
        ${state === "approved" && html`<button type="button" onClick=${() => act(stop("withdrawn", "撤销这次转接", "已经批准、还没有开信的可以撤销。"))}>撤销</button>`}
        ${["issued", "expired"].includes(state) && direction === "out" && !own && html`<button type="button" class="primary" onClick=${() => setOpen("receipt")}>登记回执</button>`}
        ${state === "issued" && direction === "out" && html`<button type="button" onClick=${() => act(stop("returned", "接收单位退回", "本人的组织关系仍在原支部。"))}>被退回</button>`}
        ${state === "receipted" && html`<button type="button" class="primary" onClick=${() => act(file)}>存根归档</button>`}
        </div><p class="wrong" role="alert">${wrong}</p>
        ${open === "issue" && html`<${IssueDialog} transfer=${transfer} onClose=${close} onDone=${done}/>`}
        ${open === "receipt" && html`<${ReceiptDialog} transfer=${transfer} onClose=${close} onDone=${done}/>`}`;
}

export default function Transfer({ data }) {
    const transfer = data.transfer.record.value, keeps = can("people.edit", transfer.org_path);
    const keep = (saved) => { data.transfer.record.value = saved; };
    const printable = transfer.issued_on && transfer.direction !== "in";
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/transfers">组织关系转接</a></p><h1>${title(data)}</h1>
            <p class="deadline"><${Badge} word=${STATES[transfer.state][0]} tone=${STATES[transfer.state][1]}/>
                ${transfer.state === "issued" && html`<span class=${overdue(transfer) ? "late" : "meta"}>${until(transfer.valid_until)}</span>`}</p></div>
            ${printable && keeps && html`<p class="actions"><a class="btn" href=${`#/transfers/${transfer.id}/letter`}>打印介绍信</a></p>`}</header>
        <div class="columns">
            <div><section class="card"><h2>内容</h2><${Facts} transfer=${transfer}/>${keeps && html`<${Deeds} transfer=${transfer} onSaved=${keep}/>`}</section></div>
            <div><section class="card"><h2>进度</h2><${Steps} transfer=${transfer}/>
                    <p class="meta">返回回执以前，组织关系和统计都在转出支部。</p></section>
                <${Requests} requests=${data.requests.rows.value}/><${Trace} collection="people_transfers" id=${transfer.id}/></div>
        </div>
    </div>`;
}
