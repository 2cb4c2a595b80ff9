/** more.js: on a phone, the places for which the tab bar has no room. */
import { html } from "../lib/lib.js";
import { places } from "../app.js";

/** What everybody finds here, beside the places of officers. */
const EVERYBODY = [["/approvals/mine", "我的申请"], ["/notify/settings", "通知设置"]];

export const title = "更多";

export default function More() {
    const rest = [...places.value.filter(([, , , , tab]) => !tab), ...EVERYBODY];
    return html`<div class="page"><header class="page-head"><h1>更多</h1></header>
        <section class="card"><ul class="rows">${rest.map(([path, word]) => html`
            <li key=${path}><a class="row" href=${"#" + path}><span class="row-text"><span class="row-title">${word}</span></span></a></li>`)}
        </ul></section></div>`;
}
