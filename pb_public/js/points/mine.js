/** mine.js: 我的积分: the total and how it comes about, every entry, and what is still possible. */
import { html, useState } from "../lib/lib.js";
import { call, list, where } from "../lib/api.js";
import { day, period } from "../lib/format.js";
import { query, reload, setQuery } from "../lib/router.js";
import { canAny, me, today } from "../lib/session.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { PrintButton } from "../ui/print.js";
import { AppealDialog } from "./appeal.js";
import { Line } from "./line.js";
import { CATEGORIES, CLAIMS, PLACINGS, capOf, points, worth } from "./words.js";

export const title = ({ mine }) => (mine.person === me.value.person.id ? "我的积分" : `${mine.name}的积分`);
export const reloads = ["year"];
export const css = ["points"];

export async function load({ params, query }) {
    const person = params.id ?? me.value.person.id;
    const [mine, claims] = await Promise.all([
        call("GET", `/api/points/mine?person=${person}&year=${encodeURIComponent(query.year ?? "")}`),
        list("points_claims", { filter: where("person = {:person}", { person }), sort: "-happened_on", expand: "rule", fields: "id,happened_on,text,state,approval,quantity,expand.rule.title" }),
    ]);
    return { mine, claims };
}

function Sum({ mine: { total, band, scheme, vetoed, category, takes } }) {
    if (!takes) return html`<section class="card"><h2>不参加积分</h2><p>正式党员和预备党员参加积分。</p></section>`;
    if (vetoed) return html`<section class="card"><h2>否决</h2><p>按纪检文件，处分影响期内不显示积分。记录仍在，期满后恢复显示。</p></section>`;
    const parts = [`基础分 ${points(total.base)}`, `加分 ${points(total.added)}`, ...(total.off ? [`扣分 ${points(total.off)}`] : [])];
    return html`<section class="card"><h2>${points(total.points)} 分</h2>
        <p>${parts.join("，")}。全年加分最多 ${points(scheme.cap)} 分${total.limited ? "，已经加满" : ""}。</p>
        ${total.over > 0 && html`<p class="meta">另有 ${points(total.over)} 分超出封顶，不计入。</p>`}
        <p class="meta">参考档：${band}。只供民主评议参考，不排名次，不定等次。人员类别：${PLACINGS[category] ?? category}。</p>
        ${total.shares.length > 0 && html`<div class="points-scroll" tabindex="0"><table><caption class="sr">各类得分</caption><thead><tr><th>类别</th><th class="num">得分</th><th class="num">实计</th><th class="num">封顶</th></tr></thead>
            <tbody>${total.shares.map((s) => html`<tr key=${s.category}><td>${CATEGORIES[s.category] ?? s.category}</td><td class="num">${points(s.earned)}</td>
                <td class="num">${points(s.counted)}</td><td class="num">${s.cap ? points(s.cap) : "不限"}</td></tr>`)}</tbody></table></div>`}</section>`;
}

const Possible = ({ rules, own }) => rules.length > 0 && html`<section class="card"><h2>还可以得</h2><ul class="rows">${rules.map((r) => html`<li key=${r.id}>
    <${r.manual && own ? "a" : "div"} class="row" href=${r.manual && own ? `#/points/claim?rule=${r.id}` : undefined}><span class="row-text"><span class="row-title">${r.title}</span>
        <span class="meta">${worth(r)}，${capOf(r)}。${r.manual ? "由本人申报" : `系统自动计分：${r.ready}`}。</span></span>
        <span class="row-end">${r.left === 0 ? html`<${Badge} word="已加满"/>` : r.left !== null && r.left > 0 && r.left < 100_000 ? `还能得 ${points(r.left)} 分` : ""}</span><//></li>`)}</ul></section>`;

const Claims = ({ claims }) => claims.length > 0 && html`<section class="card"><h2>我的申报</h2><ul class="rows">${claims.map((c) => html`<li key=${c.id}>
    <a class="row" href=${c.approval ? `#/approvals/${c.approval}` : `#/points/claim?id=${c.id}`}><span class="row-text"><span class="row-title">${c.expand?.rule?.title}</span><span class="meta">${day(c.happened_on)}，${c.text}</span></span>
        <span class="row-end"><${Badge} word=${CLAIMS[c.state][0]} tone=${CLAIMS[c.state][1]}/></span></a></li>`)}</ul></section>`;

const Notices = ({ periods, onAppeal }) => periods.length > 0 && html`<section class="card"><h2>公示</h2><ul class="rows">${periods.map((p) => html`<li key=${p.id}>
    <div class="row"><span class="row-text"><span class="row-title">${period(p.quarter)}</span><span class="meta">${p.state === "locked" ? "已锁定" : `公示到${day(p.notice_until)}`}，<a href=${`#/points/periods/${p.id}`}>看公示</a></span></span>
        <span class="row-end">${p.open && onAppeal && html`<button type="button" onClick=${() => onAppeal(p)}>有异议</button>`}</span></div></li>`)}</ul></section>`;

export default function Mine({ data: { mine, claims } }) {
    const [appeal, setAppeal] = useState(null), own = mine.person === me.value.person.id;
    const year = Number(mine.year), now = Number(today().slice(0, 4));
    const entries = mine.lines.filter(({ kind, reversed }) => kind === "award" && !reversed);
    return html`<div class="page">
        <header class="page-head"><div><h1>${own ? "我的积分" : `${mine.name}的积分`}</h1><p class="lead">${mine.year} 年，按“${mine.scheme.title}”。</p></div>
            <p class="actions">${own && html`<a class="btn primary" href="#/points/claim">申报积分</a>`}${canAny("points") && html`<a class="btn" href="#/points/branch">支部积分</a>`}
                <a class="btn" href="#/points/rules">积分项目</a><${PrintButton}/></p></header>
        <div class="filters"><label class="filter"><span>年度</span><select value=${query.value.year ?? ""} onChange=${(event) => setQuery({ year: event.target.value })}>
            ${[now, now - 1, now - 2].map((y) => html`<option key=${y} value=${y === now ? "" : y} selected=${y === year}>${y}</option>`)}</select></label></div>
        <div class="columns"><div><${Sum} mine=${mine}/>
            <section class="card"><h2>每一笔</h2>${mine.lines.length ? html`<ul class="rows">${mine.lines.map((line) => html`<${Line} key=${line.id} line=${line}/>`)}</ul>`
            : html`<${Empty} title="这一年还没有积分" text="会议归档、党费登记、学习登记以后，系统自动计分。"/>`}</section></div>
        <div><${Possible} rules=${mine.possible} own=${own}/><${Claims} claims=${claims}/><${Notices} periods=${mine.periods} onAppeal=${own && setAppeal}/></div></div>
        ${appeal && html`<${AppealDialog} period=${appeal} entries=${entries} onClose=${() => setAppeal(null)} onDone=${() => { setAppeal(null); reload(); }}/>`}
    </div>`;
}
