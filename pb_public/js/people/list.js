/**
 * list.js: the roster (党员名册). Filters, sorting, page and the open person are
 * in the address; / searches, ↑ ↓ walk, Enter opens the panel, Esc closes it.
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { list, where } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { can, ranges } from "../lib/session.js";
import { KINDS, STATES } from "../lib/words.js";
import { count } from "../lib/format.js";
import { UNIT_FIELDS, nameOf, unitOptions } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Filters, Pick, Search } from "../ui/filters.js";
import { Pages, pageOf } from "../ui/pages.js";
import { PrintButton } from "../ui/print.js";
import { Table } from "../ui/table.js";
import { PersonDialog } from "./edit.js";
import { PersonPanel } from "./panel.js";
import { SIZE, readAll, readRoster, useRoster } from "./roster.js";

export const title = "党员名册";

const within = (path) => ranges("people").some(({ lo, hi }) => path >= lo && path < hi);

/** Asks for who has changed after now, which is nobody; the stream then brings every change. */
const followPeople = (live) => live("people", {
    filter: where("updated > {:now}", { now: new Date().toISOString().replace("T", " ") }), fields: "id,updated",
});

export async function load({ query, live }) {
    const [units, roles] = await Promise.all([
        list("org_units", { sort: "sort,path", fields: UNIT_FIELDS }), list("org_roles", { sort: "sort", fields: "id,name,single" }),
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
    { key: "mobile", label: "手机号", plain: true, nowrap: true },
    { key: "state", label: "状态", cell: ({ state }) => html`<${Badge} kind="person" state=${state}/>` },
];

const STATE_OPTIONS = [...Object.entries(STATES.person).filter(([code]) => code !== "active").map(([code, [word]]) => [code, word]), ["all", "全部"]];

const NoOne = () => html`<${Empty} title="没有符合条件的人" text="请换个写法，或者放宽条件；平时只列状态正常的人。">
    <p><button type="button" onClick=${() => setQuery({ q: "", org: "", kind: "", state: "", page: "" })}>清除筛选</button></p><//>`;

/** Prints all whom the filters let through, not only the page that is shown. */
function usePaper({ units }) {
    const [every, setEvery] = useState(null), [failure, setFailure] = useState("");
    useEffect(() => {
        if (!every) return;
        print();
        setEvery(null);
    }, [every]);
    const fetchAll = () => readAll(query.value, units).then((items) => { setFailure(""); setEvery(items); }, ({ message }) => setFailure(message));
    return { every, failure, fetchAll };
}

export default function Roster({ data }) {
    const { found, wrong, again } = useRoster(data), [adding, setAdding] = useState(false), paper = usePaper(data);
    const { person } = query.value, reachable = unitOptions(data.units, ({ path }) => within(path));
    const finish = (saved) => {
        setAdding(false);
        again();
        setQuery({ person: saved.id });
    };
    return html`<div class="page">
        <header class="page-head"><div><h1>党员名册</h1><p class="lead" role="status">共 ${count(found.totalItems)} 人。</p></div>
            <p class="actions">${can("people.edit") && html`<button type="button" class="primary" onClick=${() => setAdding(true)}>登记人员</button>`}
                <${PrintButton} onPress=${paper.fetchAll}/></p></header>
        <${Filters}>
            <${Search} label="按姓名、工号或手机号查找"/>
            ${reachable.length > 1 && html`<${Pick} name="org" label="组织（含下级）" options=${reachable}/>`}
            <${Pick} name="kind" label="身份" options=${Object.entries(KINDS)}/>
            <${Pick} name="state" label="状态" all="正常" options=${STATE_OPTIONS}/>
        <//>
        <p class="wrong" role="alert">${wrong || paper.failure}</p>
        <div class=${person ? "with-panel" : ""}>
            <div><${Table} label="党员名册" columns=${COLUMNS} rows=${paper.every ?? found.items} total=${found.totalItems}
                    onOpen=${({ id }) => setQuery({ person: id }, { push: true })} opened=${person} empty=${html`<${NoOne}/>`}/>
                <${Pages} page=${pageOf(query.value)} size=${SIZE} total=${found.totalItems}/></div>
            ${person && html`<${PersonPanel} key=${person} id=${person} data=${data} onClose=${() => setQuery({ person: "" })} onChange=${again}/>`}
        </div>
        ${adding && html`<${PersonDialog} units=${data.units} onClose=${() => setAdding(false)} onDone=${finish}/>`}
    </div>`;
}
