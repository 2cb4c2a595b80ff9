/**
 * seen.js: who can see somebody's record, and who has looked at what is masked in it.
 *
 *   <${Watchers} watchers=${answer of readWatchers}/>  by which office
 *   followLooks(live, id)                             → live list of people_reveals
 *   <${Looks} looks=${records} watchers=${…}/>
 *   readWatchers(id)                                  { items, keepers }
 */
import { html } from "../lib/lib.js";
import { call, where } from "../lib/api.js";
import { time } from "../lib/format.js";
import { SENSITIVE } from "./fields.js";

const SHOWN = { ...Object.fromEntries(SENSITIVE), match: "按身份证号查到本人", declaration: "个人重大事项的内容" };

export const readWatchers = (id) => call("GET", `/api/people/${id}/viewers`);

export const followLooks = (live, id) => live("people_reveals", {
    filter: where("person = {:id}", { id }), keep: ({ person }) => person === id, sort: "-created", order: (a, b) => b.created.localeCompare(a.created),
});

/** One line for each person, with all the offices they hold. */
function gather(items) {
    const byPerson = new Map();
    for (const { person, name, role, org, sensitive } of items) {
        const one = byPerson.get(person) ?? { person, name, sensitive: false, places: new Map() };
        one.sensitive ||= Boolean(sensitive);
        one.places.set(org, [...(one.places.get(org) ?? []), role]);
        byPerson.set(person, one);
    }
    return [...byPerson.values()];
}

const offices = (places) => [...places].map(([org, roles]) => `${org}：${roles.join("、")}`).join("；");

export const Watchers = ({ watchers: { items, keepers } }) => html`<ul class="plain">${gather(items).map(({ person, name, sensitive, places }) => html`
        <li key=${person}><b>${name}</b>${sensitive && html`<span class="side">能查看身份证号</span>`}<span class="meta">${offices(places)}</span></li>`)}
        ${keepers > 0 && html`<li key="keepers">系统管理员 ${keepers} 人<span class="meta">维护系统，查看同样留痕</span></li>`}</ul>
    <p class="meta">手机号、住址等默认隐去一部分，查看全部要写理由，并且记在“谁看过”里。</p>`;

const what = ({ shown }) => shown.map((field) => SHOWN[field]).join("、");

/** The office is part of the record; the name is known of those who can look today. */
function who({ by, post, person }, watchers) {
    if (by === person) return "本人";
    return `${post}${watchers.items.find((one) => one.person === by)?.name ?? ""}`;
}

export function Looks({ looks, watchers }) {
    if (!looks.length) return html`<p class="meta">还没有人看过隐去的内容。</p>`;
    return html`<ol class="history">${looks.map((look) => html`<li key=${look.id}><b>${what(look)}</b>
        <span>${who(look, watchers)}${look.by === look.person ? "" : `：${look.reason}`}</span><span class="meta">${time(look.created)}</span></li>`)}</ol>`;
}
