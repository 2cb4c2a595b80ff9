/** import_new.js: choose or drop a file, or paste the text; whose plan it is and of which year. */
import { html, signal, useMemo, useRef, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { size } from "../lib/format.js";
import { reach, today } from "../lib/session.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";

const LIMIT = 20 * 1024 * 1024;
const KNOWN = /\.(docx|txt|md|markdown)$/i;

/** Why a file can't be read, before it is sent. */
function refuse(file) {
    if (/\.doc$/i.test(file.name)) return "旧的 .doc 文件读不了，请用 Word 或 WPS 打开，另存为 .docx 再上传。";
    if (!KNOWN.test(file.name)) return "只能读 .docx、.txt 和 .md 文件；其他格式请打开后复制全文，粘贴在下面。";
    if (file.size > LIMIT) return `这个文件有 ${size(file.size)}，超过了 20 MB，请粘贴文字。`;
    return file.size ? "" : "这个文件是空的，请换一个。";
}

function FileField({ form, file }) {
    const input = useRef(null), [over, setOver] = useState(false), error = form.errors.value.file;
    form.names.set("file", { label: "文件" });
    const take = (picked) => {
        if (!picked) return;
        const wrong = refuse(picked);
        file.value = wrong ? null : picked;
        form.refuse(wrong ? { file: wrong } : {});
    };
    const drop = (event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
    };
    const id = form.id + "-file";
    return html`<div class="field"><p class="label" id="${id}-label">文件<span class="optional">（.docx、.txt 或 .md，或者在下面粘贴）</span></p>
        <div class="drop ${over ? "over" : ""}" onDragOver=${(event) => { event.preventDefault(); setOver(true); }} onDragLeave=${() => setOver(false)} onDrop=${drop}>
            <input ref=${input} class="sr" type="file" accept=".docx,.txt,.md,.markdown" tabindex="-1" aria-hidden="true"
                onChange=${(event) => { take(event.target.files[0]); event.target.value = ""; }}/>
            <button type="button" id=${id} aria-describedby="${id}-label ${id}-error" onClick=${() => input.current.click()}>选择文件</button>
            ${file.value
                ? html`<span>${file.value.name}，${size(file.value.size)} <button type="button" class="quiet" onClick=${() => { file.value = null; }}>去掉</button></span>`
                : html`<span class="meta">也可以把文件拖到这里</span>`}
        </div><p class="wrong" id="${id}-error" role="alert">${error}</p></div>`;
}

export function NewImport({ onMade }) {
    const orgs = reach("plan.edit"), now = Number(today().slice(0, 4)), file = useMemo(() => signal(null), []);
    const form = useForm({
        initial: { text: "", org: orgs[0]?.id ?? "", year: "", since: "" }, draft: "import-new",
        check: ({ text }) => (file.value || text.trim() ? {} : { text: "请粘贴全文，或者选择文件。" }),
        send: ({ text, org, year, since }) => {
            const body = new FormData();
            if (file.value) body.append("file", file.value);
            else body.append("text", text);
            for (const [name, value] of Object.entries({ org, year, since })) if (value) body.append(name, value);
            return call("POST", "/api/plan/imports", body);
        },
        done: onMade,
    });
    const years = [["", "按原文写的年度"], ...[now + 1, now, now - 1, now - 2].map((year) => [String(year), `${year} 年`])];
    return html`<section class="card"><h2>新的导入</h2><${Form} form=${form}>
        <${FileField} form=${form} file=${file}/>
        ${!file.value && html`<${Field} form=${form} name="text" label="粘贴全文" type="textarea" rows="5" hint="连标题和序号一起粘贴。"/>`}
        <div class="pair">
            ${orgs.length > 1 && html`<${Field} form=${form} name="org" label="哪个组织的工作要点" type="select" required options=${orgs.map(({ id, name }) => [id, name])}/>`}
            <${Field} form=${form} name="year" label="年度" type="select" options=${years}/>
            <${Field} form=${form} name="since" label="从哪天起生成任务" type="date" hint="不填就从确认那天起"/>
        </div>
        <${Submit} form=${form}>读取全文<//>
    <//></section>`;
}
