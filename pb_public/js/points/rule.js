/** rule.js: one rule: what it says and where it comes from; a draft is edited and activated here, one in force is ended or replaced. */
import { html, useState } from "../lib/lib.js";
import { call, list, one, remove, update } from "../lib/api.js";
import { day } from "../lib/format.js";
import { go, reload } from "../lib/router.js";
import { can, today } from "../lib/session.js";
import { Badge } from "../ui/badge.js";
import { askText, confirm } from "../ui/dialog.js";
import { RuleForm } from "./rule_form.js";
import { CATEGORIES, RULES, capOf, worth } from "./words.js";

export const title = ({ rule }) => (rule ? `${rule.no} ${rule.title}` : "新的积分项目");

export async function load({ params, query }) {
    const [{ items: subjects }, rules] = await Promise.all([call("GET", "/api/points/subjects"), list("points_rules", { filter: 'state = "active"', sort: "no", fields: "id,no,title,subject" })]);
    const rule = params.id === "new" ? null : await one("points_rules", params.id, { expand: "replaces,units" });
    const from = query.replaces ? await one("points_rules", query.replaces) : null;
    return { subjects, rules, rule, from };
}

function Facts({ rule, subject }) {
    const rows = [["事由", subject?.name], ["计分时点", subject?.ready], ["条件", rule.condition || "每条都计"], ["类别", CATEGORIES[rule.category]], ["分值", worth(rule)], ["封顶", capOf(rule)],
        ["免计", rule.spared.map((s) => ({ special: "老弱病残", flow: "流动党员" })[s]).join("、") || (subject?.spared ? "老弱病残" : "")], ["试行组织", rule.expand?.units?.map(({ name }) => name).join("、") || "全部"],
        ["证明", rule.evidence ? "申报时须附" : ""], ["起止", `${day(rule.since)}起${rule.until ? `，到${day(rule.until)}` : ""}`], ["文号", rule.document], ["出处", rule.source], ["接替", rule.expand?.replaces?.no]];
    return html`<dl class="facts">${rows.filter(([, value]) => value).map(([term, value]) => html`<div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function Deeds({ rule }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const act = async (deed) => {
        setBusy(true);
        await deed().then(() => setWrong(""), ({ message, fields }) => setWrong(Object.values(fields ?? {})[0] ?? message));
        setBusy(false);
    };
    const activate = async () => {
        const document = await askText({ title: `启用 ${rule.no}`, text: "启用以后不能修改，起始日期以来的记录立即计分。请先试算。", label: "文号", yes: "启用" });
        if (document) act(async () => { await update("points_rules", rule.id, { state: "active", document }); await reload(); });
    };
    const end = async () => {
        if (await confirm({ title: `停用 ${rule.no}`, text: "从今天起发生的事不再按它计分，已经计的不变。", yes: "停用" })) act(async () => { await update("points_rules", rule.id, { until: today(), state: "ended" }); await reload(); });
    };
    const discard = async () => {
        if (await confirm({ title: "删除这条草稿", text: "删除以后不能恢复。", yes: "删除" })) act(async () => { await remove("points_rules", rule.id); go("/points/rules"); });
    };
    return html`<p class="wrong" role="alert">${wrong}</p><div class="actions">
        ${rule.state === "draft" && html`<button type="button" class="primary" disabled=${busy} onClick=${activate}>启用</button><button type="button" disabled=${busy} onClick=${discard}>删除草稿</button>`}
        ${rule.state === "active" && html`<a class="btn" href=${`#/points/rules/new?replaces=${rule.id}`}>另立一条接替</a><button type="button" disabled=${busy} onClick=${end}>停用</button>`}</div>`;
}

export default function RulePage({ data: { subjects, rules, rule, from } }) {
    const [editing, setEditing] = useState(!rule), keeper = can("points.edit");
    const done = ({ id }) => { if (rule) { setEditing(false); reload(); } else go(`/points/rules/${id}`); };
    return html`<div class="page"><header class="page-head"><div><h1>${rule ? `${rule.no} ${rule.title}` : "新的积分项目"}</h1>
            ${rule && html`<p class="deadline"><${Badge} word=${RULES[rule.state][0]} tone=${RULES[rule.state][1]}/></p>`}</div><p class="actions"><a class="btn" href="#/points/rules">全部项目</a></p></header>
        <section class="card">${editing ? html`<${RuleForm} rule=${rule} from=${from} subjects=${subjects} rules=${rules} onDone=${done} onCancel=${() => (rule ? setEditing(false) : go("/points/rules"))}/>`
        : html`<${Facts} rule=${rule} subject=${subjects.find(({ key }) => key === rule.subject)}/>
            ${keeper && html`${rule.state === "draft" && html`<p><button type="button" onClick=${() => setEditing(true)}>修改</button></p>`}<${Deeds} rule=${rule}/>`}`}</section></div>`;
}
