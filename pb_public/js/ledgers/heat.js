/** heat.js: how many records each organization has in each month of a year. A number opens the list of it. */
import { html } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { today } from "../lib/session.js";
import { addDays, count } from "../lib/format.js";
import { nameOf, ordered } from "../org/units.js";
import { Empty } from "../ui/empty.js";
import { between, filterOf, keyOf } from "./filter.js";
import { useAnswer } from "./rows.js";
import { dateField, orgField } from "./schema.js";

const MONTHS = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0"));

const STEPS = 4;
const shade = (n, most) => (n ? Math.ceil((n / most) * STEPS) : 0);

export function Heat({ ledger, units }) {
    const date = dateField(ledger), org = orgField(ledger), year = /^20\d\d$/.test(query.value.year) ? Number(query.value.year) : Number(today().slice(0, 4));
    const filter = [filterOf(ledger, query.value, units), between(date, `${year}-01-01`, `${year}-12-31`)].filter(Boolean).join(" && ");
    const { found, wrong } = useAnswer(() => call("GET", `/api/ledgers/heat/${ledger.collection}?filter=${encodeURIComponent(filter)}`), filter, ledger.collection);
    const cells = new Map((found ?? []).map(({ org: unit, month, records }) => [`${unit} ${month.slice(5)}`, records]));
    const most = Math.max(STEPS, ...cells.values()), at = (unit, month) => cells.get(`${unit.id} ${month}`) ?? 0;
    const rows = ordered(units).map(({ unit }) => unit).filter((unit) => MONTHS.some((month) => at(unit, month)));
    const open = (unit, month) => {
        const first = `${year}-${month}-01`, last = addDays(`${month === "12" ? year + 1 : year}-${month === "12" ? "01" : String(Number(month) + 1).padStart(2, "0")}-01`, -1);
        setQuery({ view: "", page: "", [keyOf(org)]: unit.id, [keyOf(org, "only")]: "1", [keyOf(date, "from")]: first, [keyOf(date, "to")]: last }, { push: true });
    };
    const sum = (values) => values.reduce((n, value) => n + value, 0);
    return html`<div class="month-bar"><button type="button" onClick=${() => setQuery({ year: year - 1 })}>上年</button><h2>${year}年</h2><button type="button" onClick=${() => setQuery({ year: year + 1 })}>下年</button>
            <span class="meta" role="status">按“${date.label}”，${found ? `${count(sum([...cells.values()]))} 条` : "正在读取"}。颜色越深，条数越多；按数字看是哪些。</span></div>
        <p class="wrong" role="alert">${wrong}</p>
        ${found && !rows.length ? html`<${Empty} title="这一年没有记录"/>` : html`<div class="table-box"><div class="heat-scroll" tabindex="0" role="region" aria-label="各组织各月的条数"><table class="heat">
            <thead><tr><th scope="col">${org.label}</th>${MONTHS.map((month) => html`<th key=${month} scope="col" class="num">${Number(month)}月</th>`)}<th scope="col" class="num">合计</th></tr></thead>
            <tbody>${rows.map((unit) => html`<tr key=${unit.id}><th scope="row">${nameOf(unit)}</th>
                ${MONTHS.map((month) => { const n = at(unit, month); return html`<td key=${month} class="num" data-label=${`${Number(month)}月`} data-heat=${shade(n, most)}>${n > 0 && html`<button type="button" aria-label=${`${nameOf(unit)}${Number(month)}月 ${n} 条`} onClick=${() => open(unit, month)}>${n}</button>`}</td>`; })}
                <td class="num" data-label="合计">${count(sum(MONTHS.map((month) => at(unit, month))))}</td></tr>`)}</tbody>
            <tfoot><tr><th scope="row">合计</th>${MONTHS.map((month) => html`<td key=${month} class="num">${count(sum(rows.map((unit) => at(unit, month))))}</td>`)}<td class="num">${count(sum([...cells.values()]))}</td></tr></tfoot></table></div></div>`}`;
}
