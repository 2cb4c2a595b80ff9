/** failed.js: deliveries that failed, whose and why, to be sent again. */
import { html, useMemo, useState, signal } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { time } from "../lib/format.js";
import { reload } from "../lib/router.js";
import { Table } from "../ui/table.js";
import { MESSAGE_KINDS, VIAS, why } from "./words.js";

const COLUMNS = [
    { key: "person", label: "收件人", main: true, cell: ({ person }) => person },
    { key: "org", label: "组织", cell: ({ org }) => org },
    { key: "kind", label: "类别", cell: ({ kind }) => MESSAGE_KINDS[kind], value: ({ kind }) => MESSAGE_KINDS[kind] },
    { key: "via", label: "怎样发送", cell: ({ via, channel }) => VIAS[via] + (channel ? `（${channel}）` : ""), value: ({ via }) => VIAS[via] },
    { key: "tries", label: "试过", num: true, cell: ({ tries }) => `${tries} 次` },
    { key: "error", label: "原因", plain: true, cell: ({ error }) => error },
    { key: "created", label: "时间", nowrap: true, cell: ({ created }) => time(created) },
];

export function Failed({ failed }) {
    const selected = useMemo(() => signal(new Set()), []), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    if (!failed.length) return null;
    const again = async () => {
        setBusy(true);
        setWrong("");
        try {
            await call("POST", "/api/notify/retry", { ids: [...selected.value] });
            selected.value = new Set();
            await reload();
        } catch (failure) {
            setWrong(why(failure));
        }
        setBusy(false);
    };
    return html`<h2 class="between">没有送到的</h2>
        <p class="meta">为了隐私，这里不显示通知的内容；收件人在收件箱里都能看到。</p>
        <p class="wrong" role="alert">${wrong}</p>
        <${Table} label="没有送到的" columns=${COLUMNS} rows=${failed} selected=${selected}
            actions=${html`<button type="button" class="primary" disabled=${busy} onClick=${again}>重发</button>`}/>`;
}
