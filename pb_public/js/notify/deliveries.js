/** deliveries.js: whether messages arrive: what should have gone out, what did, what didn't and why. */
import { html } from "../lib/lib.js";
import { call, list } from "../lib/api.js";
import { count, day } from "../lib/format.js";
import { Empty } from "../ui/empty.js";
import { Table } from "../ui/table.js";
import { Channels } from "./channels.js";
import { Failed } from "./failed.js";
import { REASONS, VIAS } from "./words.js";

export const title = "通知送达";

export async function load() {
    const [summary, channels] = await Promise.all([
        call("GET", "/api/notify/summary"), list("notify_channels", { sort: "org_path,name", expand: "org" }),
    ]);
    return { summary, channels };
}

const number = (key, label) => ({ key, label, num: true, plain: true, cell: (row) => count(row[key]) });
const NUMBERS = [number("total", "应发"), number("sent", "已发"), number("failed", "失败"), number("suppressed", "不发"), number("due", "待发")];

const VIA_COLUMNS = [{ key: "via", label: "怎样发送", main: true, plain: true, cell: ({ via }) => VIAS[via] }, ...NUMBERS];
const DAY_COLUMNS = [{ key: "day", label: "日期", main: true, plain: true, nowrap: true, cell: (row) => day(row.day) }, ...NUMBERS];

const sum = ({ total, sent, failed, suppressed, due }) =>
    `应发 ${count(total)} 份 = 已发 ${count(sent)} + 失败 ${count(failed)} + 不发 ${count(suppressed)} + 待发 ${count(due)}。`;

function Reasons({ reasons }) {
    if (!reasons.length) return null;
    return html`<section class="card"><h2>为什么不发</h2><dl class="facts">${reasons.map(({ reason, n }) => html`
        <div key=${reason}><dt>${REASONS[reason]}</dt><dd>${count(n)} 份</dd></div>`)}</dl></section>`;
}

export default function Deliveries({ data }) {
    const { summary, channels } = data;
    return html`<div class="page">
        <header class="page-head"><div><h1>通知送达</h1>
            <p class="lead">${day(summary.since)}以来，您管理的组织：${sum(summary.total)}</p></div></header>
        ${!summary.server && html`<p class="notice">系统没有设置邮件服务，所以邮件都记为“不发”。收件箱不受影响；要发邮件，请系统管理员先设置。</p>`}
        <${Failed} failed=${summary.failed}/>
        <div class="columns even"><${Channels} channels=${channels}/><${Reasons} reasons=${summary.reasons}/></div>
        ${summary.total.total === 0 ? html`<${Empty} title="还没有通知" text="有了通知，这里会逐日记下送达情况。"/>` : html`
            <h2 class="between">按方式</h2><${Table} label="按方式" columns=${VIA_COLUMNS} rows=${summary.by_via.map((row) => ({ ...row, id: row.via }))}/>
            <h2 class="between">按日期</h2><${Table} label="按日期" columns=${DAY_COLUMNS} rows=${summary.by_day.map((row) => ({ ...row, id: row.day }))}/>`}
    </div>`;
}
