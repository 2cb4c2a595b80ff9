/**
 * payments.js: what has been received, to be checked by somebody else than who
 * recorded it, or taken back with a reason. The list and the open payment are in
 * the address.
 */
import { html, signal, useMemo, useState } from "../lib/lib.js";
import { call, page, update, where } from "../lib/api.js";
import { query, reload, setQuery } from "../lib/router.js";
import { can, me } from "../lib/session.js";
import { count, day, shortDay, yuan } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { askText, confirm } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick } from "../ui/filters.js";
import { Pages, pageOf } from "../ui/pages.js";
import { Panel } from "../ui/panel.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { toast } from "../ui/toast.js";
import { span } from "./money.js";
import { DuesNav, UnitPick, YearPick, chooseUnit, run, yearOf } from "./nav.js";
import { METHODS, PAYMENT } from "./words.js";

export const title = "收款和复核";
export const css = ["dues"];
export const reloads = ["org", "year", "state", "batch", "page", "sort"];

const SIZE = 100;
const EXPAND = "recorded_by,checked_by,reversed_by";

function filterOf({ state, batch }, unit, year) {
    return [
        where("org_path >= {:lo} && org_path < {:hi}", { lo: unit.path, hi: unit.path.replace(/\/$/, "0") }), batch ? where("batch = {:batch}", { batch }) : where("received_on >= {:from} && received_on <= {:to}", { from: `${year}-01-01`, to: `${year}-12-31` }),
        state && where("state = {:state}", { state }),
    ].filter(Boolean).join(" && ");
}

export async function load({ query, live }) {
    const { units, unit } = await chooseUnit(query, "dues"), year = yearOf(query), filter = filterOf(query, unit, year), now = new Date().toISOString().replace("T", " ");
    const fresh = live("dues_payments", { filter: where("updated > {:now}", { now }), fields: "id,state" });
    const sort = { received_on: "received_on,receipt_no", "-received_on": "-received_on,-receipt_no" }[query.sort] ?? "-received_on,-receipt_no";
    const [found, waiting] = await Promise.all([
        page("dues_payments", pageOf(query), SIZE, { filter, sort, expand: EXPAND }),
        page("dues_payments", 1, 1, { filter: `state = "recorded" && ${where("org_path >= {:lo} && org_path < {:hi}", { lo: unit.path, hi: unit.path.replace(/\/$/, "0") })}`, fields: "id" }), fresh.ready,
    ]);
    return { units, unit, found, waiting: waiting.totalItems, fresh };
}

const HIDDEN = "（无权查看姓名）";
const named = (payment, field) => payment.expand?.[field]?.name ?? (payment[field] ? HIDDEN : "");

const columns = (names, several) => [
    { key: "name", label: "姓名", main: true, plain: true, nowrap: true, value: ({ name }) => name },
    { key: "received_on", label: "收款日期", nowrap: true, cell: ({ received_on: on }) => shortDay(on) },
    ...(several ? [{ key: "org", label: "组织", plain: true, cell: ({ org }) => names.get(org) }] : []),
    { key: "amount", label: "金额", num: true, plain: true, nowrap: true, cell: ({ amount }) => yuan(amount) },
    { key: "months", label: "账期", plain: true, cell: ({ from_month: from, to_month: to }) => span(from, to) },
    { key: "method", label: "方式", plain: true, cell: ({ method, payer }) => METHODS[method] + (payer ? `（${payer}）` : "") },
    { key: "receipt_no", label: "收据号", plain: true, nowrap: true },
    { key: "recorded_by", label: "登记人", plain: true, nowrap: true, cell: (row) => named(row, "recorded_by") },
    { key: "state", label: "状态", plain: true, cell: ({ state }) => html`<${Badge} word=${PAYMENT[state][0]} tone=${PAYMENT[state][1]}/>` },
];

/** What is left of a row beside the panel, which says the rest. */
const beside = (all) => all.filter(({ key }) => !["org", "months", "method", "recorded_by"].includes(key));

/** Whether the reader may check or take back a payment: never one that they recorded. */
const may = (payment) => can("dues.check", payment.org_path) && payment.recorded_by !== me.value.person.id;

async function askReason(title) {
    return askText({ title, label: "冲正的原因", text: "冲正会记一笔相反的账，原来的不删除；收据作废，需要时重新登记。", yes: "冲正" });
}

function One({ payment, onClose }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), [word, tone] = PAYMENT[payment.state], act = (work, said) => run(setWrong, setBusy, async () => { await work(); toast(said); await reload(); });
    const check = () => act(() => update("dues_payments", payment.id, { state: "checked" }), "已复核。");
    const reverse = async () => { const reason = await askReason("冲正这笔收款"); if (reason) act(() => update("dues_payments", payment.id, { state: "reversed", reason }), "已冲正。"); };
    const whole = async () => { const reason = await askReason(`冲正整批 ${payment.batch}`); if (reason) act(() => call("POST", `/api/dues/payments/batch/${encodeURIComponent(payment.batch)}/reverse`, { reason }), "整批已冲正。"); };
    const facts = [["金额", `${yuan(payment.amount)} 元`], ["账期", span(payment.from_month, payment.to_month)], ["收款日期", day(payment.received_on)], ["方式", METHODS[payment.method]], ["代交人", payment.payer], ["收据号", payment.receipt_no],
        ["说明", payment.reason], ["批准文号", payment.document], ["登记人", named(payment, "recorded_by")], ["复核人", named(payment, "checked_by")], ["冲正人", named(payment, "reversed_by")], ["批号", payment.batch]];
    return html`<${Panel} title=${payment.name} onClose=${onClose}><p class="deadline"><${Badge} word=${word} tone=${tone}/></p>
        <dl class="facts">${facts.filter(([, value]) => value).map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
        ${payment.state === "recorded" && payment.recorded_by === me.value.person.id && html`<p class="notice">这一笔是您登记的，请另一位复核。</p>`}
        <p class="wrong" role="alert">${wrong}</p><div class="actions">
            ${may(payment) && payment.state === "recorded" && html`<button type="button" class="primary" disabled=${busy} onClick=${check}>复核无误</button>`}
            <a class="btn" href=${"#/dues/receipts/" + payment.id}>收据</a><a class="btn" href=${"#/dues/people/" + payment.person}>本人的账</a>
            ${may(payment) && payment.state !== "reversed" && html`<button type="button" disabled=${busy} onClick=${reverse}>冲正</button>
                ${payment.batch && html`<button type="button" disabled=${busy} onClick=${whole}>冲正整批</button>`}`}</div><//>`;
}

function useBulk(chosen, items) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const check = async () => {
        const fits = items.filter((payment) => chosen.value.has(payment.id) && payment.state === "recorded" && may(payment)), sum = fits.reduce((all, { amount }) => all + amount, 0);
        if (!fits.length) return setWrong("选中的都不能由您复核：已经复核过，或者是您登记的。");
        if (!await confirm({ title: `复核 ${fits.length} 笔收款`, text: `合计 ${yuan(sum)} 元。请先和收款、存款的凭证核对。`, yes: "复核无误" })) return undefined;
        await run(setWrong, setBusy, async () => { for (const { id } of fits) await update("dues_payments", id, { state: "checked" }); chosen.value = new Set(); toast(`已复核 ${fits.length} 笔。`); });
        return reload();
    };
    return { wrong, busy, check };
}

export default function Payments({ data }) {
    const { units, unit, found, waiting, fresh } = data, chosen = useMemo(() => signal(new Set()), []), bulk = useBulk(chosen, found.items), { open, batch } = query.value;
    const names = new Map(units.map((one) => [one.id, nameOf(one)])), several = found.items.some(({ org }) => org !== found.items[0].org), payment = found.items.find(({ id }) => id === open), news = fresh.rows.value.filter(({ id, state }) => found.items.find((one) => one.id === id)?.state !== state).length;
    const checks = can("dues.check"), actions = html`<button type="button" class="primary" disabled=${bulk.busy} onClick=${bulk.check}>复核无误</button>`;
    return html`<div class="page wide-page">
        <header class="page-head"><div><h1>收款和复核</h1><p class="lead" role="status">${waiting ? `有 ${count(waiting)} 笔等待复核` : "都复核过了"}${batch ? `；只看批号 ${batch}` : ""}。</p></div>
            <p class="actions">${batch && html`<button type="button" onClick=${() => setQuery({ batch: "" })}>看全部</button>`}${can("dues.record") && html`<a class="btn primary" href="#/dues/entry">登记收款</a>`}<${PrintButton}/></p></header>
        <${DuesNav} at="payments"/>
        <${Filters}><${UnitPick} units=${units} unit=${unit}/><${YearPick}/><${Pick} name="state" label="状态" options=${Object.entries(PAYMENT).map(([code, [word]]) => [code, word])}/><//>
        <p class="wrong" role="alert">${bulk.wrong}</p>
        ${news > 0 && html`<p class="notice">收款刚有变动。<button type="button" class="quiet" onClick=${reload}>更新</button></p>`}
        <div class=${payment ? "with-panel" : ""}><div><${Table} label="收款" columns=${payment ? beside(columns(names, several)) : columns(names, several)} rows=${found.items} total=${found.totalItems} selected=${checks ? chosen : undefined} actions=${actions}
                onOpen=${({ id }) => setQuery({ open: id }, { push: true })} opened=${open} empty=${html`<${Empty} title="没有这样的收款"/>`}/>
            <${Pages} page=${pageOf(query.value)} size=${SIZE} total=${found.totalItems}/></div>
            ${payment && html`<${One} key=${payment.id} payment=${payment} onClose=${() => setQuery({ open: "" })}/>`}</div>
    </div>`;
}
