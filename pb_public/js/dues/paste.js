/**
 * paste.js: a day's list as it is copied out of Excel.
 *
 *   parse(text, year)         rows of text as the sheet holds them; a heading is understood, without one the order is 姓名 金额 起始月 截止月 方式 代交人 说明
 *   find(name, people)        { person } or { fault }: by name, or by number where names are the same
 *   bodyOf(row, people)       { body } for the server, or { faults: [sentence, …] }
 *   owing(person, now)        what somebody owes up to a month: { amount, from, to }, null if nothing
 *   EMPTY                     a row of the sheet
 */
import { rowsOf } from "../ledgers/cells.js";
import { fenOf, monthOf, written } from "./money.js";
import { METHODS } from "./words.js";

export const EMPTY = { name: "", amount: "", from: "", to: "", method: "cash", payer: "", reason: "", document: "" };

const HEADINGS = {
    name: /^(姓名|党员|党员姓名|工号|人员)$/, amount: /^(金额|实交|实缴|实收|交纳金额|缴纳金额|缴费金额|交费金额|党费)$/, from: /^(起始月|从|开始月|起始月份|月份|账期)$/, to: /^(截止月|到|交至|缴至|截止月份)$/,
    method: /^(方式|交纳方式|缴纳方式|缴费方式)$/, payer: /^(代交人|代缴人)$/, reason: /^(说明|备注|原因)$/, document: /^(文号|批准文号)$/,
};
const ORDER = ["name", "amount", "from", "to", "method", "payer", "reason", "document"];

const bare = (text) => text.replace(/（.*?）|\(.*?\)|[*＊\s：:]/g, "");
const nameOf = (cell) => Object.keys(HEADINGS).find((key) => HEADINGS[key].test(bare(cell)));
const SUMS = /^(合计|总计|小计|共计)/;

function method(text) {
    const found = Object.entries(METHODS).find(([code, word]) => code === text || text.includes(word));
    return found?.[0] ?? (/代缴/.test(text) ? "behalf" : /微信|支付宝|银行|网银|线上|汇/.test(text) ? "transfer" : "cash");
}

/** Amounts and months are kept as they were pasted where they can't be read: the sheet then shows what is wrong. */
function rowOf(cells, order, year) {
    const row = { ...EMPTY };
    order.forEach((key, i) => { if (key && cells[i]) row[key] = cells[i]; });
    const fen = fenOf(row.amount);
    return { ...row, amount: fen === null ? row.amount : written(fen), from: monthOf(row.from, year) || row.from, to: monthOf(row.to, year) || row.to, method: method(row.method) };
}

export function parse(text, year) {
    const rows = rowsOf(text), named = (rows[0] ?? []).map(nameOf), headed = named.filter(Boolean).length >= 2;
    return (headed ? rows.slice(1) : rows).map((cells) => rowOf(cells, headed ? named : ORDER, year)).filter(({ name }) => !SUMS.test(bare(name)));
}

const same = (text) => text.replace(/\s/g, "");

export function find(name, people) {
    const wanted = same(name);
    if (!wanted) return { fault: "请填写姓名。" };
    const fits = people.filter((one) => one.number === wanted || same(one.name) === wanted);
    if (fits.length === 1) return { person: fits[0] };
    return { fault: fits.length ? `有 ${fits.length} 位“${name}”，请改写工号（${fits.map(({ number }) => number).join("、")}）。` : `没有找到“${name}”，请核对姓名，或者写工号。` };
}

export function owing(person, now) {
    const owed = Object.values(person.months).filter(({ month, remaining }) => remaining > 0 && month <= now).sort((a, b) => a.month.localeCompare(b.month));
    if (!owed.length) return null;
    return { amount: owed.reduce((sum, { remaining }) => sum + remaining, 0), from: owed[0].month, to: owed[owed.length - 1].month };
}

export function bodyOf(row, people) {
    const { person, fault } = find(row.name, people), amount = fenOf(row.amount), from = monthOf(row.from), to = row.to.trim() ? monthOf(row.to) : from;
    const faults = [fault, amount === null && (row.amount.trim() ? `金额“${row.amount}”读不出来，请写成元，最多两位小数。` : "请填写金额。"), !from && "请填写从哪个月起，例如 2026-03。", from && !to && `截止月“${row.to}”读不出来。`].filter(Boolean);
    if (faults.length) return { faults };
    const { method: way, payer, reason, document } = row;
    return { body: { person: person.person, amount, from_month: from, to_month: to, method: way, payer: payer.trim(), reason: reason.trim(), document: document.trim() } };
}
