/**
 * dialog.js: asks one thing. Opens only on a press, closes with Esc, holds the focus.
 *
 *   <${Dialog} title="新增组织" open=${bool} onClose=${fn} wide>…<//>
 *   await confirm({ title, text, yes: "确认" })                → true or false
 *   await askText({ title, text, label, yes, required })       → the text, or null
 */
import { html, render, useLayoutEffect, useRef, useState } from "../lib/lib.js";

let dialogs = 0;

export function Dialog({ title, open = true, onClose, wide, children }) {
    const box = useRef(null), id = useRef(`d${++dialogs}`).current;
    useLayoutEffect(() => { // at once: a second press of a double click must not reach the page
        if (open && !box.current.open) box.current.showModal();
        if (!open && box.current.open) box.current.close();
    }, [open]);
    return html`<dialog ref=${box} aria-labelledby=${id} class=${wide ? "wide" : ""} onClose=${onClose}>
        ${open && html`<h2 id=${id}>${title}</h2>${children}`}
    </dialog>`;
}

/** Shows a dialog outside of every view and gives back what it was closed with. */
function show(Body, props) {
    return new Promise((resolve) => {
        const host = document.body.appendChild(document.createElement("div"));
        const from = document.activeElement;
        let answered = false;
        const close = (answer) => {
            if (answered) return;
            answered = true;
            render(null, host);
            host.remove();
            from?.focus?.();
            resolve(answer);
        };
        render(html`<${Body} ...${props} close=${close}/>`, host);
    });
}

function Confirm({ title, text, yes = "确认", no = "取消", close }) {
    return html`<${Dialog} title=${title} onClose=${() => close(false)}>
        ${text && html`<p>${text}</p>`}
        <div class="actions">
            <button type="button" class="primary" onClick=${() => close(true)}>${yes}</button>
            <button type="button" onClick=${() => close(false)}>${no}</button>
        </div>
    <//>`;
}

function AskText({ title, text, label, yes = "确认", no = "取消", required = true, close }) {
    const [value, setValue] = useState(""), [wrong, setWrong] = useState("");
    const submit = (event) => {
        event.preventDefault();
        if (required && !value.trim()) return setWrong(`请填写${label}。`);
        close(value.trim());
    };
    return html`<${Dialog} title=${title} onClose=${() => close(null)}><form noValidate onSubmit=${submit}>
        ${text && html`<p>${text}</p>`}
        <div class="field"><label for="ask-text">${label}</label>
            <textarea id="ask-text" rows="3" value=${value} aria-invalid=${wrong ? "true" : undefined} aria-describedby="ask-wrong"
                onInput=${(event) => { setValue(event.target.value); setWrong(""); }}></textarea>
            <p class="wrong" id="ask-wrong" role="alert">${wrong}</p></div>
        <div class="actions"><button class="primary">${yes}</button><button type="button" onClick=${() => close(null)}>${no}</button></div>
    </form><//>`;
}

export const confirm = (props) => show(Confirm, props);
export const askText = (props) => show(AskText, props);
