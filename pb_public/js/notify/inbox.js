/** inbox.js: messages, unread first; opening one marks it read. */
import { html, useState } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Empty } from "../ui/empty.js";

export const title = "收件箱";

const order = (a, b) => Boolean(a.read_at) - Boolean(b.read_at) || b.created.localeCompare(a.created);

export async function load({ live }) {
    const messages = live("notify_messages", { sort: "-created", order });
    await messages.ready;
    return { messages };
}

const now = () => new Date().toISOString().replace("T", " ");
const markRead = (message) => message.read_at || update("notify_messages", message.id, { read_at: now() });

/** Only routes of this application are followed. */
const address = (link) => (link?.startsWith("#/") ? link : undefined);

function Message({ message, onWrong }) {
    const read = () => Promise.resolve(markRead(message)).catch((failure) => onWrong(failure.message));
    const body = html`<span class="row-text"><span class="row-title">${message.title}</span>
            ${message.body && html`<span>${message.body}</span>`}<span class="meta">${time(message.created)}</span></span>
        <span class="row-end">${message.read_at ? html`<span class="meta">已读</span>` : html`<${Badge} word="未读" tone="wait"/>`}</span>`;
    const link = address(message.link);
    return html`<li class=${message.read_at ? "read" : ""}>${link
        ? html`<a class="row" href=${link} onClick=${read}>${body}</a>`
        : html`<button type="button" class="row" onClick=${read}>${body}</button>`}</li>`;
}

export default function Inbox({ data }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const messages = data.messages.rows.value, unread = messages.filter(({ read_at }) => !read_at);
    const readAll = async () => {
        setBusy(true);
        setWrong("");
        try {
            for (const message of unread) await markRead(message);
        } catch (failure) {
            setWrong(failure.message);
        }
        setBusy(false);
    };
    return html`<div class="page">
        <header class="page-head"><div><h1>收件箱</h1>
            <p class="lead">${unread.length ? `有 ${unread.length} 条未读。` : "没有未读的消息。"}</p></div>
            <div class="actions">${unread.length > 0 && html`<button type="button" disabled=${busy} onClick=${readAll}>全部标为已读</button>`}
                <a class="btn" href="#/notify/settings">通知设置</a></div></header>
        <p class="wrong" role="alert">${wrong}</p>
        ${messages.length
            ? html`<section class="card"><ul class="rows">${messages.map((message) => html`<${Message} key=${message.id} message=${message} onWrong=${setWrong}/>`)}</ul></section>`
            : html`<${Empty} title="还没有消息" text="任务分派、退回和验收的消息会出现在这里。"/>`}
    </div>`;
}
