/**
 * print.js: the button that prints the page. Tables first draw all their rows,
 * which takes a moment: print() itself gives a page no time to draw anything.
 *
 *   <${PrintButton}/>      <${PrintButton} onPress=${fn}/> when there is more to fetch first
 */
import { html } from "../lib/lib.js";

const DRAWN = 60;

function printAll() {
    dispatchEvent(new Event("beforeprint"));
    setTimeout(() => print(), DRAWN);
}

export const PrintButton = ({ onPress = printAll }) => html`<button type="button" class="print" onClick=${() => onPress()}>打印</button>`;
