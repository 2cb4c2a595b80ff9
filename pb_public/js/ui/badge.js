/**
 * badge.js: a state is a word in a box, colour second.
 *
 *   <${Badge} kind="duty" state=${duty.state}/>    kinds of STATES in lib/words.js
 *   <${Badge} word="3 天后到期" tone="warn"/>
 */
import { html } from "../lib/lib.js";
import { STATES } from "../lib/words.js";

export function Badge({ kind, state, word, tone = "off" }) {
    const [text, colour] = kind ? STATES[kind][state] ?? [state, "off"] : [word, tone];
    return html`<span class="badge ${colour}">${text}</span>`;
}
