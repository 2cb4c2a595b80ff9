/** twins.js: who may be registered twice, for a person to decide (重复登记). */
import { html } from "../lib/lib.js";
import { call, list } from "../lib/api.js";
import { KINDS } from "../lib/words.js";
import { count } from "../lib/format.js";
import { UNIT_FIELDS, nameOf } from "../org/units.js";
import { Empty } from "../ui/empty.js";

export const title = "可能重复登记的人";

export async function load() {
    const [{ groups }, units] = await Promise.all([call("GET", "/api/people/twins"), list("org_units", { fields: UNIT_FIELDS })]);
    return { groups, names: new Map(units.map((unit) => [unit.id, nameOf(unit)])) };
}

const One = ({ person: { id, name, number, kind, org }, names }) => html`<li><a class="row" href=${"#/people/" + id}>
    <span class="row-text"><span class="row-title">${name}${number && `　${number}`}</span><span class="meta">${names.get(org)}，${KINDS[kind]}</span></span></a></li>`;

export default function Twins({ data: { groups, names } }) {
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/people">党员名册</a></p><h1>${title}</h1>
            <p class="lead" role="status">${groups.length ? `${count(groups.length)} 组，姓名和出生日期都相同。` : "没有姓名和出生日期都相同的人。"}</p></div></header>
        ${groups.length ? html`<p class="notice">请逐一核对。确是同一人的，把多登记的一份“停用”，理由写“重复登记”；不是同一人的，补上身份证号，以后不再列出。</p>`
            : html`<${Empty} title="名册里没有重复" text="只比较状态正常的人；两人都有身份证号的不算重复。"/>`}
        ${groups.map((people) => html`<section class="card" key=${people[0].id}><h2>${people[0].name}<span class="tally">${people.length} 份</span></h2>
            <ul class="rows">${people.map((person) => html`<${One} key=${person.id} person=${person} names=${names}/>`)}</ul></section>`)}
    </div>`;
}
