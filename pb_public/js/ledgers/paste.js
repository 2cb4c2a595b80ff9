/** paste.js: many records from a block of Excel: paste, look at each row, enter them one by one, see what became of each. */
import { html, useMemo, useState } from "../lib/lib.js";
import { create } from "../lib/api.js";
import { me } from "../lib/session.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { layout, resolve, rowsOf } from "./cells.js";
import { keep, read } from "./convert.js";
import { beginning, writable } from "./schema.js";

const MOST = 500;

function relate(field, cell, known) {
    const found = (field.many ? cell.split(/[、，,;；]+/) : [cell]).map((name) => name.trim()).filter(Boolean).map((name) => known.get(name));
    const wrong = found.find((one) => one.fault);
    return wrong ?? { value: field.many ? found.map(({ id }) => id) : found[0]?.id ?? "" };
}

/** Each row with its body, or with what is wrong with it. */
async function prepare(text, ledger, fields, units) {
    const { columns, rows, headed } = layout(rowsOf(text), fields), known = new Map();
    for (const [i, field] of columns.entries()) if (field?.kind === "relation") known.set(field.name, await resolve(field, rows.slice(0, MOST).map((row) => row[i] ?? ""), units));
    const entries = rows.slice(0, MOST).map((cells) => {
        const body = {}, faults = [], wrong = new Set();
        for (const [i, field] of columns.entries()) {
            if (!field || !cells[i]) continue;
            const answer = field.kind === "relation" ? relate(field, cells[i], known.get(field.name)) : read(field, cells[i]);
            if (answer.fault) { faults.push(`${field.label}：${answer.fault}`); wrong.add(field.name); }
            else body[field.name] = field.kind === "relation" ? answer.value : keep(field, answer.value);
        }
        if (!("org" in body) && fields.some(({ name }) => name === "org")) body.org = me.value.person.org?.id;
        const state = fields.find((field) => field === beginning(ledger));
        if (state && !(state.name in body)) body[state.name] = state.options[0]?.value;
        for (const { name, label, required, kind } of fields) if (required && kind !== "bool" && !wrong.has(name) && (body[name] ?? "") === "") faults.push(`请填写${label}。`);
        return { cells, body, faults, result: "" };
    });
    return { columns, entries, headed, cut: rows.length > MOST };
}

function Preview({ columns, entries }) {
    return html`<div class="table-box"><div class="paste-scroll" tabindex="0" role="region" aria-label="粘贴的各行"><table><thead><tr><th scope="col">行</th>
        ${columns.map((field, i) => html`<th key=${i} scope="col">${field?.label ?? "不用"}</th>`)}<th scope="col">结果</th></tr></thead>
        <tbody>${entries.map(({ cells, faults, result }, row) => html`<tr key=${row}><td>${row + 1}</td>${columns.map((field, i) => html`<td key=${i} class=${field ? "nowrap" : "meta nowrap"}>${cells[i]}</td>`)}
            <td>${faults.length ? html`<span class="wrong">${faults.join("")}</span>` : result || "可以登记"}</td></tr>`)}</tbody></table></div></div>`;
}

function PasteDialog({ ledger, units, onClose }) {
    useReturnFocus();
    const fields = useMemo(() => writable(ledger).filter(({ kind }) => kind !== "file"), [ledger]);
    const [text, setText] = useState(""), [sheet, setSheet] = useState(null), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const look = async () => {
        setBusy(true);
        try { setSheet(await prepare(text, ledger, fields, units)); setWrong(""); } catch ({ message }) { setWrong(message); }
        setBusy(false);
    };
    const run = async () => {
        setBusy(true);
        const entries = sheet.entries.map((entry) => ({ ...entry }));
        for (const entry of entries) {
            if (entry.faults.length || entry.result) continue;
            try {
                await create(ledger.collection, entry.body);
                entry.result = "已登记";
            } catch (failure) {
                entry.faults = Object.entries(failure.fields ?? {}).map(([name, said]) => `${fields.find((field) => field.name === name)?.label ?? name}：${said}`);
                if (!entry.faults.length) entry.faults = [failure.message];
            }
            setSheet({ ...sheet, entries: [...entries] });
        }
        setBusy(false);
    };
    const ready = sheet?.entries.filter(({ faults, result }) => !faults.length && !result).length ?? 0, done = sheet?.entries.filter(({ result }) => result).length ?? 0;
    return html`<${Dialog} title=${`粘贴登记：${ledger.title}`} onClose=${onClose} wide>
        ${!sheet ? html`<p>在 Excel 里选中要登记的区域，连同表头一起复制，粘贴到下面。没有表头时，各列依次是：${fields.map(({ label }) => label).join("、")}。</p>
            <div class="field"><label for="paste-text">从 Excel 粘贴</label><textarea id="paste-text" rows="8" value=${text} onInput=${(event) => setText(event.target.value)}></textarea></div>`
            : html`<p role="status">${sheet.headed ? "第一行是表头，" : "没有认出表头，按次序对应，"}共 ${sheet.entries.length} 行，可以登记 ${ready} 行${done ? `，已登记 ${done} 行` : ""}。${sheet.cut ? `一次最多 ${MOST} 行，多出的没有列出。` : ""}</p><${Preview} columns=${sheet.columns} entries=${sheet.entries}/>`}
        <p class="wrong" role="alert">${wrong}</p>
        <div class="actions">${!sheet ? html`<button type="button" class="primary" disabled=${busy || !text.trim()} onClick=${look}>${busy ? "正在核对……" : "核对"}</button>`
            : ready > 0 && html`<button type="button" class="primary" disabled=${busy} onClick=${run}>${busy ? "正在登记……" : `登记 ${ready} 行`}</button>`}
            ${sheet && !busy && html`<button type="button" onClick=${() => setSheet(null)}>重新粘贴</button>`}<button type="button" onClick=${onClose}>关闭</button></div><//>`;
}

export function PasteButton({ ledger, units }) {
    const [open, setOpen] = useState(false);
    return html`<button type="button" class="paste" onClick=${() => setOpen(true)}>粘贴登记</button>${open && html`<${PasteDialog} ledger=${ledger} units=${units} onClose=${() => setOpen(false)}/>`}`;
}
