/** recent.js: what became of my latest mails, and why some weren't sent. */
import { html } from "../lib/lib.js";
import { time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { DELIVERY, REASONS } from "./words.js";

const what = ({ state, reason, error, sent_at, next_try }) => ({
    sent: () => time(sent_at), suppressed: () => REASONS[reason], failed: () => error, due: () => time(next_try) + "发送",
}[state]());

export function Recent({ deliveries }) {
    if (!deliveries.length) return html`<p class="meta">还没有通知。</p>`;
    return html`<ul class="rows">${deliveries.map((delivery) => {
        const [word, tone] = DELIVERY[delivery.state];
        return html`<li key=${delivery.id}><div class="row"><span class="row-text"><span class="row-title">${delivery.expand?.message?.title}</span>
            <span class="meta">${what(delivery)}</span></span><span class="row-end"><${Badge} word=${word} tone=${tone}/></span></div></li>`;
    })}</ul>`;
}
