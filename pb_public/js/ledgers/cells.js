/**
 * cells.js: a block copied from Excel as records to be.
 *
 *   rowsOf(text)                        [[cell, …], …]; quoted cells may hold line breaks
 *   layout(rows, fields)                { fields of the columns, rows without the heading, headed }
 *   resolve(field, cells, units)        Map name → id, or → fault, for the relations of a column
 */
import { page, where } from "../lib/api.js";
import { find } from "./relation.js";

export function rowsOf(text) {
    const rows = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
        const sign = text[i], row = rows[rows.length - 1], last = row.length - 1;
        if (quoted) {
            if (sign !== '"') row[last] += sign;
            else if (text[i + 1] === '"') { row[last] += '"'; i++; }
            else quoted = false;
        } else if (sign === '"' && row[last] === "") quoted = true;
        else if (sign === "\t") row.push("");
        else if (sign === "\n") rows.push([""]);
        else if (sign !== "\r") row[last] += sign;
    }
    return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some(Boolean));
}

const bare = (text) => text.replace(/（.*?）|\(.*?\)|[*＊\s]/g, "");

/** By the heading where there is one, else in the order of the form. */
export function layout(rows, fields) {
    const named = (rows[0] ?? []).map((cell) => fields.find(({ label, name }) => bare(label) === bare(cell) || name === cell));
    const headed = named.filter(Boolean).length >= Math.min(2, fields.length) || (rows[0]?.length === 1 && Boolean(named[0]));
    return { headed, columns: headed ? named : (rows[0] ?? []).map((_, i) => fields[i]), rows: headed ? rows.slice(1) : rows };
}

/** At most two, which is one too many. */
async function called({ to, shows }, name) {
    const { items } = await page(to, 1, 2, { filter: where(`${shows || "id"} = {:name}`, { name }), fields: "id", skipTotal: true });
    return items;
}

async function resolveOne(field, name, units) {
    if (field.to === "org_units") {
        const fits = units.filter((unit) => unit.name === name || unit.short === name || unit.code === name);
        return fits.length === 1 ? { id: fits[0].id } : { fault: fits.length ? `有几个组织叫“${name}”。` : `没有“${name}”这个组织。` };
    }
    const person = field.to === "people", fits = person ? (await find(field, name, units)).filter((one) => one.name === name || one.about.split("，")[0] === name) : await called(field, name);
    return fits.length === 1 ? { id: fits[0].id } : { fault: fits.length ? `不止一个“${name}”，请${person ? "写工号" : "逐条登记"}。` : `没有找到“${name}”。` };
}

export async function resolve(field, cells, units) {
    const out = new Map();
    for (const name of new Set(cells.flatMap((cell) => (field.many ? cell.split(/[、，,;；]+/) : [cell])).map((name) => name.trim()).filter(Boolean))) out.set(name, await resolveOne(field, name, units));
    return out;
}
