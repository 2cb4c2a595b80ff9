/** list.js: any ledger: as a list, by state, by month, by organization. Follows the records and their description. */
import { html, signal, useEffect, useMemo, useState } from "../lib/lib.js";
import { list, page } from "../lib/api.js";
import { query, reload, setQuery } from "../lib/router.js";
import { count } from "../lib/format.js";
import { Exchange } from "../exchange/buttons.js";
import { Empty } from "../ui/empty.js";
import { Pages, pageOf } from "../ui/pages.js";
import { PrintButton } from "../ui/print.js";
import { Board } from "./board.js";
import { BulkDialog, fieldsFor } from "./bulk.js";
import { filterOf, filtering, sortOf } from "./filter.js";
import { LedgerFilters } from "./filters.js";
import { Heat } from "./heat.js";
import { Month } from "./month.js";
import { PasteButton } from "./paste.js";
import { useAnswer } from "./rows.js";
import { asking, columnsOf, dateField, describe, followLedgers, orgField, shownFields, stateField, unitsOf } from "./schema.js";
import { LedgerTable } from "./table.js";

export const title = ({ ledger }) => ledger.title;
export const css = ["ledgers"];

const SIZE = 100;

const question = (ledger, search, units) => ({ filter: filterOf(ledger, search, units), sort: sortOf(ledger, search), ...asking(shownFields(ledger)) });

export async function load({ params, query }) {
    const [ledger, units] = await Promise.all([describe(params.collection), unitsOf()]);
    const listed = ledger.may.list !== "none";
    const first = listed && !query.view ? await page(ledger.collection, pageOf(query), SIZE, question(ledger, query, units)) : null;
    return { ledger, units, first };
}

/** Prints every record that the filters let through, not only the page that is shown. */
function usePaper(ledger, units) {
    const [every, setEvery] = useState(null), [failure, setFailure] = useState("");
    useEffect(() => {
        if (!every) return;
        print();
        setEvery(null);
    }, [every]);
    const fetchAll = () => list(ledger.collection, question(ledger, query.value, units)).then((items) => { setFailure(""); setEvery(items); }, ({ message }) => setFailure(message));
    return { every, failure, fetchAll };
}

function List({ ledger, units, first, paper }) {
    const at = pageOf(query.value), ask = { ...question(ledger, query.value, units) };
    const { found, wrong, again } = useAnswer(() => page(ledger.collection, at, SIZE, ask), JSON.stringify([at, ask]), ledger.collection, first);
    const selected = useMemo(() => signal(new Set()), []), [bulk, setBulk] = useState(false);
    if (!found) return html`<p class="meta" role="status">${wrong || "正在读取……"}</p>`;
    const may = ledger.may.update !== "none" && fieldsFor(ledger).length > 0;
    const empty = filtering(query.value).length ? html`<${Empty} title="没有符合条件的记录" text="请放宽条件，或者清除筛选。"/>`
        : html`<${Empty} title="还没有记录" text=${ledger.may.create === "none" ? "登记以后会出现在这里。" : "按“登记”添一条，也可以从 Excel 粘贴。"}/>`;
    return html`<p class="meta" role="status">共 ${count(found.totalItems)} 条${found.totalItems > found.items.length ? "，合计只算本页" : ""}。</p>
        <p class="wrong" role="alert">${wrong || paper.failure}</p>
        <${LedgerTable} ledger=${ledger} rows=${paper.every ?? found.items} total=${paper.every?.length ?? found.totalItems} paper=${paper.every} empty=${empty}
            selected=${may ? selected : undefined} actions=${html`<button type="button" onClick=${() => setBulk(true)}>批量修改</button>`}/>
        ${bulk && html`<${BulkDialog} ledger=${ledger} rows=${found.items} selected=${selected} onDone=${again} onClose=${() => setBulk(false)}/>`}
        <${Pages} page=${at} size=${SIZE} total=${found.totalItems}/>`;
}

function viewsOf(ledger) {
    return [["", "列表", List], stateField(ledger) && ["board", "看板", Board], dateField(ledger) && dateField(ledger).kind !== "month" && ["month", "月历", Month],
        dateField(ledger) && orgField(ledger) && ["heat", "分布", Heat]].filter(Boolean);
}

function Switch({ views }) {
    if (views.length < 2) return null;
    return html`<div class="switch views" role="group" aria-label="显示方式">${views.map(([code, word]) => html`<button type="button" key=${code}
        aria-pressed=${(query.value.view ?? "") === code} onClick=${() => setQuery({ view: code, page: "" })}>${word}</button>`)}</div>`;
}

function Actions({ ledger, units, paper }) {
    return html`<p class="actions">${ledger.may.create !== "none" && html`<a class="btn primary" href=${`#/ledgers/${ledger.collection}/new`}>登记</a>
        <${PasteButton} ledger=${ledger} units=${units}/>`}
        ${ledger.may.list !== "none" && html`<${Exchange} collection=${ledger.collection} imports=${ledger.may.create !== "none"}
                filter=${() => filterOf(ledger, query.value, units)} sort=${() => sortOf(ledger, query.value)}/>
            <${PrintButton} onPress=${query.value.view ? undefined : paper.fetchAll}/>`}</p>`;
}

export default function LedgerList({ data }) {
    const { ledger, units, first } = data, paper = usePaper(ledger, units), views = viewsOf(ledger);
    useEffect(() => followLedgers(reload), [ledger]);
    const [, , View] = views.find(([code]) => code === (query.value.view ?? "")) ?? views[0];
    return html`<div class="page wide-page">
        <header class="page-head"><div><p class="meta"><a href="#/ledgers">台账</a></p><h1>${ledger.title}</h1></div><${Actions} ledger=${ledger} units=${units} paper=${paper}/></header>
        ${ledger.may.list === "none" ? html`<${Empty} title="这本台账只登记，不能查看"/>` : html`
            <${Switch} views=${views}/>
            <${LedgerFilters} ledger=${ledger} units=${units}/>
            ${ledger.filter && html`<p class="meta">${query.value.all === "1" ? "正在显示全部记录。" : "正在按默认条件显示。"}
                <button type="button" class="quiet" onClick=${() => setQuery({ all: query.value.all === "1" ? "" : "1", page: "" })}>${query.value.all === "1" ? "只看默认的" : "显示全部"}</button></p>`}
            <${View} key=${columnsOf(ledger).length + ledger.collection} ledger=${ledger} units=${units} first=${first} paper=${paper}/>`}
    </div>`;
}
