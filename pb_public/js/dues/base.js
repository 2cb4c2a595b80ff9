/**
 * base.js: one base: its items while it is reckoned, then the member's word, then
 * somebody else's review. The server reckons; nothing is reckoned here.
 */
import { html, useState } from "../lib/lib.js";
import { create, list, remove, update, where } from "../lib/api.js";
import { back, reload } from "../lib/router.js";
import { can, me } from "../lib/session.js";
import { yuan } from "../lib/format.js";
import { Trace } from "../audit/history.js";
import { Badge } from "../ui/badge.js";
import { askText, confirm } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { PrintButton } from "../ui/print.js";
import { Items } from "./base_card.js";
import { fenOf, monthOf, monthWord, written } from "./money.js";
import { DuesNav, run } from "./nav.js";
import { BASE, BASED, CATEGORIES, ROLES } from "./words.js";

const nameOf = (base) => base.expand?.person?.name ?? "";

export const title = ({ base }) => `${nameOf(base.record.value)} ${base.record.value.year} 年的核定`;
export const css = ["dues", "trail"];

export async function load({ params, liveOne, live }) {
    const base = liveOne("dues_bases", params.id, { expand: "person,assessed_by,confirmed_by,reviewed_by" }), filter = where("base_of = {:id}", params);
    const items = live("dues_base_items", { filter, keep: ({ base_of: of }) => of === params.id, sort: "created", order: (a, b) => a.created.localeCompare(b.created) });
    await Promise.all([base.ready, items.ready]);
    const { person, since } = base.record.value;
    const [profile] = await list("dues_profiles", { filter: where('person = {:person} && since <= {:since} && (until = "" || until >= {:since})', { person, since }) });
    return { base, items, category: profile?.category ?? "" };
}

function NewItem({ base }) {
    const form = useForm({
        initial: { name: "", amount: "", role: "counted", reason: "" }, check: ({ amount }) => (fenOf(amount) > 0 ? {} : { amount: "请写成元，最多两位小数；要减去的选“扣除”。" }),
        send: (values) => create("dues_base_items", { ...values, base_of: base.id, amount: fenOf(values.amount) }),
    });
    return html`<${Form} form=${form}><h3>加一项</h3><div class="pair"><${Field} form=${form} name="name" label="项目" required list="dues-items"/><${Field} form=${form} name="amount" label="每月金额（元）" required inputmode="decimal"/>
            <${Field} form=${form} name="role" label="怎样计" type="select" required options=${Object.entries(ROLES).map(([code, [word]]) => [code, word])}/></div>
        <datalist id="dues-items">${["职务工资", "级别工资", "岗位工资", "薪级工资", "基础性绩效", "津贴补贴", "基本离退休费", "基本养老金", "个人所得税", "养老保险", "医疗保险", "住房公积金", "职业年金", "公务交通补贴", "奖励性绩效"].map((word) => html`<option key=${word} value=${word}/>`)}</datalist>
        <${Field} form=${form} name="reason" label="依据" hint="和规定的计入、扣除不同的，写明依据和作出决定的组织。"/><${Submit} form=${form}>加上<//><//>`;
}

/** A base without items: one amount. */
function Whole({ base, category }) {
    const form = useForm({
        initial: { base: written(base.base || null), since: base.since, reason: base.reason, resolution: base.resolution },
        check: ({ base: amount, since }) => ({ ...(fenOf(amount) === null ? { base: "请写成元，最多两位小数。" } : {}), ...(monthOf(since) ? {} : { since: "请写成 2026-01 这样。" }) }),
        send: (values) => update("dues_bases", base.id, { ...values, base: fenOf(values.base), since: monthOf(values.since) }), done: reload,
    });
    return html`<${Form} form=${form}><div class="pair"><${Field} form=${form} name="base" label=${BASED[category] ? "交纳基数（元）" : "每月核定额（元）"} required inputmode="decimal" hint=${BASED[category] ?? "幅度类别写支部核定的每月金额。"}/><${Field} form=${form} name="since" label="从哪个月起" type="month" required/></div>
        <details><summary>年内调整才要填的</summary><${Field} form=${form} name="reason" label="原因"/><${Field} form=${form} name="resolution" label="支部会议的日期或纪要"/></details><${Submit} form=${form}>保存<//><//>`;
}

function Deeds({ base }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), self = me.value.person.id, { state, org_path: path } = base, act = (patch) => run(setWrong, setBusy, () => update("dues_bases", base.id, patch));
    const button = (word, press, primary) => html`<button type="button" class=${primary ? "primary" : ""} disabled=${busy} onClick=${press}>${word}</button>`;
    const proxy = async () => { const text = await askText({ title: "代本人确认", label: "谁代为确认、为什么", text: "例如“女儿代签，纸质存档”。没有手机的党员可以这样确认。", yes: "确认" }); if (text) act({ state: "confirmed", proxy: text }); };
    const review = async () => { if (await confirm({ title: "复核无误吗？", text: `从${monthWord(base.since)}起每月按 ${yuan(base.due)} 元交纳，已经出账的月份会补差。`, yes: "复核无误" })) act({ state: "reviewed" }); };
    const drop = async () => { if (await confirm({ title: "删除这份核定吗？", text: "还没有交出，删除以后不能恢复。", yes: "删除" })) run(setWrong, setBusy, async () => { await remove("dues_bases", base.id); back("/dues/bases"); }); };
    const assesses = can("dues.assess", path), checks = can("dues.check", path), mine = base.person === self;
    return html`<p class="wrong" role="alert">${wrong}</p><div class="actions">
        ${state === "draft" && assesses && html`${button("交给本人确认", () => act({ state: "handed" }), true)}${button("删除", drop)}`}
        ${state === "handed" && mine && button("本人确认", () => act({ state: "confirmed" }), true)}
        ${state === "handed" && assesses && !mine && button("代本人确认", proxy)}${state === "handed" && (assesses || mine) && button("退回重新核算", () => act({ state: "draft" }))}
        ${state === "confirmed" && checks && !mine && base.assessed_by !== self && button("复核无误", review, true)}${state === "confirmed" && checks && button("退回重新核算", () => act({ state: "draft" }))}</div>
        ${state === "confirmed" && checks && (mine || base.assessed_by === self) && html`<p class="meta">复核人不能是核定人或本人，请另一位复核。</p>`}`;
}

const STEPS = Object.keys(BASE);

export default function OneBase({ data }) {
    const base = data.base.record.value, items = data.items.rows.value, { category } = data, open = base.state === "draft" && can("dues.assess", base.org_path);
    const facts = [["类别", CATEGORIES[category]], ["从哪个月起", monthWord(base.since)], ["交纳基数", base.base ? `${yuan(base.base)} 元` : "还没有"], ["每月应交", base.due ? `${yuan(base.due)} 元` : "还没有算出"], ["年内调整的原因", base.reason], ["支部确认", base.resolution], ["代确认", base.proxy],
        ["核定人", base.expand?.assessed_by?.name], ["确认人", base.expand?.confirmed_by?.name], ["复核人", base.expand?.reviewed_by?.name]];
    const taken = (item) => html`<button type="button" class="quiet" aria-label=${`去掉${item.name}`} onClick=${() => remove("dues_base_items", item.id)}>去掉</button>`;
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href=${`#/dues/bases?year=${base.year}`}>党费核定</a></p><h1>${title(data)}</h1><p class="deadline"><${Badge} word=${BASE[base.state][0]} tone=${BASE[base.state][1]}/></p></div><${PrintButton}/></header>
        <${DuesNav} at="bases"/>
        <div class="columns"><div><section class="card"><h2>基数怎样算出</h2>
                ${items.length > 0 ? html`<${Items} items=${items} actions=${open && taken}/>` : open ? html`<p class="meta">可以逐项登记（推荐，本人看得到每一项计不计、为什么），也可以直接填一个数。</p><${Whole} key=${base.updated} base=${base} category=${category}/>` : html`<p>没有逐项登记，直接填写。</p>`}
                ${open && category in BASED && html`<${NewItem} base=${base}/>`}</section></div>
            <div><section class="card"><h2>进度</h2><ol class="steps" aria-label="进度">${STEPS.map((step, i) => html`<li key=${step} class=${i < STEPS.indexOf(base.state) || base.state === "reviewed" ? "past" : ""} aria-current=${step === base.state ? "step" : undefined}>${BASE[step][0]}</li>`)}</ol>
                <dl class="facts">${facts.filter(([, value]) => value).map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl><${Deeds} base=${base}/></section>
                <${Trace} collection="dues_bases" id=${base.id}/></div></div>
    </div>`;
}
