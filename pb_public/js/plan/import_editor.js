/**
 * import_editor.js: the fields of one task of an import. A field that has the
 * focus shows its own words in the text. Every change is kept at once.
 */
import { html, useState } from "../lib/lib.js";
import { SHIFT, TASK_KINDS } from "../lib/words.js";
import { AssignFields } from "./assign.js";
import { FrequencyFields } from "./frequency.js";
import { Documents, Targets } from "./import_facts.js";
import { nameOf } from "./import_outline.js";
import { edit, kept, merge, split } from "./outline.js";
import { charsOf, find } from "./spans.js";

/** Keeps the problem of each field beside it. */
const wrongOf = (problems, ...starts) => problems.find(({ code }) => starts.some((start) => code.startsWith(start)))?.message;

/** What was vague is settled by choosing how often, or a day. */
const settle = (ob, patch) => ({ ...patch, settled: ob.needs_confirmation ? true : ob.settled });

const often = (ob, rrule) => settle(ob, {
    frequency: rrule || ob.frequency?.text ? { text: ob.frequency?.text ?? "", at_least: ob.frequency?.at_least ?? false, rrule: rrule || null } : null,
});

function until(ob, patch) {
    const due = { text: ob.due?.text ?? "", from: ob.due?.from ?? null, to: ob.due?.to ?? null, ...patch };
    const empty = !due.from && !due.to;
    return { due: empty && !due.text ? null : due, settled: ob.needs_confirmation && !empty ? true : ob.settled };
}

/** The sentence cut at its punctuation; a press on a pair of scissors splits the task there. */
function Split({ ob, onSplit }) {
    const clauses = ob.text.split(/(?<=[，；。、,;：])/u);
    if (clauses.length < 2) return html`<p class="hint">这句话没有标点可以拆开；请在原文里选中后半句，再按“从这里拆开”。</p>`;
    let position = ob.span[0];
    return html`<p class="clauses">${clauses.map((clause, i) => {
        const here = position;
        position += charsOf(clause).length;
        return html`${i > 0 && html`<button type="button" aria-label=${`在“${clause.slice(0, 8)}”前面拆开`} onClick=${() => onSplit(here)}>拆</button>`}<span>${clause}</span>`;
    })}</p>`;
}

function When({ id, ob, set, problems, focus }) {
    const vague = ob.needs_confirmation && !ob.settled, words = ob.frequency?.text || ob.due?.text;
    return html`
        ${vague && html`<div class="notice"><p>原文${words ? `写的是“${words}”，` : ""}没有说清多久一次或何时完成。请选一种频次，或者填最晚日期。</p>
            <p class="actions"><button type="button" onClick=${() => set(often(ob, ""))}>全年一次</button></p></div>`}
        <div onFocusIn=${focus(ob.frequency?.text)}><${FrequencyFields} id="${id}-rrule" value=${ob.frequency?.rrule ?? ""} undecided=${vague && !ob.frequency?.rrule}
            wrong=${wrongOf(problems, "plan_unsettled", "plan_rule", "plan_rrule")} onChange=${(rrule) => set(often(ob, rrule), "rrule")}/></div>
        <div class="pair" onFocusIn=${focus(ob.due?.text)}>
            <label class="filter" for="${id}-from"><span>最早日期</span><input id="${id}-from" type="date" value=${ob.due?.from ?? ""} onInput=${(event) => set(until(ob, { from: event.target.value || null }), "from")}/></label>
            <label class="filter" for="${id}-to"><span>最晚日期</span><input id="${id}-to" type="date" value=${ob.due?.to ?? ""} onInput=${(event) => set(until(ob, { to: event.target.value || null }), "to")}/></label>
        </div>
        ${ob.due?.text && html`<p class="hint">原文“${ob.due.text}”</p>`}
        <p class="wrong" role="alert">${wrongOf(problems, "plan_date", "plan_due")}</p>`;
}

function Who({ id, ob, set, problems, desk, focus }) {
    const { assign } = ob;
    return html`<div onFocusIn=${focus(ob.owners?.[0])}>
        <${AssignFields} id="${id}-assign" value=${assign} directory=${desk.directory} wrong=${wrongOf(problems, "plan_unassigned", "plan_assign")} onChange=${(next) => set({ assign: next })}/>
        ${assign?.suggested && html`<p class="notice">这是按原文的建议，请核对。<button type="button" onClick=${() => set({ assign: { ...assign, suggested: false } })}>就这样分派</button></p>`}
        ${ob.owners?.length > 0 && html`<p class="hint">原文写的责任方：${ob.owners.join("、")}</p>`}</div>`;
}

function More({ id, ob, set }) {
    return html`<details><summary>更多</summary><div class="pair">
        <label class="filter" for="${id}-shift"><span>期限遇休息日</span><select id="${id}-shift" value=${ob.shift || "before"} onChange=${(event) => set({ shift: event.target.value })}>
            ${Object.entries(SHIFT).map(([code, word]) => html`<option key=${code} value=${code} selected=${code === (ob.shift || "before")}>${word}</option>`)}</select></label>
        <label class="filter" for="${id}-lead"><span>提前几天开始（0 为这一期的第一天）</span><input id="${id}-lead" type="number" min="0" max="366" value=${ob.lead ?? 0}
            onInput=${(event) => set({ lead: Math.max(0, Math.floor(Number(event.target.value)) || 0) }, "lead")}/></label>
        <label class="filter grow" for="${id}-owners"><span>原文写的责任方（用顿号隔开）</span><input id="${id}-owners" value=${(ob.owners ?? []).join("、")}
            onChange=${(event) => set({ owners: event.target.value.split(/[、，,\s]+/).filter(Boolean) })}/></label>
        <label class="check"><input type="checkbox" checked=${Boolean(ob.frequency?.at_least)} disabled=${!ob.frequency} onChange=${(event) => set({ frequency: { ...ob.frequency, at_least: event.target.checked } })}/>次数是下限（至少、不少于）</label>
    </div></details>`;
}

function Reshape({ ob, place, desk, view }) {
    const [splitting, setSplitting] = useState(false), [s, i, k] = place;
    const drop = () => desk.change((outline) => edit(outline, place, { keep: !kept(ob) }));
    const join = () => {
        desk.change((outline) => merge(outline, desk.chars, place));
        view.open([s, i, k - 1], { scroll: "both" });
    };
    const cut = (position) => {
        desk.change((outline) => split(outline, desk.chars, place, position));
        setSplitting(false);
        view.open(place, { scroll: "both" });
    };
    return html`<div class="actions">
            ${k > 0 && html`<button type="button" onClick=${join}>并入上一项</button>`}
            <button type="button" aria-expanded=${splitting} onClick=${() => setSplitting(!splitting)}>拆成两项</button>
            <button type="button" onClick=${drop}>${kept(ob) ? "不作为任务" : "恢复为任务"}</button>
            <button type="button" class="to-text" onClick=${() => view.showText(place.join("."))}>看原文</button></div>
        ${splitting && html`<${Split} ob=${ob} onSplit=${cut}/>`}`;
}

export function Editor({ ob, place, problems, desk, view }) {
    const id = place.join(".");
    const set = (patch, group) => desk.change((outline) => edit(outline, place, patch), group && `${id} ${group}`);
    const focus = (words) => () => { view.strong.value = words ? find(desk.chars, ob.span[0], ob.span[1], words) : null; };
    return html`<div class="ob-body"><blockquote>${ob.text}</blockquote>
        ${kept(ob) && html`
            <div class="pair" onFocusIn=${focus("")}><label class="filter grow" for="${id}-name"><span>任务名称</span><input id="${id}-name" value=${ob.name ?? ""} placeholder=${nameOf({ ...ob, name: "" })} maxlength="200"
                    onInput=${(event) => set({ name: event.target.value }, "name")}/></label>
                <label class="filter" for="${id}-kind"><span>做什么</span><select id="${id}-kind" value=${ob.kind} onChange=${(event) => set({ kind: event.target.value })}>
                    ${Object.entries(TASK_KINDS).map(([code, word]) => html`<option key=${code} value=${code} selected=${code === ob.kind}>${word}</option>`)}</select></label></div>
            <p class="wrong" role="alert">${wrongOf(problems, "plan_untitled")}</p>
            <${Who} id=${id} ob=${ob} set=${set} problems=${problems} desk=${desk} focus=${focus}/>
            <${When} id=${id} ob=${ob} set=${set} problems=${problems} focus=${focus}/>
            <${Documents} id=${id} list=${ob.documents ?? []} set=${set} focus=${focus}/>
            <${Targets} id=${id} list=${ob.targets ?? []} set=${set} focus=${focus}/>
            ${ob.placeholders?.length > 0 && html`<p class="notice">这句话里有没填的空：${ob.placeholders.map((text) => `“${text}”`).join("、")}。</p>`}
            <${More} id=${id} ob=${ob} set=${set}/>`}
        <${Reshape} ob=${ob} place=${place} desk=${desk} view=${view}/>
    </div>`;
}
