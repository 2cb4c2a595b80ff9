/**
 * outline.js: what a clerk may do to the outline of an import. Every function
 * takes an outline and gives a new one; what isn't touched stays the same
 * object. A place is [section, item, obligation], each from 0. Spans are
 * positions in the text (spans.js) and a `text` is always exactly its slice.
 *
 *   at(outline, place)                       the obligation
 *   edit(outline, place, patch)              editItem(outline, s, i, patch), editSection(outline, s, patch)
 *   editAll(outline, (ob, place) → patch)    every kept obligation; null leaves it
 *   merge(outline, chars, place)             with the one before it in the item
 *   split(outline, chars, place, position)   at a position in the text
 *   add(outline, chars, from, to)            → { outline, place }, null outside of every item
 *   addItem(outline, chars, from, to)        → { outline, place }
 *   places(outline)                          every place in reading order
 *   problems(outline)                        [{ path, code, message }] as CheckOutline does
 */
import { slice, trim } from "./spans.js";

const swap = (list, i, value) => list.map((old, n) => (n === i ? value : old));

export const at = (outline, [s, i, k]) => outline.sections[s]?.items[i]?.obligations?.[k];

export const editSection = (outline, s, patch) =>
    ({ ...outline, sections: swap(outline.sections, s, { ...outline.sections[s], ...patch }) });

export const editItem = (outline, s, i, patch) =>
    editSection(outline, s, { items: swap(outline.sections[s].items, i, { ...outline.sections[s].items[i], ...patch }) });

const obligations = (outline, [s, i]) => outline.sections[s].items[i].obligations ?? [];

export const edit = (outline, place, patch) =>
    editItem(outline, place[0], place[1], { obligations: swap(obligations(outline, place), place[2], { ...at(outline, place), ...patch }) });

export function places(outline) {
    const out = [];
    outline.sections.forEach((section, s) => section.items.forEach((item, i) =>
        (item.obligations ?? []).forEach((_, k) => out.push([s, i, k]))));
    return out;
}

export const kept = (ob) => ob.keep !== false;

export function editAll(outline, patchOf) {
    let next = outline;
    for (const place of places(outline)) {
        const ob = at(outline, place), patch = kept(ob) && patchOf(ob, place);
        if (patch) next = edit(next, place, patch);
    }
    return next;
}

const both = (a, b) => [...(a ?? []), ...(b ?? [])];

function unique(list, key) {
    const seen = new Set();
    return list.filter((entry) => !seen.has(key(entry)) && seen.add(key(entry)));
}

export function merge(outline, chars, [s, i, k]) {
    const list = obligations(outline, [s, i]), a = list[k - 1], b = list[k];
    const from = Math.min(a.span[0], b.span[0]), to = Math.max(a.span[1], b.span[1]);
    const open = (ob) => ob.needs_confirmation && !ob.settled;
    const joined = {
        ...b, ...a, span: [from, to], text: slice(chars, from, to), keep: kept(a) || kept(b), assign: a.assign ?? b.assign,
        frequency: a.frequency ?? b.frequency, due: a.due ?? b.due,
        documents: unique(both(a.documents, b.documents), ({ title, action }) => action + title),
        targets: unique(both(a.targets, b.targets), ({ text }) => text),
        owners: unique(both(a.owners, b.owners), (owner) => owner),
        placeholders: both(a.placeholders, b.placeholders),
        needs_confirmation: a.needs_confirmation || b.needs_confirmation, settled: !open(a) && !open(b),
    };
    return editItem(outline, s, i, { obligations: [...list.slice(0, k - 1), joined, ...list.slice(k + 1)] });
}

/** The part of an obligation between two positions, with the facts that stand in its words. */
function part(ob, chars, from, to) {
    const span = trim(chars, from, to), text = slice(chars, span.from, span.to);
    const here = (words) => Boolean(words) && text.includes(words);
    const frequency = here(ob.frequency?.text) ? ob.frequency : null, due = here(ob.due?.text) ? ob.due : null;
    const vague = ob.needs_confirmation && (ob.frequency?.text ? Boolean(frequency) : ob.due?.text ? Boolean(due) : true);
    return {
        ...ob, name: "", text, span: [span.from, span.to], frequency, due, needs_confirmation: vague,
        documents: (ob.documents ?? []).filter(({ title }) => here(title)),
        targets: (ob.targets ?? []).filter((target) => here(target.text)),
        owners: (ob.owners ?? []).filter(here), placeholders: (ob.placeholders ?? []).filter(here),
    };
}

export function split(outline, chars, place, position) {
    const [s, i, k] = place, ob = at(outline, place), list = obligations(outline, place);
    const halves = [part(ob, chars, ob.span[0], position), part(ob, chars, position, ob.span[1])];
    if (halves.some(({ text }) => !text)) return outline;
    return editItem(outline, s, i, { obligations: [...list.slice(0, k), ...halves, ...list.slice(k + 1)] });
}

/** A task that a person found: nothing about it was read, so nothing is vague. */
const fresh = (chars, from, to) => ({
    kind: "other", text: slice(chars, from, to), span: [from, to], frequency: null, due: null, documents: [], targets: [],
    owners: [], needs_confirmation: false, placeholders: [], name: "", assign: null, keep: true, settled: false, shift: "", lead: 0,
});

export function add(outline, chars, start, end) {
    for (const [s, section] of outline.sections.entries()) {
        for (const [i, item] of section.items.entries()) {
            const { from, to } = trim(chars, Math.max(start, item.span[0]), Math.min(end, item.span[1]));
            if (from >= to) continue;
            const list = item.obligations ?? [], found = list.findIndex((ob) => ob.span[0] > from), k = found < 0 ? list.length : found;
            return { outline: editItem(outline, s, i, { obligations: [...list.slice(0, k), fresh(chars, from, to), ...list.slice(k)] }), place: [s, i, k] };
        }
    }
    return null;
}

export function addItem(outline, chars, start, end) {
    const { from, to } = trim(chars, start, end), text = slice(chars, from, to);
    const sections = outline.sections.length ? outline.sections : [{ number: 0, title: "", span: [0, chars.length], items: [] }];
    const after = sections.findIndex((section) => section.span[0] > from), s = after < 0 ? sections.length - 1 : Math.max(0, after - 1);
    const items = sections[s].items, found = items.findIndex((item) => item.span[0] > from), i = found < 0 ? items.length : found;
    const number = Math.max(0, ...sections.flatMap((section) => section.items.map((item) => item.number))) + 1;
    const title = charsOfTitle(text);
    const item = { number, title, text, span: [from, to], obligations: [fresh(chars, from, to)] };
    const next = { ...outline, sections };
    return { outline: editSection(next, s, { items: [...items.slice(0, i), item, ...items.slice(i)] }), place: [s, i, 0] };
}

const charsOfTitle = (text) => Array.from(text.split(/[。；\n]/)[0]).slice(0, 40).join("");

const days = /^\d{4}-\d{2}-\d{2}$/;

function check(ob) {
    const out = [], from = ob.due?.from, to = ob.due?.to;
    if (!(ob.name ?? "").trim() && !ob.text.trim()) out.push(["plan_untitled", "这项任务还没有名称。"]);
    if (!ob.assign?.to) out.push(["plan_unassigned", "这项任务还没有交给谁。"]);
    if (ob.needs_confirmation && !ob.settled) out.push(["plan_unsettled", "原文没有说清多久一次或何时完成，请选定频次或期限。"]);
    if (days.test(from) && days.test(to) && to < from) out.push(["plan_dates_reversed", "最晚日期不能早于最早日期。"]);
    return out;
}

export function problems(outline) {
    return places(outline).flatMap((path) => {
        const ob = at(outline, path);
        return kept(ob) ? check(ob).map(([code, message]) => ({ path, code, message })) : [];
    });
}
