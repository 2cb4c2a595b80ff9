/**
 * closing.js: a month is handed in by the branch and closed by the level above.
 * What it would freeze is shown first, and what is missing is said in sentences.
 */
import { html, useState } from "../lib/lib.js";
import { call, create, first, list, page, update, where } from "../lib/api.js";
import { query, reload, setQuery } from "../lib/router.js";
import { can, me, today } from "../lib/session.js";
import { count, time, yuan } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { Filters, Pick } from "../ui/filters.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { monthWord, shift } from "./money.js";
import { DuesNav, UnitPick, chooseUnit, run, within } from "./nav.js";
import { CLOSING } from "./words.js";

export const title = "月结";
export const css = ["dues"];
export const reloads = ["org", "month"];

const BACK = 14;
const monthAsked = ({ month }) => (/^20\d\d-\d\d$/.test(month) ? month : shift(today().slice(0, 7), -1));

export async function load({ query }) {
    const { units, unit } = await chooseUnit(query, "dues"), month = monthAsked(query);
    const [preview, closing, all, waiting] = await Promise.all([
        call("GET", `/api/dues/closing?${new URLSearchParams({ org: unit.id, month })}`),
        first("dues_closings", { filter: where("org = {:org} && month = {:month}", { org: unit.id, month }), expand: "handed_by,closed_by" }),
        list("dues_closings", { filter: where("month = {:month}", { month }) }),
        page("dues_payments", 1, 1, { filter: where('org = {:org} && state = "recorded" && received_on >= {:from} && received_on <= {:to}', { org: unit.id, from: `${month}-01`, to: `${month}-31` }), fields: "id" }),
    ]);
    return { units, unit, month, preview, closing, all, unchecked: waiting.totalItems };
}

/** What somebody should know before the month is handed in or closed. */
function missing({ preview, unchecked, month, closing }) {
    const { problem, count: sums } = preview, left = sums.people - sums.payers;
    if (closing?.state === "closed") return [];
    return [
        problem, unchecked > 0 && `这个月有 ${unchecked} 笔收款还没有复核，请先复核。`, left > 0 && `应交的 ${sums.people} 人里，${left} 人到月底还没有交清${monthWord(month)}的党费；不影响月结，以后交了记在交的那个月。`,
        !sums.people && !sums.paid && "这个月没有账单，也没有收款。",
    ].filter(Boolean);
}

const Sums = ({ sums }) => html`<dl class="facts">${[["应交人数", `${count(sums.people)} 人`], ["已交清", `${count(sums.payers)} 人`], ["当月应交", `${yuan(sums.charged)} 元`], ["当月减免", `${yuan(sums.waived)} 元`], ["当月实收", `${yuan(sums.paid)} 元`], [sums.owed < 0 ? "到月底累计预交" : "到月底累计欠交", `${yuan(Math.abs(sums.owed))} 元`]]
    .map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

const STEPS = ["open", "handed", "closed"];

function Deeds({ data }) {
    const { unit, units, month, closing, preview } = data, [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), state = closing?.state ?? "open", above = units.find(({ id }) => id === unit.parent) ?? unit;
    const move = (next) => run(setWrong, setBusy, async () => {
        const record = closing ?? await create("dues_closings", { org: unit.id, month });
        await update("dues_closings", record.id, { state: next }).finally(reload);
    });
    const ask = async (next, title, text, yes) => { if (await confirm({ title, text, yes })) move(next); };
    const closes = state === "handed" && can("dues.check", above.path) && closing.handed_by !== me.value.person.id;
    return html`<p class="wrong" role="alert">${wrong}</p><div class="actions">
        ${state === "open" && can("dues.record", unit.path) && html`<button type="button" class="primary" disabled=${busy || Boolean(preview.problem)} onClick=${() => ask("handed", `报送${monthWord(month)}的月结吗？`, "报送以后由上级核对、结账。", "报送")}>报送</button>`}
        ${closes && html`<button type="button" class="primary" disabled=${busy} onClick=${() => ask("closed", `${nameOf(unit)}${monthWord(month)}结账吗？`, "结账以后这个月的数定格，以后的收款和冲正记在以后的月份。", "结账")}>结账</button>`}
        ${state === "handed" && can("dues.check", unit.path) && html`<button type="button" disabled=${busy} onClick=${() => ask("open", "退回支部吗？", "支部改好以后重新报送。", "退回")}>退回</button>`}</div>
        ${state === "open" && !can("dues.record", unit.path) && html`<p class="meta">由支部组织委员报送，再由上级结账。</p>`}`;
}

const Where = ({ state }) => html`<ol class="steps" aria-label="进度">${STEPS.map((step, i) => html`<li key=${step} class=${i < STEPS.indexOf(state) || state === "closed" ? "past" : ""} aria-current=${step === state ? "step" : undefined}>${CLOSING[step][0]}</li>`)}</ol>`;

const columns = [
    { key: "name", label: "组织", main: true, plain: true },
    { key: "state", label: "状态", plain: true, cell: ({ state }) => html`<${Badge} word=${CLOSING[state][0]} tone=${CLOSING[state][1]}/>` },
    ...[["people", "应交人数"], ["payers", "已交清"]].map(([key, label]) => ({ key, label, num: true, plain: true, cell: (row) => (row.state === "closed" ? count(row[key]) : "") })),
    ...[["charged", "应交"], ["paid", "实收"], ["owed", "累计欠交（预交为负）"]].map(([key, label]) => ({ key, label, num: true, plain: true, cell: (row) => (row.state === "closed" ? yuan(row[key]) : "") })),
];

function Everywhere({ data }) {
    const { units, all, month } = data, fits = within(units, "dues"), at = new Map(all.map((closing) => [closing.org, closing]));
    if (fits.length < 2) return null;
    const rows = fits.map((unit) => ({ state: "open", ...at.get(unit.id), id: unit.id, name: nameOf(unit) })), left = rows.filter(({ state }) => state !== "closed").length;
    return html`<h2 class="between">各组织${monthWord(month)}的月结<span class="tally">${left ? `${left} 个没有结账` : "都结账了"}</span></h2>
        <${Table} label="各组织的月结" columns=${columns} rows=${rows} onOpen=${({ id }) => setQuery({ org: id })} opened=${data.unit.id}/>`;
}

export default function Closing({ data }) {
    const { units, unit, month, closing, preview } = data, state = closing?.state ?? "open", notes = missing(data), now = shift(today().slice(0, 7), -1);
    const months = Array.from({ length: BACK }, (_, i) => shift(now, -i));
    return html`<div class="page">
        <header class="page-head"><div><h1>${monthWord(month)}月结</h1><p class="lead">${nameOf(unit)}</p></div><${PrintButton}/></header>
        <${DuesNav} at="closing"/>
        <${Filters}><${UnitPick} units=${units} unit=${unit}/><${Pick} name="month" label="月份" all="" options=${months.map((one) => [query.value.month || one !== month ? one : "", monthWord(one)])}/><//>
        <section class="card"><h2>${nameOf(unit)}</h2><${Where} state=${state}/>
            ${notes.map((note) => html`<p key=${note} class="notice">${note}</p>`)}
            ${!notes.length && state === "open" && html`<p>没有缺的，可以报送。</p>`}
            <${Sums} sums=${state === "closed" ? closing : preview.count}/>
            ${state === "closed" && html`<p class="meta">${closing.expand?.closed_by?.name ?? ""}${time(closing.closed_at)}结账，截至第 ${count(closing.last_seq)} 笔分录。</p>`}
            <${Deeds} data=${data}/></section>
        <${Everywhere} data=${data}/>
    </div>`;
}
