/** seen.js: who can see me, and who has looked at what is masked; follows the server. */
import { html } from "../lib/lib.js";
import { me } from "../lib/session.js";
import { Looks, Watchers, followLooks, readWatchers } from "../people/seen.js";

export const title = "谁能看到我";

export async function load({ live }) {
    const { id } = me.value.person, looks = followLooks(live, id);
    const [watchers] = await Promise.all([readWatchers(id), looks.ready]);
    return { looks, watchers };
}

export default function Seen({ data: { looks, watchers } }) {
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/me">我的</a></p><h1>谁能看到我</h1></div></header>
        <div class="columns even">
            <section class="card"><h2>谁看过我</h2><${Looks} looks=${looks.rows.value} watchers=${watchers}/>
                <p class="meta">觉得不该看的，请向所在支部或党建办提出。</p></section>
            <section class="card"><h2>谁能看到我</h2><${Watchers} watchers=${watchers}/></section>
        </div></div>`;
}
