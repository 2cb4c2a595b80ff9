/** input.js: the box of a form for each kind of field. */
import { html } from "../lib/lib.js";
import { today } from "../lib/session.js";
import { period } from "../lib/format.js";
import { Field } from "../ui/form.js";
import { Upload } from "../ui/upload.js";
import { formatted } from "./convert.js";
import { Relation } from "./relation.js";

/** What the help says beyond the label and the words of the options. */
export function hintOf({ help, label, options }) {
    if (options) return "";
    const rest = help.startsWith(label) ? help.slice(label.length).replace(/^[：，。]/, "") : help;
    return rest === label ? "" : rest;
}

const quarters = () => {
    const year = Number(today().slice(0, 4));
    return [year - 1, year, year + 1].flatMap((one) => [1, 2, 3, 4].map((n) => `${one}-Q${n}`));
};

function Choices({ form, field }) {
    form.names.set(field.name, { label: field.label, required: field.required, verb: "选择" });
    const chosen = form.values.value[field.name] ?? [], error = form.errors.value[field.name];
    const toggle = (value) => (event) => form.set({ [field.name]: event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value) });
    return html`<fieldset class="field" id=${`${form.id}-${field.name}`} tabindex="-1"><legend class="label">${field.label}${!field.required && html`<span class="optional">（选填）</span>`}</legend>
        <div class="choices">${field.options.map(({ value, word }) => html`<label key=${value} class="check"><input type="checkbox" checked=${chosen.includes(value)} onChange=${toggle(value)}/>${word}</label>`)}</div>
        <p class="wrong" role="alert">${error}</p></fieldset>`;
}

function Attachments({ form, field, record, uploads }) {
    const there = [record?.[field.name] ?? []].flat().filter(Boolean), gone = form.values.value[`${field.name}-`] ?? [];
    const flip = (name) => (event) => form.set({ [`${field.name}-`]: event.target.checked ? [...gone, name] : gone.filter((one) => one !== name) });
    return html`<div>${there.map((name) => html`<label key=${name} class="check"><input type="checkbox" checked=${gone.includes(name)} onChange=${flip(name)}/>删除 ${name}</label>`)}
        <${Upload} uploads=${uploads} label=${field.label}/><p class="wrong" role="alert">${form.errors.value[field.name]}</p></div>`;
}

const TYPES = { date: "date", month: "month", moment: "datetime-local", email: "email", url: "url" };

export function Input({ form, field, record, units, names, uploads }) {
    const { name, label, required, kind } = field, same = { form, name, label, required, hint: hintOf(field) };
    switch (kind) {
    case "relation": return html`<${Relation} form=${form} field=${field} units=${units} names=${names}/>`;
    case "file": return html`<${Attachments} form=${form} field=${field} record=${record} uploads=${uploads}/>`;
    case "choices": return html`<${Choices} form=${form} field=${field}/>`;
    case "choice": return html`<${Field} ...${same} type="select" options=${[["", required ? "请选择" : "不填"], ...field.options.map(({ value, word }) => [value, word])]}/>`;
    case "quarter": return html`<${Field} ...${same} type="select" options=${[["", "请选择"], ...quarters().map((code) => [code, period(code)])]}/>`;
    case "bool": return html`<${Field} ...${same} type="checkbox"/>`;
    case "money": return html`<${Field} ...${same} label=${`${label.replace(/（分）$/, "")}（元）`} hint="" inputmode="decimal" autocomplete="off"/>`;
    case "number": return html`<${Field} ...${same} inputmode="decimal" autocomplete="off"/>`;
    case "editor": if (formatted(record?.[name])) return html`<p class="notice">“${label}”带有格式，请由系统管理员在管理界面修改。</p>`;
    // falls through: without formatting it is a long text
    case "long": case "json": return html`<${Field} ...${same} type="textarea" rows="4" maxlength=${field.max || undefined}/>`;
    default: return html`<${Field} ...${same} type=${TYPES[kind] ?? "text"} maxlength=${field.max || undefined}/>`;
    }
}
