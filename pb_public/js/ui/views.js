/**
 * views.js: filters that somebody uses again and again, by a name of their own. They
 * are kept on this device, for each person.
 *
 *   <${SavedViews} name="people" keys=${["q", "org"]}/>     keys of the address that belong to a view
 */
import { html, useState } from "../lib/lib.js";
import { current, query } from "../lib/router.js";
import { me } from "../lib/session.js";
import { askText, confirm } from "./dialog.js";

const MOST = 12;

const keyOf = (name) => `views:${me.value.person.id}:${name}`;

function read(name) {
    try {
        return JSON.parse(localStorage.getItem(keyOf(name))) ?? [];
    } catch {
        return [];
    }
}

function write(name, views) {
    try {
        localStorage.setItem(keyOf(name), JSON.stringify(views));
    } catch {
        // A full or private store: the view is there until the page is left.
    }
}

export function SavedViews({ name, keys }) {
    const [views, setViews] = useState(() => read(name));
    const keep = (next) => {
        setViews(next);
        write(name, next);
    };
    const search = new URLSearchParams(keys.filter((key) => query.value[key]).map((key) => [key, query.value[key]])).toString();
    const known = views.find((view) => view.search === search);
    const save = async () => {
        const label = await askText({ title: "存为常用视图", label: "名称", text: "把现在的筛选存在这台设备上，只有您看得到。", yes: "保存" });
        if (label) keep([...views.filter((view) => view.label !== label), { label: label.slice(0, 30), search }].slice(-MOST));
    };
    const forget = async () => {
        if (await confirm({ title: `删去视图“${known.label}”吗？`, text: "只删这个名字，不影响名册。", yes: "删去" })) keep(views.filter((view) => view !== known));
    };
    if (!views.length && !search) return null;
    return html`<nav class="views" aria-label="常用视图">${views.map((view) => html`<a key=${view.label} href=${`#${current.value.path}?${view.search}`}
            aria-current=${view === known ? "true" : undefined}>${view.label}</a>`)}
        ${search && !known && html`<button type="button" class="quiet" onClick=${save}>存为常用视图</button>`}
        ${known && html`<button type="button" class="quiet" onClick=${forget}>删去“${known.label}”</button>`}</nav>`;
}
