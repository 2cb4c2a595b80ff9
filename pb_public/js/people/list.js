/**
 * list.js: the roster (党员名册). Filters, day, sorting, page and the open person
 * are in the address; / searches, ↑ ↓ walk, Enter opens the panel, Esc closes it.
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { can, ranges, today } from "../lib/session.js";
import { KINDS, STATES } from "../lib/words.js";
import { count } from "../lib/format.js";
import { Exchange } from "../exchange/buttons.js";
import { UNIT_FIELDS, nameOf, unitOptions } from "../org/units.js";
import { ROLE_FIELDS } from "../org/posts.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search } from "../ui/filters.js";
import { Pages, pageOf } from "../ui/pages.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { SavedViews } from "../ui/views.js";
import { AsOf, readWhole } from "./asof.js";
import { PersonDialog } from "./edit.js";
import { FindByNumber } from "./find.js";
import { PersonPanel } from "./panel.js";
import { SIZE, exported, readAll, readRoster, useRoster } from "./roster.js";
import { sensitive } from "./search.js";

export const title = "党员名册";

const within = (path) => ranges("people").some(({ lo, hi }) => path >= lo && path < hi);

/** Asks for who has changed after now, which is nobody; the stream then brings every change. */
const followPeople = (live) => live("people", {
    filter: where("updated > {:now}", { now: new Date().toISOString().replace("T", " ") }), fields: "id,updated",
});

export async function load({ query, live }) {
    const [units, roles] = await Promise.all([
        list("org_units", { sort: "sort,path", fields: UNIT_FIELDS }), list("org_roles", { sort: "sort", fields: ROLE_FIELDS }),
    ]);
    const changes = followPeople(live);
    const [first] = await Promise.all([readRoster(query, units), changes.ready]);
    return { units, roles, changes, first };
}

const COLUMNS = [
    { key: "name", label: "姓名", main: true, plain: true, nowrap: true },
    { key: "number", label: "工号", nowrap: true },
    { key: "org", label: "组织", cell: ({ expand }) => nameOf(expand?.org) },
    { key: "title", label: "职务" },
    { key: "kind", label: "身份", nowrap: true, cell: ({ kind }) => KINDS[kind] },
    { key: "mobile", label: "手机号", plain: true, nowrap: true, cell: ({ masked }) => masked?.mobile },
    { key: "age", label: "年龄", plain: true, num: true, cell: ({ computed }) => computed?.age ?? "" },
    { key: "party_age", label: "党龄", num: true, cell: ({ computed }) => computed?.party_age ?? "" },
    { key: "state", label: "状态", cell: ({ state }) => html`<${Badge} kind="person" state=${state}/>` },
];

/** What is left of a row beside the panel, which says the rest. */
const BESIDE = COLUMNS.filter(({ key }) => !["title", "mobile", "age", "party_age"].includes(key));

const STATE_OPTIONS = [...Object.entries(STATES.person).filter(([code]) => code !== "active").map(([code, [word]]) => [code, word]), ["all", "全部"]];
const VIEW = ["q", "org", "kind", "state", "sort", "on"];

const NoOne = () => html`<${Empty} title="没有符合条件的人" text="可以写姓名、拼音、首字母或工号的开头；平时只列状态正常的人。">
    <p><button type="button" onClick=${() => setQuery({ q: "", org: "", kind: "", state: "", page: "" })}>清除筛选</button></p><//>`;

/** Prints all whom the filters let through, not only the page that is shown. */
function usePaper({ units }) {
    const [every, setEvery] = useState(null), [failure, setFailure] = useState("");
    useEffect(() => {
        if (!every) return;
        print();
        setEvery(null);
    }, [every]);
    const fetchAll = () => (query.value.on ? readWhole(query.value) : readAll(query.value, units))
        .then((items) => { setFailure(""); setEvery(items); }, ({ message }) => setFailure(message));
    return { every, failure, fetchAll };
}

/** The roster of today, with the panel beside it. */
function Today({ data, roster, paper }) {
    const { found, again } = roster, { person } = query.value;
    return html`<div class=${person ? "with-panel" : ""}>
        <div><${Table} label="党员名册" columns=${person ? BESIDE : COLUMNS} rows=${paper.every ?? found.items} total=${found.totalItems}
                onOpen=${({ id }) => setQuery({ person: id }, { push: true })} opened=${person} empty=${html`<${NoOne}/>`}/>
            <${Pages} page=${pageOf(query.value)} size=${SIZE} total=${found.totalItems}/></div>
        ${person && html`<${PersonPanel} key=${person} id=${person} data=${data} onClose=${() => setQuery({ person: "" })} onChange=${again}/>`}
    </div>`;
}

const Narrow = ({ units, on }) => {
    const reachable = unitOptions(units, ({ path }) => within(path));
    return html`<${Filters}>
        ${!on && html`<${Search} label="姓名、拼音或工号" refuse=${(text) => sensitive(text) && "身份证号请用“按身份证号查找”，不要写在这里。"}/>`}
        ${reachable.length > 1 && html`<${Pick} name="org" label="组织（含下级）" options=${reachable}/>`}
        ${!on && html`<${Pick} name="kind" label="身份" options=${Object.entries(KINDS)}/><${Pick} name="state" label="状态" all="正常" options=${STATE_OPTIONS}/>`}
        <label class="filter"><span>哪一天的名册</span><input type="date" max=${today()} value=${on || today()}
            onChange=${(event) => setQuery({ on: event.target.value >= today() ? "" : event.target.value, after: "", page: "", person: "" })}/></label>
    <//>`;
};

export default function Roster({ data }) {
    const roster = useRoster(data), [open, setOpen] = useState(""), paper = usePaper(data), { on } = query.value, close = () => setOpen("");
    const finish = (saved) => {
        close();
        roster.again();
        setQuery({ person: saved.id });
    };
    return html`<div class="page wide-page">
        <header class="page-head"><div><h1>党员名册</h1>${!on && html`<p class="lead" role="status">共 ${count(roster.found.totalItems)} 人。</p>`}
                <${SavedViews} name="people" keys=${VIEW}/></div>
            <p class="actions">${can("people.edit") && !on && html`<button type="button" class="primary" onClick=${() => setOpen("new")}>登记人员</button>`}
                ${can("people.sensitive") && !on && html`<button type="button" onClick=${() => setOpen("find")}>按身份证号查找</button>`}
                ${can("people.edit") && !on && html`<a class="btn" href="#/people/twins">可能重复</a>`}
                ${!on && html`<${Exchange} collection="people" imports=${can("people.edit")} ...${exported(data.units)}/>`}
                <${PrintButton} onPress=${paper.fetchAll}/></p></header>
        <${Narrow} units=${data.units} on=${on}/>
        <p class="wrong" role="alert">${roster.wrong || paper.failure}</p>
        ${on ? html`<${AsOf} units=${data.units} paper=${paper.every}/>` : html`<${Today} data=${data} roster=${roster} paper=${paper}/>`}
        ${open === "new" && html`<${PersonDialog} units=${data.units} onClose=${close} onDone=${finish}/>`}
        ${open === "find" && html`<${FindByNumber} onClose=${close}/>`}
    </div>`;
}
