/**
 * find.js: who has an identity number. The number goes in the body of the request,
 * never into an address, and a hit is written down like any other look.
 *
 *   <${FindByNumber} onClose=${fn}/>
 */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { KINDS } from "../lib/words.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { parseNumber } from "./check.js";

export function FindByNumber({ onClose }) {
    useReturnFocus();
    const [found, setFound] = useState(null);
    const form = useForm({
        initial: { id_no: "", reason: "" },
        check: ({ id_no: number, reason }) => {
            const wrong = number.trim() && parseNumber(number).wrong;
            return { ...(wrong && { id_no: wrong }), ...(reason.trim().length < 4 && { reason: "请写明为什么要查，至少 4 个字。" }) };
        },
        send: ({ id_no: number, reason }) => call("POST", "/api/people/find", { id_no: number.trim(), reason: reason.trim() }),
        done: ({ items }) => setFound(items),
    });
    return html`<${Dialog} title="按身份证号查找" onClose=${onClose}><${Form} form=${form}>
        <${Field} form=${form} name="id_no" label="身份证号" required maxlength="18" autocomplete="off" spellcheck="false"/>
        <${Field} form=${form} name="reason" label="为什么要查" type="textarea" rows="2" required maxlength="200" hint="查到的人会收到通知，看到是谁、为什么查的"/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>关闭</button>`}>查找<//>
        <div role="status">${found && (found.length ? html`<ul class="rows">${found.map(({ id, name, number, kind }) => html`<li key=${id}>
            <a class="row" href=${"#/people/" + id}><span class="row-text"><span class="row-title">${name}</span><span class="meta">${[number, KINDS[kind]].filter(Boolean).join("，")}</span></span></a></li>`)}</ul>`
            : html`<p class="meta">您的名册上没有用这个身份证号登记的人。</p>`)}</div>
    <//><//>`;
}
