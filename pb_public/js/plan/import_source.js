/**
 * import_source.js: the text of an import, every task's sentence marked. Words
 * that are selected with the mouse, the finger or the keyboard can become a
 * task, or the place where one is split.
 */
import { html, useEffect, useMemo } from "../lib/lib.js";
import { Marked } from "./marked.js";
import { add, addItem, at, kept, places, split } from "./outline.js";
import { find, offsetAt, slice } from "./spans.js";

/** The words of an obligation that its fields were read from. */
function factsOf(ob, chars) {
    const words = [ob.frequency?.text, ob.due?.text, ...(ob.documents ?? []).map(({ title }) => title), ...(ob.targets ?? []).map(({ text }) => text), ...(ob.owners ?? [])];
    return words.map((text) => find(chars, ob.span[0], ob.span[1], text)).filter(Boolean).map((span) => ({ ...span, tone: "fact", passive: true }));
}

function marksOf(outline, todo, chars, chosen) {
    const waiting = new Set(todo.map(({ path }) => path?.join(".")));
    const marks = places(outline).map((place) => {
        const ob = at(outline, place), key = place.join(".");
        return { from: ob.span[0], to: ob.span[1], key, off: !kept(ob), tone: waiting.has(key) ? "todo" : "" };
    });
    const warned = (outline.warnings ?? []).filter(({ span }) => span?.[1] > span?.[0])
        .map(({ span, message }) => ({ from: span[0], to: span[1], tone: "warned", passive: true, label: message }));
    return [...marks, ...warned, ...(chosen ? factsOf(chosen, chars) : [])];
}

/** Follows what is selected inside the text; null when nothing is. */
function useSelection(view, editable) {
    useEffect(() => {
        if (!editable) return undefined;
        const look = () => {
            const selected = getSelection(), root = view.text.current;
            if (!selected.rangeCount || selected.isCollapsed || !root?.contains(selected.anchorNode) || !root.contains(selected.focusNode)) {
                if (!root?.contains(document.activeElement)) view.selection.value = null;
                return;
            }
            const range = selected.getRangeAt(0);
            const from = offsetAt(range.startContainer, range.startOffset), to = offsetAt(range.endContainer, range.endOffset);
            view.selection.value = from !== null && to > from ? { from, to } : null;
        };
        document.addEventListener("selectionchange", look);
        return () => document.removeEventListener("selectionchange", look);
    }, [editable]);
}

function Selected({ desk, view }) {
    const span = view.selection.value;
    if (!span) return null;
    const outline = desk.outline.value, words = slice(desk.chars, span.from, span.to).trim();
    const inside = places(outline).find((place) => { const ob = at(outline, place); return kept(ob) && span.from > ob.span[0] && span.from < ob.span[1]; });
    const made = add(outline, desk.chars, span.from, span.to);
    const finish = (next, place) => {
        getSelection().removeAllRanges();
        view.selection.value = null;
        desk.change(() => next);
        view.open(place, { scroll: "card" });
    };
    const short = words.length > 14 ? words.slice(0, 13) + "…" : words;
    return html`<div class="selected" role="status"><span>选中“${short}”</span>
        ${made && html`<button type="button" onClick=${() => finish(made.outline, made.place)}>新增为任务</button>`}
        ${inside && html`<button type="button" onClick=${() => finish(split(outline, desk.chars, inside, span.from), inside)}>从这里拆开</button>`}
        ${!made && words && html`<button type="button" onClick=${() => { const item = addItem(outline, desk.chars, span.from, span.to); finish(item.outline, item.place); }}>新增为一条</button>`}
    </div>`;
}

export function Source({ desk, view, editable }) {
    useSelection(view, editable);
    const { chars } = desk, outline = desk.outline.value, chosen = view.obligation.value, todo = desk.todo.value;
    const marks = useMemo(() => marksOf(outline, todo, chars, chosen), [outline, todo, chosen]);
    return html`<section class="card pane-text" aria-label="原文" tabindex="0" ref=${(element) => { view.text.current = element; }}>
        <h2 class="pane-head">原文</h2>
        ${editable && html`<p class="meta">标出的句子是任务的出处，按一下看摘要；选中文字可以新增任务。</p>`}
        <${Marked} chars=${chars} from=${0} to=${chars.length} marks=${marks} chosen=${view.chosen.value} strong=${view.strong.value}
            onChoose=${(key) => view.open(key, { scroll: "card" })}/>
        ${editable && html`<${Selected} desk=${desk} view=${view}/>`}
    </section>`;
}
