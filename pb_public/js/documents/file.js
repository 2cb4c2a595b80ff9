/** file.js: the text of a document: opened by everybody who may read it, put there and replaced by who keeps it. */
import { html, useRef, useState } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { size } from "../lib/format.js";
import { confirm } from "../ui/dialog.js";
import { Files } from "../ui/files.js";
import { EXPAND } from "./edit.js";

const LIMIT = 20 * 1024 * 1024;
const ACCEPT = ".pdf,.doc,.docx,.wps,.ofd,.txt";

function refuse(file) {
    if (!/\.(pdf|docx?|wps|ofd|txt)$/i.test(file.name)) return "只收 PDF、Word、WPS、OFD 和文本文件。";
    if (file.size > LIMIT) return `这个文件有 ${size(file.size)}，超过了 20 MB。`;
    return file.size ? "" : "这个文件是空的，请换一个。";
}

export function DocumentFile({ document, edits, onSaved }) {
    const input = useRef(null), [wrong, setWrong] = useState(""), [share, setShare] = useState(null);
    const put = async (file) => {
        const refused = file && refuse(file);
        if (!file || refused) return setWrong(refused ?? "");
        if (document.file && !await confirm({ title: "要换掉现在的正文吗？", text: `换成“${file.name}”以后，原来的文件不再保留。`, yes: "换掉" })) return undefined;
        setWrong("");
        setShare(0);
        try {
            onSaved(await update("documents", document.id, { file }, { expand: EXPAND, onProgress: setShare }));
        } catch (failure) {
            setWrong(failure.message);
        }
        return setShare(null);
    };
    const pick = (event) => {
        put(event.target.files[0]);
        event.target.value = "";
    };
    return html`<section class="card"><h2>正文</h2>
        ${document.file ? html`<${Files} record=${document} names=${[document.file]}/>` : html`<p class="meta">还没有上传正文。</p>`}
        ${edits && html`<input ref=${input} class="sr" type="file" accept=${ACCEPT} tabindex="-1" aria-hidden="true" onChange=${pick}/>
            <div class="actions"><button type="button" disabled=${share !== null} onClick=${() => input.current.click()}>${document.file ? "换一个文件" : "上传正文"}</button></div>`}
        ${share !== null && html`<p role="status">正在上传，已完成 ${Math.round(share * 100)}%。</p>`}
        <p class="wrong" role="alert">${wrong}</p></section>`;
}
