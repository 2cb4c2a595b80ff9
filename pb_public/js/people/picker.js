/**
 * picker.js: finds a person by name, pinyin or number as one types. Keyboard ↑ ↓ Enter Esc.
 *
 *   <${PersonPicker} id="p" label="责任人" name=${name of who is chosen} onPick=${(person) => …} wrong="…"/>
 */
import { html, useEffect, useRef, useState } from "../lib/lib.js";
import { page } from "../lib/api.js";
import { among, searchIds, sensitive } from "./search.js";

const SIZE = 8;
const WAIT = 250;

const search = async (text) => page("people", 1, SIZE, {
    filter: `state = "active" && kind != "service" && ${among(sensitive(text) ? [] : await searchIds(text))}`,
    sort: "name", expand: "org", fields: "id,name,number,title,org,expand.org.name,expand.org.short", skipTotal: true,
});

const about = ({ number, title, expand }) => [number, expand?.org?.short || expand?.org?.name, title].filter(Boolean).join("，");

export function PersonPicker({ id, label, name, onPick, wrong }) {
    const [text, setText] = useState(name ?? ""), [found, setFound] = useState(null), [active, setActive] = useState(0);
    const [failure, setFailure] = useState(""), typed = useRef(false);
    useEffect(() => { typed.current = false; setText(name ?? ""); }, [name]);
    useEffect(() => {
        if (!typed.current) return undefined;
        if (!text.trim()) { setFound(null); return undefined; }
        let gone = false;
        const timer = setTimeout(() => search(text.trim()).then(
            ({ items }) => { if (!gone) { setFound(items); setActive(0); setFailure(""); } },
            ({ message }) => { if (!gone) setFailure(message); },
        ), WAIT);
        return () => { gone = true; clearTimeout(timer); };
    }, [text]);
    const pick = (person) => {
        typed.current = false;
        setFound(null);
        setText(person.name);
        onPick(person);
    };
    const key = (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!found) return;
        if (step) { event.preventDefault(); setActive(Math.max(0, Math.min(found.length - 1, active + step))); }
        if (event.key === "Enter") { event.preventDefault(); if (found[active]) pick(found[active]); }
        if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); setFound(null); }
    };
    const say = failure || wrong;
    return html`<div class="field picker"><label for=${id}>${label}</label>
        <input id=${id} type="text" role="combobox" autocomplete="off" placeholder="输入姓名、拼音或工号" value=${text} aria-expanded=${found ? "true" : "false"}
            aria-controls="${id}-list" aria-activedescendant=${found?.[active] ? `${id}-${active}` : undefined} aria-invalid=${say ? "true" : undefined}
            onInput=${(event) => { typed.current = true; setText(event.target.value); }} onKeyDown=${key}/>
        <ul id="${id}-list" role="listbox" aria-label="找到的人" class=${found?.length ? "found" : "sr"}>${(found ?? []).map((person, i) => html`
            <li key=${person.id} id="${id}-${i}" role="option" aria-selected=${i === active ? "true" : "false"}
                onMouseDown=${(event) => { event.preventDefault(); pick(person); }}><b>${person.name}</b> <span class="meta">${about(person)}</span></li>`)}</ul>
        ${found && !found.length && html`<p class="hint" role="status">没有找到这样的人，请换个写法。</p>`}
        <p class="wrong" role="alert">${say}</p></div>`;
}
