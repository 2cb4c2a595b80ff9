/**
 * task_dialog.js: changes who does a task and when. First shows what that does
 * to the duties, then saves. The past stays as it is.
 */
import { html, signal, useMemo } from "../lib/lib.js";
import { call, update } from "../lib/api.js";
import { SHIFT } from "../lib/words.js";
import { day, period } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Submit, useForm } from "../ui/form.js";
import { AssignFields, fromTask, toTask } from "./assign.js";
import { FrequencyFields } from "./frequency.js";
import { useReturnFocus } from "../ui/focus.js";

const SHOWN = 12;
const SHIFTS = Object.entries(SHIFT);

const start = (task) => ({
    title: task.title, assign: fromTask(task), rrule: task.rrule, due_from: task.due_from, due_to: task.due_to,
    shift: task.shift || "before", lead: task.lead ? String(task.lead) : "", stopped: task.state === "stopped",
});

const body = ({ assign, stopped, lead, ...rest }) => ({ ...rest, ...toTask(assign ?? {}), lead: Number(lead) || 0, state: stopped ? "stopped" : "active" });

function check({ assign, due_from: from, due_to: to, lead, stopped }) {
    if (!stopped && !assign?.to) return { assign: "请选择交给谁。" };
    if (from && to && to < from) return { due_to: "最晚日期不能早于最早日期。" };
    if (lead && !/^\d{1,3}$/.test(lead)) return { lead: "请填写天数，例如 10。" };
    return {};
}

/** What would change, in three numbers and the first of the new ones. */
function Preview({ change, directory }) {
    const { list, total } = change.add;
    const who = ({ org, person }) => [nameOf(directory.units.find(({ id }) => id === org)), directory.people.value.get(person)].filter(Boolean).join(" ");
    return html`<div class="preview" role="status"><p><b>保留 ${change.keep} 件，删去 ${change.remove} 件，新增 ${total} 件。</b></p>
        <p class="meta">已经过期、已经提交或有了材料的任务都会保留；删去的只是还没有人动过的。</p>
        ${list.length > 0 && html`<ul class="plain">${list.slice(0, SHOWN).map((duty) => html`<li key=${duty.org + duty.person + duty.period}>
            ${who(duty)} ${period(duty.period)}，${day(duty.due)}前</li>`)}</ul>`}
        ${total > SHOWN && html`<p class="meta">还有 ${total - SHOWN} 件。</p>`}</div>`;
}

export function TaskDialog({ task, directory, onClose }) {
    const change = useMemo(() => signal(null), []);
    useReturnFocus();
    const form = useForm({
        initial: start(task), check, send: (values) => update("plan_tasks", task.id, body(values)), done: onClose,
    });
    const values = form.values.value, errors = form.errors.value;
    const look = async () => {
        const wrong = { ...(values.title.trim() ? {} : { title: "请填写任务名称。" }), ...check(values) };
        if (Object.keys(wrong).length) return form.refuse(wrong);
        form.busy.value = true;
        form.refuse({});
        try {
            change.value = await call("POST", `/api/plan/tasks/${task.id}/preview`, body(values));
        } catch (failure) {
            if (!failure.fields) throw failure;
            form.refuse(failure.fields, failure.message);
        }
        form.busy.value = false;
        return undefined;
    };
    const press = (event) => {
        event.preventDefault();
        return change.value ? form.submit() : look();
    };
    const set = (patch) => { change.value = null; form.set(patch); };
    for (const [name, label] of [["assign", "交给谁"], ["rrule", "多久一次"]]) form.names.set(name, { label });
    const unassigned = errors.assign || errors.assign_org || errors.assign_person || errors.assign_role || errors.assign_kind;
    return html`<${Dialog} title="调整安排" onClose=${onClose} wide><form noValidate onSubmit=${press} onInput=${() => { change.value = null; }}>
        <${Field} form=${form} name="title" label="任务名称" required maxlength="200"/>
        <${AssignFields} id="${form.id}-assign" value=${values.assign} directory=${directory} wrong=${unassigned} onChange=${(assign) => set({ assign })}/>
        <${FrequencyFields} id="${form.id}-rrule" value=${values.rrule} wrong=${errors.rrule} onChange=${(rrule) => set({ rrule })}/>
        <div class="pair"><${Field} form=${form} name="due_from" label="最早日期" type="date"/><${Field} form=${form} name="due_to" label="最晚日期" type="date"/></div>
        <div class="pair"><${Field} form=${form} name="shift" label="期限遇休息日" type="select" required options=${SHIFTS}/>
            <${Field} form=${form} name="lead" label="提前几天开始" inputmode="numeric" hint="不填就从这一期的第一天开始"/></div>
        <${Field} form=${form} name="stopped" label="停止这项任务，以后不再生成" type="checkbox"/>
        ${change.value && html`<${Preview} change=${change.value} directory=${directory}/>`}
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>${change.value ? "确定保存" : "看看会怎样"}<//>
    </form><//>`;
}
