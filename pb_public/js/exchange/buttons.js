/**
 * buttons.js: the ways in and out of a list, for whoever may use them.
 *
 *   <${Exchange} collection="people" imports=${can("people.edit")} filter=${filter} sort=${sort}/>
 *       imports   the reader may enter records here: the link 导入 stands there
 *       filter, sort   as the list asks the server for it; a function is called when it is pressed, and may take its time
 */
import { html, useState } from "../lib/lib.js";
import { ExportDialog } from "./export.js";

const now = (value) => (typeof value === "function" ? value() : value);

export function Exchange({ collection, imports, filter, sort }) {
    const [asked, setAsked] = useState(null), [failure, setFailure] = useState("");
    const ask = () => Promise.all([now(filter), now(sort)]).then(
        ([filter, sort]) => { setFailure(""); setAsked({ filter, sort }); }, ({ message }) => setFailure(message));
    return html`${imports && html`<a class="btn" href=${"#/exchange/" + collection}>导入</a>`}
        <button type="button" onClick=${ask}>导出</button>
        ${failure && html`<span class="wrong" role="alert">${failure}</span>`}
        ${asked && html`<${ExportDialog} collection=${collection} ...${asked} onClose=${() => setAsked(null)}/>`}`;
}
