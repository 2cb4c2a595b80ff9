/**
 * mine.js: what I owe and why (我的党费), month by month, each line with its
 * sentence; my receipts, my yearly base to confirm, my waivers. An officer sees
 * the same page of somebody in reach, as far as the server shows it.
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { call, list, where } from "../lib/api.js";
import { can, me, today } from "../lib/session.js";
import { yuan } from "../lib/format.js";
import { PrintButton } from "../ui/print.js";
import { Base, readItems } from "./base_card.js";
import { Months } from "./months.js";
import { monthWord, shift, spans } from "./money.js";
import { DuesNav } from "./nav.js";
import { Receipts } from "./receipts.js";
import { Waivers } from "./waivers.js";
import { CATEGORIES } from "./words.js";

export const title = ({ person, name }) => (person === me.value.person.id ? "我的党费" : `${name}的党费`);
export const css = ["dues"];

const BACK = 24; // months that are shown

const readLedger = (person) => call("GET", `/api/dues/mine?${new URLSearchParams({ person, from: shift(today().slice(0, 7), 1 - BACK) })}`);

export async function load({ params, live }) {
    const person = params.person ?? me.value.person.id, filter = where("person = {:person}", { person }), own = (record) => record.person === person;
    const ledger = await readLedger(person); // before anything else is asked about somebody out of reach
    const payments = live("dues_payments", { filter, keep: own, sort: "-received_on,-created", order: (a, b) => b.received_on.localeCompare(a.received_on) || b.created.localeCompare(a.created) });
    const bases = live("dues_bases", { filter, keep: own, sort: "-since", order: (a, b) => b.since.localeCompare(a.since) });
    const waivers = live("dues_waivers", { filter, keep: own, sort: "-since", order: (a, b) => b.since.localeCompare(a.since) });
    const [items, profiles] = await Promise.all([readItems(filter), list("dues_profiles", { filter, sort: "-since" }), payments.ready, bases.ready, waivers.ready]);
    return { person, name: ledger.name, ledger, payments, bases, waivers, items, profiles };
}

/** What has been paid changes the ledger, so it is asked for again. */
function useLedger({ ledger, payments, bases, waivers, person }) {
    const [now, setNow] = useState(ledger), seen = JSON.stringify([payments, bases, waivers].map(({ rows }) => rows.value.map(({ id, state }) => id + state)));
    const [first] = useState(seen);
    useEffect(() => {
        let gone = false;
        if (seen !== first) readLedger(person).then((answer) => { if (!gone) setNow(answer); }, () => {});
        return () => { gone = true; };
    }, [seen]);
    return now;
}

/** The first sentence of the page answers its question. */
function Owed({ ledger, self }) {
    const { balance, months } = ledger, now = today().slice(0, 7), owed = months.filter(({ remaining }) => remaining > 0), late = owed.filter(({ month }) => month < now);
    const words = (list) => spans(list.map(({ month }) => month)), last = months.findLast(({ remaining }) => remaining <= 0);
    return html`<section class="card" aria-label="欠交合计">
        <p class="meta">${self ? "我现在要交" : "现在要交"}</p>
        <p class=${late.length ? "owed due" : "owed"}>${yuan(Math.max(balance, 0))} <small>元</small></p>
        ${balance > 0 && html`<p>${late.length ? `${words(late)}没有交清${owed.length > late.length ? `；${words(owed.slice(late.length))}还没有到月底` : ""}。` : `${words(owed)}的党费，请在月底前交纳。`}</p>
            ${self && html`<p class="meta">请向所在支部交纳，现金或转账都可以，也可以请亲属或其他党员代交。</p>`}`}
        ${balance <= 0 && html`<p>${months.length ? `都交清了${last ? `，交到${monthWord(last.month)}` : ""}。` : "还没有记过账。"}${balance < 0 ? `其中预交 ${yuan(-balance)} 元。` : ""}</p>`}
    </section>`;
}

function Category({ profiles, self }) {
    const now = today().slice(0, 7), [current] = profiles.filter(({ since, until }) => since <= now && (!until || until >= now));
    return html`<section class="card"><h2>${self ? "我按什么交纳" : "按什么交纳"}</h2>
        ${current ? html`<p>${CATEGORIES[current.category]}，自${monthWord(current.since)}起${current.quarterly ? "，经支部同意按季度交纳" : ""}。</p>`
            : html`<p>还没有登记类别，请告诉支部组织委员。</p>`}
        <p class="meta"><a href="#/dues/rates">党费标准和试算</a></p></section>`;
}

export default function Mine({ data, params }) {
    const ledger = useLedger(data), self = data.person === me.value.person.id, bases = data.bases.rows.value, waiting = bases.some(({ state }) => state === "handed");
    const base = html`<${Base} bases=${bases} items=${data.items} self=${self}/>`;
    return html`<div class="page">
        <header class="page-head"><div>${!self && html`<p class="meta"><a href="#/dues/grid">收缴表</a></p>`}<h1>${title(data)}</h1></div><${PrintButton}/></header>
        ${(self || can("dues")) && html`<${DuesNav} at=${self ? "mine" : "grid"}/>`}
        <div class="columns">
            <div><${Owed} ledger=${ledger} self=${self}/>${waiting && base}<${Months} months=${ledger.months} lines=${ledger.lines} opened=${params.month}/></div>
            <div><${Receipts} payments=${data.payments.rows.value}/>${!waiting && base}<${Category} profiles=${data.profiles} self=${self}/>
                <${Waivers} waivers=${data.waivers.rows.value} person=${data.person} self=${self}/></div>
        </div>
    </div>`;
}
