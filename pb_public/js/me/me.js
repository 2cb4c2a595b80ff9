/** me.js: who I am here, what I may do, and how the page looks to me. */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { forgetDrafts } from "../lib/draft.js";
import { day } from "../lib/format.js";
import { can, me, refresh, signOut } from "../lib/session.js";
import { KINDS, POWERS } from "../lib/words.js";
import { confirm } from "../ui/dialog.js";
import { SizeSwitch, ThemeSwitch } from "../ui/display.js";
import { toast } from "../ui/toast.js";

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

/** Everything that is held about me, as a file. */
async function saveExport() {
    const all = await call("GET", "/api/people/me/export");
    const url = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2)], { type: "application/json" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: `我的全部资料-${all.on}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    toast("已经导出。里面有身份证号等，请妥善保管。");
}

function Own({ id }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const save = async () => {
        setBusy(true);
        await saveExport().then(() => setWrong(""), ({ message }) => setWrong(message));
        setBusy(false);
    };
    return html`<section class="card"><h2>我的资料</h2><ul class="rows">
            <li><a class="row" href=${"#/people/" + id}><span class="row-text"><span class="row-title">我在名册上的资料</span><span class="meta">有错的请告诉所在支部更正</span></span></a></li>
            <li><a class="row" href="#/dues"><span class="row-text"><span class="row-title">我的党费</span><span class="meta">该交多少、交了多少，每一笔怎样算出</span></span></a></li>
            <li><a class="row" href="#/me/seen"><span class="row-text"><span class="row-title">谁能看到我，谁看过我</span></span></a></li>
            <li><button type="button" class="row" disabled=${busy} onClick=${save}><span class="row-text"><span class="row-title">导出我的全部资料</span><span class="meta">本系统里与您有关的全部记录，一个文件</span></span></button></li>
        </ul><p class="wrong" role="alert">${wrong}</p></section>`;
}

const Safety = () => html`<section class="card"><h2>账号和通知</h2><ul class="rows">${[
    ["/password", "修改密码"], ["/me/devices", "登录设备"], ["/me/totp", "动态口令"], ["/notify/settings", "通知设置"],
    ...(can("org") ? [["/notify/deliveries", "通知送达"]] : []),
].map(([path, word]) => html`<li key=${path}><a class="row" href=${"#" + path}><span class="row-text"><span class="row-title">${word}</span></span></a></li>`)}</ul></section>`;

export default function Me() {
    const { person, posts, powers } = me.value;
    return html`<div class="page">
        <header class="page-head"><h1>我的</h1></header>
        <div class="columns even">
            <section class="card"><h2>${person.name}</h2>
                <${Facts} facts=${[["工号", person.number], ["手机号", person.mobile], ["组织", person.org?.name],
                    ["身份", KINDS[person.kind]], ["职务", person.title]]}/>
                <div class="actions"><a class="btn" href="#/me/records">关于我的记录</a><button type="button" onClick=${leave}>退出登录</button></div></section>
            <${Safety}/>
            <${Own} id=${person.id}/>
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
