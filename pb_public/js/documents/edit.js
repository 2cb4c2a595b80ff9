/**
 * edit.js: entering a document, correcting it, issuing it, dropping it. Each asks
 * one thing, and what the server refuses stands at its field.
 *
 *   <${DocumentDialog} document=${record, or nothing for a new one} onClose=${fn} onDone=${(record) => …}/>
 *   <${IssueDialog} …/> <${DropDialog} …/>
 */
import { html } from "../lib/lib.js";
import { create, update } from "../lib/api.js";
import { reach, today } from "../lib/session.js";
import { ACTIONS } from "../lib/words.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { Drafters } from "./drafters.js";

export const EXPAND = "org";

const bare = (title) => title.replace(/[《》]/g, "").trim();
const Buttons = ({ form, onClose, children }) => html`<${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>${children}<//>`;

export function DocumentDialog({ document, onClose, onDone }) {
    useReturnFocus();
    const form = useForm({
        initial: {
            title: document?.title ?? "", action: document?.action ?? "draft", year: String(document?.year ?? today().slice(0, 4)),
            due: document?.due ?? "", note: document?.note ?? "", org: document?.org ?? reach("documents.edit")[0]?.id ?? "",
        },
        draft: document ? undefined : "document-new",
        check: ({ year }) => (/^20\d\d$/.test(year.trim()) ? {} : { year: "请填写四位的年度，例如 2026。" }),
        send: ({ org, ...values }) => {
            const body = { ...values, title: bare(values.title), year: Number(values.year) };
            return document ? update("documents", document.id, body, { expand: EXPAND }) : create("documents", { ...body, org, state: "planned" }, { expand: EXPAND });
        },
        done: onDone,
    });
    return html`<${Dialog} title=${document ? "修改文件" : "登记文件"} onClose=${onClose} wide><${Form} form=${form}>
        <${Field} form=${form} name="title" label="文件名称" required maxlength="200" hint="不带书名号"/>
        <div class="pair"><${Field} form=${form} name="action" label="做什么" type="select" required options=${Object.entries(ACTIONS)}/>
            <${Field} form=${form} name="year" label="年度" required inputmode="numeric" maxlength="4"/>
            <${Field} form=${form} name="due" label="应当完成的日期" type="date"/></div>
        ${!document && html`<${Drafters} form=${form}/>`}
        <${Field} form=${form} name="note" label="备注" type="textarea" rows="2" maxlength="1000"/>
        <${Buttons} form=${form} onClose=${onClose}>${document ? "保存" : "登记"}<//>
    <//><//>`;
}

export function IssueDialog({ document, onClose, onDone }) {
    useReturnFocus();
    const form = useForm({
        initial: { number: document.number, issued_on: document.issued_on || today() },
        check: ({ issued_on: on }) => (on > today() ? { issued_on: "印发日期不能晚于今天。" } : {}),
        send: (values) => update("documents", document.id, { ...values, number: values.number.trim(), state: "issued" }, { expand: EXPAND }),
        done: onDone,
    });
    return html`<${Dialog} title=${`印发《${document.title}》`} onClose=${onClose}><${Form} form=${form}>
        <p>印发以后不能退回；需要修改请另行登记修订。本组织和下级组织的人都能看到。</p>
        <${Field} form=${form} name="number" label="发文字号" required maxlength="60" hint="例如 清工委〔2026〕3号"/>
        <${Field} form=${form} name="issued_on" label="印发日期" type="date" required max=${today()}/>
        ${!document.file && html`<p class="hint">正文可以现在不传，印发以后再传。</p>`}
        <${Buttons} form=${form} onClose=${onClose}>印发<//>
    <//><//>`;
}

export function DropDialog({ document, onClose, onDone }) {
    useReturnFocus();
    const form = useForm({
        initial: { note: document.note },
        send: (values) => update("documents", document.id, { ...values, state: "void" }, { expand: EXPAND }),
        done: onDone,
    });
    return html`<${Dialog} title=${`不再需要《${document.title}》吗？`} onClose=${onClose}><${Form} form=${form}>
        <p>台账里保留这份文件和原因，以后还可以恢复。</p>
        <${Field} form=${form} name="note" label="原因" type="textarea" rows="3" required maxlength="1000"/>
        <${Buttons} form=${form} onClose=${onClose}>不再需要<//>
    <//><//>`;
}
