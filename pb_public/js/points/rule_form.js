/** rule_form.js: drafts a rule without code: what for, under which condition, how much, up to how much. */
import { html } from "../lib/lib.js";
import { create, update } from "../lib/api.js";
import { today } from "../lib/session.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { CATEGORIES, PER } from "./words.js";

const blank = () => ({ no: "", title: "", subject: "attendance", condition: "", category: "org_life", value: "", unit: "", cap: "", cap_per: "year", spared: false, evidence: false, since: today(), source: "", replaces: "" });

const fill = (rule) => ({ ...blank(), ...rule, value: String(rule.value / 10), cap: rule.cap ? String(rule.cap / 10) : "", spared: rule.spared.includes("special"), since: rule.since });

const tenths = (text) => Math.round(Number(text || 0) * 10);

function toRecord({ no, title, subject, condition, category, value, unit, cap, cap_per: per, spared, evidence, since, source, replaces }, manual) {
    return { no, title, subject, condition: manual ? "" : condition, category, value: tenths(value), unit: manual ? unit : "", cap: tenths(cap), cap_per: tenths(cap) ? per : "",
        spared: spared ? ["special"] : [], evidence: manual && evidence, since, source, replaces };
}

/** The fields that a condition may name, with their values. */
const Names = ({ fields }) => html`<details><summary>条件里能用的字段</summary><ul class="plain">${fields.map(({ name, label, values }) => html`<li key=${name}><code>${name}</code> ${label}
    ${values.length > 0 && html`<span class="meta">：${values.join("、")}</span>`}</li>`)}</ul></details>`;

export function RuleForm({ rule, from, subjects, rules, onDone, onCancel }) {
    const start = rule ?? (from && { ...from, no: `${from.no}-2`, since: today(), replaces: from.id });
    const subjectOf = (key) => subjects.find((s) => s.key === key);
    const form = useForm({
        initial: start ? fill(start) : blank(), draft: rule ? undefined : "points-rule",
        check: ({ value }) => (Number.isNaN(Number(value)) ? { value: "分值请填数字，例如 2 或 0.5。" } : {}),
        send: (values) => {
            const record = toRecord(values, subjectOf(values.subject)?.manual);
            return rule ? update("points_rules", rule.id, record) : create("points_rules", record);
        },
        done: onDone,
    });
    const subject = subjectOf(form.values.value.subject), same = rules.filter((r) => r.subject === subject?.key && r.id !== rule?.id);
    return html`<${Form} form=${form}>
        <${Field} form=${form} name="subject" label="事由" type="select" required options=${subjects.map(({ key, name, manual }) => [key, manual ? `${name}（申报）` : name])} hint=${subject && `${subject.ready}。`}/>
        <${Field} form=${form} name="no" label="编号" required hint="大写字母开头，例如 A06。"/>
        <${Field} form=${form} name="title" label="名称" required/>
        ${subject && !subject.manual && html`<${Field} form=${form} name="condition" label="条件" hint=${`例如 ${subject.parent ? `${subject.parent}.kind = "theme_day"` : 'source = "self"'}。为空即每条都计。`}/><${Names} fields=${subject.fields}/>`}
        <${Field} form=${form} name="category" label="类别" type="select" required options=${Object.entries(CATEGORIES)}/>
        <${Field} form=${form} name="value" label="分值" required inputmode="decimal" hint="例如 2 或 0.5；扣分写负数。"/>
        ${subject?.manual && html`<${Field} form=${form} name="unit" label="计量单位" hint="按数量计分的写，例如“小时”。"/><${Field} form=${form} name="evidence" label="申报时须附证明材料" type="checkbox"/>`}
        <${Field} form=${form} name="cap" label="本条封顶" inputmode="decimal" hint="最多计多少分。为空即不单独封顶。"/>
        <${Field} form=${form} name="cap_per" label="封顶期" type="select" required options=${Object.entries(PER)}/>
        <${Field} form=${form} name="spared" label="老弱病残免计" type="checkbox"/>
        <${Field} form=${form} name="since" label="起始日期" type="date" required/>
        <${Field} form=${form} name="source" label="出处" hint="分值从哪里来。"/>
        <${Field} form=${form} name="replaces" label="接替" type="select" options=${[["", "不接替别的项目"], ...same.map((r) => [r.id, `${r.no} ${r.title}`])]}/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onCancel}>取消</button>`}>保存草稿<//>
    <//>`;
}
