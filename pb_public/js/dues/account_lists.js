/** account_lists.js: what has been spent, remitted, given and received, with what each reader may do with it next. */
import { html, useState } from "../lib/lib.js";
import { remove, update } from "../lib/api.js";
import { reload } from "../lib/router.js";
import { can, me, today } from "../lib/session.js";
import { day, shortDay, yuan } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Dialog, askText, confirm } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { Files } from "../ui/files.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { Table } from "../ui/table.js";
import { span } from "./money.js";
import { run } from "./nav.js";
import { EXPENSE, INCOMES, PURPOSES, REMITTANCE, TIERS } from "./words.js";

const badge = (states) => ({ state }) => html`<${Badge} word=${states[state][0]} tone=${states[state][1]}/>`;
const total = (rows) => yuan(rows.reduce((sum, { amount }) => sum + amount, 0));

function SpendDeeds({ expense }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), self = me.value.person.id, { state, org_path: path, person: handler, approved_by: approver, paid_by: payer, request } = expense;
    const act = (patch) => run(setWrong, setBusy, async () => { await update("dues_expenses", expense.id, patch); await reload(); });
    const ask = async (title, text, yes, patch) => { if (await confirm({ title, text, yes })) act(patch); }, sum = `${expense.title}，${yuan(expense.amount)} 元，付给${expense.payee}。`;
    const reverse = async (title, label, yes) => { const reason = await askText({ title, label, yes }); if (reason) act({ state: "reversed", reason }); };
    const drop = async () => { if (await confirm({ title: "删除这份草拟吗？", yes: "删除" })) run(setWrong, setBusy, async () => { await remove("dues_expenses", expense.id); await reload(); }); };
    const button = (word, press) => html`<button type="button" disabled=${busy} onClick=${press}>${word}</button>`, account = can("dues.account", path);
    return html`${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        ${state === "draft" && handler === self && html`${button("提交审批", () => ask("提交审批吗？", `${sum}提交以后内容不能再改。`, "提交", { state: "pending" }))}<a class="btn" href=${`#/approvals/new/dues_expense/${expense.id}`}>修改</a>`}
        ${state === "draft" && !request && account && button("删除", drop)}${request && html`<a href=${"#/approvals/" + request}>审批经过</a> `}
        ${state === "approved" && can("dues.cash", path) && handler !== self && approver !== self && button("已付款", () => ask("确认已经付款吗？", sum, "已付款", { state: "paid" }))}
        ${state === "approved" && account && button("不再支付", () => reverse("不再支付这笔使用", "原因", "不再支付"))}${state === "paid" && account && payer !== self && button("冲正", () => reverse("冲正这笔使用", "冲正的原因", "冲正"))}`;
}

const who = ({ expand }) => [["经办", "person"], ["批准", "approved_by"], ["付款", "paid_by"]].filter(([, field]) => expand?.[field]).map(([word, field]) => `${word} ${expand[field].name}`).join("，");

const SPENT = [
    { key: "title", label: "事由", main: true, plain: true, cell: (row) => html`<span>${row.title}<br/><span class="meta">${PURPOSES[row.purpose]}</span></span>` },
    { key: "amount", label: "金额", num: true, plain: true, nowrap: true, cell: ({ amount }) => yuan(amount) },
    { key: "payee", label: "收款人", plain: true },
    { key: "resolution", label: "集体决定", plain: true, cell: ({ resolution, resolved_on: on }) => `${resolution}（${shortDay(on)}）` },
    { key: "who", label: "谁办的", plain: true, cell: (row) => html`<span>${who(row)}${row.paid_on ? `（${shortDay(row.paid_on)}）` : ""}${row.reason ? `；冲正：${row.reason}` : ""}</span>` },
    { key: "files", label: "票据", plain: true, cell: (row) => row.files.length > 0 && html`<${Files} record=${row} names=${row.files}/>` },
    { key: "state", label: "状态", plain: true, cell: badge(EXPENSE) },
    { key: "do", label: "办理", plain: true, cell: (row) => html`<${SpendDeeds} expense=${row}/>` },
];

/** By purpose, then one by one. */
export function Expenses({ rows, year }) {
    const paid = rows.filter(({ state }) => state === "paid"), sums = Object.entries(PURPOSES).map(([code, word]) => [word, paid.filter(({ purpose }) => purpose === code)]).filter(([, list]) => list.length);
    return html`${sums.length > 0 && html`<section class="card"><h2>${year} 年按用途合计</h2><dl class="facts">${sums.map(([word, list]) => html`<div key=${word}><dt>${word}</dt><dd>${total(list)} 元，${list.length} 笔</dd></div>`)}</dl></section>`}
        <${Table} label="党费使用" columns=${SPENT} rows=${rows} empty=${html`<${Empty} title="这一年没有使用"/>`} footer=${html`<tr><th scope="row">已付款合计</th><td class="num">${total(paid)}</td><td colspan="6"></td></tr>`}/>`;
}

function Remit({ remittance, onClose }) {
    const form = useForm({ initial: { remitted_on: today(), receipt_no: "" }, send: (values) => update("dues_remittances", remittance.id, { ...values, state: "remitted" }), done: () => { onClose(); reload(); } });
    return html`<${Dialog} title=${`上缴 ${yuan(remittance.amount)} 元`} onClose=${onClose}><${Form} form=${form}><${Field} form=${form} name="remitted_on" label="上缴日期" type="date" required max=${today()}/><${Field} form=${form} name="receipt_no" label="收据号"/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>已上缴<//><//><//>`;
}

const remitted = (setAsked) => [
    { key: "months", label: "月份", main: true, plain: true, cell: ({ from_month: from, to_month: to }) => span(from, to) },
    { key: "paid", label: "实交", num: true, plain: true, nowrap: true, cell: ({ paid }) => yuan(paid) },
    { key: "rate", label: "比例", num: true, plain: true, cell: ({ rate }) => `${rate / 100}%` },
    { key: "amount", label: "应上缴", num: true, plain: true, nowrap: true, cell: ({ amount }) => yuan(amount) },
    { key: "document", label: "依据", plain: true },
    { key: "due", label: "期限", plain: true, nowrap: true, cell: ({ due, state }) => html`<span class=${state === "due" && due < today() ? "late" : ""}>${day(due)}</span>` },
    { key: "remitted_on", label: "上缴", plain: true, cell: (row) => [shortDay(row.remitted_on), row.expand?.paid_by?.name, row.receipt_no && `收据 ${row.receipt_no}`].filter(Boolean).join("，") },
    { key: "state", label: "状态", plain: true, cell: badge(REMITTANCE) },
    { key: "do", label: "办理", plain: true, cell: (row) => row.state === "due" && can("dues.cash", row.org_path) && html`<button type="button" onClick=${() => setAsked(row)}>登记已上缴</button>` },
];

export function Remittances({ rows, chosen }) {
    const [asked, setAsked] = useState(null);
    return html`<${Table} label="上缴" columns=${remitted(setAsked)} rows=${rows} opened=${chosen} empty=${html`<${Empty} title="这一年没有上缴"/>`}/>${asked && html`<${Remit} remittance=${asked} onClose=${() => setAsked(null)}/>`}`;
}

const GIVEN = [
    { key: "person", label: "姓名", main: true, plain: true, cell: ({ expand }) => expand?.person?.name ?? "（无权查看姓名）" },
    { key: "amount", label: "金额", num: true, plain: true, nowrap: true, cell: ({ amount }) => yuan(amount) },
    { key: "received_on", label: "收款日期", plain: true, nowrap: true, cell: ({ received_on: on }) => shortDay(on) },
    { key: "tier", label: "去向", plain: true, cell: ({ tier }) => TIERS[tier] },
    { key: "state", label: "办到哪一步", plain: true, cell: ({ state }) => ({ received: "已收", forwarded: "已上缴", receipted: "已取得收据" })[state] },
    { key: "receipt_no", label: "上级收据号", plain: true },
];

export const Donations = ({ rows }) => html`<${Table} label="自愿多交" columns=${GIVEN} rows=${rows} href=${({ id }) => "#/ledgers/dues_donations/" + id} empty=${html`<${Empty} title="这一年没有多交"/>`} footer=${html`<tr><th scope="row">合计</th><td class="num">${total(rows)}</td><td colspan="4"></td></tr>`}/>`;

const CAME = [
    { key: "kind", label: "种类", main: true, plain: true, cell: ({ kind }) => INCOMES[kind] },
    { key: "amount", label: "金额", num: true, plain: true, nowrap: true, cell: ({ amount }) => yuan(amount) },
    { key: "booked_on", label: "入账日期", plain: true, nowrap: true, cell: ({ booked_on: on }) => shortDay(on) },
    { key: "document", label: "凭证", plain: true },
    { key: "files", label: "附件", plain: true, cell: (row) => row.files.length > 0 && html`<${Files} record=${row} names=${row.files}/>` },
];

export const Incomes = ({ rows }) => html`<${Table} label="其他收入" columns=${CAME} rows=${rows} empty=${html`<${Empty} title="这一年没有其他收入"/>`} footer=${html`<tr><th scope="row">合计</th><td class="num">${total(rows)}</td><td colspan="3"></td></tr>`}/>`;
