/** filters.js: the boxes above a ledger: one for each field that can be asked by. What doesn't stand in a column opens on a press. */
import { html, useState } from "../lib/lib.js";
import { query, setQuery } from "../lib/router.js";
import { unitOptions } from "../org/units.js";
import { Filters, Pick, Search } from "../ui/filters.js";
import { filtering, keyOf } from "./filter.js";
import { SavedViews } from "./saved.js";

const ASKED = ["choice", "choices", "bool", "date", "moment", "month"];

const asked = (field) => ASKED.includes(field.kind) || (field.to === "org_units" && !field.many);

function Range({ field }) {
    const type = field.kind === "month" ? "month" : "date";
    const end = (which, word) => html`<label class="filter"><span>${field.label}${word}</span><input type=${type} value=${query.value[keyOf(field, which)] ?? ""}
        onInput=${(event) => setQuery({ [keyOf(field, which)]: event.target.value, page: "" })}/></label>`;
    return html`${end("from", "从")}${end("to", "到")}`;
}

/** Called as a function, so that Filters sees how many choices are made. */
function box(field, units) {
    if (["date", "moment", "month"].includes(field.kind)) return html`<${Range} key=${field.name} field=${field}/>`;
    const options = field.kind === "bool" ? [["1", "是"], ["0", "否"]] : field.to ? unitOptions(units) : field.options.map(({ value, word }) => [value, word]);
    return html`<${Pick} key=${field.name} name=${keyOf(field)} label=${field.to ? `${field.label}（含下级）` : field.label} options=${options}/>`;
}

function OnlyHere({ field }) {
    if (!field.to || !query.value[keyOf(field)]) return null;
    const key = keyOf(field, "only");
    return html`<label class="check"><input type="checkbox" checked=${Boolean(query.value[key])} onChange=${(event) => setQuery({ [key]: event.target.checked ? "1" : "", page: "" })}/>不含下级</label>`;
}

export function LedgerFilters({ ledger, units }) {
    const [more, setMore] = useState(false), fields = ledger.fields.filter(asked);
    const set = (field) => ["", "from", "to"].some((end) => query.value[keyOf(field, end)]);
    const first = fields.filter((field) => (ledger.columns.includes(field.name) && field.name !== "created") || [ledger.state_field, ledger.date_field].includes(field.name) || set(field));
    const shown = more ? fields : first, used = filtering(query.value);
    return html`<${Filters}>
        <${Search} label="查找"/>
        ${shown.map((field) => box(field, units))}
        ${shown.map((field) => html`<${OnlyHere} key=${field.name} field=${field}/>`)}
        ${fields.length > first.length && html`<button type="button" aria-expanded=${more} onClick=${() => setMore(!more)}>${more ? "收起条件" : "更多条件"}</button>`}
        ${used.length > 0 && html`<button type="button" onClick=${() => setQuery(Object.fromEntries([...used, "page"].map((key) => [key, ""])))}>清除筛选</button>`}
        <${SavedViews} ledger=${ledger}/>
    <//>`;
}
