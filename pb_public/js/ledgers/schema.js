/**
 * schema.js: what the server says of ledgers, and what follows from it.
 *
 *   catalogue()               every ledger that the reader may see or add to
 *   describe(collection)      one with its fields; kept until descriptions change
 *   followLedgers(hear)       → stop; hear() when descriptions have changed
 *   unitsOf()                 the organizations, read once
 *   beginning(ledger)         the state that a new record is given; none where it says how something ended
 *   fieldOf(ledger, name), columnsOf(ledger), shownFields(ledger), writable(ledger, record)
 *   asking(fields)            { expand, fields } for these fields and what their relations are called
 */
import { call, list } from "../lib/api.js";
import { listen } from "../lib/live.js";
import { UNIT_FIELDS } from "../org/units.js";

let known = new Map(), units = null;

export const catalogue = () => call("GET", "/api/ledgers");

function once(key, ask) {
    if (!known.has(key)) {
        const answer = ask();
        known.set(key, answer);
        answer.catch(() => known.delete(key));
    }
    return known.get(key);
}

export const describe = (collection) => once(collection, () => call("GET", `/api/ledgers/${encodeURIComponent(collection)}`));

export function followLedgers(hear) {
    return listen("ledgers", () => {
        known = new Map();
        hear();
    });
}

export function unitsOf() {
    units ??= list("org_units", { sort: "sort,path", fields: UNIT_FIELDS }).catch((failure) => { units = null; throw failure; });
    return units;
}

// What was learnt while nobody followed may be out of date.
listen("ledgers", () => { known = new Map(); });
listen("org_units/*", () => { units = null; });

export const fieldOf = (ledger, name) => ledger.fields.find((field) => field.name === name);
export const columnsOf = (ledger) => ledger.columns.map((name) => fieldOf(ledger, name)).filter(Boolean);

/** What somebody enters: not what the application writes, nor what stays as it was entered. */
export const writable = (ledger, record) => ledger.fields.filter(({ name, system }) => !system && name !== "id" && !(record && ledger.fixed?.includes(name)));

export const orgField = (ledger) => ledger.fields.find(({ to, many }) => to === "org_units" && !many);
export const dateField = (ledger) => fieldOf(ledger, ledger.date_field);

/** A state that can be changed where it stands. */
export function stateField(ledger) {
    const field = fieldOf(ledger, ledger.state_field);
    return field?.kind === "choice" ? field : null;
}

/** An outcome that may stay empty is no state to begin with. */
export function beginning(ledger) {
    const field = stateField(ledger);
    return field && (field.required || field.name === "state") ? field : null;
}

/** Fields that a list shows or needs. */
export const shownFields = (ledger) => [...new Set([...ledger.columns, ledger.state_field, ledger.date_field, ledger.shows, orgField(ledger)?.name])]
    .map((name) => fieldOf(ledger, name)).filter(Boolean);

export function asking(fields) {
    const relations = fields.filter(({ kind }) => kind === "relation");
    const called = relations.flatMap(({ name, to, shows }) => ["id", "collectionName", shows, to === "org_units" && "short"].filter(Boolean).map((part) => `expand.${name}.${part}`));
    return { expand: relations.map(({ name }) => name).join(","), fields: ["id", "collectionId", "collectionName", ...fields.map(({ name }) => name), ...called].join(",") };
}
