/** board.js: a ledger by state. A card is dragged, or moved by its menu; the server decides. */
import { html, useState } from "../lib/lib.js";
import { page, update } from "../lib/api.js";
import { query } from "../lib/router.js";
import { count } from "../lib/format.js";
import { filterOf, sortOf } from "./filter.js";
import { useAnswer } from "./rows.js";
import { asking, columnsOf, shownFields, stateField, writable } from "./schema.js";
import { textOf, titleOf } from "./values.js";

const MOST = 500;

function Card({ ledger, field, record, movable, wrong, onMove }) {
    const facts = columnsOf(ledger).filter(({ name }) => name !== field.name && name !== ledger.shows).map((one) => [one, textOf(one, record)]).filter(([, text]) => text).slice(0, 3);
    const grab = (event) => event.dataTransfer.setData("text/plain", record.id);
    return html`<li class="board-card" draggable=${movable} onDragStart=${movable ? grab : undefined}>
        <a class="board-title" href=${`#/ledgers/${ledger.collection}/${record.id}`}>${titleOf(ledger, record)}</a>
        ${facts.map(([one, text]) => html`<p key=${one.name} class="meta">${one.label}：${text}</p>`)}
        ${movable && html`<label><span class="sr">移到哪一列：${titleOf(ledger, record)}</span><select value=${record[field.name]} onChange=${(event) => { onMove(record, event.target.value); event.target.value = record[field.name]; }}>
            ${field.options.map(({ value, word }) => html`<option key=${value} value=${value} selected=${value === record[field.name]}>${value === record[field.name] ? word : "移到：" + word}</option>`)}</select></label>`}
        <p class="wrong" role="alert">${wrong}</p></li>`;
}

function Column({ option, rows, onDrop, children }) {
    const [over, setOver] = useState(false);
    const drop = (event) => { event.preventDefault(); setOver(false); onDrop(event.dataTransfer.getData("text/plain")); };
    return html`<section class=${over ? "board-column over" : "board-column"} aria-label=${option.word} onDragOver=${(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave=${() => setOver(false)} onDrop=${drop}><h2>${option.word}<span class="tally">${count(rows)}</span></h2><ul>${children}</ul></section>`;
}

export function Board({ ledger, units }) {
    const field = stateField(ledger), [refused, setRefused] = useState({}), fields = [...new Set([...shownFields(ledger), field])];
    const ask = { filter: filterOf(ledger, query.value, units), sort: sortOf(ledger, query.value), ...asking(fields) };
    const { found, wrong, again } = useAnswer(() => page(ledger.collection, 1, MOST, ask), JSON.stringify(ask), ledger.collection);
    if (!found) return html`<p class="meta" role="status">${wrong || "正在读取……"}</p>`;
    const movable = ledger.may.update !== "none" && writable(ledger, {}).includes(field);
    const move = async (record, state) => {
        if (!record || record[field.name] === state) return;
        setRefused({});
        try {
            await update(ledger.collection, record.id, { [field.name]: state });
        } catch (failure) {
            setRefused({ [record.id]: failure.fields?.[field.name] ?? Object.values(failure.fields ?? {})[0] ?? failure.message });
        }
        again();
    };
    const lost = found.items.filter((record) => !field.options.some(({ value }) => value === record[field.name]));
    const columns = [...(lost.length ? [{ value: "", word: "没有填写" }] : []), ...field.options];
    return html`<p class="meta" role="status">共 ${count(found.totalItems)} 条${found.totalItems > MOST ? `，只显示前 ${MOST} 条，请加条件` : ""}。</p><p class="wrong" role="alert">${wrong}</p>
        <div class="ledger-board" tabindex="0" role="region" aria-label="看板">${columns.map((option) => {
            const rows = option.value ? found.items.filter((record) => record[field.name] === option.value) : lost;
            return html`<${Column} key=${option.value} option=${option} rows=${rows.length} onDrop=${(id) => option.value && movable && move(found.items.find((record) => record.id === id), option.value)}>
                ${rows.map((record) => html`<${Card} key=${record.id} ledger=${ledger} field=${field} record=${record} movable=${movable} wrong=${refused[record.id]} onMove=${move}/>`)}<//>`;
        })}</div>`;
}
