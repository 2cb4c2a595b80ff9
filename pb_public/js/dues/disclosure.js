/**
 * disclosure.js: one disclosure: a preview of what it would say now, or what was
 * frozen when it was published; it prints as it stands.
 */
import { html, useState } from "../lib/lib.js";
import { call, list, update } from "../lib/api.js";
import { can, canAny, today } from "../lib/session.js";
import { count, dateOf, day, time, yuan } from "../lib/format.js";
import { UNIT_FIELDS, nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Dialog, confirm } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { PrintButton } from "../ui/print.js";
import { dateWord, monthWord } from "./money.js";
import { DuesNav, run } from "./nav.js";
import { periodWord } from "./period.js";
import { Share } from "./share.js";
import { AUDIENCES, DISCLOSURE, PURPOSES } from "./words.js";

export const title = ({ disclosure }) => `${periodWord(disclosure.record.value.period)}党费公开`;
export const css = ["dues"];

export async function load({ params, liveOne }) {
    const disclosure = liveOne("dues_disclosures", params.id, { expand: "published_by" });
    const [units] = await Promise.all([list("org_units", { fields: UNIT_FIELDS }), disclosure.ready]);
    const { state, org, period, audience } = disclosure.record.value;
    const preview = state === "draft" ? await call("GET", `/api/dues/disclosure?${new URLSearchParams({ org, period, audience })}`) : null;
    return { disclosure, preview, unit: units.find(({ id }) => id === org) };
}

const HEAD = [["人数", "people", count], ["应交", "due", yuan], ["实交", "paid", yuan], ["未交", "owed", yuan]];

/** Few people could be recognized by their sums, so these aren't shown. */
const Cells = ({ sums }) => (sums.people === undefined ? html`<td colspan="4" class="meta">人数少，不单独列出</td>` : HEAD.map(([word, field, show]) => html`<td key=${word} class="num" data-label=${word}>${show(sums[field])}</td>`));

const Rows = ({ caption, first, rows, total }) => html`<h3>${caption}</h3><div class="table-scroll" tabindex="0" role="region" aria-label=${caption}><table><caption class="sr">${caption}</caption>
    <thead><tr><th scope="col">${first}</th>${HEAD.filter(([word]) => first !== "姓名" || word !== "人数").map(([word]) => html`<th key=${word} scope="col" class="num">${word}</th>`)}</tr></thead>
    <tbody>${rows.map((row, i) => html`<tr key=${i}><th scope="row">${row.name}</th>${first === "姓名" ? HEAD.slice(1).map(([word, field, show]) => html`<td key=${word} class="num" data-label=${word}>${show(row[field])}</td>`) : html`<${Cells} sums=${row}/>`}</tr>`)}</tbody>
    ${total && html`<tfoot><tr><th scope="row">合计</th><${Cells} sums=${total}/></tr></tfoot>`}</table></div>`;

function Spent({ expenses }) {
    if (!expenses.length) return html`<h3>使用情况</h3><p>这一期没有使用。</p>`;
    return html`<h3>使用情况</h3><table><caption class="sr">使用情况</caption><thead><tr><th scope="col">用途</th><th scope="col" class="num">金额（元）</th></tr></thead>
        <tbody>${expenses.map(({ purpose, title: what, amount }, i) => html`<tr key=${i}><th scope="row">${PURPOSES[purpose]}${what ? `：${what}` : ""}</th><td class="num">${yuan(amount)}</td></tr>`)}</tbody>
        <tfoot><tr><th scope="row">合计</th><td class="num">${yuan(expenses.reduce((sum, { amount }) => sum + amount, 0))}</td></tr></tfoot></table>`;
}

function Paper({ content, record }) {
    const { total, units = [], members, expenses = [], book } = content, shown = units.filter(({ people }) => people !== undefined);
    return html`<article class="paper"><h2>${content.name}党费收缴使用情况</h2>
        <p class="paper-head"><span>${periodWord(content.period)}（${monthWord(content.from)}至${monthWord(content.to)}）</span><span>单位：元</span></p>
        ${total.people > 0 ? html`<p>应交党费 ${count(total.people)} 人，应交 ${yuan(total.due)} 元，实交 ${yuan(total.paid)} 元${total.owed > 0 ? `，未交 ${yuan(total.owed)} 元` : ""}。</p>` : html`<p>人数少，不列出合计。</p>`}
        ${shown.length > 1 && html`<${Share} rows=${shown}/>`}
        ${units.length > 1 && html`<${Rows} caption="各组织收缴情况" first="组织" rows=${units} total=${total.people > 0 ? total : null}/>`}
        ${members?.length > 0 && html`<${Rows} caption="党员交纳情况" first="姓名" rows=${members}/>`}
        <${Spent} expenses=${expenses}/>
        ${book && html`<h3>结存</h3><p>本期收到党费 ${yuan(book.paid_in_period)} 元，累计上缴 ${yuan(book.remitted)} 元，现在结存 ${yuan(book.balance)} 元。</p>`}
        ${record.note && html`<h3>说明</h3><p class="pre">${record.note}</p>`}
        <p class="paper-foot"><span>${content.name}</span><span>${record.published_at ? dateWord(dateOf(record.published_at)) : "（草稿，尚未公布）"}</span></p></article>`;
}

function Note({ record, onClose }) {
    const form = useForm({ initial: { note: record.note }, send: (values) => update("dues_disclosures", record.id, values), done: onClose });
    return html`<${Dialog} title="写一段说明" onClose=${onClose}><${Form} form=${form}><${Field} form=${form} name="note" label="说明" type="textarea" rows="6" hint="例如未交的原因、下一步怎么做。不要写具体的人和困难情况。"/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>保存<//><//><//>`;
}

function Deeds({ record }) {
    const [noting, setNoting] = useState(false), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    if (!["dues.record", "dues.account", "dues.check"].some((power) => can(power, record.org_path))) return null;
    const move = async (state, title, text, yes) => { if (await confirm({ title, text, yes })) run(setWrong, setBusy, () => update("dues_disclosures", record.id, { state })); };
    const who = record.audience === "members" ? "本组织的党员会看到每个人应交和实交多少；不含工资基数和困难情况。" : "内容只有汇总，没有人名，可以张贴和上网。";
    return html`<section class="card no-print"><h2>办理</h2><p class="meta">${record.state === "draft" ? `应在${day(record.due)}前公布。下面是按现在的账预览的，公布时定格。` : who}</p><p class="wrong" role="alert">${wrong}</p><div class="actions">
        ${record.state === "draft" && html`<button type="button" class="primary" disabled=${busy} onClick=${() => move("published", "公布吗？", `${who}公布以后内容不再变。`, "公布")}>公布</button>
            <button type="button" onClick=${() => setNoting(true)}>写说明</button><button type="button" disabled=${busy} onClick=${() => move("withdrawn", "不公布了吗？", "这一份作废，需要时重新准备。", "作废")}>作废</button>`}
        ${record.state === "published" && html`<button type="button" disabled=${busy} onClick=${() => move("withdrawn", "撤回吗？", "撤回以后党员看不到，可以重新准备一份再公布。", "撤回")}>撤回</button>`}</div>
        ${noting && html`<${Note} record=${record} onClose=${() => setNoting(false)}/>`}</section>`;
}

export default function Disclosure({ data }) {
    const record = data.disclosure.record.value, content = record.content || data.preview, [word, tone] = DISCLOSURE[record.state];
    return html`<div class="page">
        <header class="page-head"><div><p class="meta no-print"><a href="#/dues/disclosures">党费公开</a></p><h1 class="no-print">${title(data)}</h1>
            <p class="deadline no-print"><${Badge} word=${word} tone=${record.state === "draft" && record.due < today() ? "due" : tone}/><span class="meta">${nameOf(data.unit)}，${AUDIENCES[record.audience]}${record.published_at ? `，${time(record.published_at)}公布` : ""}</span></p></div><${PrintButton}/></header>
        ${canAny("dues") && html`<${DuesNav} at="disclosures"/>`}
        <${Deeds} record=${record}/>
        ${content ? html`<${Paper} content=${content} record=${record}/>` : html`<p class="notice">这一份没有公布过，没有内容。</p>`}
    </div>`;
}
