/** edit.js: entering a record of any ledger, or changing one. What was typed is kept; what the server refuses stands at its field. */
import { html, useMemo, signal } from "../lib/lib.js";
import { create, one, update } from "../lib/api.js";
import { go } from "../lib/router.js";
import { me, today } from "../lib/session.js";
import { toast } from "../ui/toast.js";
import { Form, Submit, useForm } from "../ui/form.js";
import { useUploads } from "../ui/upload.js";
import { enter, fault, formatted, keep } from "./convert.js";
import { Input } from "./input.js";
import { namesIn } from "./relation.js";
import { asking, describe, unitsOf, writable } from "./schema.js";
import { titleOf } from "./values.js";

export const title = ({ ledger, record }) => `${record ? "修改" : "登记"}：${ledger.title}`;
export const css = ["ledgers"];

export async function load({ params }) {
    const [ledger, units] = await Promise.all([describe(params.collection), unitsOf()]);
    const { expand } = asking(ledger.fields);
    return { ledger, units, record: params.id ? await one(ledger.collection, params.id, { expand }) : null };
}

/** What a new record begins with: one's own organization, oneself, today, the first state. */
function begin(ledger, field) {
    if (field.name === "org" && field.to === "org_units") return me.value.person.org?.id ?? "";
    if (field.name === "person" && field.to === "people" && ledger.may.create === "own") return me.value.person.id;
    if (field.name === ledger.date_field && field.kind === "date" && field.required) return today();
    if (field.name === ledger.state_field && field.kind === "choice") return field.options[0]?.value ?? "";
    return enter(field, undefined);
}

/** A hook for each field of files, always in the same order. */
const useFiles = (fields) => Object.fromEntries(fields.filter(({ kind }) => kind === "file").map((field) => [field.name, useUploads({ max: field.many ? 9 : 1 })]));

function bodyOf(fields, values, uploads, record) {
    const body = {};
    for (const field of fields) {
        const { name, kind } = field;
        if (kind === "editor" && formatted(record?.[name])) continue;
        if (kind !== "file") { body[name] = keep(field, values[name]); continue; }
        const files = uploads[name].take(), gone = values[`${name}-`] ?? [];
        if (gone.length) body[`${name}-`] = gone;
        if (files.length) body[record && field.many ? `${name}+` : name] = field.many ? files : files[0];
    }
    return body;
}

const check = (fields, values) => Object.fromEntries(fields.map((field) => [field.name, fault(field, values[field.name])]).filter(([, wrong]) => wrong));

export default function Edit({ data }) {
    const { ledger, units, record } = data, fields = writable(ledger, record), uploads = useFiles(fields);
    const names = useMemo(() => signal(new Map([...namesIn(ledger, record), [me.value.person.id, me.value.person.name]])), []);
    const back = `/ledgers/${ledger.collection}${record ? "/" + record.id : ""}`;
    const form = useForm({
        initial: Object.fromEntries(fields.filter(({ kind }) => kind !== "file").map((field) => [field.name, record ? enter(field, record[field.name]) : begin(ledger, field)])),
        draft: `ledger-${ledger.collection}-${record?.id ?? "new"}`,
        check: (values) => check(fields, values),
        send: (values) => {
            const body = bodyOf(fields, values, uploads, record);
            return record ? update(ledger.collection, record.id, body) : create(ledger.collection, body);
        },
        done: ({ id }) => { toast(record ? "已保存。" : "已登记。"); go(ledger.may.list === "none" ? "/ledgers" : `/ledgers/${ledger.collection}/${id}`); },
    });
    const short = fields.filter(({ kind }) => !["long", "editor", "json", "file", "choices"].includes(kind)), long = fields.filter((field) => !short.includes(field));
    const input = (field) => html`<${Input} key=${field.name} form=${form} field=${field} record=${record} units=${units} names=${names} uploads=${uploads[field.name]}/>`;
    return html`<div class="page"><header class="page-head"><div><p class="meta"><a href=${"#/ledgers/" + ledger.collection}>${ledger.title}</a></p><h1>${record ? `修改“${titleOf(ledger, record)}”` : `登记${ledger.title}`}</h1></div></header>
        <section class="card"><${Form} form=${form}><div class="ledger-form">${short.map(input)}</div>${long.map(input)}
            ${record && ledger.fixed?.length > 0 && html`<p class="hint">登记后不能改的项没有列出。</p>`}
            <${Submit} form=${form} extra=${html`<a class="btn" href=${"#" + back}>取消</a>`}>${record ? "保存" : "登记"}<//><//></section></div>`;
}
