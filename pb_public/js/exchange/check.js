/** check.js: what an import would do, and the press that does it. */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { confirm } from "../ui/dialog.js";
import { Rows } from "./rows.js";
import { summary } from "./words.js";

/** Headings that nobody knew, and required ones that aren't there. */
function Header({ header }) {
    const { unknown, missing } = header ?? {};
    return html`${missing?.length > 0 && html`<p class="notice">表里没有这些必填的列：${missing.join("、")}。新增的行会因此有错。</p>`}
        ${unknown?.length > 0 && html`<p class="meta">没有认出、因此不导入的列：${unknown.join("、")}。</p>`}`;
}

function Deeds({ record }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false), { faulty, added, changed } = record, some = added + changed;
    const apply = async (partial) => {
        const will = [added && `新增 ${added} 行`, changed && `更改 ${changed} 行`].filter(Boolean).join("，");
        const text = `${will}${partial ? `；有错的 ${faulty} 行不导入` : ""}。要么全部写入，要么一行也不写；写入以后一天之内可以整批撤销。`;
        if (!await confirm({ title: `要导入${record.title}吗？`, text, yes: "导入" })) return;
        setBusy(true);
        try {
            await call("POST", `/api/exchange/imports/${record.id}/apply`, { partial });
        } catch ({ message }) {
            setWrong(message);
            setBusy(false);
        }
    };
    if (!some) return html`<p class="notice">${faulty ? "现在没有可以写入的：没有错的行和系统里的相同。" : "表里的内容和系统里的完全一样，不用导入。"}</p>`;
    return html`<p class="wrong" role="alert">${wrong}</p><div class="actions">
        ${faulty > 0 ? html`<button type="button" disabled=${busy} onClick=${() => apply(true)}>跳过有错的 ${faulty} 行，导入其余 ${some} 行</button>`
            : html`<button type="button" class="primary" disabled=${busy} onClick=${() => apply(false)}>导入</button>`}</div>`;
}

export const Check = ({ record }) => html`<section class="card"><h2>核对</h2>
        <p role="status">${record.filename}：${summary(record)}。现在还什么也没有写入。</p>
        ${record.faulty > 0 && html`<p class="notice">有 ${record.faulty} 行有错，已按“第几行第几列”列在下面。请在表格里改好，再选一次文件。</p>`}
        <${Header} header=${record.header}/>
        <${Deeds} record=${record}/></section>
    <${Rows} record=${record} start=${record.faulty > 0 ? "error" : ""}/>`;
