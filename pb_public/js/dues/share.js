/** share.js: how much of what was to pay has been paid, by organization, in their order; the numbers stand in the table below. */
import { html } from "../lib/lib.js";

const WIDE = 720, STEP = 30, NAME = 190;

export const Share = ({ rows }) => html`<svg class="chart share" viewBox=${`0 0 ${WIDE} ${rows.length * STEP}`} aria-hidden="true">${rows.map(({ name, due, paid }, i) => {
    const part = due > 0 ? Math.max(0, Math.min(1, paid / due)) : 1, long = WIDE - NAME - 70;
    return html`<g key=${name}><text x="0" y=${i * STEP + 20}>${name.length > 15 ? name.slice(0, 14) + "…" : name}</text><rect class="due-bar" x=${NAME} y=${i * STEP + 7} width=${long} height="17"/>
        <rect class="paid-bar" x=${NAME} y=${i * STEP + 7} width=${long * part} height="17"/><text x=${WIDE - 60} y=${i * STEP + 20}>${Math.floor(part * 1000) / 10}%</text></g>`;
})}</svg>`;
