/** devices.js: where I am signed in; one or all can be signed out. */
import { html, useState } from "../lib/lib.js";
import { call, where } from "../lib/api.js";
import { me, sessionId, signOut, today } from "../lib/session.js";
import { day } from "../lib/format.js";
import { forgetDrafts } from "../lib/draft.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";

export const title = "登录设备";

export async function load({ live }) {
    const { id } = me.value.person;
    const sessions = live("people_sessions", {
        filter: where('person = {:id} && ended_at = ""', { id }), keep: ({ person, ended_at: ended }) => person === id && !ended, sort: "-last_day,-created",
        order: (a, b) => (b.id === sessionId()) - (a.id === sessionId()) || b.last_day.localeCompare(a.last_day) || b.created.localeCompare(a.created),
    });
    await sessions.ready;
    return { sessions };
}

function leave() {
    forgetDrafts();
    signOut();
}

const used = (last) => (last === today() ? "今天用过" : `最近${day(last)}用过`);

function Session({ session, onWrong }) {
    const here = session.id === sessionId();
    const end = async () => {
        const sure = await confirm({
            title: here ? "要退出这台设备吗？" : `退出“${session.label}”吗？`, yes: "退出",
            text: here ? "没有交的草稿会从这台设备上删除。" : "那台设备上打开的页面会马上回到登录页。",
        });
        if (!sure) return;
        await call("POST", `/api/people/sessions/${session.id}/end`).then(() => { onWrong(""); if (here) leave(); }, ({ message }) => onWrong(message));
    };
    return html`<li class="post"><span class="row-text"><b>${session.label}</b>
            <span class="meta">${day(session.first_day)}登录，${used(session.last_day)}</span></span>
        <span class="row-end">${here && html`<${Badge} word="本机" tone="ok"/>`}<button type="button" class="quiet" aria-label=${`退出${session.label}`} onClick=${end}>退出</button></span></li>`;
}

export default function Devices({ data }) {
    const [wrong, setWrong] = useState("");
    const all = async () => {
        const sure = await confirm({ title: "在所有设备上退出吗？", text: "包括现在这一台。所有设备都要重新登录；这台设备上没有交的草稿会删除。", yes: "全部退出" });
        if (sure) await call("POST", "/api/people/sessions/end").then(leave, ({ message }) => setWrong(message));
    };
    return html`<div class="page">
        <header class="page-head"><div><p class="meta"><a href="#/me">我的</a></p><h1>登录设备</h1>
            <p class="lead">有不认识的设备，请退出它，并马上修改密码。只记设备名称和日期，不记位置。</p></div></header>
        <p class="wrong" role="alert">${wrong}</p>
        <section class="card"><ul class="plain">${data.sessions.rows.value.map((session) => html`<${Session} key=${session.id} session=${session} onWrong=${setWrong}/>`)}</ul>
            <div class="actions"><button type="button" onClick=${all}>在所有设备上退出</button><a class="btn" href="#/password">修改密码</a></div></section>
    </div>`;
}
