/**
 * lookup.js: what fields are called, what their values mean, and who the ids in
 * them are, for a page of entries.
 *
 *   const words = await lookUp(entries)
 *   words.title(collection)   words.label(collection, field)   words.value(collection, field, value)
 *   words.person(id)          the name, "" where the reader may not see them
 */
import { call, list, where } from "../lib/api.js";
import { day, time } from "../lib/format.js";
import { FIELDS, TITLES } from "./words.js";

const ledgers = new Map();

/** How a collection is described; nothing for one that the reader can't list. */
function describe(collection) {
    if (!ledgers.has(collection)) {
        const asked = /^_|^$/.test(collection) ? Promise.resolve(null) : call("GET", "/api/ledgers/" + encodeURIComponent(collection)).catch(() => null);
        ledgers.set(collection, asked.then((ledger) => ({
            title: ledger && ledger.title !== collection ? ledger.title : TITLES[collection] ?? collection,
            fields: new Map((ledger?.fields ?? []).map((field) => [field.name, field])),
        })));
    }
    return ledgers.get(collection);
}

const ids = (value) => (Array.isArray(value) ? value : String(value ?? "").match(/[a-z0-9]{15}/g) ?? []);

/** Every id in the relations of entries, by the collection it leads to. */
function referred(entries, known) {
    const out = new Map([["people", new Set(entries.flatMap(({ subject_person: person }) => person || []))]]);
    for (const { collection, changes } of entries) {
        for (const [name, values] of Object.entries(changes ?? {})) {
            const to = known.get(collection).fields.get(name)?.to;
            if (!to || values.length < 2) continue;
            if (!out.has(to)) out.set(to, new Set());
            values.flatMap(ids).forEach((id) => out.get(to).add(id));
        }
    }
    return out;
}

const BATCH = 50;
const nameOf = ({ name, short, title, label }) => name || short || title || label || "";

async function namesIn(collection, wanted) {
    const all = [...wanted], out = [];
    for (let i = 0; i < all.length; i += BATCH) {
        const filter = all.slice(i, i + BATCH).map((id) => where("id = {:id}", { id })).join(" || ");
        out.push(list(collection, { filter, fields: "id,name,short,title,label" }).catch(() => []));
    }
    return (await Promise.all(out)).flat().map((record) => [record.id, nameOf(record)]);
}

export async function lookUp(entries) {
    const known = new Map(), collections = [...new Set(["people_reveals", ...entries.map(({ collection }) => collection)])];
    await Promise.all(collections.map(async (collection) => known.set(collection, await describe(collection))));
    const names = new Map((await Promise.all([...referred(entries, known)].map(([to, wanted]) => namesIn(to, wanted)))).flat());
    const fieldOf = (collection, name) => known.get(collection)?.fields.get(name);
    return {
        title: (collection) => known.get(collection)?.title ?? TITLES[collection] ?? collection,
        label: (collection, name) => fieldOf(collection, name)?.label ?? FIELDS[name] ?? name,
        person: (id) => names.get(id) ?? "",
        value: (collection, name, value) => say(fieldOf(collection, name), value, names),
    };
}

const LONG = 120;

/** A stored value as people read it. */
function say(field, value, names) {
    if (value === "" || value == null || value === "[]" || value === "null") return "（空）";
    if (typeof value === "boolean") return value ? "是" : "否";
    if (field?.to) return ids(value).map((id) => names.get(id) || "（看不到名称）").join("、");
    if (field?.options) return words(value).map((one) => field.options.find((option) => option.value === one)?.word ?? one).join("、");
    const text = String(value);
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
    if (/^\d{4}-\d\d-\d\d \d\d:\d\d/.test(text)) return time(text);
    return text.length > LONG ? text.slice(0, LONG) + "……" : text;
}

function words(value) {
    if (typeof value !== "string" || value[0] !== "[") return [value];
    try {
        return JSON.parse(value);
    } catch {
        return [value];
    }
}
