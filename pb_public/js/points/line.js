/** line.js: one entry: what it gave, by which rule, from which record, and how much of it counts. */
import { html } from "../lib/lib.js";
import { day } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { points, signed, sourceOf } from "./words.js";

/** What the caps leave of an entry, where they take something. */
function counts({ kind, reversed, points: given, counted }) {
    if (kind === "reversal") return "冲正";
    if (reversed) return "已冲正";
    return counted === given ? "" : `实计 ${points(counted)} 分`;
}

export function Line({ line }) {
    const { day: on, rule, rule_no: no, rule_title: name, points: given } = line, note = counts(line);
    return html`<li><div class="row"><span class="row-text"><span class="row-title">${name} ${note && html`<${Badge} word=${note}/>`}</span>
        <span class="meta">${day(on)}，<a href=${`#/points/rules/${rule}`}>按 ${no}</a>，<a href=${sourceOf(line)}>看来源记录</a></span></span>
        <span class="row-end"><b>${signed(given)}</b></span></div></li>`;
}
