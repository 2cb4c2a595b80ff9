/**
 * counts.js: progress as numbers in words and as a bar under them. What is
 * exempted (已免) asks for nothing and counts for nothing.
 *
 *   tally(duties)                    counts as the board gives them: { total, done, … }
 *   sum(list of counts)
 *   asked(counts), finished(counts)  how many there are to do, how many are done
 *   <${Meter} counts=${counts}/>     完成 3/12，逾期 1，待验收 2
 */
import { html } from "../lib/lib.js";

const STATES = ["upcoming", "open", "submitted", "returned", "overdue", "done", "made_up", "exempted"];

export const zero = () => Object.fromEntries([["total", 0], ...STATES.map((state) => [state, 0])]);

export function tally(duties) {
    const counts = zero();
    for (const { state } of duties) {
        counts.total++;
        counts[state]++;
    }
    return counts;
}

export function sum(list) {
    const counts = zero();
    for (const one of list) for (const key of Object.keys(counts)) counts[key] += one[key];
    return counts;
}

export const asked = (counts) => counts.total - counts.exempted;
export const finished = (counts) => counts.done + counts.made_up;

/** [class, states, word] in the order of the bar. */
const PARTS = [
    ["ok", ["done", "made_up"], "完成"], ["wait", ["submitted"], "待验收"], ["late", ["overdue"], "逾期"],
    ["warn", ["returned"], "被退回"], ["now", ["open"], "待办"],
];

export function words(counts) {
    const of = (states) => states.reduce((n, state) => n + counts[state], 0);
    return PARTS.slice(1, 4).filter(([, states]) => of(states)).map(([, states, word]) => `${word} ${of(states)}`);
}

export function Meter({ counts }) {
    const all = asked(counts);
    if (!all) return html`<span class="meta">${counts.exempted ? `已免 ${counts.exempted}` : "没有任务"}</span>`;
    const share = (states) => (states.reduce((n, state) => n + counts[state], 0) / all) * 100 + "%";
    return html`<span class="meter"><span class="bar" aria-hidden="true">${PARTS.map(([tone, states]) =>
            html`<i key=${tone} class=${tone} style="width:${share(states)}"></i>`)}</span>
        <span class="figures">完成 ${finished(counts)}/${all}</span>
        ${counts.overdue > 0 && html`<b class="late">逾期 ${counts.overdue}</b>`}
        ${counts.submitted > 0 && html`<span class="meta">待验收 ${counts.submitted}</span>`}
        ${counts.returned > 0 && html`<span class="meta">退回 ${counts.returned}</span>`}</span>`;
}
