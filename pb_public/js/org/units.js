/**
 * units.js: the tree of organizations as other views need it.
 *
 *   UNIT_FIELDS                     what to ask for
 *   nameOf(unit)                    the short name where there is one
 *   unitOptions(units, allowed)     [[id, 　　name], …] in the order of the tree, for a select
 *   children(units)                 Map from the parent's id ("" at the top) to its units
 *   ordered(units)                  [{ unit, depth }] in the order of the tree
 *   below(unit, units)              all units under it, without itself
 *   openOn(unit, day)               whether it was there on a day
 */
export const UNIT_FIELDS = "id,name,short,code,kind,parent,path,sort,established,closed";

export const nameOf = (unit) => unit?.short || unit?.name || "";

const order = (a, b) => a.sort - b.sort || a.path.localeCompare(b.path);

export function children(units) {
    const known = new Set(units.map(({ id }) => id)), out = new Map();
    for (const unit of [...units].sort(order)) {
        const parent = known.has(unit.parent) ? unit.parent : "";
        out.set(parent, [...(out.get(parent) ?? []), unit]);
    }
    return out;
}

export function ordered(units) {
    const under = children(units), out = [];
    const walk = (parent, depth) => {
        for (const unit of under.get(parent) ?? []) {
            out.push({ unit, depth });
            walk(unit.id, depth + 1);
        }
    };
    walk("", 0);
    return out;
}

export const unitOptions = (units, allowed = () => true) =>
    ordered(units).filter(({ unit }) => allowed(unit)).map(({ unit, depth }) => [unit.id, "\u3000".repeat(depth) + unit.name]);

export const below = (unit, units) => units.filter(({ id, path }) => id !== unit.id && path.startsWith(unit.path));

export const openOn = ({ established, closed }, day) => (!established || established <= day) && (!closed || closed > day);
