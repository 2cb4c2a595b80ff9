/**
 * panel.js: the detail of one row beside its list; over the list on a phone. Esc closes it.
 *
 *   <div class=${open ? "with-panel" : ""}><div>…list…</div>${open && html`<${Panel} title="…" onClose=${fn}>…<//>`}</div>
 */
import { html, useEffect, useRef } from "../lib/lib.js";

export function Panel({ title, onClose, children }) {
    const box = useRef(null);
    useEffect(() => {
        const from = document.activeElement;
        box.current.querySelector("h2").focus();
        return () => from?.focus?.();
    }, []);
    const escape = (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && onClose();
    return html`<aside ref=${box} class="panel" aria-label=${title} onKeyDown=${escape}>
        <header><h2 tabindex="-1">${title}</h2><button type="button" onClick=${onClose}>关闭</button></header>
        ${children}
    </aside>`;
}
