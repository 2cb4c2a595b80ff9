/** import_facts.js: the documents and the targets of one task of an import, as lists to put right. */
import { html } from "../lib/lib.js";
import { DOCUMENT_ACTIONS } from "./import_readonly.js";

const without = (list, n) => list.filter((_, i) => i !== n);
const swapped = (list, n, patch) => list.map((one, i) => (i === n ? { ...one, ...patch } : one));
const bare = (title) => title.replace(/[《》]/g, "");
const amount = (text) => (text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text));

export function Documents({ id, list, set, focus }) {
    return html`<div class="facts-list" role="group" aria-label="文件">
        ${list.map((one, n) => html`<div class="line" key=${n} onFocusIn=${focus(one.title)}>
            <label class="filter grow" for="${id}-doc${n}"><span>文件名称（不带书名号）</span><input id="${id}-doc${n}" value=${one.title} maxlength="200"
                onInput=${(event) => set({ documents: swapped(list, n, { title: bare(event.target.value) }) }, "doc" + n)}/></label>
            <label class="filter" for="${id}-act${n}"><span>要做什么</span><select id="${id}-act${n}" value=${one.action} onChange=${(event) => set({ documents: swapped(list, n, { action: event.target.value }) })}>
                ${DOCUMENT_ACTIONS.map(([code, word]) => html`<option key=${code} value=${code} selected=${code === one.action}>${word}</option>`)}</select></label>
            <button type="button" aria-label=${`去掉《${one.title}》`} onClick=${() => set({ documents: without(list, n) })}>去掉</button></div>`)}
        ${list.some(({ action }) => !["study", "cite"].includes(action)) && html`<p class="hint">制定、修订、签订的文件会记入文件台账。</p>`}
        <button type="button" class="quiet" onClick=${() => set({ documents: [...list, { title: "", action: "draft" }] })}>加一份文件</button></div>`;
}

export function Targets({ id, list, set, focus }) {
    const field = (one, n, name, label, extra = {}) => html`<label class="filter" for="${id}-${name}${n}"><span>${label}</span>
        <input id="${id}-${name}${n}" value=${one[name] ?? ""} ...${extra} onInput=${(event) => set({ targets: swapped(list, n, { [name]: extra.inputmode ? amount(event.target.value) : event.target.value }) }, name + n)}/></label>`;
    return html`<div class="facts-list" role="group" aria-label="指标">
        ${list.map((one, n) => html`<div class="line" key=${n} onFocusIn=${focus(one.text)}>
            ${field(one, n, "text", "指标")}${field(one, n, "min", "不少于", { inputmode: "decimal" })}${field(one, n, "max", "不超过", { inputmode: "decimal" })}${field(one, n, "unit", "单位")}
            <button type="button" aria-label=${`去掉指标${one.text}`} onClick=${() => set({ targets: without(list, n) })}>去掉</button></div>`)}
        <button type="button" class="quiet" onClick=${() => set({ targets: [...list, { text: "", min: null, max: null, unit: "" }] })}>加一个指标</button></div>`;
}
