/**
 * posts.js: the posts of a person or of a unit, with their dates, as of a day.
 *
 *   followPosts(live, filter, keep)      → live list, the latest first
 *   stateOf(post, on)                    "held" | "past" | "future" on a day
 *   <${Posts} posts=${records} person=${record} units=${units} roles=${roles} level="h2"
 *       on=${"2025-01-01"} onDate=${(on) => …}/>       both optional; without them as of today
 */
import { html, useState } from "../lib/lib.js";
import { can, today } from "../lib/session.js";
import { shortDay } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { EndPost, PostDialog } from "./post_dialog.js";

const EXPAND = "person,role,org";
const FIELDS = "id,person,role,org,org_path,since,until,document,note,expand.person.name,expand.role.name,expand.role.sort,expand.org.name,expand.org.short";

const order = (a, b) => b.since.localeCompare(a.since) || (a.expand?.role?.sort ?? 0) - (b.expand?.role?.sort ?? 0);

export const followPosts = (live, filter, keep) => live("org_posts", { filter, keep, sort: "-since", order, expand: EXPAND, fields: FIELDS });

export function stateOf({ since, until }, on) {
    if (since > on) return "future";
    return until && until <= on ? "past" : "held";
}

const WORDS = { held: ["在任", "ok"], past: ["已卸任", "off"], future: ["尚未到任", "wait"] };

const period = ({ since, until }) => `${shortDay(since)}${until ? `至${shortDay(until)}` : "起"}`;

/** One post: what, where, from when to when; ended or taken back by who keeps the unit. */
export function Post({ post, on, naming }) {
    const [ending, setEnding] = useState(false), state = stateOf(post, on), { role, org, person } = post.expand ?? {};
    const [word, tone] = WORDS[state], may = can("org", post.org_path) && !(post.until && post.until <= today());
    return html`<li class="post"><span class="row-text"><span><b>${naming === "person" ? person?.name ?? "（无权查看姓名）" : role?.name}</b> ${naming === "person" ? role?.name : org?.name}</span>
            <span class="meta">${period(post)}${post.document && `，${post.document}`}${post.note && `，${post.note}`}</span></span>
        <span class="row-end"><${Badge} word=${word} tone=${tone}/>
            ${may && html`<button type="button" class="quiet" onClick=${() => setEnding(true)}>${post.since > today() ? "取消" : "截止"}</button>`}</span>
        ${ending && html`<${EndPost} post=${post} onClose=${() => setEnding(false)}/>`}</li>`;
}

export function Posts({ posts, person, units, roles, level, on, onDate }) {
    const [adding, setAdding] = useState(false), at = on || today();
    const may = can("org") && person.state === "active";
    const shown = onDate && on ? posts.filter((post) => stateOf(post, at) === "held") : posts;
    return html`<${level}>任职<//>
        ${onDate && posts.length > 0 && html`<label class="filter as-of"><span>哪一天在任（不填就是全部经历）</span>
            <input type="date" value=${on ?? ""} onInput=${(event) => onDate(event.target.value)}/></label>`}
        ${shown.length ? html`<ul class="plain">${shown.map((post) => html`<${Post} key=${post.id} post=${post} on=${at}/>`)}</ul>`
            : html`<p class="meta">${on ? `${shortDay(on)}没有在任的职务。` : "没有任职。"}</p>`}
        ${may && html`<div class="actions"><button type="button" onClick=${() => setAdding(true)}>登记任职</button></div>`}
        ${adding && html`<${PostDialog} person=${person} units=${units} roles=${roles} onClose=${() => setAdding(false)}/>`}`;
}
