/**
 * table.js: the table that clerks live in. Sticky header, sorting kept in the
 * address (?sort=-due), keyboard ↑ ↓ Enter, a box per row for bulk actions. On
 * a narrow window every row becomes a card.
 *
 *   <${Table} label="文件台账" columns=${columns} rows=${rows}
 *       href=${(row) => "#/documents/" + row.id}    or onOpen=${(row) => …}
 *       selected=${signal(new Set())} actions=${html`…buttons…`}   optional
 *       opened=${id of the row shown in the panel} footer=${html`<tr>…</tr>`} empty=${html`…`}
 *       total=${how many there are in all}/>        optional: the rows are one page, sorted by the server
 *
 *   column: { key, label, cell: (row) => …, value: (row) => sortable, num, nowrap, main, plain }
 *       num    right-aligned figures        main   the row's heading and link
 *       plain  no sorting by this column    long   many words: on a card below its label
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { query, setQuery } from "../lib/router.js";
import { count } from "../lib/format.js";

const STEP = 200;
const collator = new Intl.Collator("zh-CN", { numeric: true });

const valueOf = (column, row) => (column.value ? column.value(row) : row[column.key]) ?? "";

function sortRows(rows, columns, sort) {
    if (!sort) return rows;
    const column = columns.find(({ key }) => key === sort.replace("-", ""));
    if (!column) return rows;
    const sign = sort[0] === "-" ? -1 : 1;
    return [...rows].sort((a, b) => {
        const x = valueOf(column, a), y = valueOf(column, b);
        return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(x, y));
    });
}

function Heading({ column, sort }) {
    const style = column.num ? "num" : "";
    if (column.plain) return html`<th scope="col" class=${style}>${column.label}</th>`;
    const up = sort === column.key, down = sort === "-" + column.key;
    return html`<th scope="col" class=${style} aria-sort=${up ? "ascending" : down ? "descending" : undefined}>
        <button type="button" class="sort" onClick=${() => setQuery({ sort: up ? "-" + column.key : down ? "" : column.key, page: "" })}>
            ${column.label}<span aria-hidden="true">${up ? " ↑" : down ? " ↓" : ""}</span></button></th>`;
}

function toggle(selected, id, on) {
    const next = new Set(selected.value);
    if (on) next.add(id);
    else next.delete(id);
    selected.value = next;
}

/** Arrow keys walk from row to row; Enter is the link's own. */
function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.matches("input, select, textarea")) return;
    const links = [...event.currentTarget.querySelectorAll(".row-link")];
    const next = links[Math.max(0, links.indexOf(document.activeElement) + step)];
    if (next) { event.preventDefault(); next.focus(); }
}

/** The whole row is the target, not the few words of its link. */
function press(event) {
    if (!event.target.closest("a, button, label, input, select") && !String(getSelection())) event.currentTarget.querySelector(".row-link")?.click();
}

function Row({ row, columns, href, onOpen, opened, selected, name }) {
    const open = onOpen && ((event) => { event.preventDefault(); onOpen(row); });
    const style = [opened === row.id && "opened", (href || open) && "link-row"].filter(Boolean).join(" ");
    return html`<tr class=${style} onClick=${press}>
        ${selected && html`<td class="pick"><label><input type="checkbox" aria-label=${`选择${name}`} checked=${selected.value.has(row.id)}
            onChange=${(event) => toggle(selected, row.id, event.target.checked)}/></label></td>`}
        ${columns.map((column) => {
            const content = column.cell ? column.cell(row) : valueOf(column, row);
            const style = [column.num && "num", column.nowrap && "nowrap", column.main && "main", column.long && "long"].filter(Boolean).join(" ");
            return column.main
                ? html`<th key=${column.key} scope="row" class=${style}>${href || open
                    ? html`<a class="row-link" href=${href ? href(row) : "#"} onClick=${open}>${content}</a>` : content}</th>`
                : html`<td key=${column.key} class=${style} data-label=${column.label}>${content}</td>`;
        })}</tr>`;
}

/** How many rows are shown; paper gets them all. */
function useLimit() {
    const [limit, setLimit] = useState(STEP), [paper, setPaper] = useState(false);
    useEffect(() => {
        const before = () => setPaper(true), after = () => setPaper(false);
        addEventListener("beforeprint", before);
        addEventListener("afterprint", after);
        return () => { removeEventListener("beforeprint", before); removeEventListener("afterprint", after); };
    }, []);
    return [paper ? Infinity : limit, setLimit];
}

export function Table({ label, columns, rows, href, onOpen, opened, selected, actions, footer, empty, total }) {
    const [limit, setLimit] = useLimit();
    const paged = total !== undefined;
    const sorted = paged ? rows : sortRows(rows, columns, query.value.sort), shown = paged ? rows : sorted.slice(0, limit);
    if (!rows.length) return empty ?? null;
    const main = columns.find((column) => column.main) ?? columns[0];
    const all = selected && shown.every((row) => selected.value.has(row.id));
    return html`<div class="table-box">
        ${selected?.value.size > 0 && html`<div class="bulk" role="status">已选 ${selected.value.size} 条${actions}
            <button type="button" onClick=${() => { selected.value = new Set(); }}>取消选择</button></div>`}
        <div class="table-scroll" tabindex="0" role="region" aria-label=${label} onKeyDown=${walk}><table>
            <caption class="sr">${label}，共 ${count(total ?? rows.length)} 条</caption>
            <thead><tr>${selected && html`<td class="pick"><label><input type="checkbox" aria-label="全选" checked=${all}
                onChange=${() => { selected.value = new Set(all ? [] : shown.map((row) => row.id)); }}/></label></td>`}
                ${columns.map((column) => html`<${Heading} key=${column.key} column=${column} sort=${query.value.sort}/>`)}</tr></thead>
            <tbody>${shown.map((row) => html`<${Row} key=${row.id} row=${row} columns=${columns} href=${href} onOpen=${onOpen}
                opened=${opened} selected=${selected} name=${valueOf(main, row)}/>`)}</tbody>
            ${footer && html`<tfoot>${footer}</tfoot>`}
        </table></div>
        ${sorted.length > shown.length && html`<p class="more"><button type="button" onClick=${() => setLimit(limit + STEP)}>
            再显示 ${Math.min(STEP, sorted.length - limit)} 条（共 ${count(sorted.length)} 条）</button></p>`}
    </div>`;
}
