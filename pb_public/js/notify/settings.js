/** settings.js: what reaches me outside of the inbox, and when. */
import { html } from "../lib/lib.js";
import { first, list, one, page, where } from "../lib/api.js";
import { me } from "../lib/session.js";
import { CalendarLinks } from "./calendar.js";
import { ChoiceForm } from "./choices.js";
import { Recent } from "./recent.js";

export const title = "通知设置";

export async function load() {
    const { id } = me.value.person, mine = where("person = {:id}", { id });
    const [choice, feeds, person, recent] = await Promise.all([
        first("notify_choices", { filter: mine }),
        list("notify_feeds", { filter: mine + ' && revoked = ""', sort: "-created" }),
        one("people", id, { fields: "id,email" }),
        page("notify_deliveries", 1, 8, { filter: mine + ' && via = "mail"', sort: "-created", expand: "message", skipTotal: true }),
    ]);
    return { choice, feeds, email: person.email, recent: recent.items };
}

export default function Settings({ data }) {
    return html`<div class="page">
        <header class="page-head"><div><h1>通知设置</h1>
            <p class="lead">收件箱里总会有全部通知。这里决定哪些另外发邮件给您，以及怎样放进手机日历。</p></div></header>
        <div class="columns even">
            <section class="card"><h2>邮件</h2><${ChoiceForm} key=${data.choice?.updated} choice=${data.choice} email=${data.email}/></section>
            <section class="card"><h2>手机日历</h2><${CalendarLinks} feeds=${data.feeds}/></section>
            <section class="card"><h2>最近的邮件</h2><${Recent} deliveries=${data.recent}/></section>
        </div>
    </div>`;
}
