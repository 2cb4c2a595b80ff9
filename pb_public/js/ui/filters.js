/**
 * filters.js: filters above a list, kept in the address, so that a link or a
 * reload shows the same list; a change begins at the first page. The key / goes
 * to the search box.
 *
 *   <${Filters}>
 *       <${Search} name="q" label="按姓名或工号查找"/>
 *       <${Pick} name="state" label="状态" options=${[["open", "待办"], …]}/>     全部 is added
 *   <//>
 *   matches(text, row.name, row.number)   true when every word of text occurs in one of them
 */
import { html, useEffect, useRef, useState } from "../lib/lib.js";
import { query, setQuery } from "../lib/router.js";

/** On a phone only the search box stands there; the rest opens on a press. */
export function Filters({ children }) {
    const [open, setOpen] = useState(false);
    const chosen = [children].flat(2).filter((child) => child?.type === Pick && query.value[child.props.name]).length;
    return html`<div class=${open ? "filters open" : "filters"} role="search">${children}
        <button type="button" class="fold" aria-expanded=${open} onClick=${() => setOpen(!open)}>${open ? "收起" : chosen ? `筛选 ${chosen}` : "筛选"}</button></div>`;
}

export function Search({ name = "q", label }) {
    const input = useRef(null);
    useEffect(() => {
        const jump = (event) => {
            if (event.key !== "/" || event.target.closest("input, textarea, select, dialog")) return;
            event.preventDefault();
            input.current.focus();
        };
        addEventListener("keydown", jump);
        return () => removeEventListener("keydown", jump);
    }, []);
    return html`<label class="filter grow"><span>${label}</span><input ref=${input} type="search" value=${query.value[name] ?? ""}
        onInput=${(event) => setQuery({ [name]: event.target.value, page: "" })}
        onKeyDown=${(event) => event.key === "Escape" && setQuery({ [name]: "", page: "" })}/></label>`;
}

export const Pick = ({ name, label, options, all = "全部" }) => html`<label class="filter"><span>${label}</span>
    <select value=${query.value[name] ?? ""} onChange=${(event) => setQuery({ [name]: event.target.value, page: "" })}>
        ${all && html`<option value="">${all}</option>`}
        ${options.map(([code, word]) => html`<option key=${code} value=${code} selected=${query.value[name] === code}>${word}</option>`)}
    </select></label>`;

export function matches(text, ...fields) {
    const words = (text ?? "").trim().toLowerCase().split(/\s+/).filter(Boolean);
    const all = fields.join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
}
