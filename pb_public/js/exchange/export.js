/**
 * export.js: what the list shows, as a table. A small one is there at once; a
 * large one is made in the background and waits on the page 导入导出.
 *
 *   <${ExportDialog} collection="people" filter=${filter} sort=${sort} onClose=${fn}/>
 */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { count } from "../lib/format.js";
import { Dialog } from "../ui/dialog.js";
import { saveExport } from "./save.js";
import { FORMATS } from "./words.js";

const NOTE = "导出的就是您在列表里看得到的：按现在的筛选和排序，身份证号、电话、住址等只有遮住的部分。每一次导出都留痕。";

function Made({ record }) {
    const [wrong, setWrong] = useState(""), save = () => saveExport(record).then(() => setWrong(""), ({ message }) => setWrong(message));
    if (record.state === "failed") return html`<p class="wrong" role="alert">${record.message}</p>`;
    if (record.state !== "done") return html`<p role="status">内容较多，正在后台生成。可以先做别的，做好以后在<a href="#/exchange">导入导出</a>里下载，保留一天。</p>`;
    return html`<p role="status">做好了，共 ${count(record.rows)} 行。如果没有开始下载，请按“下载”。</p><p class="wrong" role="alert">${wrong}</p>
        <p class="actions"><button type="button" onClick=${save}>下载</button></p>`;
}

export function ExportDialog({ collection, filter = "", sort = "", onClose }) {
    const [format, setFormat] = useState("xlsx"), [made, setMade] = useState(null), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const send = async (event) => {
        event.preventDefault();
        setBusy(true);
        setWrong("");
        try {
            const record = await call("POST", "/api/exchange/exports", { collection, filter, sort, format });
            setMade(record);
            if (record.state === "done") await saveExport(record);
        } catch (failure) {
            setWrong(failure.message);
        }
        setBusy(false);
    };
    return html`<${Dialog} title="导出" onClose=${onClose}><form onSubmit=${send}>
        ${!made && html`<p>${NOTE}</p>`}
        ${made ? html`<${Made} record=${made}/>` : html`<div class="field" role="radiogroup" aria-label="格式"><p class="label">格式</p>${FORMATS.map(([code, word]) => html`
            <label key=${code} class="check"><input type="radio" name="format" value=${code} checked=${format === code} onChange=${() => setFormat(code)}/>${word}</label>`)}</div>`}
        <p class="wrong" role="alert">${wrong}</p>
        <div class="actions">${!made && html`<button class="primary" disabled=${busy}>${busy ? "正在导出……" : "导出"}</button>`}
            <button type="button" onClick=${onClose}>${made ? "关闭" : "取消"}</button></div>
    </form><//>`;
}
