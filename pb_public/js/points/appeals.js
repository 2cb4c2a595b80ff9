/** appeals.js: objections that wait for an answer, and those that have one. */
import { html } from "../lib/lib.js";
import { list } from "../lib/api.js";
import { day } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { APPEALS } from "./words.js";

export const title = "积分申诉";

export const load = async () => ({ rows: await list("points_appeals", { sort: "state,due", expand: "person,period" }) });

const OPEN = ["open", "escalated"];

export const Appeals = ({ rows }) => html`<ul class="rows">${rows.map((a) => html`<li key=${a.id}><a class="row" href=${`#/points/appeals/${a.id}`}>
    <span class="row-text"><span class="row-title">${a.expand?.person?.name ?? "本人"}</span><span class="meta">${a.text}</span>${OPEN.includes(a.state) && html`<span class="meta">${day(a.due)}前答复</span>`}</span>
    <span class="row-end"><${Badge} word=${APPEALS[a.state][0]} tone=${APPEALS[a.state][1]}/></span></a></li>`)}</ul>`;

export default function AppealsPage({ data: { rows } }) {
    return html`<div class="page"><header class="page-head"><div><h1>积分申诉</h1><p class="lead">支部 10 个工作日内答复；不接受的报党工委。</p></div></header>
        ${rows.length ? html`<section class="card"><${Appeals} rows=${rows}/></section>` : html`<${Empty} title="没有申诉"/>`}</div>`;
}
