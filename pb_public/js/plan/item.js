/**
 * item.js: one item of the plan: its text with the sentences that became tasks,
 * the tasks, what they add up to, and every duty with its evidence.
 */
import { html, computed, useMemo } from "../lib/lib.js";
import { list, one, where } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { Meter, tally } from "./counts.js";
import { loadDirectory } from "./assign.js";
import { Duties } from "./item_duties.js";
import { DutyPanel } from "./item_duty.js";
import { Task } from "./item_task.js";
import { ItemLedgers } from "../ledgers/item.js";
import { Marked } from "./marked.js";
import { charsOf } from "./spans.js";

export const title = ({ item }) => `${item.number ? item.number + ". " : ""}${item.title}`;
export const css = ["plan"];

const byDue = (a, b) => a.due.localeCompare(b.due) || a.org_path.localeCompare(b.org_path) || a.id.localeCompare(b.id);
const SAID = "id,collectionId,duty,item,counted,number,text,files,person,created,expand.person.name";

export async function load({ params, live }) {
    const filter = where("item = {:id}", params), keep = (record) => record.item === params.id;
    const item = await one("plan_items", params.id, { expand: "section,plan", fields: "*,expand.section.title,expand.plan.title,expand.plan.year,expand.plan.state" });
    const tasks = live("plan_tasks", { filter, keep, sort: "span_from,created", order: (a, b) => a.span_from - b.span_from || a.created.localeCompare(b.created), expand: "document" });
    const duties = live("plan_duties", { filter, keep, sort: "due", order: byDue, expand: "org,person", fields: DUTY });
    const evidence = live("plan_evidence", { filter, keep, sort: "created", order: (a, b) => a.created.localeCompare(b.created), expand: "person", fields: SAID });
    const [targets] = await Promise.all([list("plan_targets", { filter }), tasks.ready, duties.ready, evidence.ready]);
    const directory = await loadDirectory(tasks.rows.value.map((task) => task.assign_person));
    return { item, tasks, duties, evidence, targets, directory };
}

const DUTY = "id,plan,item,task,org,org_path,person,period,title,opens,due,due_original,state,reason,submitted_by,submitted_at,accepted_by,accepted_at,exempted_by,updated,"
    + "expand.org.name,expand.org.short,expand.person.name,expand.person.number";

/** The text, every task's sentence marked; a press goes to the task. */
function Text({ item, tasks }) {
    const chars = useMemo(() => charsOf(item.text), [item]);
    const marks = tasks.map((task, i) => ({
        from: task.span_from - item.span_from, to: task.span_to - item.span_from, key: task.id, label: `任务 ${i + 1}：${task.title}`, off: task.state === "stopped",
    }));
    const jump = (id) => {
        const card = document.getElementById("task-" + id);
        card?.scrollIntoView({ block: "center" });
        card?.focus();
    };
    return html`<section class="card"><h2>原文</h2>
        ${item.text ? html`<${Marked} chars=${chars} from=${0} to=${chars.length} marks=${marks} onChoose=${jump}/>` : html`<p class="meta">这一条没有正文。</p>`}
        ${tasks.length > 0 && html`<p class="meta">标出的句子是任务的出处，按一下看任务。</p>`}</section>`;
}

export default function Item({ data }) {
    const { item } = data, tasks = data.tasks.rows.value, duties = data.duties.rows.value;
    const shown = useMemo(() => computed(() => data.duties.rows.value.find(({ id }) => id === query.value.duty)), [data]);
    const close = () => setQuery({ duty: "" });
    const { plan, section } = item.expand ?? {};
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href=${`#/plan?year=${plan?.year ?? ""}`}>${plan?.title ?? "工作要点"}</a> ${section?.title}</p>
            <h1>${title(data)}</h1><p class="deadline"><${Meter} counts=${tally(duties)}/></p></div></header>
        <div class="columns"><div><${Text} item=${item} tasks=${tasks}/><${ItemLedgers} number=${item.number} year=${plan?.year}/></div>
            <div>${tasks.map((task, i) => html`<${Task} key=${task.id} task=${task} number=${i + 1} data=${data}
                duties=${duties.filter((duty) => duty.task === task.id)}/>`)}
                ${!tasks.length && html`<section class="card"><h2>任务</h2><p class="meta">这一条没有分解出任务。</p></section>`}</div></div>
        <div class=${shown.value ? "with-panel" : ""}>
            <div><h2 class="between">办理情况</h2><${Duties} data=${data} opened=${query.value.duty}/></div>
            ${shown.value && html`<${DutyPanel} key=${shown.value.id} data=${data} duty=${shown.value} onClose=${close}/>`}
        </div>
    </div>`;
}
