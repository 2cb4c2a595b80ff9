/**
 * years.js: which plan is looked at, and the way between the views of the plan.
 *
 *   const { plans, plan } = await choosePlan(query)      query: { year, org }
 *   <${PlanNav} at="board"/>                             看板 时间轴 导入
 *   <${YearSwitch} plans=${plans} plan=${plan}/>
 *   followDuties(live, plan)      { rows } changes whenever a duty of the plan does; reads none of them
 */
import { html } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { can, canAny, me, today } from "../lib/session.js";

/** Own organization first, then the newest year that has begun. */
export async function choosePlan({ year, org }) {
    const plans = await list("plan_years", { sort: "-year", fields: "id,org,org_path,year,title,state,expand.org.name,expand.org.short", expand: "org" });
    const here = me.value.person.org.path, now = Number(today().slice(0, 4));
    const fits = plans.filter((plan) => (!org || plan.org === org) && (!year || String(plan.year) === year));
    const near = (plan) => (here.startsWith(plan.org_path) ? plan.org_path.length : 0);
    const begun = (plan) => (plan.year <= now ? 1 : 0);
    const [plan] = [...fits].sort((a, b) => begun(b) - begun(a) || b.year - a.year || near(b) - near(a));
    return { plans, plan };
}

export const PlanNav = ({ at }) => html`<nav class="subnav" aria-label="工作要点的各页">
    ${[["board", "/plan", "看板"], ["timeline", "/plan/timeline", "时间轴"], ...(canAny("plan.edit", "plan.confirm") ? [["imports", "/plan/imports", "导入"]] : [])]
        .map(([key, path, word]) => html`<a key=${key} class="btn" href=${"#" + path + carried(key)} aria-current=${key === at ? "page" : undefined}>${word}</a>`)}
</nav>`;

const carried = (key) => {
    const { year, org } = query.value;
    const kept = new URLSearchParams({ ...(year && { year }), ...(org && { org }) }).toString();
    return key !== "imports" && kept ? "?" + kept : "";
};

export function YearSwitch({ plans, plan }) {
    if (plans.length < 2) return null;
    const several = new Set(plans.map(({ org }) => org)).size > 1;
    const word = ({ year, expand }) => `${year} 年${several ? "　" + (expand?.org?.short || expand?.org?.name || "") : ""}`;
    const choose = (event) => {
        const next = plans.find(({ id }) => id === event.target.value);
        setQuery({ year: String(next.year), org: several ? next.org : "", section: "" });
    };
    return html`<label class="filter"><span>年度</span><select value=${plan.id} onChange=${choose}>${plans.map((one) =>
        html`<option key=${one.id} value=${one.id} selected=${one.id === plan.id}>${word(one)}</option>`)}</select></label>`;
}

export const NoPlan = () => html`<div class="empty"><p class="empty-title">还没有工作要点</p>
    ${can("plan.edit")
        ? html`<p>把今年的工作要点导入进来，核对、分派，再由另一位负责人确认。</p><p class="actions"><a class="btn primary" href="#/plan/imports">去导入</a></p>`
        : html`<p>工作要点确认以后会出现在这里。</p>`}</div>`;

/** Asks for what changed after now, which is nothing; the stream then brings every change. */
export const followDuties = (live, plan) => live("plan_duties", {
    filter: where("plan = {:plan} && updated > {:now}", { plan: plan.id, now: new Date().toISOString().replace("T", " ") }),
    keep: (duty) => duty.plan === plan.id, fields: "id,plan,state,updated",
});
