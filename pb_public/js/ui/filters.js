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
import { html, useEffect, useRef } from "../lib/lib.js";
import { query, setQuery } from "../lib/router.js";

export const Filters = ({ children }) => html`<div class="filters" role="search">${children}</div>`;

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
