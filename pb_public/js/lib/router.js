/**
 * router.js: hash routes. A view's module and its first data are awaited, then
 * it is painted once; until then the old view stays.
 *
 *   routes({ "/plan/items/:id": () => import("…"), … }, guard)   once, in app.js
 *   go("/duties/x")              opens a view        back(fallback)
 *   current                      signal: { View, data, params, path, failure }
 *   query                        signal: what stands after ? in the address
 *   setQuery({ state: "open" })  writes filters into the address; "" removes one.
 *                                With { push: true } “back” undoes it: for a panel that opens
 *   reload()                     runs load() of the present view again
 *   busy                         signal: a view is being opened
 *
 * A view is one module:
 *
 *   export default function Board({ data, params }) { return html`…`; }   with one <h1>
 *   export const title = "工作要点";               or (data) => string
 *   export const css = ["plan"];                  more style sheets of css/, optional
 *   export const reloads = ["year"];              query keys that run load() again, optional
 *   export async function load({ params, query, live, liveOne }) { return data; }   optional
 *
 * `live` and `liveOne` are those of live.js, stopped when the view is left.
 */
import { batch, signal } from "./lib.js";
import { live, liveOne } from "./live.js";

export const current = signal(null);
export const query = signal({});
export const busy = signal(false);

let table = [], guard = () => null, turn = 0, opening = "", stops = [], key = "";
const scrolls = new Map();

export function routes(paths, check) {
    guard = check;
    table = Object.entries(paths).map(([path, load]) => ({
        load,
        names: [...path.matchAll(/:(\w+)/g)].map((match) => match[1]),
        pattern: new RegExp("^" + path.replace(/:\w+/g, "([^/]+)") + "$"),
    }));
    history.scrollRestoration = "manual";
    addEventListener("hashchange", open);
    addEventListener("scroll", () => scrolls.set(key, scrollY), { passive: true });
    return open();
}

export const go = (path) => { location.hash = "#" + path; };
export const back = (fallback) => (history.length > 1 ? history.back() : go(fallback));
export const reload = () => open({ again: true });

export function setQuery(patch, { push } = {}) {
    const next = { ...query.value, ...patch };
    for (const name of Object.keys(next)) if (next[name] === "" || next[name] == null) delete next[name];
    const search = new URLSearchParams(next).toString();
    history[push ? "pushState" : "replaceState"](history.state, "", "#" + current.value.path + (search ? "?" + search : ""));
    query.value = next;
    if (current.value.reloads?.some((name) => name in patch)) reload();
}

function address() {
    const [path, search] = (location.hash.slice(1) || "/").split("?");
    return { path, search: Object.fromEntries(new URLSearchParams(search)) };
}

async function open({ again } = {}) {
    if (location.hash && !location.hash.startsWith("#/")) return;
    const { path, search } = address();
    const other = guard(path);
    if (other) {
        history.replaceState(null, "", "#" + other);
        return open();
    }
    if (!again && current.value?.path === path && !current.value.failure && sameLoad(search)) {
        if (busy.value && opening !== path) { // who comes back doesn't wait for where they were going
            turn++;
            busy.value = false;
        }
        query.value = search;
        return;
    }
    const mine = ++turn, own = [];
    opening = path;
    const keep = (source) => { own.push(source.stop); return source; };
    busy.value = true;
    const next = await build(path, search, {
        live: (...args) => keep(live(...args)), liveOne: (...args) => keep(liveOne(...args)),
    });
    if (mine !== turn) return own.forEach((stop) => stop());
    const left = stops, moved = current.value && current.value.path !== path;
    stops = own;
    batch(() => { current.value = next; query.value = search; busy.value = false; });
    left.forEach((stop) => stop());
    document.title = next.title ? `${next.title} - 要点` : "要点";
    settle(moved);
}

/** Back and forward between filters of one view need no new data, unless the view says so. */
function sameLoad(search) {
    const { reloads = [] } = current.value;
    return reloads.every((name) => (search[name] ?? "") === (query.value[name] ?? ""));
}

async function build(path, search, sources) {
    const { route, params } = match(path);
    if (!route) return { path, params, failure: "没有这个页面，网址可能写错了。", title: "没有这个页面" };
    try {
        const module = await route.load();
        const [data] = await Promise.all([
            module.load?.({ params, query: search, ...sources }), ...(module.css ?? []).map(stylesheet),
        ]);
        const title = typeof module.title === "function" ? module.title(data) : module.title;
        return { path, params, data, title, View: module.default, reloads: module.reloads };
    } catch (failure) {
        if (!failure.fields) console.error(failure);
        const message = failure.fields ? failure.message : "这一页没有打开，请检查网络后再试一次。";
        return { path, params, failure: message, title: "没有打开" };
    }
}

function match(path) {
    for (const route of table) {
        const found = route.pattern.exec(path);
        if (found) return { route, params: Object.fromEntries(route.names.map((name, i) => [name, decodeURIComponent(found[i + 1])])) };
    }
    return { params: {} };
}

/** Scrolls to where the reader was, or to the top, and puts the focus on the heading. */
function settle(moved) {
    const known = history.state?.key;
    key = known ?? String(Date.now());
    if (!known) history.replaceState({ key }, "");
    if (!moved) return;
    const y = scrolls.get(known) ?? 0;
    requestAnimationFrame(() => {
        scrollTo(0, y);
        const heading = document.querySelector("main h1");
        heading?.setAttribute("tabindex", "-1");
        heading?.focus({ preventScroll: true });
    });
}

const sheets = new Map();

function stylesheet(name) {
    if (!sheets.has(name)) {
        sheets.set(name, new Promise((done) => {
            const link = document.createElement("link");
            Object.assign(link, { rel: "stylesheet", href: new URL(`../../css/${name}.css`, import.meta.url).href, onload: done, onerror: done });
            document.head.append(link);
        }));
    }
    return sheets.get(name);
}
