/** import_readonly.js: one task of an import, for somebody who looks but doesn't change. */
import { html } from "../lib/lib.js";
import { SHIFT } from "../lib/words.js";
import { sayAssign } from "./assign.js";
import { sayWhen } from "./import_outline.js";

export const DOCUMENT_ACTIONS = [["draft", "制定"], ["revise", "修订"], ["sign", "签订"], ["study", "学习"], ["cite", "引用"]];

const Fact = ({ word, children }) => html`<div><dt>${word}</dt><dd>${children}</dd></div>`;

export function ReadOnly({ ob, place, desk, view, problems }) {
    const action = (code) => DOCUMENT_ACTIONS.find(([known]) => known === code)?.[1] ?? code;
    return html`<div class="ob-body"><blockquote>${ob.text}</blockquote>
        ${problems.map(({ code, message }) => html`<p class="notice" key=${code}>${message}</p>`)}
        <dl class="facts">
            <${Fact} word="交给谁">${sayAssign(ob.assign, desk.directory) || "还没有分派"}<//>
            <${Fact} word="何时">${sayWhen(ob)}${ob.shift ? `，遇休息日${SHIFT[ob.shift]}` : ""}${ob.lead ? `，期限前 ${ob.lead} 天开始` : ""}<//>
            ${ob.documents?.length > 0 && html`<${Fact} word="文件">${ob.documents.map((one) => `${action(one.action)}《${one.title}》`).join("、")}<//>`}
            ${ob.targets?.length > 0 && html`<${Fact} word="指标">${ob.targets.map(({ text }) => text).join("、")}<//>`}
            ${ob.owners?.length > 0 && html`<${Fact} word="原文写的责任方">${ob.owners.join("、")}<//>`}
        </dl>
        <p><button type="button" class="to-text" onClick=${() => view.showText(place.join("."))}>看原文</button></p></div>`;
}
