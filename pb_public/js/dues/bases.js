/**
 * bases.js: the yearly assessment (核定): who has a base, how far each has come, and
 * who is still without. One per person is opened with everything it is made of.
 */
import { html, useState } from "../lib/lib.js";
import { call, create, list, where } from "../lib/api.js";
import { go, query, reload, setQuery } from "../lib/router.js";
import { can, canAny } from "../lib/session.js";
import { count, yuan } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { PersonPicker } from "../people/picker.js";
import { Badge } from "../ui/badge.js";
import { Dialog } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search, matches } from "../ui/filters.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { monthOf } from "./money.js";
import { DuesNav, UnitPick, YearPick, chooseUnit, yearOf } from "./nav.js";
import { everybody } from "./people.js";
import { BASE, BASED, CATEGORIES } from "./words.js";

export const title = "党费核定";
export const css = ["dues"];
export const reloads = ["org", "year"];

const POWERS = ["dues.assess", "dues.check"];

export async function load({ params, query }) {
    const asked = { ...query, ...params }, { units, unit } = await chooseUnit(asked, ...POWERS), year = yearOf(asked);
    const here = where("org_path >= {:lo} && org_path < {:hi}", { lo: unit.path, hi: unit.path.replace(/\/$/, "0") });
    const [bases, profiles, people, unassessed] = await Promise.all([
        list("dues_bases", { filter: `${here} && ${where("year = {:year}", { year: Number(year) })}`, sort: "since" }),
        list("dues_profiles", { filter: `${here} && ${where('since <= {:end} && (until = "" || until >= {:begin})', { begin: `${year}-01`, end: `${year}-12` })}`, sort: "since" }),
        everybody(unit, year), call("GET", `/api/dues/unassessed?year=${year}`),
    ]);
    return { units, unit, year, bases, profiles, people, late: unassessed.items.some(({ late }) => late) };
}

/** Everybody by name with the latest category and base of the year. */
function rowsOf({ people, bases, profiles }) {
    const base = new Map(bases.map((one) => [one.person, one])), profile = new Map(profiles.map((one) => [one.person, one]));
    return people.map(({ person, name, number, org }) => {
        const category = profile.get(person)?.category ?? "", found = base.get(person), based = category in BASED;
        return { id: person, name, number, org, category, base: found, stand: found ? found.state : !category ? "nocategory" : based ? "missing" : "fixed" };
    });
}

const STANDS = { nocategory: ["没有类别", "due"], missing: ["未核定", "due"], ...BASE, fixed: ["不需要基数", "off"] };

const columns = (names) => [
    { key: "name", label: "姓名", main: true, plain: true, nowrap: true },
    { key: "number", label: "工号", plain: true, nowrap: true },
    { key: "org", label: "组织", plain: true, cell: ({ org }) => names.get(org) },
    { key: "category", label: "类别", plain: true, cell: ({ category }) => CATEGORIES[category] ?? "" },
    { key: "base", label: "交纳基数", num: true, plain: true, nowrap: true, cell: ({ base }) => (base?.base ? yuan(base.base) : "") },
    { key: "due", label: "月交", num: true, plain: true, nowrap: true, cell: ({ base }) => (base?.due ? yuan(base.due) : "") },
    { key: "stand", label: "核定", plain: true, cell: ({ stand }) => html`<${Badge} word=${STANDS[stand][0]} tone=${STANDS[stand][1]}/>` },
];

function NewCategory({ year, person, onClose }) {
    const [who, setWho] = useState(person);
    const form = useForm({
        initial: { category: "wage_monthly", since: `${year}-01`, reason: "", quarterly: false },
        check: ({ since }) => ({ ...(who ? {} : { person: "请选择党员。" }), ...(monthOf(since) ? {} : { since: "请写成 2026-01 这样。" }) }),
        send: (values) => create("dues_profiles", { ...values, person: who.id, since: monthOf(values.since) }), done: () => { onClose(); reload(); },
    });
    return html`<${Dialog} title="登记党费类别" onClose=${onClose}><p class="meta">类别改变的，先在台账里给原来的类别填写截止月，再登记新的。</p><${Form} form=${form}>
        <${PersonPicker} id="dues-who" label="党员" name=${who?.name} onPick=${setWho} wrong=${form.errors.value.person}/>
        <${Field} form=${form} name="category" label="类别" type="select" required options=${Object.entries(CATEGORIES)}/><${Field} form=${form} name="since" label="从哪个月起" type="month" required/>
        <${Field} form=${form} name="reason" label="原因" hint="已经有过类别的，写明为什么改变。"/><${Field} form=${form} name="quarterly" label="经支部同意，按季度交纳" type="checkbox"/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>登记<//><//><//>`;
}

/** Opens the base, or begins one where there is none. */
function useOpen(year, setAsked, setWrong) {
    return async (row) => {
        if (row.base) return go("/dues/bases/" + row.base.id);
        if (!can("dues.assess")) return go("/dues/people/" + row.id);
        if (row.stand === "nocategory") return setAsked(row);
        if (row.stand === "fixed") return go("/dues/people/" + row.id);
        try {
            const made = await create("dues_bases", { person: row.id, year: Number(year), since: `${year}-01` });
            return go("/dues/bases/" + made.id);
        } catch ({ message }) {
            return setWrong(message);
        }
    };
}

/** How far the year's assessment is, in one sentence. */
function summary(rows, late) {
    const n = (...stands) => rows.filter(({ stand }) => stands.includes(stand)).length, open = n("nocategory", "missing"), done = n("reviewed"), needed = rows.length - n("fixed");
    if (!needed) return "没有需要核定的人。";
    return `需要核定 ${count(needed)} 人，已复核 ${count(done)} 人${open ? `，还没有核定 ${count(open)} 人` : ""}${n("handed") ? `，等本人确认 ${n("handed")} 人` : ""}${n("confirmed") ? `，等复核 ${n("confirmed")} 人` : ""}。${done < needed ? (late ? "1 月 31 日的期限已经过了。" : "1 月 31 日前完成。") : ""}`;
}

export default function Bases({ data }) {
    const { units, unit, year } = data, [asked, setAsked] = useState(null), [wrong, setWrong] = useState(""), { q, stand } = query.value, names = new Map(units.map((one) => [one.id, nameOf(one)]));
    const all = rowsOf(data), rows = all.filter((row) => matches(q, row.name, row.number) && (!stand || row.stand === stand)), open = useOpen(year, setAsked, setWrong);
    return html`<div class="page wide-page">
        <header class="page-head"><div><h1>${year} 年党费核定</h1><p class="lead" role="status">${nameOf(unit)}：${summary(all, data.late)}</p></div>
            <p class="actions">${canAny("dues.assess") && html`<button type="button" onClick=${() => setAsked({})}>登记类别</button>`}<${PrintButton}/></p></header>
        <${DuesNav} at="bases"/>
        <${Filters}><${Search} label="姓名或工号"/><${UnitPick} units=${units} unit=${unit} powers=${POWERS}/><${YearPick}/><${Pick} name="stand" label="核定情况" options=${Object.entries(STANDS).map(([code, [word]]) => [code, word])}/><//>
        <p class="wrong" role="alert">${wrong}</p>
        <${Table} label="党费核定" columns=${columns(names)} rows=${rows} onOpen=${open} empty=${html`<${Empty} title="没有符合条件的人"><p><button type="button" onClick=${() => setQuery({ q: "", stand: "" })}>清除筛选</button></p><//>`}/>
        ${asked && html`<${NewCategory} year=${year} person=${asked.id ? asked : null} onClose=${() => setAsked(null)}/>`}
    </div>`;
}
