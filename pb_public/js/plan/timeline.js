/**
 * timeline.js: items × months: how many duties are due, with their states as
 * colour and as words. A press on a number lists them. Prints on A4 landscape.
 */
import { html } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { today } from "../lib/session.js";
import { day, period } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { Panel } from "../ui/panel.js";
import { PrintButton } from "../ui/print.js";
import { asked, finished, sum, tally, zero } from "./counts.js";
import { NoPlan, PlanNav, YearSwitch, choosePlan } from "./years.js";

export const title = "时间轴";
export const css = ["plan"];
export const reloads = ["year", "org"];

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

export async function load({ query, live }) {
    const { plans, plan } = await choosePlan(query);
    if (!plan) return { plans };
    const filter = where("plan = {:id}", plan);
    const duties = live("plan_duties", {
        filter, keep: (duty) => duty.plan === plan.id, sort: "due", order: (a, b) => a.due.localeCompare(b.due) || a.id.localeCompare(b.id),
        fields: "id,plan,item,title,period,due,state,person,expand.org.name,expand.org.short,expand.person.name", expand: "org,person",
    });
    const [sections, items] = await Promise.all([
        list("plan_sections", { filter, sort: "span_from,number", fields: "id,title" }),
        list("plan_items", { filter, sort: "span_from,number", fields: "id,section,number,title" }), duties.ready,
    ]);
    return { plans, plan, sections, items, duties };
}

const monthOf = (duty) => Number(duty.due.slice(5, 7));

/** Map "item/month" → duties, in one walk. */
function grid(duties) {
    const cells = new Map();
    for (const duty of duties) {
        const key = `${duty.item}/${monthOf(duty)}`;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(duty);
    }
    return cells;
}

/** [tone, short word] of what most needs a look. */
function verdict(counts) {
    if (counts.overdue) return ["late", `逾 ${counts.overdue}`];
    if (counts.submitted) return ["wait", `待验 ${counts.submitted}`];
    if (counts.returned) return ["warn", `退 ${counts.returned}`];
    if (asked(counts) && finished(counts) === asked(counts)) return ["ok", "完成"];
    if (!asked(counts)) return ["off", "已免"];
    return finished(counts) ? ["", `成 ${finished(counts)}`] : ["", ""];
}

function Cell({ item, month, duties, here }) {
    if (!duties) return html`<td class=${here}></td>`;
    const counts = tally(duties), [tone, word] = verdict(counts), open = query.value.item === item.id && query.value.month === String(month);
    return html`<td class="cell ${here}" data-label="${month}月"><button type="button" class="count-cell ${tone}" aria-pressed=${open}
        onClick=${() => setQuery({ item: item.id, month }, { push: true })}><b>${duties.length}</b>${word && html`<span>${word}</span>`}
        <span class="sr">：${item.title}，${month}月到期 ${duties.length} 件，完成 ${finished(counts)} 件${counts.overdue ? `，逾期 ${counts.overdue} 件` : ""}${counts.submitted ? `，待验收 ${counts.submitted} 件` : ""}</span></button></td>`;
}

function Grid({ sections, items, cells, thisMonth }) {
    const here = (month) => (month === thisMonth ? "now" : "");
    const totals = MONTHS.map((month) => sum(items.map(({ id }) => (cells.has(`${id}/${month}`) ? tally(cells.get(`${id}/${month}`)) : zero()))));
    return html`<div class="table-box"><div class="table-scroll" tabindex="0" role="region" aria-label="各条每月到期的任务"><table class="timeline">
        <caption class="sr">每条每月到期几件任务，完成几件</caption>
        <thead><tr><th scope="col">条</th>${MONTHS.map((month) => html`<th key=${month} scope="col" class="num ${here(month)}" aria-current=${here(month) ? "date" : undefined}>
            ${month}月${here(month) && html`<span class="sr">（本月）</span>`}</th>`)}</tr></thead>
        ${sections.map((section) => {
            const own = items.filter((item) => item.section === section.id);
            return own.length > 0 && html`<tbody key=${section.id}><tr class="group"><th scope="rowgroup" colspan="13">${section.title || "（未分部分）"}</th></tr>
                ${own.map((item) => html`<tr key=${item.id}><th scope="row"><a class="row-link" href=${"#/plan/items/" + item.id}>${item.number ? item.number + ". " : ""}${item.title}</a></th>
                    ${MONTHS.map((month) => html`<${Cell} key=${month} item=${item} month=${month} duties=${cells.get(`${item.id}/${month}`)} here=${here(month)}/>`)}</tr>`)}</tbody>`;
        })}
        <tfoot><tr><th scope="row">合计</th>${totals.map((counts, i) => html`<td key=${i} class="num ${here(i + 1)}">${counts.total ? html`<span class="only-narrow">${i + 1}月 </span>${counts.total}` : ""}</td>`)}</tr></tfoot>
    </table></div></div>`;
}

function List({ item, month, duties }) {
    return html`<${Panel} key=${item.id + month} title="${month}月到期：${item.title}" onClose=${() => setQuery({ item: "", month: "" })}>
        <ul class="rows">${duties.map((duty) => html`<li key=${duty.id}><a class="row" href=${"#/duties/" + duty.id}>
            <span class="row-text"><span class="row-title">${[duty.expand?.org?.short || duty.expand?.org?.name, duty.expand?.person?.name].filter(Boolean).join(" ")}</span>
                <span class="meta">${duty.title}，${period(duty.period)}，${day(duty.due)}前</span></span>
            <span class="row-end"><${Badge} kind="duty" state=${duty.state}/></span></a></li>`)}</ul>
        <p><a class="btn" href=${"#/plan/items/" + item.id}>打开这一条</a></p><//>`;
}

const LEGEND = [["ok", "全部完成"], ["late", "有逾期"], ["wait", "有待验收"], ["warn", "有退回"], ["", "未完成"], ["off", "已免"]];

export default function Timeline({ data }) {
    if (!data.plan) return html`<div class="page"><header class="page-head"><h1>时间轴</h1></header><${PlanNav} at="timeline"/><${NoPlan}/></div>`;
    const { plan, sections } = data, { section, q, item: opened, month } = query.value, duties = data.duties.rows.value;
    const items = data.items.filter((item) => (!section || item.section === section) && matches(q, item.number, item.title));
    const cells = grid(duties), thisMonth = today().startsWith(String(plan.year)) ? Number(today().slice(5, 7)) : 0;
    const chosen = data.items.find(({ id }) => id === opened), shown = chosen && month ? cells.get(`${opened}/${month}`) ?? [] : null;
    return html`<div class="page wide-page">
        <header class="page-head"><div><h1>${plan.year} 年时间轴</h1><p class="lead">每格是当月到期的任务数，共 ${duties.length} 件。按一下看是哪些。</p></div>
            <${PrintButton}/></header>
        <${PlanNav} at="timeline"/>
        <${Filters}><${YearSwitch} plans=${data.plans} plan=${plan}/><${Search} label="查找条目"/>
            <${Pick} name="section" label="部分" options=${sections.map(({ id, title }) => [id, title || "（未分部分）"])}/><//>
        <p class="legend">${LEGEND.map(([tone, word]) => html`<span key=${word}><i class="count-cell ${tone}" aria-hidden="true"></i>${word}</span>`)}</p>
        <div class=${shown ? "with-panel" : ""}>
            <div><${Grid} sections=${sections} items=${items} cells=${cells} thisMonth=${thisMonth}/></div>
            ${shown && html`<${List} item=${chosen} month=${month} duties=${shown}/>`}
        </div>
    </div>`;
}
