/** item.js: the ledgers that serve an item of the plan, with how much each has of the year. */
import { html, useEffect, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { count } from "../lib/format.js";

export function ItemLedgers({ number, year }) {
    const [ledgers, setLedgers] = useState([]), [wrong, setWrong] = useState("");
    useEffect(() => { if (number) call("GET", `/api/ledgers/items/${number}?year=${year ?? ""}`).then(setLedgers, ({ message }) => setWrong(message)); }, [number, year]);
    if (!ledgers.length && !wrong) return null;
    return html`<section class="card"><h2>台账</h2><p class="wrong" role="alert">${wrong}</p><ul class="rows">${ledgers.map(({ collection, title, records }) => html`<li key=${collection}>
        <a class="row" href=${"#/ledgers/" + collection}><span class="row-text"><span class="row-title">${title}</span></span><span class="row-end meta">${year ? `${year}年 ` : ""}${count(records)} 条</span></a></li>`)}</ul></section>`;
}
