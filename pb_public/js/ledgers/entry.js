/**
 * entry.js: the form of a record of any ledger, for whoever enters one.
 *
 *   const { form, inputs } = useEntry({ ledger, units, record, fields, draft, send: (body) => …, done })
 *   <${Form} form=${form}>${inputs} …<//>
 */
import { html, useMemo, signal } from "../lib/lib.js";
import { me, today } from "../lib/session.js";
import { useForm } from "../ui/form.js";
import { useUploads } from "../ui/upload.js";
import { enter, fault, formatted, keep } from "./convert.js";
import { Input } from "./input.js";
import { namesIn } from "./relation.js";
import { beginning } from "./schema.js";

/** What a new record begins with: one's own organization, oneself, today, the first state. */
function begin(ledger, field) {
    if (field.name === "org" && field.to === "org_units") return me.value.person.org?.id ?? "";
    if (field.name === "person" && field.to === "people" && ledger.may.create === "own") return me.value.person.id;
    if (field.name === ledger.date_field && field.kind === "date" && field.required) return today();
    if (field === beginning(ledger)) return field.options[0]?.value ?? "";
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

export function useEntry({ ledger, units, record, fields, draft, send, done }) {
    const uploads = useFiles(fields);
    const names = useMemo(() => signal(new Map([...namesIn(ledger, record), [me.value.person.id, me.value.person.name]])), []);
    const form = useForm({
        initial: Object.fromEntries(fields.filter(({ kind }) => kind !== "file").map((field) => [field.name, record ? enter(field, record[field.name]) : begin(ledger, field)])),
        draft, secret: fields.filter(({ help }) => help.includes("【敏感】")).map(({ name }) => name), check: (values) => check(fields, values), send: (values) => send(bodyOf(fields, values, uploads, record)), done,
    });
    const short = fields.filter(({ kind }) => !["long", "editor", "json", "file", "choices"].includes(kind)), long = fields.filter((field) => !short.includes(field));
    const input = (field) => html`<${Input} key=${field.name} form=${form} field=${field} record=${record} units=${units} names=${names} uploads=${uploads[field.name]}/>`;
    return { form, inputs: html`<div class="ledger-form">${short.map(input)}</div>${long.map(input)}` };
}
