/**
 * wizard.js: a table into a collection, in four steps: the empty table, the file,
 * the check, the result. The import is in the address (?import=…), so that a
 * reload goes on where one was.
 */
import { html } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { setQuery } from "../lib/router.js";
import { Check } from "./check.js";
import { ChooseFile } from "./choose.js";
import { useWork } from "./follow.js";
import { Result } from "./result.js";
import { WORKING } from "./words.js";

export const title = ({ table }) => `导入${table.title}`;
export const css = ["trail"];
export const reloads = ["import"];

export async function load({ params, query, liveOne }) {
    const source = query.import ? liveOne("exchange_imports", query.import) : null;
    const [table] = await Promise.all([call("GET", `/api/exchange/columns/${encodeURIComponent(params.collection)}`), source?.ready]);
    return { table, source };
}

const STEPS = ["选择文件", "核对", "写入"];

/** Which step an import is at; past the last one when it is done. */
function stepOf(record) {
    if (!record || record.state === "failed" && !record.rows) return 0;
    return { uploaded: 1, previewing: 1, ready: 1, applying: 2, failed: 2, expired: 1 }[record.state] ?? STEPS.length;
}

const Steps = ({ at }) => html`<ol class="steps" aria-label="步骤">${STEPS.map((word, i) => html`
    <li key=${word} class=${i < at ? "past" : ""} aria-current=${i === at ? "step" : undefined}>${word}</li>`)}</ol>`;

function Working({ record }) {
    const word = record.state === "applying" ? "正在写入" : "正在核对";
    return html`<section class="card"><h2>${word}</h2><p role="status">${record.filename}：已处理 ${record.progress} 行${record.rows > 0 ? `，共 ${record.rows} 行` : ""}。可以离开这一页，回来再看。</p></section>`;
}

function Stage({ record, collection, table }) {
    if (!record) return html`<${ChooseFile} collection=${collection} table=${table}/>`;
    if (WORKING.includes(record.state)) return html`<${Working} record=${record}/>`;
    if (record.state === "ready") return html`<${Check} record=${record}/>`;
    return html`<${Result} record=${record}/>`;
}

export default function Wizard({ data, params }) {
    useWork(data.source);
    const record = data.source?.record.value, again = () => setQuery({ import: "", action: "", page: "" });
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/exchange">导入导出</a></p><h1>${title(data)}</h1></div>
            <p class="actions">${record && html`<button type="button" onClick=${again}>${record.state === "ready" ? "重新选择文件" : "再导入一个文件"}</button>`}</p></header>
        <${Steps} at=${stepOf(record)}/>
        <${Stage} record=${record} collection=${params.collection} table=${data.table}/>
    </div>`;
}
