/**
 * assign.js: who does a task: in words, and the fields to choose it.
 *
 *   const directory = await loadDirectory(personIDs)     { units, roles, people: signal(Map id → name) }
 *   sayAssign(assign, directory)      "东风支部的支部书记"; "" when nobody is named
 *   <${AssignFields} id="a1" value=${assign} directory=${directory} onChange=${(assign) => …} wrong="…"/>
 *   fromTask(task), toTask(assign)    between { to, org, … } and the fields of plan_tasks
 */
import { html, signal } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { ASSIGN, UNIT_KINDS } from "../lib/words.js";
import { UNIT_FIELDS, nameOf, unitOptions } from "../org/units.js";
import { PersonPicker } from "../people/picker.js";

const KINDS = ["branch", "retired", "group", "office", "union", "league", "committee"];
const CHUNK = 40;

async function names(ids) {
    const out = new Map();
    for (let i = 0; i < ids.length; i += CHUNK) {
        const filter = ids.slice(i, i + CHUNK).map((id) => where("id = {:id}", { id })).join(" || ");
        for (const { id, name } of await list("people", { filter, fields: "id,name" }).catch(() => [])) out.set(id, name);
    }
    return out;
}

export async function loadDirectory(people = []) {
    const [units, roles, known] = await Promise.all([
        list("org_units", { sort: "sort,path", fields: UNIT_FIELDS }), list("org_roles", { sort: "sort", fields: "id,key,name,single" }),
        names([...new Set(people.filter(Boolean))]),
    ]);
    return { units, roles, people: signal(known) };
}

export const fromTask = (task) =>
    ({ to: task.assign, org: task.assign_org, person: task.assign_person, role: task.assign_role, kind: task.assign_kind });

export const toTask = ({ to, org = "", person = "", role = "", kind = "" }) =>
    ({ assign: to, assign_org: org, assign_person: person, assign_role: role, assign_kind: kind });

export function sayAssign(assign, { units, roles, people }) {
    if (!assign?.to) return "";
    const unit = nameOf(units.find(({ id }) => id === assign.org)), role = roles.find(({ id }) => id === assign.role)?.name ?? "";
    const within = unit ? `${unit}范围内` : "";
    switch (assign.to) {
        case "org": return unit || "（没有选定组织）";
        case "person": return people.value.get(assign.person) ?? (assign.person ? "（指定人员）" : "（没有选定人员）");
        case "holder": return role ? `${unit ? unit + "的" : ""}${role}` : "（没有选定职务）";
        case "each_unit": return assign.kind ? `${within}每个${UNIT_KINDS[assign.kind] ?? ""}` : "（没有选定类别）";
        case "each_holder": return role ? `${within}每位${role}` : "（没有选定职务）";
        default: return `${within}每名党员`;
    }
}

const Choice = ({ id, label, value, options, onChange, empty = "请选择" }) => html`<label class="filter" for=${id}><span>${label}</span>
    <select id=${id} value=${value ?? ""} onChange=${(event) => onChange(event.target.value)}>
        <option value="" selected=${!value}>${empty}</option>${options.map(([code, word]) => html`<option key=${code} value=${code} selected=${code === value}>${word}</option>`)}
    </select></label>`;

export function AssignFields({ id, value, directory, onChange, wrong }) {
    const { units, roles, people } = directory, assign = value ?? {}, { to } = assign;
    const set = (patch) => onChange({ to, org: assign.org, person: assign.person, role: assign.role, kind: assign.kind, ...patch });
    const start = (next) => onChange(next ? { to: next, ...(next === "each_unit" ? { kind: "branch" } : {}) } : null);
    const pick = (person) => {
        people.value = new Map(people.value).set(person.id, person.name);
        set({ person: person.id });
    };
    const open = unitOptions(units, (unit) => !unit.closed);
    return html`<div class="field"><div class="choices" role="group" aria-label="交给谁">
        <${Choice} id=${id} label="交给谁" value=${to} onChange=${start} options=${Object.entries(ASSIGN)} empty="还没有交给谁"/>
        ${to === "each_unit" && html`<${Choice} id="${id}-k" label="哪一类" value=${assign.kind} onChange=${(kind) => set({ kind })}
            options=${KINDS.map((kind) => [kind, UNIT_KINDS[kind]])}/>`}
        ${(to === "holder" || to === "each_holder") && html`<${Choice} id="${id}-r" label="职务" value=${assign.role} onChange=${(role) => set({ role })}
            options=${roles.map((role) => [role.id, role.name])}/>`}
        ${(to === "org" || to === "holder") && html`<${Choice} id="${id}-o" label="组织" value=${assign.org} onChange=${(org) => set({ org })} options=${open}/>`}
        ${to?.startsWith("each") && html`<${Choice} id="${id}-o" label="范围" value=${assign.org} onChange=${(org) => set({ org })} options=${open} empty="整个组织"/>`}
        </div>
        ${to === "person" && html`<${PersonPicker} id="${id}-p" label="责任人" name=${people.value.get(assign.person)} onPick=${pick}/>`}
        <p class="wrong" role="alert">${wrong}</p></div>`;
}
