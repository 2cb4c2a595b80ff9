/** me.js: who I am here, what I may do, and how the page looks to me. */
import { html } from "../lib/lib.js";
import { forgetDrafts } from "../lib/draft.js";
import { day } from "../lib/format.js";
import { me, refresh, signOut } from "../lib/session.js";
import { KINDS, POWERS } from "../lib/words.js";
import { confirm } from "../ui/dialog.js";
import { SizeSwitch, ThemeSwitch } from "../ui/display.js";

export const title = "我的";

export const load = () => refresh();

async function leave() {
    if (!await confirm({ title: "要退出登录吗？", text: "没有交的草稿会从这台设备上删除。", yes: "退出登录" })) return;
    forgetDrafts();
    signOut();
}

const Facts = ({ facts }) => html`<dl class="facts">${facts.filter(([, value]) => value).map(([term, value]) => html`
    <div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

/** Powers in words, gathered by the organizations for which they hold. */
function gather(powers) {
    const byPlace = new Map();
    for (const [power, word] of Object.entries(POWERS)) {
        const place = (powers[power] ?? []).map(({ org }) => org.name).join("、");
        if (place) byPlace.set(place, [...(byPlace.get(place) ?? []), word]);
    }
    return [...byPlace];
}

function Powers({ powers }) {
    const held = gather(powers);
    if (!held.length) return html`<p class="meta">您可以办理分派给自己的任务。</p>`;
    return html`<ul class="plain">${held.map(([place, words]) => html`<li key=${place}><b>${place}</b><p>${words.join("；")}。</p></li>`)}</ul>`;
}

export default function Me() {
    const { person, posts, powers } = me.value;
    return html`<div class="page">
        <header class="page-head"><h1>我的</h1></header>
        <div class="columns even">
            <section class="card"><h2>${person.name}</h2>
                <${Facts} facts=${[["工号", person.number], ["手机号", person.mobile], ["组织", person.org?.name],
                    ["身份", KINDS[person.kind]], ["职务", person.title]]}/>
                <div class="actions"><a class="btn" href="#/notify/settings">通知设置</a><a class="btn" href="#/password">修改密码</a><button type="button" onClick=${leave}>退出登录</button></div></section>
            <section class="card"><h2>字号和颜色</h2>
                <p class="label">字号（长辈版请选“特大”）</p><${SizeSwitch}/>
                <p class="label">颜色</p><${ThemeSwitch}/></section>
            <section class="card"><h2>任职</h2>
                ${posts.length ? html`<ul class="plain">${posts.map((post, i) => html`<li key=${i}>${post.name}
                    <span class="meta">${post.org}，${day(post.since)}起</span></li>`)}</ul>` : html`<p class="meta">没有在任的职务。</p>`}</section>
            <section class="card"><h2>可以办理</h2><${Powers} powers=${powers}/></section>
        </div>
    </div>`;
}
