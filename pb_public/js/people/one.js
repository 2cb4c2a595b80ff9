/**
 * one.js: somebody's page: particulars, posts as of any day, the branches they
 * look after, and the duties that are theirs, as far as the reader may see each.
 */
import { html } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { can, me, today } from "../lib/session.js";
import { day, period, shortDay, until } from "../lib/format.js";
import { UNIT_FIELDS } from "../org/units.js";
import { Posts, followPosts } from "../org/posts.js";
import { Badge } from "../ui/badge.js";
import { PrintButton } from "../ui/print.js";
import { Deeds, Facts } from "./about.js";

export const title = ({ person }) => person.record.value.name;

const OPEN = ["open", "returned", "overdue", "submitted"];

export async function load({ params, live, liveOne }) {
    const person = liveOne("people", params.id, { expand: "org" }), own = (record) => record.person === params.id;
    const filter = where("person = {:id}", params), posts = followPosts(live, filter, own);
    const contacts = live("org_contacts", { filter, keep: own, sort: "-since", expand: "org", order: (a, b) => b.since.localeCompare(a.since) });
    const duties = live("plan_duties", {
        filter, keep: own, sort: "due", order: (a, b) => a.due.localeCompare(b.due), fields: "id,person,title,period,due,state",
    });
    const [units, roles] = await Promise.all([
        list("org_units", { sort: "sort,path", fields: UNIT_FIELDS }), list("org_roles", { sort: "sort", fields: "id,name,single" }),
        person.ready, posts.ready, contacts.ready, duties.ready,
    ]);
    return { person, posts, contacts, duties, units, roles };
}

const Contacts = ({ contacts }) => contacts.length > 0 && html`<section class="card"><h2>联系点</h2>
    <ul class="plain">${contacts.map(({ id, since, until: end, expand }) => html`<li key=${id}>${expand?.org?.name}
        <span class="meta">${shortDay(since)}${end ? `至${shortDay(end)}` : "起"}</span></li>`)}</ul></section>`;

function Duties({ duties, self }) {
    const now = today(), open = duties.filter(({ state }) => OPEN.includes(state)), done = duties.filter(({ state }) => ["done", "made_up"].includes(state));
    if (!duties.length) return null;
    return html`<section class="card"><h2>${self ? "我的任务" : "本人的任务"}<span class="tally">完成 ${done.length} 件</span></h2>
        ${open.length ? html`<ul class="rows">${open.map((duty) => html`<li key=${duty.id}><a class="row" href=${"#/duties/" + duty.id}>
            <span class="row-text"><span class="row-title">${duty.title}</span><span class="meta">${period(duty.period)}</span></span>
            <span class="row-end"><${Badge} kind="duty" state=${duty.state}/><span class="meta">${day(duty.due)}</span>
                ${duty.state !== "submitted" && html`<span class=${duty.due < now ? "meta late" : "meta"}>${until(duty.due, now)}</span>`}</span></a></li>`)}</ul>`
            : html`<p class="meta">没有要办的任务。</p>`}</section>`;
}

export default function Person({ data }) {
    const person = data.person.record.value, self = person.id === me.value.person.id;
    return html`<div class="page">
        <header class="page-head"><div><p class="meta">${can("people") && html`<a href=${`#/people?org=${person.org}`}>党员名册</a>`}</p><h1>${person.name}</h1>
            <p class="deadline"><${Badge} kind="person" state=${person.state}/></p></div>
            <${PrintButton}/></header>
        <div class="columns">
            <div><section class="card"><h2>基本情况</h2><${Facts} person=${person}/>
                    <${Deeds} person=${person} units=${data.units} onChange=${(saved) => { data.person.record.value = saved; }}/></section>
                <section class="card"><${Posts} posts=${data.posts.rows.value} person=${person} units=${data.units} roles=${data.roles} level="h2"
                    on=${query.value.on} onDate=${(on) => setQuery({ on })}/></section></div>
            <div><${Duties} duties=${data.duties.rows.value} self=${self}/><${Contacts} contacts=${data.contacts.rows.value}/></div>
        </div>
    </div>`;
}
