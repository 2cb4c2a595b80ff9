/** peek.js: a record that another one points to: its name as a link, and on a press what it says, in place. */
import { html, useState } from "../lib/lib.js";
import { one } from "../lib/api.js";
import { asking, columnsOf, describe } from "./schema.js";
import { Value, nameOf, textOf } from "./values.js";

export function Peek({ field, to }) {
    const [seen, setSeen] = useState(null), [wrong, setWrong] = useState("");
    if (!to.record) return html`<p class="meta">（无权查看）</p>`;
    const name = nameOf(to.record, field.shows);
    const open = async () => {
        if (seen) return setSeen(null);
        try {
            const ledger = await describe(field.to), fields = columnsOf(ledger);
            setSeen({ fields, record: await one(field.to, to.id, asking(fields)) });
            setWrong("");
        } catch ({ message }) {
            setWrong(message);
        }
    };
    return html`<div class="peek"><p><a href=${`#/ledgers/${field.to}/${to.id}`}>${name}</a>
            <button type="button" class="quiet" aria-expanded=${Boolean(seen)} aria-label=${`${seen ? "收起" : "展开"}${name}`} onClick=${open}>${seen ? "收起" : "展开"}</button></p>
        <p class="wrong" role="alert">${wrong}</p>
        ${seen && html`<dl class="facts">${seen.fields.filter((one) => textOf(one, seen.record)).map((one) => html`<div key=${one.name}><dt>${one.label}</dt><dd><${Value} field=${one} record=${seen.record}/></dd></div>`)}</dl>`}</div>`;
}
