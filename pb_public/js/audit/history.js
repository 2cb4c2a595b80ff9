/**
 * history.js: what the trail says about one record, for whoever may read it;
 * asked for when it is opened.
 *
 *   <${Trace} collection="documents" id=${document.id}/>
 */
import { html, useState } from "../lib/lib.js";
import { can } from "../lib/session.js";
import { Entries } from "./entries.js";
import { filterOf, read } from "./read.js";

function Found({ found, id }) {
    if (!found.entries.length) return html`<p class="meta">没有您看得到的留痕。</p>`;
    return html`<${Entries} found=${found} here/>${found.next && html`<p class="actions"><a class="btn" href=${"#/audit?record=" + id}>看全部</a></p>`}`;
}

export function Trace({ collection, id }) {
    const [found, setFound] = useState(null), [wrong, setWrong] = useState("");
    if (!can("audit")) return null;
    const open = (event) => {
        if (!event.currentTarget.open) return;
        read(filterOf({ collection, record: id })).then((answer) => { setFound(answer); setWrong(""); }, ({ message }) => setWrong(message));
    };
    return html`<section class="card trace"><details onToggle=${open}><summary>留痕：谁改过什么</summary>
        <p class="wrong" role="alert">${wrong}</p>
        ${found ? html`<${Found} found=${found} id=${id}/>` : html`<p class="meta" role="status">正在读取……</p>`}</details></section>`;
}
