/** choose.js: the file: pressed or dropped, sent with its progress in words. */
import { html, useRef, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { setQuery } from "../lib/router.js";
import { size } from "../lib/format.js";
import { saveTemplate } from "./save.js";

const LIMIT = 100 * 1024 * 1024;
const KINDS = /\.(xlsx|csv|txt)$/i;

function useSending(collection) {
    const [progress, setProgress] = useState(null), [wrong, setWrong] = useState("");
    const send = async (file) => {
        if (!file || progress !== null) return;
        if (!KINDS.test(file.name)) return setWrong(`“${file.name}”不是 .xlsx 或 .csv 文件。旧的 .xls 请先另存为 .xlsx。`);
        if (file.size > LIMIT) return setWrong(`“${file.name}”有 ${size(file.size)}，超过了 100 MB，请分成几个文件。`);
        const body = new FormData();
        body.append("collection", collection);
        body.append("file", file);
        setWrong("");
        setProgress(0);
        try {
            const { id } = await call("POST", "/api/exchange/imports", body, { onProgress: setProgress });
            setQuery({ import: id });
        } catch ({ message }) {
            setWrong(message);
            setProgress(null);
        }
    };
    return { progress, wrong, setWrong, send };
}

const Columns = ({ columns }) => html`<details><summary>表里可以有哪些列（${columns.length} 列）</summary>
    <ul class="plain">${columns.map(({ field, title, required, help, aliases }) => html`<li key=${field}><b>${title}</b>${required && "（必填）"}
        ${aliases?.length > 0 && html`<span class="meta">也可以写：${aliases.join("、")}</span>`}${help && html`<span class="meta">${help}</span>`}</li>`)}</ul></details>`;

export function ChooseFile({ collection, table }) {
    const input = useRef(null), [over, setOver] = useState(false), { progress, wrong, setWrong, send } = useSending(collection);
    const template = () => saveTemplate(collection, table.title).catch(({ message }) => setWrong(message));
    const drag = (on) => (event) => { event.preventDefault(); setOver(on); };
    const drop = (event) => {
        drag(false)(event);
        send(event.dataTransfer.files[0]);
    };
    const pick = (event) => {
        send(event.target.files[0]);
        event.target.value = "";
    };
    return html`<section class="card"><h2>选择文件</h2>
        <p>手头的表格可以直接用：表头认得出来就行，标题行、合计行不用删。也可以先下载空表照着填。空着的格子不改动原来的内容。</p>
        <div class=${over ? "drop over" : "drop"} onDragOver=${drag(true)} onDragLeave=${drag(false)} onDrop=${drop}>
            <input ref=${input} class="sr" type="file" accept=".xlsx,.csv,.txt" tabindex="-1" aria-hidden="true" onChange=${pick}/>
            <button type="button" class="primary" disabled=${progress !== null} onClick=${() => input.current.click()}>选择文件</button>
            <span class="meta">.xlsx 或 .csv，也可以拖到这里。只是核对，确认以前什么也不写入。</span></div>
        <p class="wrong" role="alert">${wrong}</p>
        ${progress !== null && html`<p role="status">${progress < 1 ? `正在上传，已完成 ${Math.round(progress * 100)}%。` : "已经上传，正在读取表头……"}</p>`}
        <p class="actions"><button type="button" onClick=${template}>下载空表</button></p>
        <${Columns} columns=${table.columns}/></section>`;
}
