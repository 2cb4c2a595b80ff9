/**
 * status.js: a change of standing as it was decided, and the record of all changes.
 *
 *   <${ChangeFields} form=${form}/>                        since when, why, by which document
 *   <${StatusDialog} person=${record} onClose=${fn} onDone=${(record) => …}/>
 *   <${StatusLog} lines=${records of people_status} units=${units}/>
 */
import { html } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { today } from "../lib/session.js";
import { shortDay } from "../lib/format.js";
import { KINDS, STATES } from "../lib/words.js";
import { nameOf } from "../org/units.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { useReturnFocus } from "../ui/focus.js";
import { checkChange } from "./check.js";
import { MEMBERSHIP, joined } from "./fields.js";

const STATE_OPTIONS = Object.entries(STATES.person).map(([code, [word]]) => [code, word]);

export const ChangeFields = ({ form }) => html`<div class="pair">
        <${Field} form=${form} name="status_since" label="从哪天起" type="date" required max=${today()}/>
        <${Field} form=${form} name="status_document" label="文号" maxlength="100" hint="出党、停止党籍必填"/></div>
    <${Field} form=${form} name="status_reason" label="原因" maxlength="500" hint="出党、停止党籍必填"/>`;

export function StatusDialog({ person, onClose, onDone }) {
    useReturnFocus();
    const form = useForm({
        initial: { state: person.state, membership_state: person.membership_state, status_since: today(), status_reason: "", status_document: "" },
        check: (values) => ({
            ...(values.state === person.state && values.membership_state === person.membership_state && { state: "状态没有变，请选择新的状态。" }),
            ...checkChange(person, values, today()),
        }),
        send: (values) => update("people", person.id, values, { expand: "org" }),
        done: onDone,
    });
    const { state } = form.values.value, leaving = person.state === "active" && state !== "active";
    return html`<${Dialog} title=${`变更${person.name}的状态`} onClose=${onClose} wide><${Form} form=${form}>
        <div class="pair"><${Field} form=${form} name="state" label="状态" type="select" required options=${STATE_OPTIONS}/>
            ${joined(person.kind) && html`<${Field} form=${form} name="membership_state" label="党籍状态" type="select" required options=${Object.entries(MEMBERSHIP)}/>`}</div>
        <${ChangeFields} form=${form}/>
        ${leaving && html`<p class="notice">改为“${STATES.person[state][0]}”以后，${person.name}不能再登录，已经打开的页面也会退出；任职请另外填写截止日期。</p>`}
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>登记变更<//>
    <//><//>`;
}

/** What a line says; after the first, only what is new in it. */
function words(line, before, units) {
    const all = [
        ["org", nameOf(units.find(({ id }) => id === line.org))], ["kind", KINDS[line.kind]], ["state", STATES.person[line.state]?.[0]],
        ["membership_state", line.membership_state && `党籍${MEMBERSHIP[line.membership_state]}`],
        ["lost", line.lost ? "失去联系" : before?.lost && "恢复联系"], ["floating", line.floating ? "流动党员" : before?.floating && "不再流动"],
    ];
    return all.filter(([field, word]) => word && (!before || before[field] !== line[field])).map(([, word]) => word).join("，");
}

export function StatusLog({ lines, units }) {
    if (!lines.length) return html`<p class="meta">没有记录。</p>`;
    return html`<ol class="history">${lines.map((line, i) => html`<li key=${line.id}><b>${words(line, lines[i + 1], units)}</b>
        <span class="meta">${shortDay(line.since)}起${line.document && `，${line.document}`}</span>${line.reason && html`<span>${line.reason}</span>`}</li>`)}</ol>`;
}
