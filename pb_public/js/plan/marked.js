/**
 * marked.js: a text with the sentences that tasks come from.
 *
 *   <${Marked} chars=${chars} from=${0} to=${chars.length} marks=${[{ from, to, key, label, tone, off, passive }]}
 *       chosen=${key} strong=${{ from, to }} onChoose=${(key) => …}/>
 *   showMark(root, key), showPlace(root, from)   scrolls to a sentence and lets it flash
 */
import { html } from "../lib/lib.js";
import { pieces } from "./spans.js";

export const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

function reveal(element) {
    if (!element) return;
    element.scrollIntoView({ block: "center", behavior: calm() });
    element.classList.remove("flash");
    void element.offsetWidth; // starts the animation anew
    element.classList.add("flash");
}

export const showMark = (root, key) => reveal(root?.querySelector(`[data-marks~="${key}"]`));

export function showPlace(root, from) {
    const all = [...(root?.querySelectorAll("[data-from]") ?? [])];
    reveal(all.filter((element) => Number(element.dataset.from) <= from).pop());
}

/** Where sentences lie over one another, a press goes to the shortest. */
const nearest = (marks) => marks.filter(({ passive }) => !passive).sort((a, b) => (a.to - a.from) - (b.to - b.from))[0];

function Piece({ piece, chosen, strong, onChoose }) {
    const mark = nearest(piece.marks), keys = piece.marks.map(({ key }) => key).filter(Boolean).join(" ");
    if (!piece.marks.length) return html`<span data-from=${piece.from}>${piece.text}</span>`;
    const style = [piece.marks.some(({ key }) => key && key === chosen) && "chosen", mark?.off && "off", ...piece.marks.map(({ tone }) => tone),
        !mark && "aside", strong && piece.from >= strong.from && piece.to <= strong.to && "strong"].filter(Boolean).join(" ");
    return html`<mark class=${style} data-from=${piece.from} data-marks=${keys} title=${piece.marks.map(({ label }) => label).filter(Boolean).join("；")}
        onClick=${mark && (() => !String(getSelection()) && onChoose?.(mark.key))}>${piece.text}</mark>`;
}

export function Marked({ chars, from, to, marks, chosen, strong, onChoose }) {
    const all = strong ? [...marks, { ...strong, passive: true }] : marks;
    return html`<div class="source">${pieces(chars, from, to, all).map((piece) => html`
        <${Piece} key=${piece.from} piece=${piece} chosen=${chosen} strong=${strong} onChoose=${onChoose}/>`)}</div>`;
}
