/**
 * file.js: a sheet of the year or a bank's statement into the sheet of a day. What
 * is recorded already is left out, and nothing is written before 登记.
 *
 *   <${FromFile} unit=${unit} year="2026" onTake=${({ rows, day }) => …} onClose=${fn}/>
 *   fromYear(read, people, year)      { rows, same, more: [sentence, …] }
 *   fromBank(read, people, day)       { rows, strangers }    those of one day; fromBank.days(read) → [[day, n], …]
 */
import { html, useRef, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { day as dayWord, yuan } from "../lib/format.js";
import { Dialog } from "../ui/dialog.js";
import { monthWord, shift, written } from "./money.js";
import { run } from "./nav.js";
import { EMPTY, find, owing } from "./paste.js";
import { everybody } from "./people.js";

/** A month that says more than is recorded becomes a payment of the rest; one that says less is left to people. */
export function fromYear(read, people, year) {
    const out = { rows: [], same: 0, more: [] };
    for (const { name, number, months } of read.year) {
        const who = number || name, { person } = find(who, people);
        for (const [no, fen] of Object.entries(months).sort()) {
            const month = `${year}-${no}`, paid = person?.months[month]?.paid ?? 0;
            if (fen === paid) out.same++;
            else if (fen > paid) out.rows.push({ ...EMPTY, name: who, amount: written(fen - paid), from: month, to: month });
            else out.more.push(`${name} ${monthWord(month)}：表里 ${yuan(fen)}，系统里已经记了 ${yuan(paid)}。`);
        }
    }
    return out;
}

/** The months that an amount pays: what is owed, the oldest first, and the following ones where it is more. */
function reach(person, fen, day) {
    const now = day.slice(0, 7), owed = owing(person, now);
    if (owed && fen <= owed.amount) return { from: owed.from, to: owed.to };
    const last = Object.values(person.months).filter(({ remaining, paid }) => remaining <= 0 && paid > 0).map(({ month }) => month).sort().pop();
    const from = owed?.from ?? (last && last >= now ? shift(last, 1) : now);
    return { from, to: owed?.to ?? from };
}

/** Whom a line means: who has paid, or who is named in what they wrote. */
function payer({ name, memo }, people) {
    const { person } = find(name, people);
    if (person) return { person, by: "" };
    const named = people.filter((one) => memo.includes(one.name));
    return named.length === 1 ? { person: named[0], by: name } : {};
}

export function fromBank(read, people, day) {
    const out = { rows: [], strangers: [] };
    for (const line of read.bank.filter(({ on }) => on === day)) {
        const { person, by } = payer(line, people);
        if (!person) { out.strangers.push(`${line.name || "（没有户名）"} ${yuan(line.amount)} 元${line.memo ? `（${line.memo}）` : ""}`); continue; }
        out.rows.push({ ...EMPTY, name: person.number || person.name, amount: written(line.amount), ...reach(person, line.amount, day), method: by ? "behalf" : "transfer", payer: by });
    }
    return out;
}

fromBank.days = ({ bank }) => [...bank.reduce((days, { on }) => days.set(on, (days.get(on) ?? 0) + 1), new Map())].sort();

const List = ({ word, list }) => list.length > 0 && html`<details><summary>${word}</summary><ul class="plain">${list.map((text) => html`<li key=${text}>${text}</li>`)}</ul></details>`;

const Faults = ({ faults }) => html`<${List} word=${`有 ${faults.length} 格读不出来，没有带进来`} list=${faults.map(({ row, column, message }) => `第 ${row} 行${column ? ` ${column} 列` : ""}：${message}`)}/>`;

function Year({ read, people, year, onTake }) {
    const { rows, same, more } = fromYear(read, people, year);
    return html`<p role="status">收缴表，${read.year.length} 人：${rows.length ? `有 ${rows.length} 格要登记` : "没有要登记的"}，${same} 格和系统里相同。</p>
        <${List} word=${`有 ${more.length} 格比系统里少，这里不改；要改的请冲正原来的收款`} list=${more}/><${Faults} faults=${read.faults}/>
        <div class="actions"><button type="button" class="primary" disabled=${!rows.length} onClick=${() => onTake({ rows })}>放进表里</button></div>`;
}

function Bank({ read, people, onTake }) {
    const days = fromBank.days(read), [day, setDay] = useState(days[days.length - 1]?.[0] ?? ""), { rows, strangers } = fromBank(read, people, day);
    return html`<p role="status">银行流水，收入 ${read.bank.length} 笔。一次登记一天的。</p>
        ${days.length > 0 && html`<label class="filter"><span>哪一天</span><select value=${day} onChange=${(event) => setDay(event.target.value)}>${days.map(([on, n]) => html`<option key=${on} value=${on} selected=${on === day}>${dayWord(on)}，${n} 笔</option>`)}</select></label>`}
        <p>${rows.length} 笔按户名或附言认出了人。月份是按欠交推出来的，请逐行看一看。</p>
        <${List} word=${`有 ${strangers.length} 笔没有认出人，没有带进来`} list=${strangers}/><${Faults} faults=${read.faults}/>
        <div class="actions"><button type="button" class="primary" disabled=${!rows.length} onClick=${() => onTake({ rows, day })}>放进表里</button></div>`;
}

export function FromFile({ unit, year, onTake, onClose }) {
    const input = useRef(null), [read, setRead] = useState(null), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const pick = ({ target }) => {
        const [file] = target.files, body = new FormData();
        if (!file) return;
        body.append("year", year);
        body.append("file", file);
        target.value = "";
        setRead(null);
        run(setWrong, setBusy, async () => {
            const answer = await call("POST", "/api/dues/payments/read", body);
            setRead({ ...answer, people: await everybody(unit, year) });
        });
    };
    return html`<${Dialog} title="从文件导入" wide onClose=${onClose}>
        <p class="meta">可以选全年收缴表（一行一人，1月到12月各一列，填实交金额），或者银行流水（日期、户名、金额、摘要）。.xlsx 或 .csv，标题行、合计行不用删。</p>
        <input ref=${input} class="sr" id="dues-file" type="file" accept=".xlsx,.csv,.txt" tabindex="-1" aria-hidden="true" onChange=${pick}/>
        <div class="actions"><button type="button" class=${read ? "" : "primary"} disabled=${busy} onClick=${() => input.current.click()}>${busy ? "正在读……" : read ? "换一个文件" : "选择文件"}</button><button type="button" onClick=${onClose}>取消</button></div>
        <p class="wrong" role="alert">${wrong}</p>
        <div class="file-said">${read?.kind === "year" && html`<${Year} read=${read} people=${read.people} year=${year} onTake=${onTake}/>`}${read?.kind === "bank" && html`<${Bank} read=${read} people=${read.people} onTake=${onTake}/>`}</div><//>`;
}
