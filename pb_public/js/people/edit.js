/**
 * edit.js: entering somebody, or correcting what is known of them: the sixteen
 * items of the official form and what signing in needs. What is masked is sent
 * only where somebody asks to change it.
 *
 *   <${PersonDialog} person=${record, or nothing for somebody new} units=${units} onClose=${fn} onDone=${(record) => …}/>
 */
import { html, useEffect } from "../lib/lib.js";
import { create, update } from "../lib/api.js";
import { can, today } from "../lib/session.js";
import { KINDS } from "../lib/words.js";
import { unitOptions } from "../org/units.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { useReturnFocus } from "../ui/focus.js";
import { query } from "../lib/router.js";
import { changed, checkChange, checkPerson, early, parseNumber } from "./check.js";
import { EDUCATION, ETHNICITIES, GENDERS, MEMBERSHIP, SENSITIVE, joined } from "./fields.js";
import { spoken } from "./reveal.js";
import { ChangeFields } from "./status.js";

const options = (words) => [["", "请选择"], ...Object.entries(words)];
const KIND_OPTIONS = Object.entries(KINDS), ETHNICITY_OPTIONS = [["", "请选择"], ...ETHNICITIES.map((name) => [name, name])];
const TEXTS = ["name", "number", "title", "gender", "ethnicity", "education", "join_date", "full_date", "full_note", "work_post", "lost_since", "flow_to"];
const SECRET = SENSITIVE.map(([field]) => field);

const start = (person, org) => ({
    ...Object.fromEntries(TEXTS.map((field) => [field, person?.[field] ?? ""])), org: person?.org ?? org, kind: person?.kind ?? "member",
    membership_state: person ? person.membership_state : "normal", lost: person?.lost ?? false, floating: person?.floating ?? false,
    status_since: today(), status_reason: "", status_document: "",
});

/** What is sent: no blanks around, and nothing that the kind or a box rules out. */
function bodyOf(values, logged) {
    const body = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value.trim() : value]));
    if (!joined(body.kind)) Object.assign(body, { join_date: "", full_date: "", full_note: "", membership_state: "" });
    if (body.kind === "probationary") Object.assign(body, { full_date: "", full_note: "" });
    if (!body.lost) body.lost_since = "";
    if (!body.floating) body.flow_to = "";
    if (!logged) for (const name of ["status_since", "status_reason", "status_document"]) delete body[name];
    return body;
}

/** A field that is stored and shown masked: its input appears on a press, empty. */
function Masked({ form, name, label, masked, ...rest }) {
    if (!masked || name in form.values.value) return html`<${Field} form=${form} name=${name} label=${label} ...${rest} hint=${masked ? "留空就是删去" : rest.hint}/>`;
    const open = () => {
        form.set({ [name]: "" });
        setTimeout(() => document.getElementById(`${form.id}-${name}`)?.focus(), 0);
    };
    return html`<div class="field"><p class="label">${label}</p><p class="between-row"><span>${spoken(masked)}</span>
        <button type="button" class="quiet" aria-label=${`修改${label}`} onClick=${open}>修改</button></p></div>`;
}

const Account = ({ form, program }) => html`<div class="pair">
    <${Field} form=${form} name="name" label=${program ? "名称" : "姓名"} required maxlength="50" autocomplete="off"/>
    <${Field} form=${form} name="number" label="工号" maxlength="20" autocapitalize="none" spellcheck="false" hint="登录用，全系统不重复"/></div>`;

const Origin = ({ form, masked }) => html`<h3>本人情况</h3>
    <div class="pair"><${Masked} form=${form} name="id_no" label="身份证号" masked=${masked.id_no} maxlength="18" autocomplete="off" spellcheck="false" hint="加密保存；性别和出生日期由它填写"/>
        <${Masked} form=${form} name="birth_date" label="出生日期" masked=${masked.birth_date} type="date" max=${today()}/></div>
    <div class="pair"><${Field} form=${form} name="gender" label="性别" type="select" options=${options(GENDERS)}/>
        <${Field} form=${form} name="ethnicity" label="民族" type="select" options=${ETHNICITY_OPTIONS}/>
        <${Field} form=${form} name="education" label="学历" type="select" options=${options(EDUCATION)}/></div>
    <div class="pair"><${Field} form=${form} name="work_post" label="工作岗位" maxlength="60"/>
        <${Field} form=${form} name="title" label="职务称谓" maxlength="60" hint="只用于显示，权限看任职"/></div>`;

function Party({ form }) {
    const { kind, join_date: join, full_date: full, full_note: note } = form.values.value;
    if (!joined(kind)) return null;
    return html`<h3>党籍</h3><div class="pair"><${Field} form=${form} name="join_date" label="入党日期" type="date" max=${today()} hint="支部大会通过的那天"/>
            ${kind === "member" && html`<${Field} form=${form} name="full_date" label="转正日期" type="date" max=${today()}/>`}
            <${Field} form=${form} name="membership_state" label="党籍状态" type="select" required options=${Object.entries(MEMBERSHIP)}/></div>
        ${kind === "member" && (early(join, full) || note) && html`<${Field} form=${form} name="full_note" label="特殊情况说明" maxlength="200" hint="预备期不满 12 个月就转正的依据"/>`}`;
}

const Contact = ({ form, masked }) => html`<h3>联系方式</h3>
    <div class="pair"><${Masked} form=${form} name="mobile" label="手机号" masked=${masked.mobile} inputmode="tel" maxlength="11" hint="登录用；名册里只显示前三位和后四位"/>
        <${Masked} form=${form} name="tel" label="固定电话" masked=${masked.tel} inputmode="tel" maxlength="25"/></div>
    <${Masked} form=${form} name="address" label="家庭住址" masked=${masked.address} maxlength="200" hint="写到门牌；名册里只显示到街道"/>`;

function Whereabouts({ form }) {
    const { lost, floating } = form.values.value;
    return html`<h3>去向</h3><div class="pair"><div><${Field} form=${form} name="floating" label="流动党员" type="checkbox"/>
            ${floating && html`<${Field} form=${form} name="flow_to" label="外出流向" maxlength="100" hint="写到县区"/>`}</div>
        <div><${Field} form=${form} name="lost" label="失去联系" type="checkbox"/>
            ${lost && html`<${Field} form=${form} name="lost_since" label="失去联系日期" type="date" max=${today()}/>`}</div></div>`;
}

/** Fills in what an identity number says. */
function useNumber(form) {
    const { id_no: text, gender, birth_date: birth } = form.values.value;
    useEffect(() => {
        const number = text ? parseNumber(text) : { wrong: " " };
        if (!number.wrong && (!gender || !birth)) form.set({ gender: gender || number.gender, birth_date: birth || number.birth });
    }, [text]);
}

function usePerson({ person, units, org, onDone }) {
    const open = unitOptions(units, (unit) => (!unit.closed || unit.id === person?.org) && can("people.edit", unit.path));
    const preset = [org, query.value.org].find((id) => open.some(([known]) => known === id)) ?? "";
    const before = start(person, preset), logged = (values) => !person || changed(before, values);
    const form = useForm({
        initial: before, draft: person ? undefined : "person-new", secret: SECRET,
        check: (values) => ({
            ...(values.kind !== "service" && checkPerson(values, { today: today(), known: person?.masked })), ...(logged(values) && checkChange(person ?? {}, values, today())),
        }),
        send: (values) => {
            const body = bodyOf(values, logged(values));
            return person ? update("people", person.id, body, { expand: "org" }) : create("people", { state: "active", ...body }, { expand: "org" });
        },
        done: onDone,
    });
    return { form, open, moved: person && changed(before, form.values.value) };
}

export function PersonDialog(props) {
    useReturnFocus();
    const { person, onClose } = props, { form, open, moved } = usePerson(props), masked = person?.masked ?? {};
    useNumber(form);
    const program = form.values.value.kind === "service", fixed = person && (program ? ([code]) => code === "service" : ([code]) => code !== "service");
    return html`<${Dialog} title=${person ? `修改${person.name}的资料` : "登记人员"} onClose=${onClose} wide><${Form} form=${form}>
        <${Account} form=${form} program=${program}/>
        <div class="pair"><${Field} form=${form} name="kind" label="身份" type="select" required options=${fixed ? KIND_OPTIONS.filter(fixed) : KIND_OPTIONS}/>
            <${Field} form=${form} name="org" label=${program ? "所在组织" : "所在党支部或科室"} type="select" required options=${[["", "请选择"], ...open]}/></div>
        ${!program && html`<${Origin} form=${form} masked=${masked}/><${Party} form=${form}/><${Contact} form=${form} masked=${masked}/><${Whereabouts} form=${form}/>`}
        ${moved && html`<h3>变动</h3><p class="hint">组织、身份、党籍或去向有变动，会记入状态记录。</p><${ChangeFields} form=${form}/>`}
        ${!person && !program && html`<${Field} form=${form} name="status_since" label="从哪天起在这个组织" type="date" max=${today()}/>
            <p class="hint">登记以后请在右侧“发一次性密码”，本人才能登录。</p>`}
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>${person ? "保存" : "登记"}<//>
    <//><//>`;
}
