/** table.js: a ledger as a table: columns by the width of the window, sums below. */
import { html, useEffect, useState } from "../lib/lib.js";
import { yuan } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Table } from "../ui/table.js";
import { columnsOf } from "./schema.js";
import { NUMERIC, Value, textOf, titleOf } from "./values.js";

const LONG = ["long", "editor"], UNSORTED = ["file", "json", "editor", "geoPoint"], WHOLE = ["date", "moment", "month", "quarter"];
const COLUMN_REM = 9, NARROW = 900;

/** A number that is a name or a place in an order has no sum. */
const ORDINAL = /年|月|日|期|序|号|率|比|第/;
export const summable = ({ kind, label, name }) => kind === "money" || (kind === "number" && !ORDINAL.test(label) && !["sort", "year"].includes(name));

function useWidth() {
    const [width, setWidth] = useState(innerWidth);
    useEffect(() => {
        const measure = () => setWidth(innerWidth);
        addEventListener("resize", measure);
        return () => removeEventListener("resize", measure);
    }, []);
    return width;
}

/** Cards and paper show every column, a table those that fit. */
function fitting(fields, width, paper) {
    if (paper || width < NARROW) return fields;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return fields.slice(0, Math.max(3, Math.floor(width / rem / COLUMN_REM)));
}

/** A card begins with what names it, a table keeps the order of the columns. */
const leading = (fields, main) => [fields[main], ...fields.filter((_, i) => i !== main)];

function columnOf(ledger, field, main) {
    return {
        key: field.name, label: field.label, main, num: NUMERIC.includes(field.kind), nowrap: WHOLE.includes(field.kind), long: LONG.includes(field.kind),
        plain: UNSORTED.includes(field.kind) || (field.kind === "relation" && field.many), value: (record) => textOf(field, record),
        cell: (record) => {
            if (main) return textOf(field, record) || titleOf(ledger, record);
            if (field.name === ledger.state_field && record[field.name]) return html`<${Badge} word=${textOf(field, record)} tone="plain"/>`;
            return field.kind === "long" ? html`<span class="clip">${textOf(field, record)}</span>` : html`<${Value} field=${field} record=${record}/>`;
        },
    };
}

function Sums({ fields, rows, word, picked }) {
    const cell = (field, i) => {
        if (i === 0) return html`<th scope="row">${word}</th>`;
        if (!summable(field)) return html`<td></td>`;
        const sum = rows.reduce((n, record) => n + (record[field.name] ?? 0), 0);
        return html`<td class="num" data-label=${field.label}>${field.kind === "money" ? yuan(sum) : Number(sum.toFixed(4))}</td>`;
    };
    return html`<tr>${picked && html`<td class="pick"></td>`}${fields.map(cell)}</tr>`;
}

export function LedgerTable({ ledger, rows, total, paper, selected, actions, empty }) {
    const width = useWidth(), shown = fitting(columnsOf(ledger), width, paper), named = Math.max(0, shown.findIndex(({ name }) => name === ledger.shows));
    const cards = width < NARROW && !paper, fields = cards && shown.length ? leading(shown, named) : shown, main = cards ? 0 : named;
    const sums = fields.some(summable) && rows.length > 1;
    return html`<${Table} label=${ledger.title} columns=${fields.map((field, i) => columnOf(ledger, field, i === main))} rows=${rows} total=${total}
        href=${({ id }) => `#/ledgers/${ledger.collection}/${id}`} selected=${selected} actions=${actions} empty=${empty}
        footer=${sums && html`<${Sums} fields=${fields} rows=${rows} word=${rows.length < total ? "本页合计" : "合计"} picked=${selected}/>`}/>`;
}
