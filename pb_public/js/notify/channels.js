/** channels.js: the ways out of an organization: switched on and off, tried with a test message. */
import { html, useState } from "../lib/lib.js";
import { call, update } from "../lib/api.js";
import { reload } from "../lib/router.js";
import { Badge } from "../ui/badge.js";
import { MESSAGE_KINDS, VIAS, why } from "./words.js";

function Channel({ channel }) {
    const [said, setSaid] = useState(""), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const act = async (what, sentence) => {
        setBusy(true);
        setSaid("");
        setWrong("");
        try {
            await what();
            setSaid(sentence);
        } catch (failure) {
            setWrong(why(failure));
        }
        setBusy(false);
    };
    const test = () => act(() => call("POST", `/api/notify/channels/${channel.id}/test`), channel.kind === "mail" ? "测试邮件已发到您的邮箱。" : "测试消息已发到群里。");
    const toggle = () => act(async () => { await update("notify_channels", channel.id, { active: !channel.active }); await reload(); }, "");
    const org = channel.expand?.org;
    return html`<li><div class="row"><span class="row-text"><span class="row-title">${channel.name}</span>
            <span class="meta">${VIAS[channel.kind]}，${org?.short || org?.name}及其下级，${channel.kinds.map((kind) => MESSAGE_KINDS[kind]).join("、")}</span>
            <span class="meta" role="status">${said}</span><span class="wrong" role="alert">${wrong}</span></span>
        <span class="row-end"><${Badge} word=${channel.active ? "启用" : "停用"} tone=${channel.active ? "ok" : "off"}/></span></div>
        <div class="actions"><button type="button" disabled=${busy} onClick=${test}>发送测试消息</button>
            <button type="button" disabled=${busy} onClick=${toggle}>${channel.active ? "停用" : "启用"}</button></div></li>`;
}

export const Channels = ({ channels }) => html`<section class="card"><h2>通道</h2>
    ${channels.length
        ? html`<ul class="rows">${channels.map((channel) => html`<${Channel} key=${channel.id} channel=${channel}/>`)}</ul>`
        : html`<p class="meta">没有另设通道：邮件发给本人，没有群机器人。要接入企业微信、钉钉或飞书群，请系统管理员在管理界面添加。</p>`}
</section>`;
