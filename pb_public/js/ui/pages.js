/**
 * pages.js: the way through a long list of which the server gives a page at a
 * time. The page is in the address (?page=2).
 *
 *   <${Pages} page=${2} size=${100} total=${1234}/>
 *   pageOf(query)      the page that the address asks for, 1 without one
 */
import { html } from "../lib/lib.js";
import { setQuery } from "../lib/router.js";
import { count } from "../lib/format.js";

export const pageOf = ({ page }) => Math.max(1, Math.floor(Number(page)) || 1);

export function Pages({ page, size, total }) {
    const last = Math.max(1, Math.ceil(total / size));
    if (last === 1) return null;
    const turn = (to) => () => {
        setQuery({ page: to === 1 ? "" : to });
        document.querySelector("main h1")?.scrollIntoView({ block: "start" });
    };
    return html`<nav class="pages" aria-label="翻页">
        <button type="button" disabled=${page <= 1} onClick=${turn(page - 1)}>上一页</button>
        <span>第 ${count(page)} 页，共 ${count(last)} 页</span>
        <button type="button" disabled=${page >= last} onClick=${turn(page + 1)}>下一页</button></nav>`;
}
