/** disclosures.js: what has been and is to be disclosed of dues (公开), by period. Members read what their organization has published. */
import { html, useState } from "../lib/lib.js";
import { create, list } from "../lib/api.js";
import { go, query } from "../lib/router.js";
import { can, canAny, today } from "../lib/session.js";
import { day, until } from "../lib/format.js";
import { UNIT_FIELDS, nameOf, unitOptions } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Dialog } from "../ui/dialog.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick } from "../ui/filters.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { Table } from "../ui/table.js";
import { DuesNav, within } from "./nav.js";
import { periodWord } from "./period.js";
import { AUDIENCES, DISCLOSURE } from "./words.js";

export const title = "党费公开";
export const css = ["dues"];

const WRITES = ["dues.record", "dues.check", "dues.account"];

export async function load({ live }) {
    const source = live("dues_disclosures", { sort: "-period,org_path", fields: "id,org,org_path,period,audience,state,due,published_at,collectionName", order: (a, b) => b.period.localeCompare(a.period) || a.org_path.localeCompare(b.org_path) });
    const [units] = await Promise.all([list("org_units", { sort: "sort,path", fields: UNIT_FIELDS }), source.ready]);
    return { source, units };
}

/** Periods that are over, the newest first. */
function periods() {
    const year = Number(today().slice(0, 4)), quarter = Math.floor((Number(today().slice(5, 7)) - 1) / 3);
    return [...[4, 3, 2, 1].filter((n) => n <= quarter).map((n) => `${year}-Q${n}`), `${year - 1}-Y`, ...[4, 3, 2, 1].map((n) => `${year - 1}-Q${n}`)];
}

function NewDisclosure({ units, onClose }) {
    const fits = within(units, ...WRITES), known = new Set(fits), [first] = fits;
    const form = useForm({ initial: { org: first?.id, period: periods()[0], audience: "members" }, send: (values) => create("dues_disclosures", { ...values, state: "draft" }), done: ({ id }) => go("/dues/disclosures/" + id) });
    return html`<${Dialog} title="准备一次公开" onClose=${onClose}><${Form} form=${form}>
        <${Field} form=${form} name="org" label="组织" type="select" required options=${unitOptions(units, (unit) => known.has(unit))}/><${Field} form=${form} name="period" label="期间" type="select" required options=${periods().map((one) => [one, periodWord(one)])}/>
        <${Field} form=${form} name="audience" label="范围" type="select" required options=${Object.entries(AUDIENCES)} hint="张贴和网页只用“公开”，其中没有人名。"/><${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>准备<//><//><//>`;
}

const columns = (names) => [
    { key: "period", label: "期间", main: true, plain: true, cell: ({ period }) => periodWord(period) },
    { key: "org", label: "组织", plain: true, cell: ({ org }) => names.get(org) },
    { key: "audience", label: "范围", plain: true, cell: ({ audience }) => AUDIENCES[audience] },
    { key: "due", label: "期限", plain: true, cell: ({ due, state }) => html`<span class=${state === "draft" && due < today() ? "late" : ""}>${day(due)}${state === "draft" ? `，${until(due, today())}` : ""}</span>` },
    { key: "state", label: "状态", plain: true, cell: ({ state }) => html`<${Badge} word=${DISCLOSURE[state][0]} tone=${DISCLOSURE[state][1]}/>` },
];

export default function Disclosures({ data }) {
    const { units } = data, [open, setOpen] = useState(false), names = new Map(units.map((unit) => [unit.id, nameOf(unit)])), all = data.source.rows.value, { state } = query.value, late = all.filter((one) => one.state === "draft" && one.due < today()).length;
    return html`<div class="page"><header class="page-head"><div><h1>党费公开</h1><p class="lead" role="status">每季度和每年公布收缴和使用情况${late && can("dues") ? `；${late} 份逾期没有公布` : ""}。</p></div>
            <p class="actions">${canAny(...WRITES) && html`<button type="button" onClick=${() => setOpen(true)}>准备一次公开</button>`}</p></header>
        <${DuesNav} at="disclosures"/>
        ${all.length > 5 && html`<${Filters}><${Pick} name="state" label="状态" options=${Object.entries(DISCLOSURE).map(([code, [word]]) => [code, word])}/><//>`}
        <${Table} label="党费公开" columns=${columns(names)} rows=${all.filter((one) => !state || one.state === state)} href=${({ id }) => "#/dues/disclosures/" + id} empty=${html`<${Empty} title="还没有公布过" text="公布以后，本组织的党员会在这里看到。"/>`}/>
        ${open && html`<${NewDisclosure} units=${units} onClose=${() => setOpen(false)}/>`}</div>`;
}
