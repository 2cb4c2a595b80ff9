/**
 * one.js: one request on a page of its own: what was asked, who is next by name,
 * every decision, and what the reader may do.
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { remove, where } from "../lib/api.js";
import { go, reload } from "../lib/router.js";
import { askText, confirm } from "../ui/dialog.js";
import { Asked, History, Status, Steps, limit } from "./detail.js";
import { Decide } from "./decide.js";
import { Edit } from "./edit.js";
import { readPage, send } from "./words.js";
import { Reveal } from "../declarations/reveal.js";

export const title = ({ page }) => page.title;

export async function load({ params, live }) {
    const now = new Date().toISOString().replace("T", " ");
    const fresh = live("approvals_decisions", { filter: where("request = {:id} && created > {:now}", { ...params, now }), keep: ({ request }) => request === params.id, fields: "id,request" });
    const [page] = await Promise.all([readPage(params.id), fresh.ready]);
    return { page, fresh };
}

/** What the applicant does: hand in, take back, throw away. */
function Own({ page }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const act = async (deed) => {
        setBusy(true);
        setWrong("");
        try {
            await deed();
        } catch (failure) {
            setWrong(failure.message);
        }
        setBusy(false);
    };
    const submit = () => act(async () => { await send(page.id, "submit"); await reload(); });
    const withdraw = async () => {
        const comment = await askText({ title: "撤回这份申请", text: "撤回以后不能恢复，需要时请重新申请。", label: "原因", yes: "撤回", required: false });
        if (comment !== null) act(async () => { await send(page.id, "withdraw", { comment }); await reload(); });
    };
    const discard = async () => {
        if (!await confirm({ title: "删除这份草稿", text: "还没有提交，删除以后不能恢复。", yes: "删除" })) return;
        act(async () => { await remove("approvals_requests", page.id); go("/approvals/mine"); });
    };
    const { may } = page;
    if (!may.submit && !may.withdraw) return null;
    return html`<p class="wrong" role="alert">${wrong}</p><div class="actions">
        ${may.submit && html`<button type="button" class="primary" disabled=${busy} onClick=${submit}>提交</button>`}
        ${may.withdraw && html`<button type="button" disabled=${busy} onClick=${withdraw}>撤回</button>`}
        ${may.edit && page.round === 0 && html`<button type="button" disabled=${busy} onClick=${discard}>删除草稿</button>`}</div>`;
}

const returned = ({ status, history }) => status === "draft" && history.findLast(({ verdict }) => verdict === "return");

export default function Request({ data: { page, fresh } }) {
    const [editing, setEditing] = useState(false), news = fresh.rows.value.length, back = returned(page);
    useEffect(() => { if (news) reload(); }, [news]);
    const saved = () => { setEditing(false); reload(); };
    return html`<div class="page">
        <header class="page-head"><div><h1>${page.title}</h1>
            <p class="deadline"><${Status} status=${page.status}/><span>${page.kind.name}</span><span class="meta">${limit(page)}</span></p></div></header>
        ${back && html`<p class="notice"><b>退回理由：</b>${back.comment}</p>`}
        ${page.route.problem && page.status === "draft" && html`<p class="notice">${page.route.problem}</p>`}
        <div class="columns">
            <div>
                <section class="card"><h2>申请内容</h2>
                    ${editing ? html`<${Edit} page=${page} onDone=${saved} onCancel=${() => setEditing(false)}/>` : html`<${Asked} page=${page}/>
                        ${page.subject.collection === "declarations" && html`<${Reveal} id=${page.subject.id} own=${page.may.withdraw || page.may.submit}/>`}
                        ${page.kind.ledger && page.subject.id && html`<p class="actions">${page.may.submit
        ? html`<a class="btn" href=${`#/approvals/new/${page.kind.key}/${page.subject.id}`}>修改</a>` : html`<a class="btn" href=${`#/ledgers/${page.kind.ledger}/${page.subject.id}`}>查看记录</a>`}</p>`}
                        ${page.may.edit && html`<p><button type="button" onClick=${() => setEditing(true)}>修改</button></p>`}<${Own} page=${page}/>`}
                </section>
                ${page.status === "pending" && (page.may.decide || page.may.why) && html`<section class="card"><h2>审批</h2><${Decide} page=${page} onDone=${() => reload()}/></section>`}
            </div>
            <div>
                <section class="card"><h2>步骤</h2><${Steps} route=${page.route} page=${page}/>
                    <p class="meta">${page.route.flow}${page.route.version ? `，第 ${page.route.version} 版` : ""}</p></section>
                <section class="card"><h2>经过</h2><${History} page=${page}/></section>
            </div>
        </div>
    </div>`;
}
