/** sheet.js: the boxes of a day's payments; what the server says of a row stands at its end. */
import { html } from "../lib/lib.js";
import { yuan } from "../lib/format.js";
import { monthWord } from "./money.js";
import { METHODS } from "./words.js";

const COLUMNS = [["姓名或工号", "name"], ["金额（元）", "fen"], ["从哪个月", "ym"], ["到哪个月", "ym"], ["方式", "way"], ["代交人", "note"], ["说明", "note"], ["检查结果", ""], ["", ""]];

function Said({ said }) {
    if (!said) return null;
    const { error, parts, warnings } = said;
    if (error) return html`<p class="wrong">${error}</p>`;
    return html`<p class="meta">${parts.map(({ month, amount }) => `${monthWord(month)} ${yuan(amount)}`).join("，")}</p>${warnings.map((warning) => html`<p key=${warning} class="meta">注意：${warning}</p>`)}`;
}

function Row({ row, i, sheet, lone }) {
    const { change, known, put, rows, said } = sheet, who = row.name || `第 ${i + 1} 行`;
    const box = (key, label, rest = {}) => html`<input aria-label=${`${who}的${label}`} name=${key} value=${row[key]} autocomplete="off" ...${rest} onInput=${(event) => change(i, { [key]: event.target.value })}/>`;
    return html`<tr class=${said[i]?.error ? "bad" : ""}>
        <td class="name" data-label="姓名"><input aria-label=${`第 ${i + 1} 行的姓名或工号`} name="name" list="dues-people" value=${row.name} autocomplete="off" onInput=${(event) => change(i, { name: event.target.value })} onChange=${(event) => known(i, event.target.value)}/></td>
        <td class="fen" data-label="金额（元）">${box("amount", "金额", { inputmode: "decimal", class: "num" })}</td>
        <td class="ym" data-label="从哪个月">${box("from", "起始月", { placeholder: "2026-03" })}</td><td class="ym" data-label="到哪个月">${box("to", "截止月", { placeholder: "同左" })}</td>
        <td class="way" data-label="方式"><select aria-label=${`${who}的交纳方式`} name="method" value=${row.method} onChange=${(event) => change(i, { method: event.target.value })}>${Object.entries(METHODS).map(([code, word]) => html`<option key=${code} value=${code} selected=${row.method === code}>${word}</option>`)}</select></td>
        <td class="note" data-label="代交人">${box("payer", "代交人", { placeholder: row.method === "behalf" ? "姓名和关系" : "" })}</td>
        <td class="note" data-label="说明">${box("reason", "说明")}${said[i]?.error?.includes("文号") && box("document", "上级同意的文号", { placeholder: "文号" })}</td>
        <td class="said" role="status"><${Said} said=${said[i]}/></td>
        <td>${!lone && html`<button type="button" class="quiet nowrap" aria-label=${`去掉${who}`} onClick=${() => put(rows.filter((_, at) => at !== i))}>去掉</button>`}</td></tr>`;
}

export const Sheet = ({ sheet, people }) => html`<div class="table-box"><div class="table-scroll sheet" tabindex="0" role="region" aria-label="当天的收款"><table>
        <thead><tr>${COLUMNS.map(([word, style], i) => (word ? html`<th key=${i} scope="col" class=${style}>${word}</th>` : html`<td key=${i}></td>`))}</tr></thead>
        <tbody>${sheet.rows.map((row, i) => html`<${Row} key=${i} row=${row} i=${i} sheet=${sheet} lone=${sheet.rows.length === 1}/>`)}</tbody></table></div>
    <datalist id="dues-people">${people.map(({ person, name, number }) => html`<option key=${person} value=${name}>${number}</option>`)}</datalist></div>`;
