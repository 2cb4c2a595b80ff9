/** unit.js: one organization beside the tree: office holders, members, and what may be done about it. */
import { html, useEffect, useState } from "../lib/lib.js";
import { page, where } from "../lib/api.js";
import { can } from "../lib/session.js";
import { KINDS, UNIT_KINDS } from "../lib/words.js";
import { count, shortDay } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Panel } from "../ui/panel.js";
import { Post, stateOf } from "./posts.js";
import { PostDialog } from "./post_dialog.js";
import { CloseUnit, MoveUnit, UnitDialog } from "./unit_dialogs.js";

const SHOWN = 30;

function useMembers(unit) {
    const [found, setFound] = useState(null), [wrong, setWrong] = useState("");
    useEffect(() => {
        let gone = false;
        if (!can("people", unit.path)) return undefined;
        page("people", 1, SHOWN, { filter: where('org = {:id} && state = "active"', unit), sort: "number", fields: "id,name,kind,title" })
            .then((next) => { if (!gone) setFound(next); }, ({ message }) => { if (!gone) setWrong(message); });
        return () => { gone = true; };
    }, [unit.id]);
    return { found, wrong };
}

function Members({ unit }) {
    const { found, wrong } = useMembers(unit);
    if (wrong) return html`<p class="wrong" role="alert">${wrong}</p>`;
    if (!found) return null;
    return html`<h3>本级人员<span class="tally">${count(found.totalItems)} 人</span></h3>
        ${found.items.length ? html`<ul class="names">${found.items.map(({ id, name, kind, title }) => html`<li key=${id}>
            <a href=${"#/people/" + id}>${name}</a> ${(title || kind !== "member") && html`<span class="meta">${title || KINDS[kind]}</span>`}</li>`)}</ul>`
            : html`<p class="meta">本级没有人员。</p>`}
        <p><a class="btn" href=${`#/people?org=${unit.id}`}>在名册里看${found.totalItems > SHOWN ? "全部" : ""}（含下级）</a></p>`;
}

function Officers({ posts, on, unit, data, units }) {
    const [adding, setAdding] = useState(false), held = posts.filter((post) => stateOf(post, on) !== "past"), past = posts.filter((post) => stateOf(post, on) === "past");
    const may = can("org", unit.path) && !unit.closed;
    return html`<h3>任职</h3>
        ${held.length ? html`<ul class="plain">${held.map((post) => html`<${Post} key=${post.id} post=${post} on=${on} naming="person"/>`)}</ul>` : html`<p class="meta">没有在任的人。</p>`}
        ${past.length > 0 && html`<details><summary>以前的任职（${past.length}）</summary><ul class="plain">${past.map((post) => html`<${Post} key=${post.id} post=${post} on=${on} naming="person"/>`)}</ul></details>`}
        ${may && html`<div class="actions"><button type="button" onClick=${() => setAdding(true)}>登记任职</button></div>`}
        ${adding && html`<${PostDialog} unit=${unit} units=${units} roles=${data.roles} onClose=${() => setAdding(false)}/>`}`;
}

const DIALOGS = { add: UnitDialog, edit: UnitDialog, move: MoveUnit, close: CloseUnit };

function Deeds({ unit, units, posts, data }) {
    const [asked, setAsked] = useState(""), Asked = DIALOGS[asked], close = () => setAsked("");
    if (!can("org", unit.path)) return null;
    const ask = (what, word) => html`<button type="button" onClick=${() => setAsked(what)}>${word}</button>`;
    return html`<div class="actions">${!unit.closed && ask("add", "增加下级组织")}${ask("edit", "修改")}
            ${unit.parent && ask("move", "移动")}${ask("close", unit.closed ? "改撤销日期" : "撤销")}</div>
        ${asked && html`<${Asked} unit=${asked === "add" ? undefined : unit} parent=${asked === "add" ? unit : undefined} units=${units} posts=${posts} counts=${data.counts} onClose=${close}/>`}`;
}

export function UnitPanel({ unit, units, posts, data, on, onClose }) {
    const above = units.find(({ id }) => id === unit.parent);
    return html`<${Panel} title=${unit.name} onClose=${onClose}>
        <p class="deadline"><${Badge} word=${UNIT_KINDS[unit.kind]}/>${unit.closed && html`<span class="late">${shortDay(unit.closed)}撤销</span>`}</p>
        <dl class="facts">${[["上级", above?.name], ["简称", unit.short], ["编码", unit.code], ["成立", shortDay(unit.established)]].filter(([, value]) => value)
            .map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
        <${Deeds} unit=${unit} units=${units} posts=${data.posts?.rows.value ?? []} data=${data}/>
        ${data.posts && html`<${Officers} posts=${posts} on=${on} unit=${unit} data=${data} units=${units}/>`}
        <${Members} unit=${unit}/>
    <//>`;
}
