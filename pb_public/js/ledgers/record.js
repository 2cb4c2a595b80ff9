/** record.js: one record of any ledger: what it says, where it stands, its corrections, and what it proves. */
import { html, useEffect, useState } from "../lib/lib.js";
import { remove, update } from "../lib/api.js";
import { go, reload } from "../lib/router.js";
import { Trace } from "../audit/history.js";
import { confirm } from "../ui/dialog.js";
import { Files } from "../ui/files.js";
import { PrintButton } from "../ui/print.js";
import { Corrections } from "./corrections.js";
import { Peek } from "./peek.js";
import { Proof } from "./proof.js";
import { asking, describe, followLedgers, stateField, writable } from "./schema.js";
import { Value, related, textOf, titleOf } from "./values.js";

export const title = ({ ledger, one }) => titleOf(ledger, one.record.value ?? {});
export const css = ["ledgers", "trail"];

export async function load({ params, liveOne }) {
    const ledger = await describe(params.collection), { expand } = asking(ledger.fields);
    const one = liveOne(ledger.collection, params.id, { expand });
    const [special] = await Promise.all([specialOf(ledger.collection), one.ready]);
    return { ledger, one, special };
}

/** What some ledgers show besides, in place of states that a person changes by hand. */
const SPECIAL = Object.fromEntries(["declarations", "declarations_events", "declarations_reports", "org_changes", "dues_expenses"].map((name) => [name, () => import("../declarations/special.js")]));
const specialOf = async (collection) => (SPECIAL[collection] ? (await SPECIAL[collection]()).special(collection) : null);

/** The states as buttons; the server refuses what is not allowed now and says why. */
function Steps({ ledger, record, field, onSaved }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const move = async (state) => {
        setBusy(true);
        setWrong("");
        try {
            onSaved(await update(ledger.collection, record.id, { [field.name]: state }, { expand: asking(ledger.fields).expand }));
        } catch (failure) {
            setWrong(failure.fields?.[field.name] ?? Object.values(failure.fields ?? {})[0] ?? failure.message);
        }
        setBusy(false);
    };
    return html`<section class="card states"><h2>${field.label}</h2><div class="actions">${field.options.map(({ value, word }) => html`<button type="button" key=${value} disabled=${busy}
        aria-pressed=${record[field.name] === value} onClick=${() => record[field.name] !== value && move(value)}>${word}</button>`)}</div><p class="wrong" role="alert">${wrong}</p></section>`;
}

function Fact({ field, record }) {
    if (field.kind === "relation") return html`<div><dt>${field.label}</dt><dd>${related(field, record).map((to) => html`<${Peek} key=${to.id} field=${field} to=${to}/>`)}</dd></div>`;
    return html`<div><dt>${field.label}</dt><dd><${Value} field=${field} record=${record}/></dd></div>`;
}

const LONG = ["long", "editor", "json"], STAMPS = ["id", "created", "updated"];

function Content({ ledger, record }) {
    const said = ledger.fields.filter((field) => textOf(field, record) && !STAMPS.includes(field.name)), files = said.filter(({ kind }) => kind === "file"), long = said.filter(({ kind }) => LONG.includes(kind));
    const facts = said.filter((field) => !files.includes(field) && !long.includes(field)), stamps = ledger.fields.filter(({ name }) => STAMPS.includes(name));
    return html`<section class="card"><h2>内容</h2><dl class="facts">${facts.map((field) => html`<${Fact} key=${field.name} field=${field} record=${record}/>`)}</dl></section>
        ${long.map((field) => html`<section class="card" key=${field.name}><h2>${field.label}</h2><p class="pre">${textOf(field, record)}</p></section>`)}
        ${files.length > 0 && html`<section class="card">${files.map((field) => html`<div key=${field.name}><h2>${field.label}</h2><${Files} record=${record} names=${[record[field.name]].flat()}/></div>`)}</section>`}
        <p class="meta">${stamps.map((field) => `${field.label} ${textOf(field, record)}`).join("，")}</p>`;
}

function Deeds({ ledger, record, editable }) {
    const [wrong, setWrong] = useState("");
    const drop = async () => {
        if (!await confirm({ title: `要删除“${titleOf(ledger, record)}”吗？`, text: "只有登记错的才删除。", yes: "删除" })) return;
        try {
            await remove(ledger.collection, record.id);
            go(`/ledgers/${ledger.collection}`);
        } catch ({ message }) {
            setWrong(message);
        }
    };
    return html`<div><p class="actions">${editable && ledger.may.update !== "none" && html`<a class="btn primary" href=${`#/ledgers/${ledger.collection}/${record.id}/edit`}>修改</a>`}
        ${(editable || record.state === "draft") && ledger.may.delete !== "none" && html`<button type="button" onClick=${drop}>删除</button>`}<${PrintButton}/></p><p class="wrong" role="alert">${wrong}</p></div>`;
}

export default function Record({ data }) {
    const { ledger, one, special } = data, record = one.record.value, state = stateField(ledger);
    useEffect(() => followLedgers(reload), [ledger]);
    const sealed = ledger.private || ledger.fields.some(({ help }) => help.includes("【敏感】")); // what is sealed is neither evidence nor corrected in the clear
    const movable = state && !special && ledger.may.update !== "none" && writable(ledger, record).includes(state);
    return html`<div class="page"><header class="page-head"><div><p class="meta"><a href=${"#/ledgers/" + ledger.collection}>${ledger.title}</a></p><h1>${titleOf(ledger, record)}</h1></div><${Deeds} ledger=${ledger} record=${record} editable=${!special}/></header>
        <div class="columns"><div><${Content} ledger=${ledger} record=${record}/></div>
            <div>${special && html`<${special} ledger=${ledger} record=${record}/>`}${movable && html`<${Steps} ledger=${ledger} record=${record} field=${state} onSaved=${(saved) => { one.record.value = saved; }}/>`}
                ${!sealed && ledger.group !== "plan" && html`<${Proof} ledger=${ledger} record=${record}/>`}${!sealed && html`<${Corrections} ledger=${ledger} record=${record}/>`}
                <${Trace} collection=${ledger.collection} id=${record.id}/></div></div></div>`;
}
