/**
 * filter.js: what the address asks of a ledger, as a filter of the server. A
 * field's choice stands under f-name, the ends of a date under f-name-from, -to.
 *
 *   filterOf(ledger, query, units), sortOf(ledger, query)
 *   between(field, from, to)       a range of days, for text dates and for moments
 *   filtering(query)               the keys that are set, to clear or to save
 */
import { where } from "../lib/api.js";
import { addDays } from "../lib/format.js";
import { upper } from "../people/roster.js";

const SEARCHED = ["text", "long", "email", "url", "editor"];

export const keyOf = ({ name }, end) => `f-${name}${end ? "-" + end : ""}`;
export const filtering = (query) => Object.keys(query).filter((key) => key.startsWith("f-") || key === "q");

/** Midnight in Beijing as the server keeps it. */
const instant = (date) => new Date(date + "T00:00:00+08:00").toISOString().replace("T", " ");

export function between({ name, kind }, from, to) {
    const moment = kind === "moment", cut = kind === "month" ? 7 : 10;
    return [
        from && where(`${name} >= {:from}`, { from: moment ? instant(from) : from.slice(0, cut) }),
        to && (moment ? where(`${name} < {:to}`, { to: instant(addDays(to, 1)) }) : where(`${name} <= {:to} && ${name} != ""`, { to: to.slice(0, cut) })),
    ].filter(Boolean).join(" && ");
}

/** The text columns, and the names of whom the columns point to. */
function searched(ledger) {
    const names = ledger.fields.filter(({ name, kind, system }) => name !== "id" && SEARCHED.includes(kind) && (!system || ledger.columns.includes(name))).map(({ name }) => name);
    const pointed = ledger.fields.filter(({ name, kind, shows, many }) => kind === "relation" && shows && !many && ledger.columns.includes(name));
    return [...names, ...pointed.map(({ name, shows }) => `${name}.${shows}`)];
}

/** One condition for each word that was typed. */
export function search(ledger, q) {
    const names = searched(ledger);
    if (!names.length) return [];
    return (q ?? "").trim().split(/\s+/).filter(Boolean).map((text) => where(`(${names.map((name) => `${name} ~ {:text}`).join(" || ")})`, { text }));
}

function choice(field, query, units) {
    const { name, kind, to } = field, value = query[keyOf(field)];
    if (kind === "date" || kind === "moment" || kind === "month") return between(field, query[keyOf(field, "from")], query[keyOf(field, "to")]);
    if (!value) return "";
    if (kind === "bool") return `${name} = ${value === "1"}`;
    if (kind === "choices") return where(`${name} ~ {:value}`, { value: `"${value}"` });
    if (query[keyOf(field, "only")]) return where(`${name} = {:value}`, { value });
    const unit = to === "org_units" && units.find(({ id }) => id === value);
    if (unit) return where(`${name}.path >= {:lo} && ${name}.path < {:hi}`, { lo: unit.path, hi: upper(unit.path) });
    return where(`${name} = {:value}`, { value });
}

export function filterOf(ledger, query, units) {
    const own = ledger.filter && query.all !== "1" ? `(${ledger.filter})` : "";
    const chosen = ledger.fields.map((field) => choice(field, query, units));
    return [own, ...search(ledger, query.q), ...chosen].filter(Boolean).join(" && ");
}

export function sortOf(ledger, { sort }) {
    const field = ledger.fields.find(({ name }) => name === sort?.replace("-", ""));
    if (!field) return ledger.sort || "id";
    const name = field.kind === "relation" && field.shows ? `${field.name}.${field.shows}` : field.name;
    return `${sort[0] === "-" ? "-" : ""}${name},id`;
}
