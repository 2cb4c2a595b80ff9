/**
 * deeds.js: the steps that whoever keeps the roster takes. Each asks one thing;
 * what the server refuses stands at its field.
 *
 *   <${IssueDialog} transfer=${record} onClose=${fn} onDone=${(record) => …}/>   <${ReceiptDialog} …/>
 *   await stop(state, title, text)(transfer)   asks why, and ends it        await file(transfer)
 */
import { html } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { today } from "../lib/session.js";
import { Dialog, askText } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";

const EXPAND = "issuer,issued_by,receipt_by,previous";
const save = (id, body) => update("people_transfers", id, body, { expand: EXPAND });
const Buttons = ({ form, onClose, children }) => html`<${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>${children}<//>`;

export function IssueDialog({ transfer, onClose, onDone }) {
    useReturnFocus();
    const training = transfer.kind === "activist";
    const form = useForm({
        initial: { paid_to: transfer.paid_to, trained_since: transfer.trained_since, valid_days: "", explanation: transfer.explanation },
        send: ({ valid_days: days, ...values }) => save(transfer.id, { ...values, valid_days: Number(days) || 0, state: "issued" }),
        done: onDone,
    });
    return html`<${Dialog} title="开介绍信" onClose=${onClose}><${Form} form=${form}>
        <p>编号和日期由系统填写。${transfer.direction === "out" ? "请打印盖章后交给本人。" : `开出以后由${transfer.to_name}接收。`}</p>
        ${training ? html`<${Field} form=${form} name="trained_since" label="培养起始" type="date" required max=${today()} hint="转入后连续计算"/>`
            : html`<${Field} form=${form} name="paid_to" label="党费交至" type="month" hint="例如 2026-05。留空即按党费台账填写。"/>`}
        <${Field} form=${form} name="valid_days" label="有效天数" type="number" min="1" max="180" hint="留空即按设置的最长天数；市内一般 10 天，市外一般 30 天。"/>
        ${transfer.previous && html`<${Field} form=${form} name="explanation" label="情况说明" type="textarea" rows="3" required hint="上一封介绍信过期了，由原支部说明情况。"/>`}
        <${Buttons} form=${form} onClose=${onClose}>开信<//>
    <//><//>`;
}

export function ReceiptDialog({ transfer, onClose, onDone }) {
    useReturnFocus();
    const form = useForm({
        initial: { receipt_on: "" },
        send: (values) => save(transfer.id, { ...values, state: "receipted" }),
        done: onDone,
    });
    return html`<${Dialog} title="登记回执" onClose=${onClose}><${Form} form=${form}>
        <p>登记以后，${transfer.name}从名册转出，账号停用。</p>
        <${Field} form=${form} name="receipt_on" label="回执日期" type="date" required max=${today()} hint="回执联上盖章的日期"/>
        <${Buttons} form=${form} onClose=${onClose}>登记<//>
    <//><//>`;
}

export const stop = (state, title, text) => async ({ id }) => {
    const refusal = await askText({ title, text, label: "原因", yes: "确认" });
    return refusal === null ? null : save(id, { state, refusal });
};

export const file = ({ id }) => save(id, { state: "archived" });
