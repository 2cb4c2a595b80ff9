/** import_status.js: what is left to decide, one after the other; what is odd about the text; whether all is saved. */
import { html } from "../lib/lib.js";
import { at, kept, places } from "./outline.js";
import { BulkAssign, acceptAll } from "./import_bulk.js";
import { showPlace } from "./marked.js";

const FIELD = [["plan_untitled", "name"], ["plan_unassigned", "assign"], ["plan_assign", "assign"], ["plan_unsettled", "rrule"], ["plan_rule", "rrule"],
    ["plan_rrule", "rrule"], ["plan_date", "to"], ["plan_due", "to"]];
const fieldOf = (code) => FIELD.find(([start]) => code.startsWith(start))?.[1];

const later = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** The one after the place that is open, or the first. */
const next = (list, here) => list.find((path) => here && later(path, here) > 0) ?? list[0];

const SAVING = {
    saved: "已保存", pending: "有改动，马上保存……", saving: "正在保存……", offline: "没有连上服务器，改动已记在这台设备上，连上以后自动保存。",
    refused: "没有存上，改动已记在这台设备上。", conflict: "别人也改了这份导入。", locked: "这份导入已经不能修改。",
};

function Conflict({ desk }) {
    return html`<div class="notice" role="alert"><p>您离开或断线的时候，别人也改了这份导入，两边不一样。</p>
        <p class="actions"><button type="button" onClick=${desk.keepMine}>用我的，盖掉别人的</button><button type="button" onClick=${desk.takeTheirs}>用别人的，丢掉我的</button></p></div>`;
}

function Warnings({ desk, view }) {
    const list = desk.outline.value.warnings ?? [];
    if (!list.length) return null;
    const look = (span) => { view.tab.value = "text"; requestAnimationFrame(() => showPlace(view.text.current, span[0])); };
    return html`<details class="card warnings"><summary>原文有 ${list.length} 处可疑</summary><ul class="plain">${list.map(({ span, text, message }, i) => html`<li key=${i}>
        ${message} ${text && html`<span class="meta">“${Array.from(text).slice(0, 40).join("")}”</span>`}
        ${span?.[1] > span?.[0] && html`<button type="button" class="quiet" onClick=${() => look(span)}>看原文</button>`}</li>`)}</ul></details>`;
}

function Left({ desk, view, editable }) {
    const todo = desk.todo.value, outline = desk.outline.value, here = view.place.value;
    const open = todo.filter(({ path }) => path), suggested = places(outline).filter((place) => { const ob = at(outline, place); return kept(ob) && ob.assign?.suggested; });
    const walk = () => {
        const path = next(open.map((one) => one.path), here), { code } = open.find((one) => one.path === path);
        view.open(path, { scroll: "both", field: fieldOf(code) });
    };
    return html`<p class="left" role="status"><b>${todo.length ? `还有 ${todo.length} 处要处理` : "都处理好了"}</b>
        ${open.length > 0 && html`<button type="button" onClick=${walk}>下一处</button>`}
        ${editable && todo.some(({ code }) => code === "plan_unassigned") && html`<${BulkAssign} desk=${desk} scope=${[]} label="全部任务" word="分派其余的"/>`}
        ${todo.some(({ path }) => !path) && html`<span class="wrong">${todo.find(({ path }) => !path).message}</span>`}</p>
        ${editable && suggested.length > 0 && html`<p class="left"><span>${suggested.length} 处分工是系统按原文的建议，请核对。</span>
            <button type="button" class="quiet" onClick=${() => view.open(next(suggested, here), { scroll: "both", field: "assign" })}>看下一处</button>
            <button type="button" class="quiet" onClick=${() => acceptAll(desk)}>全部采纳</button></p>`}`;
}

function Facts({ desk }) {
    const { year, since } = desk.facts.value;
    return html`<div class="pair facts-line"><label class="filter" for="desk-title"><span>计划名称</span><input id="desk-title" value=${desk.outline.value.title} maxlength="200"
            onInput=${(event) => desk.change((old) => ({ ...old, title: event.target.value }), "title")}/></label>
        <label class="filter" for="desk-year"><span>年度</span><input id="desk-year" type="number" min="2010" max="2099" value=${year}
            onChange=${(event) => Number(event.target.value) > 2000 && desk.set({ year: Number(event.target.value) })}/></label>
        <label class="filter" for="desk-since"><span>从哪天起生成任务（空为确认那天）</span><input id="desk-since" type="date" value=${since} onChange=${(event) => desk.set({ since: event.target.value })}/></label></div>`;
}

export function Status({ desk, view, editable, light }) {
    const saving = desk.saving.value;
    return html`
        ${saving === "conflict" && html`<${Conflict} desk=${desk}/>`}
        ${light.duplicate_of && light.state === "draft" && html`<p class="notice">同样的文字已经导入并确认过，请先看看是不是重复了。</p>`}
        ${saving === "locked" && light.state === "confirmed" && html`<p class="notice" role="alert">这份导入已经由${light.expand?.confirmed_by?.name ?? "别人"}确认，您后来的改动没有存上。</p>`}
        ${editable && html`<${Facts} desk=${desk}/>`}
        ${["draft", "submitted"].includes(light.state) && html`<div class="desk-bar"><${Left} desk=${desk} view=${view} editable=${editable}/>
            ${editable && html`<p class="saving ${saving}" role="status"><span>${SAVING[saving]}</span>
                ${desk.undoable.value && html`<button type="button" class="quiet" onClick=${desk.undo}>撤销一步</button>`}</p>`}
            <p class="wrong" role="alert">${saving === "saved" ? "" : desk.wrong.value}</p></div>`}
        <${Warnings} desk=${desk} view=${view}/>`;
}
