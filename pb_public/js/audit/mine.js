/** mine.js: what the trail says about the reader: who has changed or looked at what is theirs. */
import { html } from "../lib/lib.js";
import { query, setQuery } from "../lib/router.js";
import { me } from "../lib/session.js";
import { Empty, Trouble } from "../ui/empty.js";
import { Entries } from "./entries.js";
import { filterOf, read } from "./read.js";
import { useTrail } from "./trail.js";

export const title = "关于我的记录";
export const css = ["trail"];

const own = () => ({ person: me.value.person.id });

export const load = ({ query }) => read(filterOf({ ...query, ...own() }), query.before);

export default function Mine({ data }) {
    const { found, wrong, again } = useTrail(data, own());
    const turn = (before) => () => {
        setQuery({ before }, { push: true });
        document.querySelector("main h1")?.scrollIntoView({ block: "start" });
    };
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/me">我的</a></p><h1>${title}</h1>
            <p class="lead">谁登记、修改、查看过关于您的内容，都在这里，谁也改不了。登录记录只有您自己和系统管理员看得到。</p></div></header>
        ${wrong ? html`<${Trouble} message=${wrong} onRetry=${again}/>` : found.entries.length
            ? html`<section class="card"><${Entries} found=${found}/></section>` : html`<${Empty} title="还没有关于您的记录"/>`}
        <nav class="pages" aria-label="翻页">${query.value.before && html`<button type="button" onClick=${turn("")}>回到最新</button>`}
            ${found.next && html`<button type="button" onClick=${turn(found.next)}>更早的</button>`}</nav>
    </div>`;
}
