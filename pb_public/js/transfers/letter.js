/**
 * letter.js: the letter of introduction in its three parts, with seams between
 * them (存根、介绍信、回执联). No seal is drawn: room is left for it. The identity
 * number and telephones are written by hand; they aren't in this record.
 */
import { html } from "../lib/lib.js";
import { one } from "../lib/api.js";
import { PrintButton } from "../ui/print.js";
import { fullDay, month } from "./words.js";

export const title = ({ transfer }) => `介绍信${transfer.letter}`;
export const css = ["letter"];

export async function load({ params }) {
    const transfer = await one("people_transfers", params.id, { expand: "issuer,issued_by" });
    const person = await one("people", transfer.person, { fields: "id,gender,ethnicity,computed" }).catch(() => ({})); // who has moved on is out of reach
    return { transfer, person };
}

const GENDER = { male: "男", female: "女" };
const blank = (n) => html`<span class="blank" style=${`width:${n}em`}></span>`;

function about({ gender, ethnicity, computed }) {
    const facts = [GENDER[gender], computed?.age && `${computed.age}岁`, ethnicity].filter(Boolean);
    return facts.length ? `（${facts.join("，")}）` : "";
}

/** What a letter says somebody is, and up to when they have paid or been trained. */
const standing = ({ kind }) => ({ member: "中共正式党员", probationary: "中共预备党员", activist: "入党积极分子" })[kind];
const carried = ({ kind, paid_to: paid, trained_since: since }) => (kind === "activist" ? `自${fullDay(since)}起培养` : `党费交至${month(paid)}`);
const head = ({ kind }) => (kind === "activist" ? "入党积极分子培养联系转接函" : "中国共产党党员组织关系介绍信");

const Seam = ({ transfer }) => html`<p class="seam" aria-hidden="true"><span>第${transfer.letter}（骑缝章）</span></p>`;

const Stub = ({ transfer: t }) => html`<section class="part"><h2>${head(t)}存根</h2><p class="number">${t.letter}</p>
    <p>${t.name}同志系${standing(t)}，组织关系由${t.from_name}转到${t.to_name}，${carried(t)}。</p>
    <p>有效期至${fullDay(t.valid_until)}。</p>
    <p class="sign">经办人：${t.expand?.issued_by?.name ?? blank(6)}　${fullDay(t.issued_on)}</p></section>`;

const Body = ({ transfer: t, person }) => html`<section class="part"><h2>${head(t)}</h2><p class="number">${t.letter}</p>
    <p class="to">${t.to_name}：</p>
    <p>${t.name}同志${about(person)}，身份证号码${blank(11)}，系${standing(t)}，由${t.from_name}去${t.to_name}，请转接组织关系。该同志${carried(t)}。</p>
    <p>（有效期 ${t.valid_days} 天，至${fullDay(t.valid_until)}止）</p>
    <p class="sign">${t.expand?.issuer?.name ?? blank(10)}（盖章）</p><p class="sign">${fullDay(t.issued_on)}</p>
    <p class="to">党员联系电话：${blank(7)}　基层党委联系电话：${blank(7)}</p></section>`;

const Receipt = ({ transfer: t }) => html`<section class="part"><h2>${head(t)}回执联</h2><p class="number">${t.letter}</p>
    <p class="to">${t.expand?.issuer?.name ?? blank(12)}：</p>
    <p>${t.name}同志的组织关系已经转到我处，特此回复。</p>
    <p class="sign">${blank(10)}（盖章）</p><p class="sign">${blank(3)}年${blank(2)}月${blank(2)}日</p>
    <p class="to">经办人：${blank(6)}　联系电话：${blank(8)}</p></section>`;

export default function Letter({ data }) {
    const { transfer } = data;
    return html`<div class="page">
        <header class="page-head no-paper"><div><p class="meta"><a href=${`#/transfers/${transfer.id}`}>返回</a></p><h1>${title(data)}</h1>
            <p class="lead">一式三联，沿骑缝盖章、裁开。身份证号和电话由经办人手写。</p></div><${PrintButton}/></header>
        <article class="letter card"><${Stub} transfer=${transfer}/><${Seam} transfer=${transfer}/><${Body} ...${data}/><${Seam} transfer=${transfer}/><${Receipt} transfer=${transfer}/></article>
    </div>`;
}
