/** evidence.js: what was handed in for a duty: words, a number, photos, files. */
import { html, useState } from "../lib/lib.js";
import { remove } from "../lib/api.js";
import { time } from "../lib/format.js";
import { me } from "../lib/session.js";
import { confirm } from "../ui/dialog.js";
import { Files } from "../ui/files.js";

const REMOVABLE = ["upcoming", "open", "returned", "overdue"];

function Evidence({ record, duty }) {
    const [wrong, setWrong] = useState("");
    const own = record.person === me.value.person.id && REMOVABLE.includes(duty.state);
    const drop = async () => {
        if (!await confirm({ title: "要删除这条材料吗？", text: "删除以后不能恢复。", yes: "删除" })) return;
        try {
            await remove("plan_evidence", record.id);
        } catch (failure) {
            setWrong(failure.message);
        }
    };
    const name = record.expand?.person?.name ?? (record.person === me.value.person.id ? me.value.person.name : "");
    return html`<li class="evidence">
        ${record.text && html`<p class="pre">${record.text}</p>`}
        ${record.counted && html`<p>完成数：${record.number}</p>`}
        <${Files} record=${record} names=${record.files}/>
        <p class="meta">${[name, time(record.created)].filter(Boolean).join("，")}
            ${own && html`<button type="button" class="quiet" onClick=${drop}>删除</button>`}</p>
        <p class="wrong" role="alert">${wrong}</p>
    </li>`;
}

export function EvidenceList({ evidence, duty }) {
    const records = evidence.rows.value;
    if (!records.length) return html`<p class="meta">还没有佐证材料。</p>`;
    return html`<ul class="plain">${records.map((record) => html`<${Evidence} key=${record.id} record=${record} duty=${duty}/>`)}</ul>`;
}
