/**
 * entry.js: a day's payments in one sheet. Typed or pasted from Excel, tried by
 * the server row by row, written all or not at all. What is typed survives a reload.
 */
import { html, useMemo, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { draft } from "../lib/draft.js";
import { query } from "../lib/router.js";
import { today } from "../lib/session.js";
import { yuan } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { Dialog, confirm } from "../ui/dialog.js";
import { Filters } from "../ui/filters.js";
import { Done } from "./done.js";
import { FromFile } from "./file.js";
import { fenOf, written } from "./money.js";
import { DuesNav, UnitPick, chooseUnit, run, within } from "./nav.js";
import { EMPTY, bodyOf, find, owing, parse } from "./paste.js";
import { everybody } from "./people.js";
import { Sheet } from "./sheet.js";

export const title = "登记收款";
export const css = ["dues"];
export const reloads = ["org"];

export async function load({ query }) {
    const { units, unit } = await chooseUnit(query, "dues.record");
    return { units, unit, people: await everybody(unit, today().slice(0, 4)) };
}

const blank = (row) => !["name", "amount", "from", "to", "payer", "reason"].some((key) => row[key].trim());

function Paste({ year, onTake, onClose }) {
    const [text, setText] = useState(""), rows = parse(text, year);
    return html`<${Dialog} title="从 Excel 粘贴" wide onClose=${onClose}>
        <p class="meta">在表格里选中姓名、金额、起始月、截止月等几列（可以带标题行），复制，再粘贴到下面。没有标题行的，按“姓名、金额、起始月、截止月、方式、代交人、说明”的次序。月份可以只写“3月”。</p>
        <div class="field"><label for="dues-paste">粘贴到这里</label><textarea id="dues-paste" rows="10" value=${text} onInput=${(event) => setText(event.target.value)}></textarea></div>
        <p class="meta" role="status">${text.trim() ? `读到 ${rows.length} 行。` : ""}</p>
        <div class="actions"><button type="button" class="primary" disabled=${!rows.length} onClick=${() => onTake(rows)}>放进表里</button><button type="button" onClick=${onClose}>取消</button></div><//>`;
}

/** The sheet and what is done with it. */
function useSheet(people, unit) {
    const store = useMemo(() => draft(`dues-entry-${unit.id}`, { day: today(), rows: [{ ...EMPTY }] }), [unit.id]), { day, rows } = store.values.value;
    const [said, setSaid] = useState([]), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), [done, setDone] = useState(null);
    const put = (next) => { store.set({ rows: next }); setSaid([]); };
    const change = (i, patch) => put(rows.map((row, at) => (at === i ? { ...row, ...patch } : row)));
    /** A known name brings what its owner owes, where nothing has been typed yet. */
    const known = (i, name) => {
        const { person } = find(name, people), owed = person && owing(person, day.slice(0, 7)), row = rows[i];
        if (!owed || row.amount.trim() || row.from.trim()) return;
        change(i, { amount: written(owed.amount), from: owed.from, to: owed.to });
    };
    /** Asks the server about every row; true when all of them may be written. */
    const check = () => run(setWrong, setBusy, async () => {
        const kept = rows.filter((row) => !blank(row)), read = kept.map((row) => bodyOf(row, people));
        if (!kept.length) throw Object.assign(new Error("表里还没有内容。"), { fields: {} });
        store.set({ rows: kept });
        const good = read.filter(({ body }) => body), answer = good.length ? await call("POST", "/api/dues/payments/batch", { received_on: day, preview: true, rows: good.map(({ body }) => body) }) : { rows: [] };
        const answers = [...answer.rows], results = read.map(({ body, faults }) => (body ? answers.shift() : { error: faults.join(""), parts: [], warnings: [] }));
        setSaid(results);
        return { fine: results.every(({ error }) => !error), total: answer.total, rows: read.map(({ body }) => body) };
    });
    const write = async () => {
        const tried = await check();
        if (!tried) return;
        if (!tried.fine) return setWrong("有几行不对，已在行末写明，改好以后再登记。现在一笔也没有记。");
        const text = `${day}收款 ${tried.rows.length} 笔，合计 ${yuan(tried.total)} 元。登记以后不能修改，有差错由复核人冲正。`;
        if (!await confirm({ title: "要登记这些收款吗？", text, yes: "登记" })) return;
        await run(setWrong, setBusy, async () => {
            const answer = await call("POST", "/api/dues/payments/batch", { received_on: day, preview: false, rows: tried.rows });
            setDone({ ...answer, day, names: rows.map(({ name }) => name) });
            store.clear();
            setSaid([]);
        });
    };
    return { store, day, rows, said, wrong, busy, done, put, change, known, check, write, again: () => setDone(null) };
}

function Entering({ sheet, people, unit }) {
    const [pasting, setPasting] = useState(false), [filing, setFiling] = useState(Boolean(query.value.import)), { rows, day, put, store, busy, said } = sheet;
    const sum = rows.reduce((all, { amount }) => all + (fenOf(amount) ?? 0), 0), filled = rows.filter((row) => !blank(row)).length;
    const take = (more) => { put([...rows.filter((row) => !blank(row)), ...more]); setPasting(false); };
    const takeFile = ({ rows: more, day: on }) => { if (on) store.set({ day: on }); take(more); setFiling(false); };
    const clear = async () => { if (await confirm({ title: "清空这张表吗？", text: "还没有登记的内容会被删去。", yes: "清空" })) put([{ ...EMPTY }]); };
    return html`${store.restored && filled > 0 && html`<p class="hint">已经恢复您上次没有登记的内容。</p>`}
        <div class="entry-head"><label class="filter"><span>收款日期</span><input type="date" max=${today()} value=${day} onInput=${(event) => store.set({ day: event.target.value })}/></label>
            <button type="button" onClick=${() => setPasting(true)}>从 Excel 粘贴</button><button type="button" onClick=${() => setFiling(true)}>从文件导入</button>${filled > 0 && html`<button type="button" onClick=${clear}>清空</button>`}</div>
        <${Sheet} sheet=${sheet} people=${people}/>
        <p class="meta" role="status">${filled} 笔，合计 ${yuan(sum)} 元。${said.length && said.every(({ error }) => !error) ? "检查过了，没有问题，还没有登记。" : ""}</p>
        <p class="wrong" role="alert">${sheet.wrong}</p>
        <div class="actions"><button type="button" class="primary" disabled=${busy || !filled} onClick=${sheet.write}>${busy ? "请稍候……" : "登记"}</button>
            <button type="button" disabled=${busy || !filled} onClick=${sheet.check}>先检查，不登记</button><button type="button" disabled=${busy} onClick=${() => put([...rows, { ...EMPTY }])}>加一行</button></div>
        ${pasting && html`<${Paste} year=${day.slice(0, 4)} onTake=${take} onClose=${() => setPasting(false)}/>`}
        ${filing && html`<${FromFile} unit=${unit} year=${day.slice(0, 4)} onTake=${takeFile} onClose=${() => setFiling(false)}/>`}`;
}

export default function Entry({ data }) {
    const { units, unit, people } = data, sheet = useSheet(people, unit);
    return html`<div class="page wide-page">
        <header class="page-head"><div><h1>登记收款</h1><p class="lead">${nameOf(unit)}。登记的人不能复核，由另一位复核。</p></div></header>
        <${DuesNav} at="entry"/>
        ${!sheet.done && within(units, "dues.record").length > 1 && html`<${Filters}><${UnitPick} units=${units} unit=${unit} powers=${["dues.record"]}/><//>`}
        ${sheet.done ? html`<${Done} result=${sheet.done} onAgain=${sheet.again}/>` : html`<${Entering} key=${unit.id} sheet=${sheet} people=${people} unit=${unit}/>`}
    </div>`;
}
