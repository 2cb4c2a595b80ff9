/**
 * board.js: the plan of a year: sections × items, how far each has come, what
 * is due next. Follows the duties as they change. ↑ ↓ walk, Enter opens, Esc
 * clears the search.
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { today } from "../lib/session.js";
import { day, until } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { Empty } from "../ui/empty.js";
import { PrintButton } from "../ui/print.js";
import { Meter, asked, finished, sum } from "./counts.js";
import { NoPlan, PlanNav, YearSwitch, choosePlan, followDuties } from "./years.js";

export const title = "工作要点";
export const css = ["plan"];
export const reloads = ["year", "org"];

const WAIT = 800;

const read = (plan) => call("GET", `/api/plan/years/${plan.id}/board`);

export async function load({ query, live }) {
    const { plans, plan } = await choosePlan(query);
    if (!plan) return { plans };
    const changes = followDuties(live, plan);
    const [board] = await Promise.all([read(plan), changes.ready]);
    return { plans, plan, board, changes };
}

/** The board as it is now: read again soon after a duty has changed. */
function useBoard({ plan, board, changes }) {
    const [now, setNow] = useState(board), [wrong, setWrong] = useState("");
    useEffect(() => setNow(board), [board]);
    useEffect(() => {
        if (!changes) return undefined;
        let timer, first = true;
        const again = () => read(plan).then((next) => { setNow(next); setWrong(""); }, ({ message }) => setWrong(message));
        const stop = changes.rows.subscribe(() => {
            if (first) { first = false; return; }
            clearTimeout(timer);
            timer = setTimeout(again, WAIT);
        });
        return () => { stop(); clearTimeout(timer); };
    }, [changes]);
    return [now, wrong];
}

const STATES = [["overdue", "有逾期"], ["submitted", "待验收"], ["unfinished", "未完成"], ["finished", "已完成"]];

const inState = {
    overdue: ({ overdue }) => overdue > 0,
    submitted: ({ submitted }) => submitted > 0,
    unfinished: (counts) => finished(counts) < asked(counts),
    finished: (counts) => asked(counts) > 0 && finished(counts) === asked(counts),
};

function filtered(sections, { section, state, q }) {
    return sections.filter(({ id }) => !section || id === section).map((one) => ({
        ...one,
        items: one.items.filter((item) => (!state || inState[state]?.(item.counts)) && matches(q, item.number, item.title, one.title)),
    })).filter(({ items }) => items.length);
}

/** What stands above everything; a press shows the items behind a number. */
function Totals({ counts }) {
    const all = asked(counts), share = all ? Math.floor((finished(counts) / all) * 100) : 0;
    const tile = (state, n, word, tone) => html`<button type="button" class="tile ${n ? tone : ""}" aria-pressed=${query.value.state === state}
        onClick=${() => setQuery({ state: query.value.state === state ? "" : state })}><b>${n}</b><span>${word}</span></button>`;
    return html`<div class="tiles" role="group" aria-label="合计，按一下只看这些">
        <p class="tile plain"><b>${share}%</b><span>完成 ${finished(counts)}/${all} 件</span></p>
        ${tile("overdue", counts.overdue, "件逾期", "due")}${tile("submitted", counts.submitted, "件待验收", "")}
        ${tile("unfinished", all - finished(counts), "件未完成", "")}
        <p class="tile plain"><b>${counts.exempted}</b><span>件已免</span></p></div>`;
}

function Item({ item, now }) {
    const next = item.next_due, late = next && next < now;
    return html`<tr class="link-row" onClick=${(event) => !event.target.closest("a") && !String(getSelection()) && event.currentTarget.querySelector("a").click()}>
        <th scope="row" class="main"><a class="row-link" href=${"#/plan/items/" + item.id}>${item.number ? `${item.number}. ` : ""}${item.title}</a></th>
        <td data-label="进度"><${Meter} counts=${item.counts}/></td>
        <td data-label="最近期限" class="nowrap">${next && html`<span>${day(next)}<br/><span class=${late ? "late" : "meta"}>${until(next, now)}</span></span>`}</td>
    </tr>`;
}

function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...event.currentTarget.querySelectorAll(".row-link")], next = links[Math.max(0, links.indexOf(document.activeElement) + step)];
    if (next) { event.preventDefault(); next.focus(); }
}

function Sections({ sections, now }) {
    return html`<div class="table-box"><div class="table-scroll" tabindex="0" role="region" aria-label="各条进度" onKeyDown=${walk}>
        <table class="board"><caption class="sr">各部分、各条的进度和最近的期限</caption>
            <thead><tr><th scope="col">部分和条</th><th scope="col">进度</th><th scope="col">最近期限</th></tr></thead>
            ${sections.map((section) => html`<tbody key=${section.id}>
                <tr class="group"><th scope="rowgroup">${section.title || "（未分部分）"}</th><td data-label="合计"><${Meter} counts=${section.counts}/></td><td></td></tr>
                ${section.items.map((item) => html`<${Item} key=${item.id} item=${item} now=${now}/>`)}</tbody>`)}
        </table></div></div>`;
}

export default function Board({ data }) {
    const [board, wrong] = useBoard(data);
    if (!data.plan) return html`<div class="page"><header class="page-head"><h1>工作要点</h1></header><${PlanNav} at="board"/><${NoPlan}/></div>`;
    const now = today(), sections = filtered(board.sections, query.value);
    const items = sections.flatMap((section) => section.items), every = board.sections.flatMap((section) => section.items);
    const some = items.length < every.length;
    return html`<div class="page">
        <header class="page-head"><div><h1>${board.plan.title}</h1>
            <p class="lead">${board.sections.length} 个部分，${every.length} 条，截至${day(board.as_of)}。
                ${board.plan.state !== "active" && html` <${Badge} kind="plan" state=${board.plan.state}/>`}</p></div>
            <${PrintButton}/></header>
        <${PlanNav} at="board"/>
        <${Totals} counts=${board.counts}/>
        <${Filters}>
            <${YearSwitch} plans=${data.plans} plan=${data.plan}/>
            <${Search} label="查找条目"/>
            <${Pick} name="section" label="部分" options=${board.sections.map(({ id, title }) => [id, title || "（未分部分）"])}/>
            <${Pick} name="state" label="状态" options=${STATES}/>
        <//>
        <p class="wrong" role="alert">${wrong}</p>
        ${some && html`<p class="meta" role="status">显示 ${items.length} 条，共 ${every.length} 条；完成 ${finished(sum(items.map(({ counts }) => counts)))} 件。</p>`}
        ${items.length ? html`<${Sections} sections=${sections} now=${now}/>`
            : html`<${Empty} title="没有符合条件的条目"><p><button type="button" onClick=${() => setQuery({ q: "", section: "", state: "" })}>清除筛选</button></p><//>`}
    </div>`;
}
