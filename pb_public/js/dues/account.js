/**
 * account.js: the account of dues (账目): what there is, what was spent on what
 * decision, what goes up, what else came in. Who handles, who approves and who
 * pays are three people; the server holds that, the page says whose turn it is.
 */
import { html, useState } from "../lib/lib.js";
import { call, list, where } from "../lib/api.js";
import { query, setQuery } from "../lib/router.js";
import { can } from "../lib/session.js";
import { yuan } from "../lib/format.js";
import { nameOf } from "../org/units.js";
import { Filters } from "../ui/filters.js";
import { PrintButton } from "../ui/print.js";
import { NewDonation, NewExpense, NewIncome, NewRemittance } from "./account_new.js";
import { Donations, Expenses, Incomes, Remittances } from "./account_lists.js";
import { DuesNav, UnitPick, YearPick, chooseUnit, yearOf } from "./nav.js";

export const title = "党费账目";
export const css = ["dues"];
export const reloads = ["org", "year"];

const POWERS = ["dues.account", "dues.cash", "dues.check"];

export async function load({ query }) {
    const { units, unit } = await chooseUnit(query, ...POWERS), year = yearOf(query), range = { lo: unit.path, hi: unit.path.replace(/\/$/, "0"), from: `${year}-01`, to: `${year}-12-31` };
    const read = (name, field, expand) => list(name, { filter: where(`org_path >= {:lo} && org_path < {:hi} && ${field} >= {:from} && ${field} <= {:to}`, range), sort: `-${field}`, expand });
    const [book, expenses, remittances, incomes, donations] = await Promise.all([
        call("GET", `/api/dues/book?${new URLSearchParams({ org: unit.id })}`), read("dues_expenses", "resolved_on", "person,approved_by,paid_by"), read("dues_remittances", "from_month", "paid_by"),
        read("dues_incomes", "booked_on"), read("dues_donations", "received_on", "person"),
    ]);
    return { units, unit, year, book: book.book, expenses, remittances, incomes, donations };
}

const TABS = [["", "使用"], ["remittances", "上缴"], ["donations", "自愿多交"], ["incomes", "其他收入"]];

function Book({ book }) {
    return html`<div class="tiles">${[["结存", book.balance], ["收缴的党费", book.paid], ["留用的多交党费", book.donations], ["其他收入", book.incomes], ["使用", book.expenses], ["上缴", book.remitted]]
        .map(([word, fen]) => html`<p key=${word} class="tile"><b>${yuan(fen)}</b><span>${word}（元）</span></p>`)}</div>
        <p class="meta">结存 = 收缴的党费 + 留用的多交党费 + 其他收入 − 使用 − 上缴，自启用以来累计。应当全部上缴中央的大额党费不在其中。</p>`;
}

const NEW = { "": ["登记使用", NewExpense, "dues.account"], remittances: ["登记上缴", NewRemittance, "dues.account"], donations: ["登记多交", NewDonation, "dues.record"], incomes: ["登记收入", NewIncome, "dues.account"] };

export default function Account({ data, params }) {
    const { units, unit, year } = data, [open, setOpen] = useState(false), tab = params.id ? "remittances" : TABS.some(([key]) => key === query.value.tab) ? query.value.tab : "", [word, Form, power] = NEW[tab];
    return html`<div class="page wide-page">
        <header class="page-head"><div><h1>党费账目</h1><p class="lead">${nameOf(unit)}和所属组织</p></div>
            <p class="actions">${can(power, unit.path) && html`<button type="button" class="primary" onClick=${() => setOpen(true)}>${word}</button>`}<${PrintButton}/></p></header>
        <${DuesNav} at="account"/>
        <${Filters}><${UnitPick} units=${units} unit=${unit} powers=${POWERS}/><${YearPick}/><//>
        <${Book} book=${data.book}/>
        <div class="switch between" role="group" aria-label="看哪一类">${TABS.map(([key, label]) => html`<button type="button" key=${key} aria-pressed=${tab === key} onClick=${() => setQuery({ tab: key })}>${label}</button>`)}</div>
        ${tab === "" && html`<${Expenses} rows=${data.expenses} year=${year}/>`}${tab === "remittances" && html`<${Remittances} rows=${data.remittances} chosen=${params.id}/>`}
        ${tab === "donations" && html`<${Donations} rows=${data.donations}/>`}${tab === "incomes" && html`<${Incomes} rows=${data.incomes}/>`}
        ${open && html`<${Form} unit=${unit} onClose=${() => setOpen(false)}/>`}
    </div>`;
}
