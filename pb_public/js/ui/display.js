/**
 * display.js: font size and theme, chosen by the reader, kept on the device.
 *
 *   <${SizeSwitch}/>    标准 大字 特大, in the header and in 我的
 *   <${ThemeSwitch}/>   跟随系统 浅色 深色
 */
import { html, signal } from "../lib/lib.js";

const { display } = globalThis;
const size = signal(display.size);
const theme = signal(display.theme);

const SIZES = [["standard", "标准"], ["large", "大字"], ["elder", "特大"]];
const THEMES = [["auto", "跟随系统"], ["light", "浅色"], ["dark", "深色"]];

/** Words side by side, one of them pressed. */
function Switch({ label, choices, chosen, onChoose }) {
    return html`<div class="switch" role="group" aria-label=${label}>${choices.map(([value, word]) => html`
        <button type="button" key=${value} aria-pressed=${chosen === value} onClick=${() => onChoose(value)}>${word}</button>`)}
    </div>`;
}

function choose(key, chosen, value) {
    display.set(key, value);
    chosen.value = value;
}

export const SizeSwitch = () => html`<${Switch} label="字号" choices=${SIZES}
    chosen=${size.value} onChoose=${(value) => choose("size", size, value)}/>`;

export const ThemeSwitch = () => html`<${Switch} label="颜色" choices=${THEMES}
    chosen=${theme.value} onChoose=${(value) => choose("theme", theme, value)}/>`;
