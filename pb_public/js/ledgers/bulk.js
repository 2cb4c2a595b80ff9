/** bulk.js: one choice or date for many records, one by one; what the server refuses stands beside its record. */
import { html, useState } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { writable } from "./schema.js";
import { titleOf } from "./values.js";

const KINDS = ["choice", "date", "month", "bool"];
export const fieldsFor = (ledger) => writable(ledger, {}).filter(({ kind }) => KINDS.includes(kind)).sort((a, b) => (b.name === ledger.state_field) - (a.name === ledger.state_field));

function Entry({ field, value, onChange }) {
    const options = field.kind === "choice" ? field.options.map((option) => [option.value, option.word]) : [["true", "是"], ["false", "否"]];
    return html`<div class="field"><label for="bulk-value">改为</label>${["choice", "bool"].includes(field.kind)
        ? html`<select id="bulk-value" value=${value} onChange=${onChange}><option value="">请选择</option>${options.map(([code, word]) => html`<option key=${code} value=${code}>${word}</option>`)}</select>`
        : html`<input id="bulk-value" type=${field.kind} value=${value} onInput=${onChange}/>`}</div>`;
}

export function BulkDialog({ ledger, rows, selected, onClose, onDone }) {
    useReturnFocus();
    const fields = fieldsFor(ledger), [name, setName] = useState(fields[0].name), [value, setValue] = useState("");
    const [done, setDone] = useState(null), [busy, setBusy] = useState(false), [wrong, setWrong] = useState("");
    const field = fields.find((one) => one.name === name), chosen = rows.filter(({ id }) => selected.value.has(id));
    const run = async (event) => {
        event.preventDefault();
        if (!value) return setWrong("请选择要改成什么。");
        setBusy(true);
        const refused = [], body = { [name]: field.kind === "bool" ? value === "true" : value };
        for (const record of chosen) {
            try { await update(ledger.collection, record.id, body); } catch (failure) { refused.push({ record, message: Object.values(failure.fields ?? {})[0] ?? failure.message }); }
        }
        setBusy(false);
        setDone({ refused, changed: chosen.length - refused.length });
        selected.value = new Set(refused.map(({ record }) => record.id));
        onDone();
    };
    if (done) {
        return html`<${Dialog} title="批量修改的结果" onClose=${onClose} wide><p role="status">改好 ${done.changed} 条${done.refused.length ? `，${done.refused.length} 条没有改，仍然选中` : ""}。</p>
            <ul class="plain">${done.refused.map(({ record, message }) => html`<li key=${record.id}><b>${titleOf(ledger, record)}</b><p class="wrong">${message}</p></li>`)}</ul>
            <div class="actions"><button type="button" class="primary" onClick=${onClose}>关闭</button></div><//>`;
    }
    return html`<${Dialog} title=${`批量修改 ${chosen.length} 条`} onClose=${onClose}><form noValidate onSubmit=${run}>
        <div class="field"><label for="bulk-field">哪一项</label><select id="bulk-field" value=${name} onChange=${(event) => { setName(event.target.value); setValue(""); }}>
            ${fields.map((one) => html`<option key=${one.name} value=${one.name}>${one.label}</option>`)}</select></div>
        <${Entry} key=${name} field=${field} value=${value} onChange=${(event) => { setValue(event.target.value); setWrong(""); }}/>
        <p class="wrong" role="alert">${wrong}</p>
        <div class="actions"><button class="primary" disabled=${busy}>${busy ? "正在修改……" : "修改"}</button><button type="button" onClick=${onClose}>取消</button></div></form><//>`;
}
