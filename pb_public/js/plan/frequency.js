/**
 * frequency.js: the fields for how often. What the choices can't say is written as RRULE.
 *
 *   <${FrequencyFields} id="f1" value=${rrule} onChange=${(rrule) => …} wrong="…" undecided/>
 *       undecided   nothing is chosen yet: what the text leaves vague
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { EVERY, MONTHS, WEEKDAYS, readRule, writeRule } from "./rrule.js";

const DAYS = [["", "期末"], ...Array.from({ length: 31 }, (_, i) => [String(i + 1), `${i + 1} 日`]), ["-1", "最后一天"]];
const months = (every) => [["", "不限"], ...Array.from({ length: MONTHS[every] }, (_, i) =>
    [String(i + 1), every === "year" ? `${i + 1} 月` : `第 ${i + 1} 个月`])];

const Choice = ({ id, label, value, options, onChange }) => html`<label class="filter" for=${id}><span>${label}</span>
    <select id=${id} value=${value ?? ""} onChange=${(event) => onChange(event.target.value)}>${options.map(([code, word]) =>
        html`<option key=${code} value=${code} selected=${code === (value ?? "")}>${word}</option>`)}</select></label>`;

export function FrequencyFields({ id, value, onChange, undecided, wrong, label = "多久一次" }) {
    const [rule, setRule] = useState(() => (undecided ? { every: "" } : readRule(value)));
    useEffect(() => { // the rule was changed elsewhere
        if (!undecided && writeRule(rule) !== (value ?? "")) setRule(readRule(value));
    }, [value, undecided]);
    const choose = (patch) => {
        const next = { ...rule, ...patch };
        setRule(next);
        if (next.every) onChange(writeRule(next));
    };
    const { every } = rule;
    return html`<div class="field"><div class="choices" role="group" aria-label=${label}>
        <${Choice} id=${id} label=${label} value=${every} onChange=${(code) => choose({ every: code, weekday: "", day: "", month: "", raw: value ?? "" })}
            options=${every ? EVERY : [["", "请选择"], ...EVERY]}/>
        ${every === "week" && html`<${Choice} id="${id}-w" label="周几" value=${rule.weekday} onChange=${(weekday) => choose({ weekday })}
            options=${[["", "周末前"], ...WEEKDAYS]}/>`}
        ${MONTHS[every] && html`<${Choice} id="${id}-m" label="哪个月" value=${rule.month} onChange=${(month) => choose({ month, day: month ? rule.day : "" })} options=${months(every)}/>`}
        ${(every === "month" || (MONTHS[every] && rule.month)) && html`<${Choice} id="${id}-d" label="几号前" value=${rule.day}
            onChange=${(day) => choose({ day })} options=${DAYS}/>`}
        ${every === "times" && html`<label class="filter" for="${id}-n"><span>几次</span><input id="${id}-n" type="number" min="2" max="366" value=${rule.count ?? 2}
            onInput=${(event) => choose({ count: event.target.value })}/></label>`}
        ${every === "raw" && html`<label class="filter grow" for="${id}-r"><span>RRULE（RFC 5545，例如 FREQ=MONTHLY;BYDAY=1FR）</span>
            <input id="${id}-r" value=${rule.raw} autocapitalize="characters" spellcheck="false" onInput=${(event) => choose({ raw: event.target.value })}/></label>`}
    </div><p class="wrong" role="alert">${wrong}</p></div>`;
}
