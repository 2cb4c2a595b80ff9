/**
 * units.js: the tree of organizations as other views need it.
 *
 *   UNIT_FIELDS                     what to ask for
 *   nameOf(unit)                    the short name where there is one
 *   unitOptions(units, allowed)     [[id, 　　name], …] in the order of the tree, for a select
 *   children(units)                 Map from the parent's id ("" at the top) to its units
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

export function unitOptions(units, allowed = () => true) {
    const below = children(units), out = [];
    const walk = (parent, depth) => {
        for (const unit of below.get(parent) ?? []) {
            if (allowed(unit)) out.push([unit.id, "\u3000".repeat(depth) + unit.name]);
            walk(unit.id, depth + 1);
        }
    };
    walk("", 0);
    return out;
}
