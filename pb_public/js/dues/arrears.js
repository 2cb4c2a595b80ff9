/**
 * arrears.js: who owes for months that are over, by name; what the program tells
 * whom after 1, 3, 5 and 6 months; and the reviews that people settle. Nothing
 * follows by itself.
 */
import { html, useState } from "../lib/lib.js";
import { call, update } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { can } from "../lib/session.js";
import { count, yuan } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Dialog } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { monthWord, span } from "./money.js";
import { DuesNav, UnitPick, chooseUnit } from "./nav.js";

export const title = "欠交名单";
export const css = ["dues"];
export const reloads = ["org"];

async function readAll(unit) {
    const rows = [];
    for (let after = ""; ;) {
        const { items, next } = await call("GET", `/api/dues/arrears?${new URLSearchParams({ org: unit.id, after })}`);
        rows.push(...items);
        if (!next) return rows;
        after = next;
    }
}

export async function load({ params, query, live }) {
    const { units, unit } = await chooseUnit(query, "dues.record", "dues.check", "dues.account");
    const reviews = live("dues_reviews", { sort: "-created", expand: "person,settled_by", order: (a, b) => b.created.localeCompare(a.created) });
    const [rows] = await Promise.all([readAll(unit), reviews.ready]);
    return { units, unit, rows, reviews, person: params.person };
}

/** What is done at each level (domain.md 1.7). */
const LEVELS = [[6, "已生成核查事项，请支部查明有无正当理由", "due"], [5, "下月将满 6 个月，请查明有无正当理由", "due"], [3, "请了解原因，批评教育，限期改正；已报上级", "warn"], [1, "提醒本人及时交纳", "plain"]];
const levelOf = (months) => LEVELS.find(([least]) => months >= least);

const columns = (names) => [
    { key: "name", label: "姓名", main: true, plain: true, nowrap: true },
    { key: "number", label: "工号", plain: true, nowrap: true },
    { key: "org", label: "组织", plain: true, cell: ({ org }) => names.get(org) },
    { key: "since", label: "最早欠交", plain: true, nowrap: true, cell: ({ since }) => monthWord(since) },
    { key: "months", label: "欠交月数", plain: true, num: true, cell: ({ months }) => html`<${Badge} word=${`${months} 个月`} tone=${levelOf(months)[2]}/>` },
    { key: "owed", label: "欠交金额", plain: true, num: true, nowrap: true, cell: ({ owed }) => yuan(owed) },
    { key: "do", label: "怎么办", plain: true, long: true, cell: ({ months }) => levelOf(months)[1] },
];

function Settle({ review, onClose }) {
    const form = useForm({
        initial: { finding: "", document: "" }, draft: `dues-review-${review.id}`,
        send: (values) => update("dues_reviews", review.id, { ...values, state: "settled" }), done: onClose,
    });
    return html`<${Dialog} title=${`核查${review.expand?.person?.name ?? ""}的欠交情况`} onClose=${onClose}><p class="meta">系统不作任何处置。查明有无正当理由以后，由支部按程序研究。</p>
        <${Form} form=${form}><${Field} form=${form} name="finding" label="核查情况" type="textarea" rows="5" required hint="有无正当理由，谈话和教育的经过。"/>
            <${Field} form=${form} name="document" label="支部研究的日期、纪要或文号"/><${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>核查完毕<//><//><//>`;
}

function Reviews({ reviews }) {
    const [asked, setAsked] = useState(null);
    if (!reviews.length) return null;
    return html`<section class="card"><h2>核查事项<span class="tally">连续 6 个月没有交纳</span></h2><ul class="plain">${reviews.map((review) => html`<li key=${review.id}>
            <p class="between-row"><b>${review.expand?.person?.name}</b><${Badge} word=${review.state === "open" ? "待核查" : "已核查"} tone=${review.state === "open" ? "warn" : "ok"}/></p>
            <span class="meta">${span(review.from_month, review.to_month)}没有交纳</span>
            ${review.finding && html`<p class="pre">${review.finding}${review.document ? `（${review.document}）` : ""}</p>`}
            ${review.state === "open" && can("dues.check", review.org_path) && html`<p><button type="button" onClick=${() => setAsked(review)}>写核查情况</button></p>`}</li>`)}</ul>
        ${asked && html`<${Settle} review=${asked} onClose=${() => setAsked(null)}/>`}</section>`;
}

export default function Arrears({ data }) {
    const { units, unit, rows, person } = data, { q, least } = query.value, names = new Map(units.map((one) => [one.id, nameOf(one)]));
    const shown = rows.filter((row) => matches(q, row.name, row.number) && (!least || row.months >= Number(least)) && (!person || row.person === person));
    const sum = shown.reduce((all, { owed }) => all + owed, 0);
    return html`<div class="page wide-page">
        <header class="page-head"><div><h1>欠交名单</h1><p class="lead" role="status">${nameOf(unit)}，${shown.length ? `${count(shown.length)} 人欠交已过月份的党费，合计 ${yuan(sum)} 元` : "没有人欠交"}。只有收缴、复核和会计看得到；按姓名排列，不公开。</p></div><${PrintButton}/></header>
        <${DuesNav} at="arrears"/>
        ${person ? html`<p class="notice">只列出通知里的这一位。<a href="#/dues/arrears">看全部</a></p>` : html`<${Filters}><${Search} label="姓名或工号"/><${UnitPick} units=${units} unit=${unit} powers=${["dues.record", "dues.check", "dues.account"]}/>
            <${Pick} name="least" label="欠交" options=${[["3", "3 个月以上"], ["5", "5 个月以上"], ["6", "6 个月以上"]]}/><//>`}
        <${Table} label="欠交名单" columns=${columns(names)} rows=${shown.map((row) => ({ ...row, id: row.person }))} href=${(row) => "#/dues/people/" + row.person}
            footer=${html`<tr><th scope="row" colspan="5">合计</th><td class="num">${yuan(sum)}</td><td></td></tr>`} empty=${html`<${Empty} title=${rows.length ? "没有符合条件的人" : "没有人欠交"} text="当月的党费到月底才算欠交。">${rows.length > 0 && html`<p><button type="button" onClick=${() => setQuery({ q: "", least: "" })}>清除筛选</button></p>`}<//>`}/>
        <${Reviews} reviews=${data.reviews.rows.value.filter((review) => !person || review.person === person)}/>
    </div>`;
}
