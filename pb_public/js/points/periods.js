/** periods.js: for officers: the quarters of their branches: publish, lock. */
import { html, useState } from "../lib/lib.js";
import { create, list, update } from "../lib/api.js";
import { period as words, shortDay } from "../lib/format.js";
import { go, query, setQuery } from "../lib/router.js";
import { ranges, reach, today } from "../lib/session.js";
import { UNIT_FIELDS, nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { PERIODS, quartersBefore } from "./words.js";

export const title = "积分公示";
export const reloads = ["quarter"];

export async function load({ query }) {
    const quarter = query.quarter || quartersBefore(today())[0];
    const within = ({ path, kind }) => ["branch", "retired", "office"].includes(kind) && [...ranges("points.review"), ...ranges("points.edit")].some(({ lo, hi }) => path >= lo && path < hi);
    const [units, periods] = await Promise.all([list("org_units", { sort: "path", fields: UNIT_FIELDS }), list("points_periods", { filter: `quarter = "${quarter.replace(/[^0-9Q-]/g, "")}"`, fields: "id,org,quarter,state,named,notice_from,notice_until" })]);
    return { quarter, units: units.filter(within), periods: new Map(periods.map((p) => [p.org, p])) };
}

function Row({ unit, period, quarter }) {
    const [wrong, setWrong] = useState(""), [named, setNamed] = useState(false), state = period?.state ?? "open";
    const publish = async () => {
        if (!await confirm({ title: `公示${nameOf(unit)}${words(quarter)}的积分`, text: named ? "公示姓名和分数，按姓名排列，共 5 个工作日。须经支部大会同意。" : "只公示分布，每人看得到自己的，共 5 个工作日。", yes: "公示" })) return;
        try {
            const made = period ?? await create("points_periods", { org: unit.id, quarter, named });
            await update("points_periods", made.id, { state: "published", ...(period ? { named } : {}) });
            go(`/points/periods/${made.id}`);
        } catch ({ message, fields }) { setWrong(Object.values(fields ?? {})[0] ?? message); }
    };
    return html`<li><div class="row"><span class="row-text"><span class="row-title">${nameOf(unit)}</span>
            <span class="meta">${state === "open" ? "" : `${shortDay(period.notice_from)}至${shortDay(period.notice_until)}，${period.named ? "公示姓名和分数" : "只公示分布"}`}</span>
            ${state === "open" && html`<label class="check"><input type="checkbox" checked=${named} onChange=${(event) => setNamed(event.target.checked)}/>公示姓名和分数</label>`}<span class="wrong" role="alert">${wrong}</span></span>
        <span class="row-end"><${Badge} word=${PERIODS[state][0]} tone=${PERIODS[state][1]}/> ${state === "open" ? html`<button type="button" onClick=${publish}>公示</button>` : html`<a class="btn" href=${`#/points/periods/${period.id}`}>打开</a>`}</span></div></li>`;
}

export default function Periods({ data: { quarter, units, periods } }) {
    const quarters = quartersBefore(today());
    return html`<div class="page"><header class="page-head"><div><h1>积分季度公示</h1><p class="lead">公示 5 个工作日，期满没有未结的申诉才能锁定；锁定以后只能冲正。</p></div><p class="actions"><a class="btn" href="#/points/branch">支部积分</a></p></header>
        <div class="filters"><label class="filter"><span>季度</span><select value=${query.value.quarter ?? quarters[0]} onChange=${(event) => setQuery({ quarter: event.target.value })}>
            ${quarters.map((q) => html`<option key=${q} value=${q} selected=${q === quarter}>${words(q)}</option>`)}</select></label></div>
        ${units.length ? html`<section class="card"><ul class="rows">${units.map((unit) => html`<${Row} key=${unit.id + quarter} unit=${unit} period=${periods.get(unit.id)} quarter=${quarter}/>`)}</ul></section>`
        : html`<${Empty} title="没有由您公示的组织" text=${reach("points").length ? "公示由支部书记、副书记、组织委员办理。" : ""}/>`}
    </div>`;
}
