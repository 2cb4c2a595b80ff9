/** corrections.js: slips beside a filed record (更正件): what stood there, what it should be, and why. They stay. */
import { html, useEffect, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { time } from "../lib/format.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { writable } from "./schema.js";

const route = (ledger, record) => `/api/ledgers/${ledger.collection}/${record.id}/corrections`;

function CorrectionDialog({ ledger, record, onClose, onDone }) {
    useReturnFocus();
    const fields = writable(ledger).filter(({ kind }) => kind !== "file");
    const form = useForm({ initial: { field: fields[0]?.name ?? "", now: "", reason: "", document: "" }, send: (values) => call("POST", route(ledger, record), values), done: onDone });
    return html`<${Dialog} title="登记更正件" onClose=${onClose}><p>原来的内容不改；更正件放在旁边，登记后不能改也不能删。</p><${Form} form=${form}>
        <${Field} form=${form} name="field" label="更正哪一项" type="select" required options=${fields.map(({ name, label }) => [name, label])}/>
        <${Field} form=${form} name="now" label="应该是" type="textarea" rows="2" required/>
        <${Field} form=${form} name="reason" label="原因和依据" type="textarea" rows="2" required/>
        <${Field} form=${form} name="document" label="文号"/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>登记<//><//><//>`;
}

export function Corrections({ ledger, record }) {
    const [slips, setSlips] = useState(null), [wrong, setWrong] = useState(""), [adding, setAdding] = useState(false);
    const read = () => call("GET", route(ledger, record)).then(setSlips, ({ message }) => setWrong(message));
    useEffect(() => { read(); }, [record.id]);
    const finish = () => { setAdding(false); read(); };
    if (!slips?.length && ledger.may.update === "none") return null;
    return html`<section class="card"><h2>更正件</h2><p class="wrong" role="alert">${wrong}</p>
        ${slips?.length ? html`<ul class="plain">${slips.map((slip) => html`<li key=${slip.id}><p><b>${slip.label}</b>：“${slip.was || "空"}”更正为“${slip.now || "空"}”</p><p>${slip.reason}</p><p class="meta">${[slip.document, time(slip.created)].filter(Boolean).join("，")}</p></li>`)}</ul>`
            : html`<p class="meta">没有更正过。</p>`}
        ${ledger.may.update !== "none" && html`<div class="actions"><button type="button" onClick=${() => setAdding(true)}>登记更正件</button></div>`}
        ${adding && html`<${CorrectionDialog} ledger=${ledger} record=${record} onClose=${() => setAdding(false)} onDone=${finish}/>`}</section>`;
}
