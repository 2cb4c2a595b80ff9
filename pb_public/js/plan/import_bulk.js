/** import_bulk.js: one assignment for many tasks: of an item, a section, or all that have none. */
import { html, useState } from "../lib/lib.js";
import { Dialog } from "../ui/dialog.js";
import { AssignFields } from "./assign.js";
import { useReturnFocus } from "../ui/focus.js";
import { at, editAll, kept, places } from "./outline.js";

const within = (scope, place) => scope.every((n, i) => place[i] === n);

function Form({ desk, scope, label, onClose }) {
    const [assign, setAssign] = useState(null), [only, setOnly] = useState(true), [wrong, setWrong] = useState("");
    useReturnFocus();
    const outline = desk.outline.value;
    const hit = (ob, place) => within(scope, place) && (!only || !ob.assign?.to || ob.assign.suggested);
    const many = places(outline).filter((place) => kept(at(outline, place)) && hit(at(outline, place), place)).length;
    const submit = (event) => {
        event.preventDefault();
        if (!assign?.to) return setWrong("请选择交给谁。");
        desk.change((old) => editAll(old, (ob, place) => (hit(ob, place) ? { assign: { ...assign, suggested: false } } : null)));
        return onClose();
    };
    return html`<${Dialog} title=${`分派${label}`} onClose=${onClose} wide><form noValidate onSubmit=${submit}>
        <${AssignFields} id="bulk-assign" value=${assign} directory=${desk.directory} wrong=${wrong} onChange=${(next) => { setAssign(next); setWrong(""); }}/>
        <label class="check"><input type="checkbox" checked=${only} onChange=${(event) => setOnly(event.target.checked)}/>只改还没有分派、或只是建议的</label>
        <p role="status">会改 ${many} 项任务。</p>
        <div class="actions"><button class="primary" disabled=${!many}>分派</button><button type="button" onClick=${onClose}>取消</button></div>
    </form><//>`;
}

export function BulkAssign({ desk, scope, label, word = "一起分派" }) {
    const [open, setOpen] = useState(false);
    return html`<button type="button" class=${scope.length ? "quiet" : ""} aria-label=${`${word}：${label}`} onClick=${() => setOpen(true)}>${word}</button>
        ${open && html`<${Form} desk=${desk} scope=${scope} label=${label} onClose=${() => setOpen(false)}/>`}`;
}

/** Takes over every suggestion that somebody has just looked through. */
export const acceptAll = (desk) => desk.change((old) => editAll(old, (ob) => (ob.assign?.suggested ? { assign: { ...ob.assign, suggested: false } } : null)));
