/**
 * inbox.js: what waits for me, the most urgent first, with the detail beside it.
 * Several are approved at once only where their step allows it.
 */
import { html, signal, useEffect, useMemo, useState } from "../lib/lib.js";
import { call, where } from "../lib/api.js";
import { query, reload, setQuery } from "../lib/router.js";
import { today } from "../lib/session.js";
import { day, time, until } from "../lib/format.js";
import { confirm } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { Panel } from "../ui/panel.js";
import { Table } from "../ui/table.js";
import { Asked, History, Steps, limit } from "./detail.js";
import { Decide } from "./decide.js";
import { kinds, readPage } from "./words.js";

export const title = "审批";
export const reloads = ["kind", "page"];

export async function load({ query: { kind = "", page = "1" }, live }) {
    const now = new Date().toISOString().replace("T", " ");
    const fresh = live("approvals_decisions", { filter: where("created > {:now}", { now }), fields: "id" });
    const [inbox, all] = await Promise.all([
        call("GET", `/api/approvals/inbox?perPage=50&page=${Number(page) || 1}&kind=${encodeURIComponent(kind)}`), kinds(), fresh.ready,
    ]);
    return { inbox, fresh, names: new Map(all.map(({ key, name }) => [key, name])) };
}

const columnsOf = (names) => [
    { key: "title", label: "申请", main: true },
    { key: "kind", label: "类别", value: ({ kind }) => names.get(kind) ?? kind, cell: ({ kind }) => names.get(kind) ?? kind },
    { key: "applicant", label: "申请人", cell: ({ applicant, org }) => html`<span>${applicant}<br/><span class="meta">${org}</span></span>` },
    { key: "step_name", label: "步骤", cell: (row) => html`<span>${row.step_name}${row.on_behalf && html`<br/><span class="meta">受${row.on_behalf}委托</span>`}</span>` },
    { key: "submitted_at", label: "提交", nowrap: true, cell: (row) => time(row.submitted_at) },
    {
        key: "due", label: "期限", nowrap: true, value: ({ due }) => due || "9",
        cell: ({ due, overdue }) => due && html`<span class=${overdue ? "late" : ""}>${day(due)}<br/><span class=${overdue ? "late" : "meta"}>${until(due, today())}</span></span>`,
    },
];

function Detail({ id, onDone }) {
    const [page, setPage] = useState(null), [wrong, setWrong] = useState("");
    useEffect(() => {
        let gone = false;
        readPage(id).then((found) => { if (!gone) setPage(found); }, ({ message }) => { if (!gone) setWrong(message); });
        return () => { gone = true; };
    }, [id]);
    if (!page) return html`<p class=${wrong ? "wrong" : "meta"} role="alert">${wrong || "正在打开……"}</p>`;
    return html`<p class="meta">${limit(page)} <a href=${"#/approvals/" + id}>在整页打开</a></p>
        <${Asked} page=${page}/>
        <h3 class="label">审批</h3><${Decide} key=${id} page=${page} onDone=${onDone}/>
        <h3 class="label">步骤</h3><${Steps} route=${page.route} page=${page}/>
        <h3 class="label">经过</h3><${History} page=${page}/>`;
}

function Kinds({ counts, names }) {
    const all = counts.reduce((sum, { total }) => sum + total, 0);
    return html`<label class="filter"><span>类别</span><select value=${query.value.kind ?? ""} onChange=${(event) => setQuery({ kind: event.target.value, page: "", open: "" })}>
        <option value="">全部（${all}）</option>
        ${counts.map(({ kind, total }) => html`<option key=${kind} value=${kind} selected=${query.value.kind === kind}>${names.get(kind) ?? kind}（${total}）</option>`)}
    </select></label>`;
}

/** Approves what is selected, each by itself, and says which could not be. */
async function approveAll(ids) {
    const sure = await confirm({ title: `同意选中的 ${ids.length} 份申请`, text: "每一份都会登记您的意见，登记以后不能改。", yes: "同意" });
    if (!sure) return null;
    const { results } = await call("POST", "/api/approvals/requests/decide", { ids });
    return results.filter(({ error }) => error).map(({ error }) => error);
}

function lead(counts) {
    const sum = (field) => counts.reduce((n, row) => n + row[field], 0), late = sum("overdue");
    return sum("total") ? `有 ${sum("total")} 份申请等您审批${late ? `，其中 ${late} 份已经逾期` : ""}。` : "没有等您审批的申请。";
}

export default function Inbox({ data: { inbox, fresh, names } }) {
    const selected = useMemo(() => signal(new Set()), []), [wrong, setWrong] = useState([]);
    const { open, bulk } = query.value, able = inbox.items.filter((row) => row.bulk), rows = bulk ? able : inbox.items;
    const news = fresh.rows.value.length;
    useEffect(() => { if (news) reload(); }, [news]);
    const close = () => setQuery({ open: "" });
    const done = () => { close(); reload(); };
    const approve = async () => {
        const ids = rows.filter(({ id }) => selected.value.has(id)).map(({ id }) => id);
        try {
            const failed = await approveAll(ids);
            if (failed) { selected.value = new Set(); setWrong([...new Set(failed)]); reload(); }
        } catch (failure) { setWrong([failure.message]); }
    };
    const pages = Math.ceil(inbox.totalItems / inbox.perPage), turn = (n) => () => setQuery({ page: String(inbox.page + n), open: "" });
    return html`<div class="page">
        <header class="page-head"><div><h1>审批</h1><p class="lead" role="status">${lead(inbox.counts)}</p></div>
            <p class="actions"><a class="btn" href="#/approvals/mine">我的申请</a><a class="btn" href="#/approvals/delegations">委托</a></p></header>
        <div class="filters"><${Kinds} counts=${inbox.counts} names=${names}/>
            ${able.length > 0 && html`<button type="button" aria-pressed=${Boolean(bulk)} onClick=${() => setQuery({ bulk: bulk ? "" : "1", open: "" })}>
                ${bulk ? "逐件办理" : `批量办理（${able.length} 份可以）`}</button>`}</div>
        ${wrong.map((text) => html`<p key=${text} class="wrong" role="alert">${text}</p>`)}
        <div class=${open ? "with-panel" : ""}><div>
            <${Table} label="等我审批的申请" columns=${columnsOf(names)} rows=${rows} opened=${open} onOpen=${({ id }) => setQuery({ open: id })}
                selected=${bulk ? selected : undefined} actions=${html`<button type="button" class="primary" onClick=${approve}>同意</button>`}
                empty=${html`<${Empty} title="没有等您审批的申请" text="轮到您审批时，这里和收件箱都会出现。"/>`}/>
            ${pages > 1 && html`<p class="actions"><button type="button" disabled=${inbox.page <= 1} onClick=${turn(-1)}>上一页</button>
                <span>第 ${inbox.page} 页，共 ${pages} 页</span><button type="button" disabled=${inbox.page >= pages} onClick=${turn(1)}>下一页</button></p>`}
        </div>
        ${open && html`<${Panel} key=${open} title=${rows.find(({ id }) => id === open)?.title ?? "申请"} onClose=${close}><${Detail} id=${open} onDone=${done}/><//>`}</div>
    </div>`;
}
