/**
 * apply.js: a request of one's own, new or returned. Before it is handed in one
 * sees who will decide it, step by step and by name. What is asked for in a
 * ledger is entered as that ledger has it.
 */
import { html, useEffect, useMemo, useState } from "../lib/lib.js";
import { call, create, one, update } from "../lib/api.js";
import { go } from "../lib/router.js";
import { me } from "../lib/session.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { useEntry } from "../ledgers/entry.js";
import { asking, describe, unitsOf, writable } from "../ledgers/schema.js";
import { CONTENT } from "./edit.js";
import { Steps } from "./detail.js";
import { kinds, send } from "./words.js";

export const title = ({ kind }) => kind.name;
export const css = ["ledgers"];

export async function load({ params }) {
    const kind = (await kinds()).find(({ key }) => key === params.kind);
    if (!kind?.ledger) return { kind: kind ?? {} };
    const [ledger, units] = await Promise.all([describe(kind.ledger), unitsOf()]);
    return { kind, ledger, units, record: params.id ? await one(kind.ledger, params.id, { expand: asking(ledger.fields).expand }) : null };
}

/** Who will decide a request of this kind. */
function Preview({ kind }) {
    const [route, setRoute] = useState(null), [wrong, setWrong] = useState("");
    useEffect(() => {
        let gone = false;
        call("GET", `/api/approvals/flows/preview?kind=${encodeURIComponent(kind.key)}`).then(
            (found) => { if (!gone) { setRoute(found); setWrong(""); } }, ({ message }) => { if (!gone) { setRoute(null); setWrong(message); } });
        return () => { gone = true; };
    }, [kind.key]);
    return html`<section class="card" aria-live="polite"><h2>由谁审批</h2>
        <p class="wrong">${wrong || route?.problem}</p>${route && html`<${Steps} route=${route}/>`}</section>`;
}

const cancel = html`<a class="btn" href="#/approvals/mine">取消</a>`;

/** A request in the applicant's own words. */
function Letter({ kind }) {
    const form = useForm({
        initial: { title: "", content: "" }, draft: `approval-new-${kind.key}`,
        send: async ({ title, content }) => {
            const made = await create("approvals_requests", { kind: kind.key, title, snapshot: { [CONTENT]: content }, applicant: me.value.person.id });
            // It is kept as a draft if it can't be handed in: the page of the request then says why.
            await send(made.id, "submit").catch((failure) => { if (!failure.fields) throw failure; });
            return made;
        },
        done: ({ id }) => go("/approvals/" + id),
    });
    return html`<${Form} form=${form}>
        <${Field} form=${form} name="title" label="申请的事" required hint="一句话，例如“2026 年学习计划”。"/>
        <${Field} form=${form} name="content" label="内容" type="textarea" rows="8" required/>
        <${Submit} form=${form} extra=${cancel}>提交<//>
    <//>`;
}

/** What the applicant fills in: not who they are, nor what comes later (“办完后填写”). */
const LATER = "后填写";
const asked = (ledger, record) => writable(ledger, record).filter(({ name, help }) => name !== "person" && name !== ledger.state_field && !help.includes(LATER))
    .map((field) => ({ ...field, required: field.required || (/提交时必[填须]/.test(field.help) && !(record && field.help.includes("不填即不变"))) }));
const later = (ledger, record) => writable(ledger, record).filter(({ help }) => help.includes(LATER)).map((field) => ({ ...field, required: field.name === "gifts" }));

/** Where a record goes from here: a report is filed, everything else waits for an answer; what is agreed to is reported on. */
const NEXT = { declarations_events: { approved: "reported" }, declarations_reports: { pending: "answered" } };
const first = ({ kind }) => (kind === "baogao" ? "filed" : "pending");

function Entry({ kind, ledger, units, record }) {
    const made = useMemo(() => ({ id: record?.id ?? "", draft: false }), []), after = record && record.state !== "draft";
    const { form, inputs } = useEntry({
        ledger, units, record, fields: after ? later(ledger, record) : asked(ledger, record), draft: `approval-${kind.key}-${record?.id ?? "new"}`,
        send: async (body) => {
            if (after) return update(ledger.collection, record.id, { ...body, state: NEXT[ledger.collection]?.[record.state] ?? record.state });
            const kept = made.id ? await update(ledger.collection, made.id, body) : await create(ledger.collection, { ...body, person: me.value.person.id });
            made.id = kept.id; // what is refused now is amended, not entered twice
            return made.draft ? kept : update(ledger.collection, kept.id, { state: first(kept) });
        },
        done: ({ id, request, state }) => go(request && state === "pending" ? `/approvals/${request}` : `/ledgers/${ledger.collection}/${id}`),
    });
    const keepDraft = () => { made.draft = true; form.submit().finally(() => { made.draft = false; }); };
    return html`<${Form} form=${form}>${inputs}
        <${Submit} form=${form} extra=${html`${!after && html`<button type="button" onClick=${keepDraft}>存为草稿</button>`}${cancel}`}>提交<//>
    <//>`;
}

const AFTER = { declaration_event: "事后报告", declaration_report: "登记批复" };
const headings = (kind, after) => (after && AFTER[kind.key]) || (kind.key === "declaration_report" ? "请示、报告" : kind.name);

export default function Apply({ data }) {
    const { kind, ledger, record } = data, after = record && record.state !== "draft";
    if (!kind.key) return html`<div class="empty" role="alert"><p class="empty-title">没有这一类申请。</p></div>`;
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/approvals/new">新的申请</a></p><h1>${headings(kind, after)}</h1>
            ${!after && html`<p class="lead">提交以后内容不能再改，审批人看到的就是这一份。</p>`}</div></header>
        <div class="columns"><div><section class="card">${ledger ? html`<${Entry} ...${data}/>` : html`<${Letter} kind=${kind}/>`}</section></div>
        <div>${!after && html`<${Preview} kind=${kind}/>`}</div></div>
    </div>`;
}
