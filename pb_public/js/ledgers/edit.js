/** edit.js: entering a record of any ledger, or changing one. What was typed is kept; what the server refuses stands at its field. */
import { html } from "../lib/lib.js";
import { create, one, update } from "../lib/api.js";
import { go } from "../lib/router.js";
import { toast } from "../ui/toast.js";
import { Form, Submit } from "../ui/form.js";
import { useEntry } from "./entry.js";
import { asking, describe, unitsOf, writable } from "./schema.js";
import { titleOf } from "./values.js";

export const title = ({ ledger, record }) => `${record ? "修改" : "登记"}：${ledger.title}`;
export const css = ["ledgers"];

export async function load({ params }) {
    const [ledger, units] = await Promise.all([describe(params.collection), unitsOf()]);
    const { expand } = asking(ledger.fields);
    return { ledger, units, record: params.id ? await one(ledger.collection, params.id, { expand }) : null };
}

export default function Edit({ data }) {
    const { ledger, units, record } = data, back = `/ledgers/${ledger.collection}${record ? "/" + record.id : ""}`;
    const { form, inputs } = useEntry({
        ledger, units, record, fields: writable(ledger, record), draft: `ledger-${ledger.collection}-${record?.id ?? "new"}`,
        send: (body) => (record ? update(ledger.collection, record.id, body) : create(ledger.collection, body)),
        done: ({ id }) => { toast(record ? "已保存。" : "已登记。"); go(ledger.may.list === "none" ? "/ledgers" : `/ledgers/${ledger.collection}/${id}`); },
    });
    return html`<div class="page"><header class="page-head"><div><p class="meta"><a href=${"#/ledgers/" + ledger.collection}>${ledger.title}</a></p><h1>${record ? `修改“${titleOf(ledger, record)}”` : `登记${ledger.title}`}</h1></div></header>
        <section class="card"><${Form} form=${form}>${inputs}
            ${record && ledger.fixed?.length > 0 && html`<p class="hint">登记后不能改的项没有列出。</p>`}
            <${Submit} form=${form} extra=${html`<a class="btn" href=${"#" + back}>取消</a>`}>${record ? "保存" : "登记"}<//><//></section></div>`;
}
