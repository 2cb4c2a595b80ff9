/**
 * new.js: applies for a transfer. A member for their own, from the phone: what is
 * typed survives a reload. Whoever keeps the roster enters what came on paper:
 * for a member without a phone, or a letter from outside.
 */
import { html, useState } from "../lib/lib.js";
import { create, list, where } from "../lib/api.js";
import { go, query } from "../lib/router.js";
import { can, me, reach, today } from "../lib/session.js";
import { UNIT_FIELDS, openOn, unitOptions } from "../org/units.js";
import { PersonPicker } from "../people/picker.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { KINDS, REASONS } from "./words.js";

export const title = "申请转接";
export const reloads = ["for"];

const KIND = ["branch", "retired"];

export async function load() {
    return { units: await list("org_units", { filter: where("closed = '' || closed > {:today}", { today: today() }), sort: "sort,path", fields: UNIT_FIELDS }) };
}

const choices = (words) => [["", "请选择"], ...Object.entries(words)];
const branches = (units, own = "") => [["", "请选择"], ...unitOptions(units.filter((unit) => KIND.includes(unit.kind) && openOn(unit, today()) && !own.startsWith(unit.path)))];

function Where({ form, units, own }) {
    return html`<${Field} form=${form} name="where" label="转到哪里" type="select" required options=${[["inside", "系统内的党支部"], ["outside", "系统外的单位"]]}/>
        ${form.values.value.where === "outside"
            ? html`<${Field} form=${form} name="to_name" label="转入单位" required maxlength="100" hint="写全称，例如“中共南山区科技园工作委员会”。凭纸质介绍信办理。"/>`
            : html`<${Field} form=${form} name="to_org" label="转入支部" type="select" required options=${branches(units, own)}/>`}`;
}

const Why = ({ form }) => html`<${Field} form=${form} name="reason" label="原因" type="select" required options=${choices(REASONS)}/>
    <${Field} form=${form} name="note" label="补充说明" type="textarea" rows="2" maxlength="300" required=${form.values.value.reason === "other"} hint="双方组织都看得到，不要写电话和证件号。"/>`;

const body = ({ where: place, to_org: to, to_name: name, reason, note }) =>
    (place === "outside" ? { direction: "out", to_name: name.trim(), reason, note } : { to_org: to, reason, note });

const EMPTY = { where: "inside", to_org: "", to_name: "", reason: "", note: "" };

function Own({ units }) {
    const { id, org } = me.value.person;
    const form = useForm({
        initial: EMPTY, draft: "transfer-new",
        send: (values) => create("people_transfers", { ...body(values), person: id }),
        done: (made) => go("/transfers/" + made.id),
    });
    return html`<section class="card"><${Form} form=${form}>
        <p>从<b>${org?.name}</b>转出。</p>
        <${Where} form=${form} units=${units} own=${org?.path}/><${Why} form=${form}/>
        <${Submit} form=${form} extra=${html`<a class="btn" href="#/transfers">取消</a>`}>提交申请<//>
    <//></section>`;
}

function Another({ units }) {
    const [person, setPerson] = useState(null);
    const form = useForm({
        initial: EMPTY, check: () => (person ? {} : { person: "请选择为谁办理。" }),
        send: (values) => create("people_transfers", { ...body(values), person: person.id, org: person.org }),
        done: (made) => go("/transfers/" + made.id),
    });
    return html`<section class="card"><h2>代党员申请转出</h2><p class="hint">本人看得到，审批时以本人为申请人。</p><${Form} form=${form}>
        <${PersonPicker} id="who" label="为谁办理" name=${person?.name} onPick=${setPerson} wrong=${form.errors.value.person}/>
        <${Where} form=${form} units=${units} own=""/><${Why} form=${form}/>
        <${Submit} form=${form} extra=${html`<a class="btn" href="#/transfers">取消</a>`}>提交申请<//>
    <//></section>`;
}

function Incoming({ units }) {
    const mine = units.filter(({ path }) => can("people.edit", path));
    const form = useForm({
        initial: { direction: "in", org: "", name: "", kind: "", from_name: "", letter: "", issued_on: "", valid_until: "", paid_to: "", trained_since: "", join_date: "", full_date: "", reason: "", note: "" },
        draft: "transfer-in", secret: ["name"],
        send: (values) => create("people_transfers", values),
        done: (made) => go("/transfers/" + made.id),
    });
    const { kind } = form.values.value;
    return html`<section class="card"><h2>登记外单位的介绍信</h2><${Form} form=${form}>
        <div class="pair"><${Field} form=${form} name="name" label="姓名" required maxlength="50"/>
            <${Field} form=${form} name="kind" label="人员类别" type="select" required options=${choices(KINDS)}/></div>
        <${Field} form=${form} name="from_name" label="转出单位" required maxlength="100" hint="介绍信上的全称"/>
        <div class="pair"><${Field} form=${form} name="letter" label="介绍信编号" required maxlength="60"/>
            <${Field} form=${form} name="issued_on" label="开信日期" type="date" required max=${today()}/>
            <${Field} form=${form} name="valid_until" label="有效期至" type="date" required/></div>
        ${kind === "activist" ? html`<${Field} form=${form} name="trained_since" label="培养起始" type="date" required max=${today()} hint="转入后连续计算"/>`
            : html`<div class="pair"><${Field} form=${form} name="paid_to" label="党费交至" type="month" required hint="例如 2026-05"/>
                <${Field} form=${form} name="join_date" label="入党日期" type="date" max=${today()}/>
                ${kind !== "probationary" && html`<${Field} form=${form} name="full_date" label="转正日期" type="date" max=${today()}/>`}</div>`}
        <${Field} form=${form} name="org" label="转入支部" type="select" required options=${branches(mine)}/>
        <${Why} form=${form}/>
        <${Submit} form=${form} extra=${html`<a class="btn" href="#/transfers">取消</a>`}>登记并送支部接收<//>
    <//></section>`;
}

export default function New({ data: { units } }) {
    const other = query.value.for === "other" && reach("people.edit").length > 0;
    return html`<div class="page">
        <header class="page-head"><div><h1>${other ? "登记转接" : "申请转接"}</h1>
            <p class="lead">${other ? "本人不便用手机的，或者外单位寄来介绍信的，在这里登记。" : "支部和党工委同意后开介绍信；接收单位返回回执，组织关系才转过去。"}</p></div></header>
        ${other ? html`<div class="columns"><div><${Another} units=${units}/></div><div><${Incoming} units=${units}/></div></div>` : html`<${Own} units=${units}/>`}
    </div>`;
}
