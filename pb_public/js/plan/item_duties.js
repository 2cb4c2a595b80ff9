/**
 * item_duties.js: who has done what for an item, as a table with filters in the
 * address. Several that wait can be accepted at once; giving back and
 * exempting need a reason each and are done one by one in the panel.
 */
import { html, signal, useMemo, useState } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { can, me, today } from "../lib/session.js";
import { STATES } from "../lib/words.js";
import { day, period, until } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { Table } from "../ui/table.js";

const who = ({ expand, person }) => [expand?.org?.short || expand?.org?.name, expand?.person?.name ?? (person === me.value.person.id ? me.value.person.name : "")]
    .filter(Boolean).join(" ");
const OPEN = ["upcoming", "open", "returned", "overdue"];

/** The last acceptable state of affairs: what the server refuses, it says in the list of failures. */
export const acceptable = (duty) => duty.state === "submitted" && duty.submitted_by !== me.value.person.id
    && duty.person !== me.value.person.id && can("plan.accept", duty.org_path);

function Bulk({ duties, selected }) {
    const [busy, setBusy] = useState(false), [failed, setFailed] = useState([]);
    const chosen = duties.filter((duty) => selected.value.has(duty.id)), ready = chosen.filter(acceptable);
    const accept = async () => {
        if (!await confirm({ title: `验收通过 ${ready.length} 件任务吗？`, text: "请先看过材料。验收以后材料不能再改。", yes: "验收通过" })) return;
        setBusy(true);
        const wrong = [];
        for (const duty of ready) {
            await update("plan_duties", duty.id, { state: "done" }, { fields: "id" }).catch((failure) => wrong.push(`${who(duty)}：${failure.message}`));
        }
        setFailed(wrong);
        setBusy(false);
        if (!wrong.length) selected.value = new Set();
    };
    return html`<button type="button" disabled=${busy || !ready.length} onClick=${accept}>${busy ? "请稍候……" : `验收通过 ${ready.length} 件`}</button>
        ${ready.length < chosen.length && html`<span class="meta">其余 ${chosen.length - ready.length} 件不是待验收，或须由别人验收。</span>`}
        ${failed.map((text) => html`<p class="wrong" role="alert" key=${text}>${text}</p>`)}`;
}

function columnsOf(counts, several, now) {
    return [
        { key: "who", label: "谁", main: true, value: who },
        several && { key: "title", label: "任务" },
        { key: "period", label: "哪一期", cell: (duty) => period(duty.period) },
        {
            key: "due", label: "期限", cell: (duty) => html`<span>${day(duty.due)}${OPEN.includes(duty.state)
                && html`<br/><span class=${duty.due < now ? "late" : "meta"}>${until(duty.due, now)}</span>`}</span>`,
        },
        { key: "state", label: "状态", cell: ({ state }) => html`<${Badge} kind="duty" state=${state}/>` },
        { key: "evidence", label: "材料", num: true, value: ({ id }) => counts.get(id) ?? 0, cell: ({ id }) => (counts.get(id) ? `${counts.get(id)} 条` : "") },
    ].filter(Boolean);
}

export function Duties({ data, opened }) {
    const selected = useMemo(() => signal(new Set()), []), { state, task, q } = query.value, now = today();
    const duties = data.duties.rows.value, tasks = data.tasks.rows.value;
    const counts = useMemo(() => {
        const out = new Map();
        for (const { duty } of data.evidence.rows.value) out.set(duty, (out.get(duty) ?? 0) + 1);
        return out;
    }, [data.evidence.rows.value]);
    const rows = duties.filter((duty) => (!state || (state === "unfinished" ? OPEN.includes(duty.state) : duty.state === state))
        && (!task || duty.task === task) && matches(q, who(duty), duty.title, period(duty.period)));
    if (!duties.length) return html`<${Empty} title="没有要办的任务" text="任务按安排生成；要增加，请调整上面的安排。"/>`;
    const mayAccept = duties.some((duty) => can("plan.accept", duty.org_path));
    return html`<${Filters}>
            <${Search} label="按组织、姓名查找"/>
            ${tasks.length > 1 && html`<${Pick} name="task" label="任务" options=${tasks.map(({ id, title }, i) => [id, `${i + 1}. ${title}`])}/>`}
            <${Pick} name="state" label="状态" options=${[["unfinished", "未完成"], ...Object.entries(STATES.duty).map(([code, [word]]) => [code, word])]}/>
        <//>
        <${Table} label="办理情况" columns=${columnsOf(counts, tasks.length > 1 && !task, now)} rows=${rows} onOpen=${({ id }) => setQuery({ duty: id }, { push: true })} opened=${opened}
            selected=${mayAccept ? selected : undefined} actions=${html`<${Bulk} duties=${duties} selected=${selected}/>`}
            empty=${html`<${Empty} title="没有符合条件的任务"><p><button type="button" onClick=${() => setQuery({ q: "", state: "", task: "" })}>清除筛选</button></p><//>`}/>`;
}
