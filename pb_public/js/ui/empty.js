/**
 * empty.js: what a list says when it has nothing, or couldn't be read.
 *
 *   <${Empty} title="还没有文件" text="登记以后会出现在这里。">…a button, perhaps…<//>
 *   <${Trouble} message=${failure.message} onRetry=${reload}/>
 */
import { html } from "../lib/lib.js";

export const Empty = ({ title, text, children }) =>
    html`<div class="empty"><p class="empty-title">${title}</p>${text && html`<p>${text}</p>`}${children}</div>`;

export const Trouble = ({ message, onRetry }) => html`<div class="empty" role="alert">
    <p class="empty-title">${message}</p>
    <p><button type="button" onClick=${onRetry}>再试一次</button></p>
</div>`;
