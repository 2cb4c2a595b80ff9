/**
 * values.js: a value as people read it.
 *
 *   textOf(field, record)                    words only: for sorting, headings, paper
 *   <${Value} field=${field} record=${record}/>   the same with links
 *   nameOf(record, shows)                    what a record is called
 *   titleOf(ledger, record)                  what it is called in its ledger
 *   plain(html)                              the words of a text with formatting
 */
import { html } from "../lib/lib.js";
import { period, shortDay, time, yuan } from "../lib/format.js";

/** Parsed and never shown: nothing in it runs. */
export function plain(source) {
    const { body } = new DOMParser().parseFromString((source ?? "").replace(/<\/(p|li|h\d|div)>|<br\s*\/?>/gi, "$&\n"), "text/html");
    return body.textContent.replace(/\n{3,}/g, "\n\n").trim();
}

export const wordOf = ({ options = [] }, value) => options.find((option) => option.value === value)?.word ?? value;

export const nameOf = (record, shows) => record?.short || record?.[shows] || record?.name || record?.title || "未命名";

/** The records that a relation points to; null for those that the reader may not see. */
export function related({ name }, record) {
    const ids = [record[name] ?? []].flat().filter(Boolean), expanded = [record.expand?.[name] ?? []].flat();
    return ids.map((id) => ({ id, record: expanded.find((one) => one.id === id) ?? null }));
}

const UNSEEN = "（无权查看）";

const WRITE = {
    money: (value) => (value == null ? "" : yuan(value)),
    number: (value) => (value == null ? "" : String(value)),
    bool: (value) => (value ? "是" : "否"),
    date: shortDay, month: period, quarter: period, moment: time,
    choice: (value, field) => wordOf(field, value),
    choices: (value, field) => (value ?? []).map((one) => wordOf(field, one)).join("、"),
    relation: (value, field, record) => related(field, record).map((one) => (one.record ? nameOf(one.record, field.shows) : UNSEEN)).join("、"),
    file: (value) => { const n = [value ?? []].flat().filter(Boolean).length; return n ? `${n} 个文件` : ""; },
    json: (value) => (value == null || value === "" ? "" : JSON.stringify(value)),
    editor: plain,
    geoPoint: (value) => (value?.lon || value?.lat ? `${value.lon}，${value.lat}` : ""),
};

export function textOf(field, record) {
    const value = record[field.name], write = WRITE[field.kind];
    return write ? write(value, field, record) : String(value ?? "");
}

/** What a record is called: by its own field, or else by the first columns that say something. */
export function titleOf(ledger, record) {
    if (ledger.shows && record[ledger.shows]) return record[ledger.shows];
    const words = ledger.columns.map((name) => ledger.fields.find((field) => field.name === name)).filter(Boolean).map((field) => textOf(field, record)).filter(Boolean);
    return words.slice(0, 2).join(" ") || ledger.title;
}

export function Value({ field, record }) {
    const text = textOf(field, record);
    if (!text) return null;
    if (field.kind === "url" && /^https?:/.test(text)) return html`<a href=${text} target="_blank" rel="noopener noreferrer">${text}</a>`;
    if (field.kind === "email") return html`<a href=${"mailto:" + text}>${text}</a>`;
    return field.kind === "long" || field.kind === "editor" ? html`<span class="pre">${text}</span>` : text;
}

export const NUMERIC = ["money", "number"];
