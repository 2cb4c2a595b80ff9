/**
 * import.js: an import on the desk: the text on the left, what was read from
 * it on the right, each showing where it stands in the other. On a phone they
 * are two tabs.
 */
import { html, computed, signal, useEffect, useMemo, useRef } from "../lib/lib.js";
import { one } from "../lib/api.js";
import { can, me } from "../lib/session.js";
import { time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { loadDirectory } from "./assign.js";
import { Actions } from "./import_actions.js";
import { openDesk } from "./import_desk.js";
import { Outline } from "./import_outline.js";
import { Source } from "./import_source.js";
import { Status } from "./import_status.js";
import { showMark } from "./marked.js";
import { at, places } from "./outline.js";

export const title = ({ record }) => record.title || "导入工作要点";
export const css = ["plan"];

const LIGHT = "id,state,updated,year,since,org_path,created_by,confirmed_by,plan,duplicate_of,expand.created_by.name,expand.confirmed_by.name";
let closing = Promise.resolve();

export async function load({ params, liveOne }) {
    await closing; // the desk of the view that is being left, when it is the same import
    const record = await one("plan_imports", params.id);
    const light = liveOne("plan_imports", params.id, { fields: LIGHT, expand: "created_by,confirmed_by" });
    const people = places(record.outline).map((place) => at(record.outline, place).assign?.person);
    const [directory] = await Promise.all([loadDirectory(people), light.ready]);
    return { record, light, directory };
}

/** What is looked at: which obligation, which words of it, which tab on a phone. */
function makeView(desk) {
    const view = { chosen: signal(""), strong: signal(null), tab: signal("outline"), text: { current: null }, selection: signal(null) };
    view.place = computed(() => (view.chosen.value ? view.chosen.value.split(".").map(Number) : null));
    view.obligation = computed(() => view.place.value && at(desk.outline.value, view.place.value));
    /** Opens an obligation; scrolls the other side to it, or to its card. */
    view.open = (place, { scroll = "text", field } = {}) => {
        const key = Array.isArray(place) ? place.join(".") : place;
        view.chosen.value = key;
        view.strong.value = null;
        if (scroll === "card" || field) view.tab.value = "outline";
        requestAnimationFrame(() => requestAnimationFrame(() => {
            if (scroll !== "card") showMark(view.text.current, key);
            if (scroll === "text" && !field) return;
            const card = document.getElementById("ob-" + key);
            card?.scrollIntoView({ block: "start" });
            (document.getElementById(`${key}-${field}`) ?? card?.querySelector("button"))?.focus({ preventScroll: true });
        }));
    };
    view.showText = (key) => {
        view.tab.value = "text";
        requestAnimationFrame(() => showMark(view.text.current, key));
    };
    return view;
}

function useDesk({ record, light, directory }) {
    const desk = useMemo(() => openDesk(record, directory), [record]);
    useEffect(() => {
        const stop = light.record.subscribe((heard) => desk.hear(heard));
        return () => { stop(); closing = desk.stop(); };
    }, [desk]);
    return desk;
}

function Heading({ record, light }) {
    const { created_by: clerk, confirmed_by: confirmer } = light.expand ?? {};
    const by = clerk?.name ?? (light.created_by === me.value.person.id ? me.value.person.name : "");
    return html`<header class="page-head"><div><p class="meta"><a href="#/plan/imports">导入工作要点</a> ${record.filename}</p><h1>${title({ record })}</h1>
        <p class="deadline"><${Badge} kind="import" state=${light.state}/><span class="meta">${[by && `${by}经办`, `${time(record.created)}导入`,
            confirmer && `${confirmer.name}确认`].filter(Boolean).join("，")}</span></p></div></header>`;
}

export default function Import({ data }) {
    const desk = useDesk(data), view = useMemo(() => makeView(desk), [desk]), light = data.light.record.value, split = useRef(null);
    const editable = light.state === "draft" && can("plan.edit", light.org_path) && desk.saving.value !== "locked";
    const tab = (key, word) => html`<button type="button" aria-pressed=${view.tab.value === key} onClick=${() => { view.tab.value = key; }}>${word}</button>`;
    return html`<div class="page wide-page desk">
        <${Heading} record=${data.record} light=${light}/>
        <${Actions} desk=${desk} view=${view} light=${light} editable=${editable}/>
        <${Status} desk=${desk} view=${view} editable=${editable} light=${light}/>
        <div class="switch panes" role="group" aria-label="看哪一边">${tab("text", "原文")}${tab("outline", "摘要")}</div>
        <div class="split" data-tab=${view.tab.value} ref=${split}>
            <${Source} desk=${desk} view=${view} editable=${editable}/>
            <${Outline} desk=${desk} view=${view} editable=${editable}/>
        </div>
    </div>`;
}
