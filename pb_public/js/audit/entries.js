/**
 * entries.js: entries of the trail as sentences with their changes below.
 *
 *   <${Entries} found=${await read(…)} onPick=${(patch) => …} here/>
 *       onPick   optional: narrows the list to a person or record
 *       here     the reader is on the page of the record already
 */
import { html } from "../lib/lib.js";
import { time } from "../lib/format.js";
import { changes, sentence } from "./sentence.js";
import { placeOf } from "./words.js";

const FEW = 4;

function Changes({ entry, words }) {
    const lines = changes(entry, words);
    if (!lines.length) return null;
    const body = html`<ul class="diffs flow">${lines.map(({ field, label, text }) => html`<li key=${field}><span class="meta">${label}</span> ${text}</li>`)}</ul>`;
    return lines.length > FEW ? html`<details><summary>${lines.length} 项内容</summary>${body}</details>` : body;
}

function Entry({ entry, words, onPick, here }) {
    const place = placeOf(entry), { actor, actor_name: name, actor_post: post, record } = entry;
    return html`<li><span>${sentence(entry, words)}</span>
        <${Changes} entry=${entry} words=${words}/>
        <span class="meta">${time(entry.at)}${post && `，${post}`}
            ${place && !here && html` · <a class="nowrap" href=${place}>打开</a>`}
            ${onPick && record && html` · <button type="button" class="word" onClick=${() => onPick({ record })}>只看这一条</button>`}
            ${onPick && actor && html` · <button type="button" class="word" onClick=${() => onPick({ actor })}>只看${name}办的</button>`}</span></li>`;
}

export const Entries = ({ found, onPick, here }) => html`<ul class="plain trail">${found.entries.map((entry) => html`
    <${Entry} key=${entry.id} entry=${entry} words=${found.words} onPick=${onPick} here=${here}/>`)}</ul>`;
