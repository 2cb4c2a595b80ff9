/**
 * rows.js: the rows of an import, a page at a time, by what they do (?action=,
 * ?page=): each change from old to new, each mistake by its cell.
 *
 *   <${Rows} record=${import} start="error"/>   start: what is shown at first
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Pages, pageOf } from "../ui/pages.js";
import { Table } from "../ui/table.js";
import { ACTIONS } from "./words.js";

const SIZE = 100;
const NOTHING = "（空）";

const cell = ({ row, column }) => (column ? `第 ${row} 行 ${column} 列` : `第 ${row} 行`);

const Fault = ({ fault }) => html`<li><b>${cell(fault)}</b>${fault.title && `（${fault.title}）`}：${fault.message}${fault.text && !fault.message.includes(fault.text) && html`<span class="meta">表里写的是“${fault.text}”。</span>`}</li>`;

function Diff({ diff, isNew }) {
    if (isNew) return html`<li><span class="meta">${diff.title}</span> ${diff.new || NOTHING}</li>`;
    return html`<li><span class="meta">${diff.title}</span> ${diff.old ? html`<del>${diff.old}</del>` : NOTHING} → <ins>${diff.new || NOTHING}</ins></li>`;
}

function What({ row }) {
    const { diffs = [], faults = [], notes = [], action } = row;
    return html`<ul class=${action === "new" ? "diffs flow" : "diffs"}>
        ${faults.map((fault, i) => html`<${Fault} key=${i} fault=${fault}/>`)}
        ${diffs.map((diff) => html`<${Diff} key=${diff.field} diff=${diff} isNew=${action === "new"}/>`)}
        ${notes.map((note, i) => html`<li key=${`n${i}`} class="meta">${cell(note)}：${note.message}</li>`)}</ul>`;
}

const COLUMNS = [
    { key: "number", label: "行", main: true, plain: true, cell: ({ number, name }) => `第 ${number} 行${name ? `　${name}` : ""}` },
    { key: "action", label: "怎么办", plain: true, nowrap: true, cell: ({ action }) => html`<${Badge} word=${ACTIONS[action][0]} tone=${ACTIONS[action][1]}/>` },
    { key: "what", label: "内容", plain: true, long: true, cell: (row) => html`<${What} row=${row}/>` },
];

function Choice({ record, chosen }) {
    const counts = { "": record.rows, new: record.added, changed: record.changed, same: record.same, error: record.faulty };
    return html`<div class="switch tabs-of" role="group" aria-label="只看">${Object.entries(counts).map(([action, n]) => html`
        <button type="button" key=${action} aria-pressed=${chosen === action} onClick=${() => setQuery({ action: action || "all", page: "" })}>
            ${action ? ACTIONS[action][0] : "全部"} ${n}</button>`)}</div>`;
}

export function Rows({ record, start }) {
    const [page, setPage] = useState(null), [wrong, setWrong] = useState("");
    const asked = query.value.action ?? start, action = asked === "all" ? "" : asked, at = pageOf(query.value);
    useEffect(() => {
        let gone = false;
        const search = new URLSearchParams({ page: at, action });
        call("GET", `/api/exchange/imports/${record.id}/preview?${search}`).then(
            (answer) => { if (!gone) { setPage(answer.page); setWrong(""); } },
            ({ message }) => { if (!gone) setWrong(message); },
        );
        return () => { gone = true; };
    }, [record.id, record.state, action, at]);
    return html`<${Choice} record=${record} chosen=${action}/>
        <p class="wrong" role="alert">${wrong}</p>
        ${page && html`<${Table} label="逐行核对" columns=${COLUMNS} rows=${page.rows.map((row) => ({ ...row, id: row.number }))} total=${page.total} empty=${html`<${Empty} title="没有这样的行"/>`}/>
            <${Pages} page=${at} size=${SIZE} total=${page.total}/>`}`;
}
