/**
 * reveal.js: what is shown masked, and the dialog that opens it: it asks why, shows
 * the values for a minute, and says that the person will see it.
 *
 *   openable(person)       [[field, word], …]: what the reader may open of somebody
 *   spoken(masked)         a masked value as people read it
 *   <${Veiled} person=${record} field="mobile"/>     the masked value with 查看 beside it
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { can, me } from "../lib/session.js";
import { day } from "../lib/format.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { useReturnFocus } from "../ui/focus.js";
import { SENSITIVE } from "./fields.js";

const MINUTE = 60;

const isSelf = (person) => person.id === me.value.person.id;

export const openable = (person) => SENSITIVE.filter(([field]) => person.masked?.[field]
    && (isSelf(person) || can(field === "id_no" ? "people.sensitive" : "people", person.org_path)));

function Values({ shown, words, onClose }) {
    const [left, setLeft] = useState(MINUTE);
    useEffect(() => {
        if (left <= 0) return onClose();
        const timer = setTimeout(() => setLeft(left - 1), 1000);
        return () => clearTimeout(timer);
    }, [left]);
    return html`<dl class="facts revealed">${words.filter(([field]) => field in shown).map(([field, word]) => html`<div key=${field}><dt>${word}</dt>
            <dd translate="no">${(field === "birth_date" ? day(shown[field]) : shown[field]) || "没有登记"}</dd></div>`)}</dl>
        <p class="meta"><span aria-hidden="true">${left} 秒</span><span class="sr">一分钟</span>后自动隐去。</p>
        <div class="actions"><button type="button" class="primary" onClick=${onClose}>看完了，关闭</button></div>`;
}

function Ask({ person, field, words, onShown, onClose }) {
    const self = isSelf(person);
    const form = useForm({
        initial: { ...Object.fromEntries(words.map(([name]) => [name, name === field])), reason: "" },
        check: (values) => ({
            ...(!words.some(([name]) => values[name]) && { fields: "请选择要查看哪些内容。" }),
            ...(!self && values.reason.trim().length < 4 && { reason: "请写明为什么要看，至少 4 个字。" }),
        }),
        send: (values) => call("POST", `/api/people/${person.id}/reveal`, { fields: words.map(([name]) => name).filter((name) => values[name]), reason: values.reason.trim() }),
        done: onShown,
    });
    return html`<${Form} form=${form}>
        <div class="field" role="group" aria-label="要看哪些">${words.map(([name, word]) => html`<${Field} key=${name} form=${form} name=${name} label=${word} type="checkbox"/>`)}</div>
        ${!self && html`<${Field} form=${form} name="reason" label="为什么要看" type="textarea" rows="2" required maxlength="200"/>
            <p class="notice">${person.name}会收到通知，看到是谁、什么时候、为什么看了哪些内容。</p>`}
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>查看<//>
    <//>`;
}

function RevealDialog({ person, field, onClose }) {
    useReturnFocus();
    const [shown, setShown] = useState(null), words = openable(person);
    return html`<${Dialog} title=${isSelf(person) ? "查看我的资料" : `查看${person.name}的资料`} onClose=${onClose}>
        ${shown ? html`<${Values} shown=${shown} words=${words} onClose=${onClose}/>`
            : html`<${Ask} person=${person} field=${field} words=${words} onShown=${setShown} onClose=${onClose}/>`}<//>`;
}

/** The birthday is masked to its month; of a row of stars four say enough. */
export const spoken = (text) => text.replace(/^(\d{4})-0?(\d{1,2})$/, "$1年$2月").replace(/\*{5,}/, "****");

export function Veiled({ person, field }) {
    const [asking, setAsking] = useState(false), word = openable(person).find(([name]) => name === field)?.[1];
    return html`<span class="between-row"><span translate="no">${spoken(person.masked[field])}</span>
        ${word && html`<button type="button" class="quiet" aria-label=${`查看${word}`} onClick=${() => setAsking(true)}>查看</button>`}</span>
        ${asking && html`<${RevealDialog} person=${person} field=${field} onClose=${() => setAsking(false)}/>`}`;
}
