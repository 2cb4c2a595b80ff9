/** month.js: a ledger on the days of a month, by its date field. The month is in the address (?month=2026-06). */
import { html } from "../lib/lib.js";
import { list } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { today } from "../lib/session.js";
import { addDays, dateOf, shortDay } from "../lib/format.js";
import { between, filterOf } from "./filter.js";
import { useAnswer } from "./rows.js";
import { asking, dateField, shownFields, stateField } from "./schema.js";
import { textOf, titleOf } from "./values.js";

const WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

const shift = (month, n) => {
    const at = new Date(month + "-01T00:00:00Z");
    at.setUTCMonth(at.getUTCMonth() + n);
    return at.toISOString().slice(0, 7);
};

/** Whole weeks, from the Monday before the first to the Sunday after the last. */
function weeksOf(month) {
    const first = month + "-01", monday = addDays(first, -((new Date(first + "T00:00:00Z").getUTCDay() + 6) % 7)), weeks = [];
    for (let day = monday; day.slice(0, 7) <= month; day = addDays(day, 7)) weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)));
    return weeks;
}

function Day({ day, month, rows, ledger }) {
    const state = stateField(ledger), inside = day.slice(0, 7) === month;
    return html`<td class=${[!inside && "outside", day === today() && "now", !rows.length && "blank"].filter(Boolean).join(" ")}>
        <span class="day-number" aria-label=${shortDay(day)}>${Number(day.slice(8))}</span>${rows.map((record) => html`
            <a key=${record.id} class="day-entry" href=${`#/ledgers/${ledger.collection}/${record.id}`}>${titleOf(ledger, record)}${state && html`<span class="meta"> ${textOf(state, record)}</span>`}</a>`)}</td>`;
}

export function Month({ ledger, units }) {
    const field = dateField(ledger), month = /^20\d\d-\d\d$/.test(query.value.month) ? query.value.month : today().slice(0, 7);
    const last = addDays(shift(month, 1) + "-01", -1), filter = [filterOf(ledger, query.value, units), between(field, month + "-01", last)].filter(Boolean).join(" && ");
    const { found, wrong } = useAnswer(() => list(ledger.collection, { filter, sort: field.name, ...asking(shownFields(ledger)) }), filter, ledger.collection);
    const on = new Map();
    for (const record of found ?? []) on.set(dateOf(record[field.name]), [...(on.get(dateOf(record[field.name])) ?? []), record]);
    const step = (n) => () => setQuery({ month: shift(month, n) });
    return html`<div class="month-bar"><button type="button" onClick=${step(-1)}>上月</button><h2>${Number(month.slice(0, 4))}年${Number(month.slice(5))}月</h2><button type="button" onClick=${step(1)}>下月</button>
            <button type="button" onClick=${() => setQuery({ month: "" })}>本月</button><span class="meta" role="status">按“${field.label}”，${found ? `${found.length} 条` : "正在读取"}。</span></div>
        <p class="wrong" role="alert">${wrong}</p>
        <div class="table-box"><table class="month"><caption class="sr">${ledger.title}，${month}</caption><thead><tr>${WEEK.map((word) => html`<th key=${word} scope="col">${word}</th>`)}</tr></thead>
            <tbody>${weeksOf(month).map((week) => html`<tr key=${week[0]}>${week.map((day) => html`<${Day} key=${day} day=${day} month=${month} ledger=${ledger} rows=${on.get(day) ?? []}/>`)}</tr>`)}</tbody></table></div>
        ${found?.length === 0 && html`<p class="meta">这个月没有记录。</p>`}`;
}
