/**
 * progress.js: how far something is: a bar, and always its number in words.
 *
 *   <${Progress} done=${3} total=${12} late=${1}/>   3/12，逾期 1
 */
import { html } from "../lib/lib.js";

export function Progress({ done, total, late = 0 }) {
    const share = (n) => (total ? (n / total) * 100 : 0) + "%";
    return html`<span class="progress">
        <span class="bar" aria-hidden="true"><i style="width:${share(done)}"></i><i class="late" style="width:${share(late)}"></i></span>
        <span class="figures">${done}/${total}${late > 0 && html`<b>，逾期 ${late}</b>`}</span>
    </span>`;
}
