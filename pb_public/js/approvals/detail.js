/**
 * detail.js: what was asked, how it goes, and what has happened so far.
 *
 *   <${Asked} page=${page}/>  <${Steps} route=${route} page=${page}/>  <${History} page=${page}/>
 */
import { html } from "../lib/lib.js";
import { day, time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { STATUS, VERDICTS } from "./words.js";

const SYSTEM = ["id", "org", "org_path", "created", "updated"];

/** A waiver's snapshot keeps the names that flows ask by; what its title says already, or a flow alone needs, isn't said again. */
const CALLED = { reason: "原因", since: "从哪个月起", until: "到哪个月止" }, SAID = ["person", "amount", "category", "approval_level"];

/** A value of the snapshot as it is read; a list in a list is rare enough to be shown as it is. */
function words(value) {
    if (value === true) return "是";
    if (value === false) return "否";
    if (Array.isArray(value)) return value.map(words).join("、");
    return value && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}

export const Status = ({ status }) => html`<${Badge} word=${STATUS[status]?.[0] ?? status} tone=${STATUS[status]?.[1]}/>`;

export function Asked({ page }) {
    const facts = Object.entries(page.snapshot ?? {}).filter(([key, value]) => !SYSTEM.includes(key) && !SAID.includes(key) && words(value) !== "");
    return html`<dl class="facts">
        <div><dt>申请人</dt><dd>${page.applicant}，${page.org}</dd></div>
        ${facts.map(([key, value]) => html`<div key=${key}><dt>${CALLED[key] ?? key}</dt><dd class="pre">${words(value)}</dd></div>`)}
    </dl>`;
}

const need = ({ min, role, unit }) => `${unit} ${role}${min > 1 ? `，需要 ${min} 人` : ""}`;

function who({ people }) {
    if (!people.length) return html`<span class="late">目前无人可批</span>`;
    return html`<span>${people.join("、")}</span>`;
}

/** Where a step stands: decided, the present one, or still to come. */
function standing(page, number) {
    if (!page || page.status === "draft") return "";
    if (page.status === "approved" || number < page.step) return "已同意";
    return page.status === "pending" && number === page.step ? "正在这一步" : "";
}

export const Steps = ({ route, page }) => html`<ol class="plain">${route.steps.map((step, i) => {
    const at = standing(page, i + 1);
    return html`<li key=${i} aria-current=${at === "正在这一步" ? "step" : undefined}>
        <b>第 ${i + 1} 步 ${step.name}</b> ${at && html`<${Badge} word=${at} tone=${at === "已同意" ? "ok" : "wait"}/>`}
        <span class="meta">${need(step)}${step.days > 0 ? `，${step.days} 个工作日` : ""}</span>
        ${at !== "已同意" && who(step)}</li>`;
})}</ol>`;

/** What one line of the history says. */
function event({ verdict, person, on_behalf: behalf, step_name: step, to_step: to, post }) {
    const said = verdict === "return" ? `退回${to ? `到第 ${to} 步` : "申请人"}` : VERDICTS[verdict];
    const name = behalf ? `${person}（受${behalf}委托）` : person;
    return [name, step && `“${step}”`, said, post && `（${post.replace(/（受.*$/, "")}）`].filter(Boolean).join(" ");
}

export const History = ({ page }) => (page.history.length
    ? html`<ol class="history">${page.history.map((line) => html`<li key=${line.id}>
        <span class="meta">${time(line.created)}</span><span>${event(line)}</span>
        ${line.comment && html`<span class="pre">${line.comment}</span>`}</li>`)}</ol>`
    : html`<p class="meta">还没有提交。</p>`);

/** Until when, in a sentence; nothing where there is no limit. */
export function limit({ status, due, expires }) {
    if (status === "pending" && due) return `这一步请在${day(due)}前办理。`;
    return status === "draft" && expires ? `最迟在${day(expires)}重新提交，过后失效。` : "";
}
