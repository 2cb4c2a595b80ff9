/**
 * once.js: a secret that is shown once, to be copied or told.
 *
 *   <${Once} title="新的令牌" text=${"…"} done="我已转告，关闭" onClose=${fn}>what to do with it<//>
 *   copy(text)      to the clipboard, and says whether it went
 */
import { html } from "../lib/lib.js";
import { Dialog } from "./dialog.js";
import { toast } from "./toast.js";

export const copy = (text) => navigator.clipboard.writeText(text).then(() => toast("已复制。"), () => toast("没有复制上，请抄写。"));

export const Once = ({ title, text, done = "已经存好，关闭", onClose, children }) => html`<${Dialog} title=${title} onClose=${onClose}>
    <p class=${text.length > 20 ? "one-time long" : "one-time"} translate="no">${text}</p>${children}
    <div class="actions"><button type="button" class="primary" onClick=${onClose}>${done}</button>
        ${navigator.clipboard && html`<button type="button" onClick=${() => copy(text)}>复制</button>`}</div><//>`;
