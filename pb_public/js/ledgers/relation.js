/**
 * relation.js: chooses the records that a relation points to, by name as one
 * types. People by name, pinyin or number; organizations from the tree; records
 * of a ledger by what its list shows, so that two of one name can be told apart.
 *
 *   <${Relation} form=${form} field=${field} units=${units} names=${signal: Map id → name}/>
 */
import { html, useEffect, useRef, useState } from "../lib/lib.js";
import { call, list, page, where } from "../lib/api.js";
import { nameOf as unitName, unitOptions } from "../org/units.js";
import { search } from "./filter.js";
import { asking, columnsOf, describe, fieldOf } from "./schema.js";
import { nameOf, textOf, titleOf } from "./values.js";

const SIZE = 8, WAIT = 250, SAID = 3;

/** [{ id, name, about }] of what fits the text; at most a few. */
export async function find({ to, shows }, text, units) {
    if (to === "people" && text) {
        const { items } = await call("GET", `/api/people/search?q=${encodeURIComponent(text)}`);
        return items.slice(0, SIZE).map(({ id, name, number, org }) => ({ id, name, about: [number, unitName(units.find((unit) => unit.id === org))].filter(Boolean).join("，") }));
    }
    const ledger = await describe(to), columns = columnsOf(ledger), { expand, fields } = asking([...new Set([...columns, fieldOf(ledger, shows)])].filter(Boolean));
    const { items } = await page(to, 1, SIZE, { filter: search(ledger, text).join(" && "), sort: shows || "id", expand, fields, skipTotal: true });
    return items.map((record) => {
        const name = titleOf(ledger, record), about = columns.map((column) => textOf(column, record)).filter((word) => word && !name.includes(word));
        return { id: record.id, name, about: about.slice(0, SAID).join("，") };
    });
}

/** What a draft has brought back is known by its id alone. */
function useNames({ to }, ids, names) {
    const unknown = ids.filter((id) => to !== "org_units" && !names.value.has(id));
    useEffect(() => {
        if (!unknown.length) return;
        describe(to).then((ledger) => {
            const filter = unknown.map((id) => where("id = {:id}", { id })).join(" || ");
            return list(to, { filter, ...asking([...columnsOf(ledger), fieldOf(ledger, ledger.shows)].filter(Boolean)) }).then((records) => { names.value = new Map([...names.value, ...records.map((record) => [record.id, titleOf(ledger, record)])]); });
        }).catch(() => {}); // the id stands there until then
    }, [unknown.join()]);
}

/** What is typed, and a little later what was found. */
function useFound(field, units) {
    const [text, setText] = useState(null), [found, setFound] = useState(null), [failure, setFailure] = useState("");
    useEffect(() => {
        if (text === null) { setFound(null); return undefined; }
        let gone = false;
        const timer = setTimeout(() => find(field, text.trim(), units).then(
            (items) => { if (!gone) { setFound(items); setFailure(""); } }, ({ message }) => { if (!gone) setFailure(message); },
        ), text ? WAIT : 0);
        return () => { gone = true; clearTimeout(timer); };
    }, [text]);
    return { text, setText, found, failure };
}

const Chosen = ({ ids, names, onDrop }) => html`<ul class="chips">${ids.map((id) => html`<li key=${id}>${names.get(id) ?? id}
    <button type="button" class="quiet" aria-label=${`去掉${names.get(id) ?? id}`} onClick=${() => onDrop(id)}>去掉</button></li>`)}</ul>`;

function Box({ id, field, described, invalid, typing, onPick }) {
    const { text, setText, found, failure } = typing, [active, setActive] = useState(0), list = useRef(null);
    const pick = (one) => { setText(null); setActive(0); onPick(one); };
    const key = (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!found) return;
        if (step) { event.preventDefault(); setActive(Math.max(0, Math.min(found.length - 1, active + step))); }
        if (event.key === "Enter") { event.preventDefault(); if (found[active]) pick(found[active]); }
        if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); setText(null); }
    };
    return html`<div class="picker"><input id=${id} type="text" role="combobox" autocomplete="off" placeholder=${field.to === "people" ? "输入姓名、拼音或工号" : "输入名称查找"} value=${text ?? ""}
            aria-expanded=${found ? "true" : "false"} aria-controls="${id}-list" aria-activedescendant=${found?.[active] ? `${id}-${active}` : undefined} aria-describedby=${described} aria-invalid=${invalid}
            onFocus=${() => field.to !== "people" && setText("")} onBlur=${() => setText(null)} onInput=${(event) => { setActive(0); setText(event.target.value); }} onKeyDown=${key}/>
        <ul ref=${list} id="${id}-list" role="listbox" aria-label=${`找到的${field.label}`} class=${found?.length ? "found" : "sr"}>${(found ?? []).map((one, i) => html`
            <li key=${one.id} id="${id}-${i}" role="option" aria-selected=${i === active ? "true" : "false"} onMouseDown=${(event) => { event.preventDefault(); pick(one); }}><b>${one.name}</b> <span class="meta">${one.about}</span></li>`)}</ul>
        ${found && !found.length && text && html`<p class="hint" role="status">没有找到，请换个写法。</p>`}<p class="wrong" role="alert">${failure}</p></div>`;
}

export function Relation({ form, field, units, names }) {
    const id = `${form.id}-${field.name}`, value = form.values.value[field.name], ids = [value ?? []].flat().filter(Boolean), typing = useFound(field, units);
    useNames(field, ids, names);
    form.names.set(field.name, { label: field.label, required: field.required, verb: "选择" });
    const error = form.errors.value[field.name], put = (next) => form.set({ [field.name]: field.many ? next : next[0] ?? "" });
    const label = html`<label for=${id}>${field.label}${!field.required && html`<span class="optional">（选填）</span>`}</label>`, wrong = html`<p class="wrong" id="${id}-error" role="alert">${error}</p>`;
    if (field.to === "org_units" && !field.many) {
        return html`<div class="field">${label}<select id=${id} value=${value ?? ""} aria-invalid=${error ? "true" : undefined} onChange=${(event) => put([event.target.value].filter(Boolean))}>
            <option value="">请选择</option>${unitOptions(units).map(([code, word]) => html`<option key=${code} value=${code} selected=${code === value}>${word}</option>`)}</select>${wrong}</div>`;
    }
    const pick = (one) => {
        names.value = new Map(names.value).set(one.id, one.name);
        put(field.many ? [...new Set([...ids, one.id])] : [one.id]);
    };
    return html`<div class="field">${label}<${Chosen} ids=${ids} names=${names.value} onDrop=${(gone) => put(ids.filter((one) => one !== gone))}/>
        ${(field.many || !ids.length) && html`<${Box} id=${id} field=${field} described=${error ? `${id}-error` : undefined} invalid=${error ? "true" : undefined} typing=${typing} onPick=${pick}/>`}${wrong}</div>`;
}

/** Names of what a record points to already. */
export const namesIn = (ledger, record) => new Map(ledger.fields.filter(({ kind }) => kind === "relation")
    .flatMap(({ name, shows }) => [record?.expand?.[name] ?? []].flat().map((one) => [one.id, nameOf(one, shows)])));
