/** trial.js: tries drafts on a whole year: how totals spread before and after, and whom it touches. Nothing is written. */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { points, signed } from "./words.js";

const number = (n) => (n === null ? "少于 5 人" : `${n} 人`);

const Bands = ({ before, after }) => html`<div class="points-scroll" tabindex="0"><table><caption class="sr">试算前后的分布</caption>
    <thead><tr><th>参考档</th><th class="num">现行项目</th><th class="num">试算</th></tr></thead>
    <tbody>${before.map((band, i) => html`<tr key=${band.name}><td>${band.name}</td><td class="num">${number(band.people)}</td><td class="num">${number(after[i]?.people ?? 0)}</td></tr>`)}</tbody></table></div>`;

function Effect({ effect }) {
    const { year, people, touched, up, down, before, after, units, persons, more } = effect;
    return html`<div role="status"><p>按 ${year} 年的记录试算，${people} 名党员中积分会变的有 ${number(touched)}${up !== null && up !== undefined ? `，其中增加 ${up} 人，减少 ${down} 人` : ""}。没有写入任何数据。</p></div>
        <div class="columns"><div><${Bands} before=${before} after=${after}/>
            <ul class="plain">${units.map((u) => html`<li key=${u.org}>${u.name}：${u.people} 人中 ${number(u.touched)}</li>`)}</ul></div>
        <div>${persons.length > 0 && html`<div class="points-scroll" tabindex="0"><table><caption class="sr">积分会变的党员，按姓名</caption><thead><tr><th>姓名</th><th class="num">现行</th><th class="num">试算</th><th class="num">变化</th></tr></thead>
            <tbody>${persons.slice(0, 60).map((p) => html`<tr key=${p.person}><td>${p.name}</td><td class="num">${points(p.before)}</td><td class="num">${points(p.after)}</td><td class="num">${signed(p.after - p.before)}</td></tr>`)}</tbody></table></div>
            <p class="meta">按姓名排列${more || persons.length > 60 ? "，只列出前 60 人" : ""}。</p>`}</div></div>`;
}

export function Trial({ drafts, year }) {
    const [chosen, setChosen] = useState(new Set(drafts.map(({ id }) => id))), [on, setOn] = useState(String(year));
    const [effect, setEffect] = useState(null), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const toggle = (id) => { const next = new Set(chosen); if (!next.delete(id)) next.add(id); setChosen(next); };
    const run = async () => {
        setBusy(true);
        await call("POST", "/api/points/sandbox", { year: on, drafts: [...chosen] }).then((found) => { setEffect(found); setWrong(""); }, ({ message }) => { setEffect(null); setWrong(message); });
        setBusy(false);
    };
    return html`<section class="card"><h2>试算</h2><p class="meta">用一整年的记录比较现行项目和加上这些草拟项目以后的积分；草拟项目接替的那一条不再计分。</p>
        ${drafts.map(({ id, no, title }) => html`<div key=${id} class="field"><label class="check"><input type="checkbox" checked=${chosen.has(id)} onChange=${() => toggle(id)}/>${no} ${title}</label></div>`)}
        <div class="filters"><label class="filter"><span>年度</span><select value=${on} onChange=${(event) => setOn(event.target.value)}>${[year, year - 1].map((y) => html`<option key=${y} value=${String(y)}>${y}</option>`)}</select></label>
            <button type="button" class="primary" disabled=${busy || !chosen.size} onClick=${run}>${busy ? "正在试算……" : "试算"}</button></div>
        <p class="wrong" role="alert">${wrong}</p>${effect && html`<${Effect} effect=${effect}/>`}</section>`;
}
