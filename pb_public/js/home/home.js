/**
 * home.js: what must I do, by when. Duties of mine and of the organizations I
 * submit for, and what waits for my acceptance.
 */
import { html } from "../lib/lib.js";
import { where } from "../lib/api.js";
import { can, me, ranges, reach, today } from "../lib/session.js";
import { addDays, day, period, until, weekEnd } from "../lib/format.js";
import { Badge } from "../ui/badge.js";

export const title = "首页";

const AHEAD = 30; // days before it opens that a duty is announced
const FIELDS = "id,title,period,opens,due,state,person,org,org_path,reason,submitted_by,expand.org.name,expand.org.short";
const PRESSING = ["open", "returned", "overdue"];

const any = (parts) => "(" + parts.join(" || ") + ")";

function mine() {
    const self = me.value.person.id, orgs = reach("plan.submit").map(({ id }) => id), soon = addDays(today(), AHEAD);
    const whose = [where("person = {:self}", { self }), ...orgs.map((org) => where('(person = "" && org = {:org})', { org }))];
    const what = [...PRESSING, "submitted"].map((state) => where("state = {:state}", { state }));
    return {
        filter: `${any(whose)} && ${any([...what, where('(state = "upcoming" && opens <= {:soon})', { soon })])}`,
        keep: (duty) => (duty.person ? duty.person === self : orgs.includes(duty.org))
            && (PRESSING.includes(duty.state) || duty.state === "submitted" || (duty.state === "upcoming" && duty.opens <= soon)),
    };
}

function waiting() {
    const self = me.value.person.id;
    const within = ranges("plan.accept").map(({ lo, hi }) => where("(org_path >= {:lo} && org_path < {:hi})", { lo, hi }));
    return {
        filter: `state = "submitted" && ${where("submitted_by != {:self}", { self })} && ${any(within)}`,
        keep: (duty) => duty.state === "submitted" && duty.submitted_by !== self && can("plan.accept", duty.org_path),
    };
}

const byDue = (a, b) => (a.due || "9").localeCompare(b.due || "9") || a.title.localeCompare(b.title);

export async function load({ live }) {
    const options = { order: byDue, sort: "due", fields: FIELDS, expand: "org" };
    const duties = live("plan_duties", { ...options, ...mine() });
    const inbox = can("plan.accept") ? live("plan_duties", { ...options, ...waiting() }) : null;
    await Promise.all([duties.ready, inbox?.ready]);
    return { duties, inbox };
}

/** Which group of the page a duty belongs to. */
function groupOf(duty, now) {
    if (duty.state === "submitted") return "sent";
    if (duty.state === "overdue" || (PRESSING.includes(duty.state) && duty.due && duty.due < now)) return "late";
    return duty.due && duty.due <= weekEnd(now) ? "week" : "later";
}

const GROUPS = [["late", "已经逾期"], ["week", "本周到期"], ["later", "以后到期"], ["sent", "已经提交，等待验收"]];

function Row({ duty, now, accepting }) {
    const org = duty.expand?.org, late = !accepting && duty.due && duty.due < now && duty.state !== "submitted";
    const whose = accepting || !duty.person ? org?.short || org?.name : "";
    return html`<li><a class="row" href=${"#/duties/" + duty.id}>
        <span class="row-text"><span class="row-title">${duty.title}</span>
            <span class="meta">${[whose, period(duty.period)].filter(Boolean).join(" · ")}</span>
            ${duty.state === "returned" && duty.reason && html`<span class="meta">退回理由：${duty.reason}</span>`}</span>
        <span class="row-end"><${Badge} kind="duty" state=${duty.state}/>
            <span class=${late ? "meta late" : "meta"}>${day(duty.due)}</span>
            ${duty.state !== "submitted" && html`<span class=${late ? "meta late" : "meta"}>${until(duty.due, now)}</span>`}</span>
    </a></li>`;
}

const Group = ({ id, heading, duties, now, accepting }) => duties.length > 0 && html`
    <section class="card" aria-labelledby="g-${id}"><h2 id="g-${id}">${heading}<span class="tally">${duties.length} 件</span></h2>
        <ul class="rows">${duties.map((duty) => html`<${Row} key=${duty.id} duty=${duty} now=${now} accepting=${accepting}/>`)}</ul>
    </section>`;

/** The first sentence of the page answers its question. */
function summary(pressing, late, accept) {
    const own = !pressing ? "现在没有要办的事" : late ? `有 ${pressing} 件要办，其中 ${late} 件已经逾期` : `有 ${pressing} 件要办`;
    return accept ? `${own}；有 ${accept} 件等您验收。` : `${own}。`;
}

export default function Home({ data }) {
    const now = today(), groups = { late: [], week: [], later: [], sent: [] };
    const own = data.duties.rows.value, accept = data.inbox?.rows.value ?? [];
    for (const duty of own) groups[groupOf(duty, now)].push(duty);
    const pressing = groups.late.length + groups.week.length + groups.later.filter(({ state }) => state !== "upcoming").length;
    return html`<div class="page">
        <header class="page-head"><div><h1>${me.value.person.name}，您好</h1>
            <p class="lead">今天是${day(now)}，${summary(pressing, groups.late.length, accept.length)}</p></div></header>
        <div class="columns">
            ${own.length > 0 && html`<div>${GROUPS.map(([id, heading]) => html`
                <${Group} key=${id} id=${id} heading=${heading} duties=${groups[id]} now=${now}/>`)}</div>`}
            ${accept.length > 0 && html`<div><${Group} id="accept" heading="等您验收" duties=${accept} now=${now} accepting/></div>`}
        </div>
        ${!own.length && !accept.length && html`<div class="empty"><p class="empty-title">没有要办的事</p>
            <p>有新任务时，这里和收件箱都会出现。</p></div>`}
    </div>`;
}
