/** item_task.js: one task: who, when, how often, its targets with what the evidence adds up to. */
import { html, useState } from "../lib/lib.js";
import { can } from "../lib/session.js";
import { SHIFT, TASK_KINDS } from "../lib/words.js";
import { shortDay } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { fromTask, sayAssign } from "./assign.js";
import { Meter, tally } from "./counts.js";
import { sayRule } from "./rrule.js";
import { TaskDialog } from "./task_dialog.js";

export function sayWindow({ due_from: from, due_to: to }) {
    if (from && to) return `${shortDay(from)}至${shortDay(to)}`;
    return to ? `${shortDay(to)}前` : from ? `${shortDay(from)}起` : "全年";
}

const number = (n) => n.toLocaleString("zh-CN");

function range({ has_min: hasMin, min, has_max: hasMax, max, unit }) {
    if (hasMin && hasMax) return min === max ? `${number(min)}${unit}` : `${number(min)} 至 ${number(max)}${unit}`;
    return hasMin ? `不少于 ${number(min)}${unit}` : hasMax ? `不超过 ${number(max)}${unit}` : "";
}

/** Numbers add up, shares don't: of a percentage the last one given holds. */
function Target({ target, evidence, duties }) {
    const own = new Map(duties.map((duty) => [duty.id, duty.state]));
    const given = evidence.filter(({ counted, duty }) => counted && own.has(duty));
    const accepted = given.filter(({ duty }) => ["done", "made_up"].includes(own.get(duty)));
    const share = /[%％‰]|率/.test(target.unit + target.text);
    const total = (list) => (share ? list[list.length - 1]?.number ?? 0 : list.reduce((n, one) => n + one.number, 0));
    const enough = (!target.has_min || total(accepted) >= target.min) && (!target.has_max || total(accepted) <= target.max);
    return html`<li><span>${target.text}${range(target) && html`<span class="meta">（${range(target)}）</span>`}</span>
        ${given.length
            ? html`<span>${share ? "最近填报" : "填报合计"} ${number(total(given))}${target.unit}，其中已验收 ${number(total(accepted))}${target.unit}
                <${Badge} word=${accepted.length && enough ? "已达到" : "未达到"} tone=${accepted.length && enough ? "ok" : "off"}/></span>`
            : html`<span class="meta">材料里还没有填数字</span>`}</li>`;
}

export function Task({ task, number: no, data, duties }) {
    const [editing, setEditing] = useState(false);
    const targets = data.targets.filter((target) => target.task === task.id), document = task.expand?.document;
    const running = data.item.expand?.plan?.state !== "closed";
    return html`<section class="card task" id=${"task-" + task.id} tabindex="-1" aria-labelledby=${"h-" + task.id}>
        <h2 id=${"h-" + task.id}>${no}. ${task.title}</h2>
        <p class="deadline"><${Badge} word=${TASK_KINDS[task.kind]}/>${task.state === "stopped" && html`<${Badge} kind="task" state="stopped"/>`}<${Meter} counts=${tally(duties)}/></p>
        <dl class="facts">
            <div><dt>交给谁</dt><dd>${sayAssign(fromTask(task), data.directory) || "还没有分派"}</dd></div>
            <div><dt>多久一次</dt><dd>${sayRule(task.rrule)}${task.at_least ? "（至少）" : ""}
                ${task.frequency_text && html` <span class="meta">原文“${task.frequency_text}”</span>`}</dd></div>
            <div><dt>何时</dt><dd>${sayWindow(task)}${task.due_text && html` <span class="meta">原文“${task.due_text}”</span>`}
                ${task.lead > 0 && html`<span class="meta">，期限前 ${task.lead} 天开始</span>`}
                ${task.shift && task.shift !== "none" && html`<br/><span class="meta">遇休息日${SHIFT[task.shift]}</span>`}</dd></div>
            ${document && html`<div><dt>文件</dt><dd><a href=${"#/documents/" + document.id}>《${document.title}》</a> <${Badge} kind="document" state=${document.state}/></dd></div>`}
        </dl>
        ${targets.length > 0 && html`<h3>指标</h3><ul class="targets">${targets.map((target) =>
            html`<${Target} key=${target.id} target=${target} evidence=${data.evidence.rows.value} duties=${duties}/>`)}</ul>`}
        ${can("plan.edit", task.org_path) && running && html`<div class="actions"><button type="button" onClick=${() => setEditing(true)}>调整安排</button></div>
            ${editing && html`<${TaskDialog} task=${task} directory=${data.directory} onClose=${() => setEditing(false)}/>`}`}
    </section>`;
}
