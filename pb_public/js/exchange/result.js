/** result.js: how an import ended, and the way back within a day. */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { Rows } from "./rows.js";
import { STATES, summary, undoable } from "./words.js";

/** Where the records of a collection are looked at, if not in their ledger. */
const PLACES = { people: "#/people", documents: "#/documents", org_units: "#/org", plan_duties: "#/plan" };
const placeOf = (collection) => PLACES[collection] ?? `#/ledgers/${collection}`;

function Undo({ record }) {
    const [failure, setFailure] = useState(null), [busy, setBusy] = useState(false);
    const undo = async () => {
        const text = `新增的 ${record.added} 条会删除，更改的 ${record.changed} 条会恢复原来的内容。其中有人接着改过或用过的，就整批都不撤销。`;
        if (!await confirm({ title: "要整批撤销这次导入吗？", text, yes: "撤销" })) return;
        setBusy(true);
        setFailure(null);
        try {
            await call("POST", `/api/exchange/imports/${record.id}/undo`);
        } catch (refused) {
            const rows = refused.cause?.response?.rows ?? [];
            setFailure({ rows, message: rows.length ? `有 ${rows.length} 行不能撤销，什么也没有改动。` : refused.message });
        }
        setBusy(false);
    };
    return html`<p class="wrong" role="alert">${failure?.message ?? ""}</p>
        ${failure?.rows.length > 0 && html`<ul class="plain">${failure.rows.map(({ row, message }, i) => html`<li key=${i}><b>第 ${row} 行</b>：${message}</li>`)}</ul>`}
        <p class="actions"><button type="button" disabled=${busy} onClick=${undo}>${busy ? "正在撤销……" : "撤销这次导入"}</button></p>`;
}

const HINTS = {
    failed: "什么也没有写入，请按上面的说明改好以后再选一次文件。",
    expired: "超过一天没有确认，文件已经清除。需要的话请重新选择文件。",
};

export function Result({ record }) {
    const [word, tone] = STATES[record.state] ?? [record.state, "off"];
    return html`<section class="card"><h2>结果</h2>
            <p class="deadline"><${Badge} word=${word} tone=${tone}/><span class="meta">${record.filename}</span></p>
            <p role="status">${record.state === "done" ? `${time(record.applied_at)}写入：${summary(record)}。` : record.message}</p>
            ${HINTS[record.state] && html`<p class="meta">${HINTS[record.state]}</p>`}
            ${record.state === "undone" && html`<p class="meta">${time(record.undone_at)}撤销，系统里已经恢复导入以前的内容。</p>`}
            ${record.state === "done" && html`<p class="actions"><a class="btn" href=${placeOf(record.collection)}>查看${record.title}</a></p>`}
            ${undoable(record) ? html`<${Undo} record=${record}/>` : record.state === "done" && html`<p class="meta">已经超过一天，文件已经清除，不能整批撤销；有错的请逐条更正。</p>`}</section>
        ${record.file && record.state === "done" && html`<${Rows} record=${record} start=""/>`}`;
}
