/** source.js: the sentence of the plan that a duty comes from. */
import { html } from "../lib/lib.js";
import { can } from "../lib/session.js";

export function Source({ duty, targets }) {
    const { plan, section, item, task } = duty.expand ?? {};
    const sentence = task?.text || item?.text;
    if (!sentence && !plan) return null;
    const name = item && `${item.number ? item.number + ". " : ""}${item.title}`;
    return html`<section class="card"><h2>任务来源</h2>
        ${sentence && html`<blockquote>${sentence}</blockquote>`}
        ${targets.length > 0 && html`<p>目标：${targets.map(({ text }) => text).join("；")}。</p>`}
        <p class="meta">${plan && `《${plan.title}》`}${section && html`<br/>${section.title}`}
            ${item && html`<br/>${can("plan") ? html`<a href=${"#/plan/items/" + item.id}>${name}</a>` : name}`}</p>
    </section>`;
}
