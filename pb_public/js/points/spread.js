/** spread.js: how totals spread over the bands, by branch in the order of the tree; small groups stay hidden. */
import { html } from "../lib/lib.js";
import { points } from "./words.js";

const cell = ({ people }) => (people === null ? "少于 5 人" : people || "");

export function Spread({ spread: { scheme, all, units } }) {
    const rows = units.length > 1 ? [...units, { ...all, name: "合计" }] : [all];
    return html`<div class="table-box"><div class="table-scroll" tabindex="0" role="region" aria-label="积分分布"><table><caption class="sr">积分分布</caption>
        <thead><tr><th scope="col">组织</th><th scope="col" class="num">人数</th>${scheme.bands.map(({ name, from }) => html`<th key=${name} scope="col" class="num">${name}<span class="meta"> ${points(from)} 起</span></th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr key=${row.org + row.name}><th scope="row">${row.name}</th><td class="num" data-label="人数">${row.people}</td>
            ${row.bands.map((band) => html`<td key=${band.name} class="num" data-label=${band.name}>${cell(band)}</td>`)}</tr>`)}</tbody></table></div></div>
        <p class="meta">一档不足 5 人的不显示人数，以免认出个人。</p>`;
}
