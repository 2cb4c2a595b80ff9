/**
 * one.js: one document: how far it has come, its number and day, its text, and
 * the promise it comes from.
 */
import { html, useState } from "../lib/lib.js";
import { list, remove, update, where } from "../lib/api.js";
import { go } from "../lib/router.js";
import { can, today } from "../lib/session.js";
import { ACTIONS, STATES } from "../lib/words.js";
import { day, until } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { PrintButton } from "../ui/print.js";
import { DocumentDialog, DropDialog, EXPAND, IssueDialog } from "./edit.js";
import { DocumentFile } from "./file.js";
import { MOVES, STEPS, late, open } from "./words.js";

export const title = ({ document }) => `《${document.record.value.title}》`;

export async function load({ params, liveOne }) {
    const document = liveOne("documents", params.id, { expand: EXPAND });
    const tasks = can("plan") ? list("plan_tasks", { filter: where("document = {:id}", params), expand: "item", sort: "span_from" }) : [];
    return { document, tasks: (await Promise.all([tasks, document.ready]))[0] };
}

/** The way from promise to number, with where it stands now. */
function Steps({ state }) {
    const at = STEPS.indexOf(state);
    if (at < 0) return null;
    return html`<ol class="steps" aria-label="进度">${STEPS.map((step, i) => html`
        <li key=${step} class=${i < at || state === "issued" ? "past" : ""} aria-current=${i === at ? "step" : undefined}>${STATES.document[step][0]}</li>`)}</ol>`;
}

const DIALOGS = { edit: DocumentDialog, issue: IssueDialog, drop: DropDialog };

/** What whoever keeps the ledger may do with it now. */
function Deeds({ document, onSaved }) {
    const [asked, setAsked] = useState(""), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), Asked = DIALOGS[asked];
    const attempt = async (work) => {
        setBusy(true);
        setWrong("");
        try {
            await work();
        } catch (failure) {
            setWrong(failure.message);
        }
        setBusy(false);
    };
    const move = (state) => attempt(async () => onSaved(await update("documents", document.id, { state }, { expand: EXPAND })));
    const drop = async () => {
        if (!await confirm({ title: `要删除《${document.title}》吗？`, text: "只有登记错的才删除；不再需要的请写明原因，台账里保留。", yes: "删除" })) return;
        attempt(async () => { await remove("documents", document.id); go("/documents"); });
    };
    const finish = (saved) => {
        setAsked("");
        onSaved(saved);
    };
    const moves = MOVES[document.state] ?? [], ready = document.state === "reviewing";
    const step = ([state, word], i) => html`<button type="button" key=${state} class=${i === 0 && !ready && open(document) ? "primary" : ""} disabled=${busy} onClick=${() => move(state)}>${word}</button>`;
    return html`<p class="wrong" role="alert">${wrong}</p><div class="actions">
            ${open(document) && ready && html`<button type="button" class="primary" disabled=${busy} onClick=${() => setAsked("issue")}>印发</button>`}
            ${moves.map(step)}
            ${open(document) && !ready && html`<button type="button" disabled=${busy} onClick=${() => setAsked("issue")}>直接印发</button>`}
            <button type="button" disabled=${busy} onClick=${() => setAsked("edit")}>修改</button>
            ${open(document) && html`<button type="button" disabled=${busy} onClick=${() => setAsked("drop")}>不再需要</button>`}
            ${document.state === "planned" && html`<button type="button" disabled=${busy} onClick=${drop}>删除</button>`}</div>
        ${asked && html`<${Asked} document=${document} onClose=${() => setAsked("")} onDone=${finish}/>`}`;
}

const Source = ({ tasks }) => tasks.length > 0 && html`<section class="card"><h2>出自工作要点</h2>${tasks.map(({ id, text, expand }) => html`<div key=${id}>
    <blockquote>${text}</blockquote>
    ${expand?.item && html`<p class="meta"><a href=${"#/plan/items/" + expand.item.id}>${expand.item.number ? `${expand.item.number}. ` : ""}${expand.item.title}</a></p>`}</div>`)}</section>`;

function Facts({ document }) {
    const { action, year, due, number, issued_on: on, expand } = document;
    return html`<dl class="facts">${[["做什么", ACTIONS[action]], ["谁起草", expand?.org?.name], ["年度", `${year} 年`], ["期限", due && day(due)], ["发文字号", number], ["印发日期", on && day(on)]]
        .filter(([, value]) => value).map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export default function Document({ data }) {
    const document = data.document.record.value, edits = can("documents.edit", document.org_path);
    const keep = (saved) => { data.document.record.value = saved; };
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href=${`#/documents?year=${document.year}`}>文件台账</a></p><h1>${title(data)}</h1>
            <p class="deadline"><${Badge} kind="document" state=${document.state}/>${open(document) && document.due && html`<span class=${late(document) ? "late" : "meta"}>${day(document.due)}前，${until(document.due, today())}</span>`}</p></div>
            <${PrintButton}/></header>
        <div class="columns">
            <div><section class="card"><h2>进度</h2><${Steps} state=${document.state}/>
                    ${document.state === "void" && html`<p class="notice"><b>不再需要：</b>${document.note}</p>`}
                    <${Facts} document=${document}/>
                    ${document.note && document.state !== "void" && html`<p class="pre">${document.note}</p>`}
                    ${edits && html`<${Deeds} document=${document} onSaved=${keep}/>`}</section>
                <${DocumentFile} document=${document} edits=${edits && document.state !== "void"} onSaved=${keep}/></div>
            <div><${Source} tasks=${data.tasks}/></div>
        </div>
    </div>`;
}
