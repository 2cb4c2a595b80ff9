/**
 * one.js: one duty: what, by when, where it comes from, what was done, and what
 * the reader may do about it.
 */
import { html } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { can, me, today } from "../lib/session.js";
import { day, period, until } from "../lib/format.js";
import { Trace } from "../audit/history.js";
import { Badge } from "../ui/badge.js";
import { Accept } from "./accept.js";
import { EvidenceList } from "./evidence.js";
import { History } from "./history.js";
import { Source } from "./source.js";
import { SubmitForm } from "./submit.js";
import { Withdraw } from "./withdraw.js";

export const title = (data) => data.duty.record.value.title;
export const css = ["trail"];

const EXPAND = "org,person,plan,section,item,task,submitted_by,accepted_by,exempted_by";
const OPEN = ["upcoming", "open", "returned", "overdue"];

export async function load({ params, live, liveOne }) {
    const duty = liveOne("plan_duties", params.id, { expand: EXPAND });
    const evidence = live("plan_evidence", {
        filter: where("duty = {:id}", params), keep: (record) => record.duty === params.id,
        sort: "created", order: (a, b) => a.created.localeCompare(b.created), expand: "person",
    });
    await Promise.all([duty.ready, evidence.ready]);
    const { task } = duty.record.value;
    const targets = task ? await list("plan_targets", { filter: where("task = {:task}", { task }) }).catch(() => []) : [];
    return { duty, evidence, targets, expand: EXPAND };
}

/** What the reader may do with this duty now. */
function rights(duty, evidence) {
    const self = me.value.person.id;
    const submits = duty.person === self || can("plan.submit", duty.org_path);
    return {
        submit: submits && OPEN.includes(duty.state),
        accept: can("plan.accept", duty.org_path) && !["done", "made_up"].includes(duty.state),
        involved: duty.submitted_by === self || duty.person === self || evidence.some(({ person }) => person === self),
        withdraw: duty.state === "submitted" && duty.submitted_by === self,
    };
}

function Deadline({ duty }) {
    const open = OPEN.includes(duty.state), late = open && duty.due && duty.due < today();
    const moved = duty.due_original && duty.due_original !== duty.due;
    return html`<p class="deadline">
        <${Badge} kind="duty" state=${duty.state}/>
        <span class=${late ? "late" : ""}>${duty.due ? `${day(duty.due)}前完成` : "没有期限"}${open && duty.due ? `，${until(duty.due, today())}` : ""}</span>
        ${moved && html`<span class="meta">原定${day(duty.due_original)}，因休息日调整。</span>`}
    </p>`;
}

/** The sentence that must not be missed: why it came back, or why it is off the list. */
function Reason({ duty }) {
    if (!duty.reason || !["returned", "exempted", "overdue"].includes(duty.state)) return null;
    const word = duty.state === "exempted" ? "免做理由" : "退回理由";
    return html`<p class="notice"><b>${word}：</b>${duty.reason}</p>`;
}

export default function Duty({ data }) {
    const duty = data.duty.record.value, may = rights(duty, data.evidence.rows.value);
    const who = [duty.expand?.org?.name, duty.expand?.person?.name ?? (duty.person === me.value.person.id ? me.value.person.name : "")];
    return html`<div class="page">
        <header class="page-head"><div><h1>${duty.title}</h1><${Deadline} duty=${duty}/>
            <p class="meta">${[who.filter(Boolean).join(" "), period(duty.period)].filter(Boolean).join(" · ")}</p></div></header>
        <${Reason} duty=${duty}/>
        <div class="columns">
            <div>
                <section class="card"><h2>办理情况</h2>
                    <${EvidenceList} evidence=${data.evidence} duty=${duty}/>
                    ${may.submit && html`<${SubmitForm} data=${data} duty=${duty}/>`}
                    ${may.withdraw && html`<${Withdraw} data=${data} duty=${duty}/>`}
                </section>
                ${may.accept && html`<${Accept} data=${data} duty=${duty} involved=${may.involved}/>`}
            </div>
            <div><${Source} duty=${duty} targets=${data.targets}/><${History} duty=${duty}/><${Trace} collection="plan_duties" id=${duty.id}/></div>
        </div>
    </div>`;
}
