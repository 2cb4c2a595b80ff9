/** list.js: one's own imports and exports, the newest first. Files are kept for a day. */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { count, time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { saveExport } from "./save.js";
import { EXPORT_STATES, STATES, summary, undoable } from "./words.js";

export const title = "导入导出";
export const css = ["trail"];

const MANY = 50;
const order = (a, b) => b.created.localeCompare(a.created);

export async function load({ live }) {
    const own = { sort: "-created", order };
    const imports = live("exchange_imports", own), exports = live("exchange_exports", own);
    const [{ ledgers }] = await Promise.all([call("GET", "/api/ledgers"), imports.ready, exports.ready]);
    return { imports, exports, into: ledgers.filter(({ may, collection, title: word }) => ["reach", "all"].includes(may.create) && word !== collection) };
}

const badge = (states, state) => html`<${Badge} word=${states[state]?.[0] ?? state} tone=${states[state]?.[1]}/>`;

const Import = ({ record }) => html`<li><a class="row" href=${`#/exchange/${record.collection}?import=${record.id}`}>
    <span class="row-text"><span class="row-title">${record.title}</span><span>${record.filename}</span>
        <span class="meta">${time(record.created)}${record.rows > 0 && `，${summary(record)}`}${undoable(record) && "，现在还能撤销"}</span></span>
    <span class="row-end">${badge(STATES, record.state)}</span></a></li>`;

function Export({ record }) {
    const [wrong, setWrong] = useState(""), ready = record.state === "done" && record.file;
    const save = () => saveExport(record).then(() => setWrong(""), ({ message }) => setWrong(message));
    return html`<li class="post"><span class="row-text"><span class="row-title">${record.title}</span>
            <span class="meta">${time(record.created)}${record.rows > 0 && `，${count(record.rows)} 行`}${record.state === "failed" && `，${record.message}`}</span>
            <span class="wrong" role="alert">${wrong}</span></span>
        <span class="row-end">${ready ? html`<button type="button" onClick=${save}>下载</button>` : badge(EXPORT_STATES, record.state)}</span></li>`;
}

export default function Exchanges({ data }) {
    const imports = data.imports.rows.value, exports = data.exports.rows.value;
    return html`<div class="page">
        <header class="page-head"><div><h1>导入导出</h1><p class="lead">这里只有您自己的。文件保留一天；导入以后一天之内可以整批撤销。</p></div></header>
        ${data.into.length > 0 && html`<section class="card"><h2>导入到哪里</h2><p class="names">${data.into.map(({ collection, title: word }) => html`
            <a key=${collection} href=${"#/exchange/" + collection}>${word}</a>`)}</p></section>`}
        <div class="columns even">
            <section class="card"><h2>导入</h2>${imports.length ? html`<ul class="rows">${imports.slice(0, MANY).map((record) => html`<${Import} key=${record.id} record=${record}/>`)}</ul>`
                : html`<${Empty} title="还没有导入过" text="在名册或台账里按“导入”，先核对，再写入。"/>`}</section>
            <section class="card"><h2>导出</h2>${exports.length ? html`<ul class="plain">${exports.slice(0, MANY).map((record) => html`<${Export} key=${record.id} record=${record}/>`)}</ul>`
                : html`<${Empty} title="还没有导出过" text="在名册或台账里按“导出”。"/>`}</section>
        </div>
    </div>`;
}
