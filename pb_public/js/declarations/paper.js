/** paper.js: a request for instructions or a report as an official document (GB/T 9704), to look at and to print. */
import { html } from "../lib/lib.js";
import { one } from "../lib/api.js";
import { PrintButton } from "../ui/print.js";

export const title = ({ report }) => report.title;
export const css = ["gongwen"];

export const load = async ({ params }) => ({ report: await one("declarations_reports", params.id, { expand: "org,main_to,cc,person" }) });

/** The levels of headings: 一、 in Hei, （一） in Kai; the rest is text. */
const LEVELS = [[/^[一二三四五六七八九十]+、/, "first"], [/^（[一二三四五六七八九十]+）/, "second"]];
const levelOf = (line) => LEVELS.find(([form]) => form.test(line))?.[1] ?? "";

const names = (units) => (units ?? []).map(({ name }) => name).join("，");
const dated = (day) => (day ? `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日` : "");

/** 清工委〔2026〕3号: corners of the year as the standard has them. */
const numbered = (number) => number.replace(/[[［【]/g, "〔").replace(/[\]］】]/g, "〕");

function Attachments({ files }) {
    const titles = files.map((name) => name.replace(/_[a-z0-9]{10}(?=\.)/i, "").replace(/\.\w+$/, ""));
    if (!titles.length) return null;
    return html`<div class="annex">${titles.map((name, i) => html`<p key=${name}>${i === 0 ? "附件：" : ""}${titles.length > 1 ? `${i + 1}.` : ""}${name}</p>`)}</div>`;
}

export default function Paper({ data: { report } }) {
    const { expand: { org, main_to: to, cc, person } = {} } = report, urgency = { urgent: "加急", special: "特急" }[report.urgency];
    return html`<div class="page gongwen-page">
        <header class="page-head"><div><p class="meta"><a href=${"#/ledgers/declarations_reports/" + report.id}>请示报告</a></p><h1>公文版式</h1></div><p class="actions"><${PrintButton}/></p></header>
        <article class="gongwen" lang="zh-CN">
            ${urgency && html`<p class="urgency">${urgency}</p>`}
            <p class="issuer">${org?.name}</p>
            <p class="number"><span>${numbered(report.number)}</span><span>签发人：<b>${person?.name}</b></span></p>
            <h2>${report.title}</h2>
            <p class="to">${names(to)}：</p>
            ${report.body.split(/\n+/).filter((line) => line.trim()).map((line, i) => html`<p key=${i} class=${levelOf(line.trim())}>${line.trim()}</p>`)}
            <${Attachments} files=${report.files ?? []}/>
            <div class="sign"><p>${org?.name}</p><p>${dated(report.handed_on)}</p></div>
            ${cc?.length > 0 && html`<p class="copies">抄送：${names(cc)}。</p>`}
        </article></div>`;
}
