/** period.js: what is published of a quarter: the spread, names in their order where the branch has said so; officers lock it. */
import { html, useState } from "../lib/lib.js";
import { list, one, update, where } from "../lib/api.js";
import { day, period as words } from "../lib/format.js";
import { reload } from "../lib/router.js";
import { can } from "../lib/session.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { PrintButton } from "../ui/print.js";
import { Appeals } from "./appeals.js";
import { PERIODS, points } from "./words.js";

export const title = ({ period }) => `${words(period.quarter)}积分公示`;
export const css = ["points"];

export async function load({ params }) {
    const [period, appeals] = await Promise.all([one("points_periods", params.id), list("points_appeals", { filter: where("period = {:id}", params), sort: "created", expand: "person" })]);
    return { period, appeals };
}

const Members = ({ members }) => html`<div class="points-scroll" tabindex="0"><table><caption class="sr">按姓名排列</caption><thead><tr><th>姓名</th><th class="num">本季度</th><th class="num">累计积分</th></tr></thead>
    <tbody>${members.map((m, i) => html`<tr key=${i}><td>${m.name}</td><td class="num">${m.vetoed ? "" : points(m.quarter)}</td><td class="num">${m.vetoed ? "否决" : points(m.total)}</td></tr>`)}</tbody></table></div>
    <p class="meta">按姓名排列，不排名次。</p>`;

export default function Period({ data: { period, appeals } }) {
    const [wrong, setWrong] = useState(""), { content, state } = period, officer = can("points.review") || can("points.edit");
    const lock = async () => {
        if (!await confirm({ title: `锁定${words(period.quarter)}`, text: "锁定以后不能修改，差错只能冲正，记入以后的季度。", yes: "锁定" })) return;
        await update("points_periods", period.id, { state: "locked" }).then(reload, ({ message, fields }) => setWrong(Object.values(fields ?? {})[0] ?? message));
    };
    return html`<div class="page"><header class="page-head"><div><h1>${content?.name}${words(period.quarter)}积分公示</h1>
            <p class="deadline"><${Badge} word=${PERIODS[state][0]} tone=${PERIODS[state][1]}/><span class="meta">${day(period.notice_from)}至${day(period.notice_until)}</span></p></div>
            <p class="actions">${officer && state === "published" && html`<button type="button" class="primary" onClick=${lock}>锁定</button>`}<${PrintButton}/></p></header>
        <p class="wrong" role="alert">${wrong}</p>
        <section class="card"><h2>分布</h2><p>共 ${content?.people} 名党员。参考档只供民主评议参考，不定等次。</p><ul class="plain">${(content?.bands ?? []).map((b) => html`<li key=${b.name}>${b.name}（${points(b.from)} 分起）：${b.people === null ? "少于 5 人，不显示" : `${b.people} 人`}</li>`)}</ul></section>
        ${content?.members?.length > 0 && html`<section class="card"><h2>名单</h2><${Members} members=${content.members}/></section>`}
        ${state === "published" && !officer && html`<p class="notice">对自己的积分有异议，请在公示期内到<a href="#/points">我的积分</a>提出。</p>`}
        ${appeals.length > 0 && html`<section class="card"><h2>申诉</h2><${Appeals} rows=${appeals}/></section>`}
    </div>`;
}
