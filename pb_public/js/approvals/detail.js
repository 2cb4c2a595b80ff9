/**
 * detail.js: what was asked, how it goes, and what has happened so far.
 *
 *   <${Asked} page=${page}/>  <${Steps} route=${route} page=${page}/>  <${History} page=${page}/>
 */
import { html } from "../lib/lib.js";
import { day, time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { STATUS, VERDICTS } from "./words.js";

export const Status = ({ status }) => html`<${Badge} word=${STATUS[status]?.[0] ?? status} tone=${STATUS[status]?.[1]}/>`;

export function Asked({ page }) {
    return html`<dl class="facts">
        <div><dt>申请人</dt><dd>${page.applicant}，${page.org}</dd></div>
        ${page.facts.map(({ label, text }) => html`<div key=${label}><dt>${label}</dt><dd class="pre">${text}</dd></div>`)}
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
