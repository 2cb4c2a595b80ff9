/** calendar.js: secret links that put my duties into a phone's calendar; each is shown once. */
import { html, useRef, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { day } from "../lib/format.js";
import { reload } from "../lib/router.js";
import { confirm } from "../ui/dialog.js";
import { why } from "./words.js";

/** Copies a text; where the browser won't, the text is selected for the reader to copy. */
async function copy(input) {
    input.select();
    try {
        await navigator.clipboard.writeText(input.value);
        return true;
    } catch {
        return document.execCommand("copy");
    }
}

function Fresh({ path }) {
    const input = useRef(null), [said, setSaid] = useState("");
    const address = location.origin + path;
    const onCopy = async () => setSaid(await copy(input.current) ? "已经复制。" : "请长按上面的链接，选“复制”。");
    return html`<div class="notice">
        <div class="field"><label for="feed-link">新链接，只显示这一次</label>
            <input id="feed-link" ref=${input} readonly value=${address} onFocus=${(event) => event.target.select()}/></div>
        <p class="hint">有这个链接的人不用登录就能看到您的任务名称和期限，请不要转发。</p>
        <div class="actions"><button type="button" class="primary" onClick=${onCopy}>复制链接</button>
            <a class="btn" href=${address.replace(/^https?:/, "webcal:")}>在这台设备的日历里打开</a></div>
        <p class="hint" role="status">${said}</p></div>`;
}

const Steps = () => html`<ol class="plain">
    <li>苹果手机：点“在这台设备的日历里打开”，再点“订阅”。</li>
    <li>安卓手机：在日历的“订阅”或“导入网址”里粘贴链接；没有这一项的，可在电脑上的日历软件里订阅。</li>
</ol>`;

export function CalendarLinks({ feeds }) {
    const [path, setPath] = useState(""), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const act = async (what) => {
        setBusy(true);
        setWrong("");
        try {
            await what();
            await reload();
        } catch (failure) {
            setWrong(why(failure));
        }
        setBusy(false);
    };
    const make = () => act(async () => setPath((await call("POST", "/api/notify/feeds", { name: "日历" })).path));
    const close = async (feed) => {
        if (!await confirm({ title: "停用这个链接吗？", text: "用它订阅的日历不再更新，停用以后不能恢复。", yes: "停用" })) return;
        await act(() => call("DELETE", "/api/notify/feeds/" + feed.id));
        setPath("");
    };
    return html`<p>生成一个链接，手机日历就会显示您要办的任务，提前一天上午提醒。</p>
        ${path ? html`<${Fresh} path=${path}/><${Steps}/>` : html`<div class="actions"><button type="button" disabled=${busy} onClick=${make}>生成日历链接</button></div>`}
        <p class="wrong" role="alert">${wrong}</p>
        ${feeds.length > 0 && html`<ul class="rows">${feeds.map((feed) => html`<li key=${feed.id}><div class="row">
            <span class="row-text"><span class="row-title">正在使用的链接</span><span class="meta">${day(feed.created)}生成</span></span>
            <button type="button" class="row-end" disabled=${busy} onClick=${() => close(feed)}>停用</button></div></li>`)}</ul>`}`;
}
