/**
 * asof.js: the roster as it was on a day, for reading. The server goes through
 * the record of changes, page by page.
 *
 *   <${AsOf} units=${units} paper=${lines of the whole roster, or nothing}/>
 *   readWhole(query)      the lines of the whole roster, for paper
 *
 * Day, organization and place in the list are in the address.
 */
import { html, useEffect, useRef, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { count, shortDay } from "../lib/format.js";
import { KINDS } from "../lib/words.js";
import { nameOf } from "../org/units.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";
import { Table } from "../ui/table.js";
import { MEMBERSHIP } from "./fields.js";

const SIZE = 100, MOST = 500;

const read = ({ on, org = "", after = "" }, limit = SIZE) => call("GET", "/api/people/roster?" + new URLSearchParams({ on, org, after, limit }));

/** The whole roster of that day, for paper. */
export async function readWhole(asked) {
    const items = [];
    for (let after = ""; ;) {
        const page = await read({ ...asked, after }, MOST);
        items.push(...page.items);
        after = page.next;
        if (!after) return items;
    }
}

const remarks = ({ membership_state: state, lost, floating }) =>
    [state === "stopped" && MEMBERSHIP.stopped, lost && "失去联系", floating && "流动"].filter(Boolean).join("，");

const columnsOf = (units) => {
    const names = new Map(units.map((unit) => [unit.id, nameOf(unit)]));
    return [
        { key: "name", label: "姓名", main: true, plain: true, nowrap: true }, { key: "number", label: "工号", plain: true, nowrap: true },
        { key: "org", label: "组织", plain: true, cell: ({ org }) => names.get(org) }, { key: "kind", label: "身份", plain: true, nowrap: true, cell: ({ kind }) => KINDS[kind] },
        { key: "state", label: "状态", plain: true, cell: ({ state }) => html`<${Badge} kind="person" state=${state}/>` },
        { key: "away", label: "党籍和去向", plain: true, cell: remarks }, { key: "since", label: "从哪天起", plain: true, nowrap: true, cell: ({ since }) => shortDay(since) },
    ];
};

function useAsOf() {
    const [found, setFound] = useState(null), [wrong, setWrong] = useState(""), totals = useRef(null);
    const { on, org, after } = query.value;
    useEffect(() => {
        let gone = false;
        read({ on, org, after }).then((page) => {
            if (gone) return;
            if (page.totals) totals.current = page.totals;
            setFound(page);
            setWrong("");
        }, ({ message }) => { if (!gone) setWrong(message); });
        return () => { gone = true; };
    }, [on, org, after]);
    return { found, wrong, totals: totals.current };
}

const sum = (totals) => Object.values(totals).reduce((all, n) => all + n, 0);
const words = (totals) => Object.entries(KINDS).filter(([kind]) => totals[kind]).map(([kind, word]) => `${word} ${count(totals[kind])} 人`).join("，");

export function AsOf({ units, paper }) {
    const { found, wrong, totals } = useAsOf(), { on, after } = query.value;
    if (!found) return html`<p class=${wrong ? "wrong" : "meta"} role="alert">${wrong || "正在打开……"}</p>`;
    const rows = (paper ?? found.items).map((line) => ({ ...line, id: line.person }));
    return html`<div class="notice between-row"><span>这是<b>${shortDay(on)}</b>的名册，只能查看。${totals && `共 ${count(sum(totals))} 人${sum(totals) ? `：${words(totals)}` : ""}。`}</span>
            <button type="button" onClick=${() => setQuery({ on: "", after: "" }, { push: true })}>回到今天</button></div>
        <p class="wrong" role="alert">${wrong}</p>
        <${Table} label=${`${shortDay(on)}的名册`} columns=${columnsOf(units)} rows=${rows} total=${totals ? sum(totals) : rows.length} href=${({ id }) => "#/people/" + id}
            empty=${html`<${Empty} title="那一天名册上没有人" text="请换一天，或者换一个组织。"/>`}/>
        ${(after || found.next) && html`<nav class="pages" aria-label="翻页"><button type="button" disabled=${!after} onClick=${() => setQuery({ after: "" })}>回到开头</button>
            <button type="button" disabled=${!found.next} onClick=${() => setQuery({ after: found.next }, { push: true })}>下一页</button></nav>`}`;
}

