/** import_outline.js: what was read from the text: sections, items and their tasks, to be put right. */
import { html, Component, useState } from "../lib/lib.js";
import { TASK_KINDS } from "../lib/words.js";
import { shortDay } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { sayAssign } from "./assign.js";
import { BulkAssign } from "./import_bulk.js";
import { Editor } from "./import_editor.js";
import { ReadOnly } from "./import_readonly.js";
import { editItem, editSection, kept } from "./outline.js";
import { sayRule } from "./rrule.js";

/** The name of the task that follows, as the server makes it from the sentence. */
export function nameOf(ob) {
    if ((ob.name ?? "").trim()) return ob.name.trim();
    const text = Array.from(ob.text.trim().split(/[。；;\n]/)[0].replace(/^[，、：:,. ]+|[，、：:,. ]+$/g, ""));
    return text.length > 60 ? text.slice(0, 59).join("") + "…" : text.join("");
}

export function sayWhen(ob) {
    const { frequency, due } = ob, vague = ob.needs_confirmation && !ob.settled;
    const often = frequency?.rrule ? sayRule(frequency.rrule) + (frequency.at_least ? "（至少）" : "") : vague ? `“${frequency?.text || due?.text || "未写明"}”` : "全年一次";
    const from = shortDay(due?.from), to = shortDay(due?.to);
    return [often, from && to ? `${from}至${to}` : to ? `${to}前` : from ? `${from}起` : ""].filter(Boolean).join("，");
}

const DELIVER = ["draft", "revise", "sign"];

function Summary({ ob, desk, problems }) {
    const who = sayAssign(ob.assign, desk.directory), papers = (ob.documents ?? []).filter(({ action }) => DELIVER.includes(action));
    return html`<span class="ob-text"><span class="row-title">${nameOf(ob) || "（没有名称）"}</span>
        <span class="meta">${[TASK_KINDS[ob.kind], sayWhen(ob), ...papers.map(({ title }) => `《${title}》`), ...(ob.targets ?? []).map(({ text }) => text)].filter(Boolean).join(" · ")}</span>
        <span class="ob-marks">${!kept(ob) ? html`<${Badge} word="不作为任务"/>` : html`
            ${who && html`<span>${who}</span>`}${ob.assign?.suggested && html`<${Badge} word="建议，请核对" tone="wait"/>`}
            ${problems.map(({ code, message }) => html`<${Badge} key=${code} word=${SHORT[code] ?? message} tone="warn"/>`)}`}</span></span>`;
}

const SHORT = {
    plan_untitled: "没有名称", plan_unassigned: "没有分派", plan_unsettled: "没有定频次或期限", plan_dates_reversed: "日期前后颠倒",
};

/** One task; drawn again only when something about it has changed. */
class Card extends Component {
    shouldComponentUpdate(next) {
        return ["ob", "chosen", "editable", "said", "path"].some((name) => next[name] !== this.props[name]);
    }

    render({ ob, path, chosen, editable, problems, desk, view }) {
        const place = path.split(".").map(Number);
        return html`<article id=${"ob-" + path} class="ob ${chosen ? "chosen" : ""} ${kept(ob) ? "" : "dropped"}">
            <button type="button" class="ob-head" aria-expanded=${chosen} onClick=${() => (chosen ? view.open("") : view.open(place))}>
                <${Summary} ob=${ob} desk=${desk} problems=${problems}/></button>
            ${chosen && html`<${editable ? Editor : ReadOnly} key=${path} ob=${ob} place=${place} problems=${problems} desk=${desk} view=${view}/>`}
        </article>`;
    }
}

/** A heading whose words can be put right in place. */
function Name({ value, label, onChange, editable, level, number }) {
    const [editing, setEditing] = useState(false);
    const text = value || "（没有标题）";
    if (editing) {
        return html`<label class="filter grow"><span>${label}</span><input value=${value} maxlength="300" ref=${(input) => input && document.activeElement !== input && !input.dataset.once && (input.dataset.once = 1, input.focus())}
            onInput=${(event) => onChange(event.target.value)} onBlur=${() => setEditing(false)} onKeyDown=${(event) => ["Enter", "Escape"].includes(event.key) && setEditing(false)}/></label>`;
    }
    const words = `${number ? number + ". " : ""}${text}`;
    return html`<${level}>${words}<//>${editable && html`<button type="button" class="quiet" aria-label="改标题：${label}“${text}”" onClick=${() => setEditing(true)}>改标题</button>`}`;
}

function Item({ item, s, i, desk, view, editable, problems }) {
    const list = item.obligations ?? [];
    const rename = (title) => desk.change((outline) => editItem(outline, s, i, { title }), `item ${s} ${i}`);
    return html`<div class="ob-item"><div class="ob-heading">
            <${Name} level="h4" number=${item.number} value=${item.title} label="条的标题" editable=${editable} onChange=${rename}/>
            ${editable && list.length > 1 && html`<${BulkAssign} desk=${desk} scope=${[s, i]} label="第 ${item.number} 条"/>`}</div>
        ${list.map((ob, k) => {
            const path = `${s}.${i}.${k}`, own = problems.get(path) ?? NONE;
            return html`<${Card} key=${path} path=${path} ob=${ob} chosen=${view.chosen.value === path} editable=${editable} problems=${own} said=${own.map(({ message }) => message).join()} desk=${desk} view=${view}/>`;
        })}
        ${!list.length && html`<p class="meta">没有读出任务${editable ? "；需要时在原文里选中句子，新增为任务。" : "。"}</p>`}</div>`;
}

const NONE = [];

export function Outline({ desk, view, editable }) {
    const outline = desk.outline.value, problems = new Map();
    for (const problem of desk.todo.value) {
        const key = problem.path?.join(".");
        problems.set(key, [...(problems.get(key) ?? []), problem]);
    }
    return html`<section class="pane-outline" aria-label="摘要" tabindex="0">
        <h2 class="sr">摘要</h2>
        ${outline.sections.map((section, s) => html`<div class="card" key=${s}><div class="ob-heading">
            <${Name} level="h3" value=${section.title} label="部分的标题" editable=${editable} onChange=${(title) => desk.change((old) => editSection(old, s, { title }), `section ${s}`)}/>
            ${editable && html`<${BulkAssign} desk=${desk} scope=${[s]} label="这一部分"/>`}</div>
            ${section.items.map((item, i) => html`<${Item} key=${i} item=${item} s=${s} i=${i} desk=${desk} view=${view} editable=${editable} problems=${problems}/>`)}</div>`)}
    </section>`;
}
