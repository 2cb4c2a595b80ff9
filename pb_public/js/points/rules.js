/** rules.js: what points are given for: every rule with its number, dates and source; who keeps them drafts, tries and activates. */
import { html, useState } from "../lib/lib.js";
import { call, list } from "../lib/api.js";
import { day } from "../lib/format.js";
import { can, today } from "../lib/session.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { Trial } from "./trial.js";
import { CATEGORIES, RULES, capOf, worth } from "./words.js";

export const title = "积分项目";
export const css = ["points"];

export async function load() {
    const [rules, { items: subjects }] = await Promise.all([list("points_rules", { sort: "no" }), call("GET", "/api/points/subjects")]);
    return { rules, subjects: new Map(subjects.map((s) => [s.key, s])) };
}

const columnsOf = (subjects) => [
    { key: "no", label: "编号", nowrap: true },
    { key: "title", label: "项目", main: true },
    { key: "subject", label: "事由", cell: ({ subject }) => subjects.get(subject)?.name ?? subject },
    { key: "category", label: "类别", cell: ({ category }) => CATEGORIES[category] ?? category },
    { key: "value", label: "分值", num: true, nowrap: true, cell: worth },
    { key: "cap", label: "封顶", plain: true, cell: capOf },
    { key: "since", label: "起止", nowrap: true, cell: ({ since, until }) => `${day(since)}起${until ? `，到${day(until)}` : ""}` },
    { key: "state", label: "状态", cell: ({ state }) => html`<${Badge} word=${RULES[state][0]} tone=${RULES[state][1]}/>` },
];

export default function Rules({ data: { rules, subjects } }) {
    const keeper = can("points.edit"), [trying, setTrying] = useState(false), drafts = rules.filter(({ state }) => state === "draft");
    const shown = keeper ? rules : rules.filter(({ state }) => state !== "draft");
    return html`<div class="page">
        <header class="page-head"><div><h1>积分项目</h1><p class="lead">能计分的事由是固定的：网络言论、思想动向、宗教民族、信访举报、婚姻家庭、捐款、登录打卡转发都不能作为积分依据。</p></div>
            <p class="actions">${keeper && html`<a class="btn primary" href="#/points/rules/new">新的项目</a>
                ${drafts.length > 0 && html`<button type="button" aria-expanded=${trying ? "true" : "false"} onClick=${() => setTrying(!trying)}>试算草拟的项目（${drafts.length}）</button>`}`}<${PrintButton}/></p></header>
        ${trying && html`<${Trial} drafts=${drafts} year=${Number(today().slice(0, 4))}/>`}
        <${Table} label="积分项目" columns=${columnsOf(subjects)} rows=${shown} href=${({ id }) => `#/points/rules/${id}`} empty=${html`<${Empty} title="还没有启用的积分项目" text="由党工委审定后启用。"/>`}/>
    </div>`;
}
