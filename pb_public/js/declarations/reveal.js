/**
 * reveal.js: opens what happened in a personal matter: asks why, shows it for a
 * minute, and says that the person will see it.
 *
 *   <${Reveal} id=${record id} own=${bool}/>
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";

const MINUTE = 60;

function Shown({ text, onClose }) {
    useEffect(() => {
        const timer = setTimeout(onClose, MINUTE * 1000);
        return () => clearTimeout(timer);
    }, []);
    return html`<p class="pre" translate="no">${text || "没有填写。"}</p><p class="meta">一分钟后自动隐去。</p>
        <div class="actions"><button type="button" class="primary" onClick=${onClose}>看完了，关闭</button></div>`;
}

function Ask({ id, own, onShown, onClose }) {
    const form = useForm({
        initial: { reason: "" },
        check: ({ reason }) => (!own && reason.trim().length < 4 ? { reason: "请写明为什么要看，至少 4 个字。" } : {}),
        send: ({ reason }) => call("POST", `/api/declarations/${id}/reveal`, { reason: reason.trim() }),
        done: ({ summary }) => onShown(summary),
    });
    return html`<${Form} form=${form}>
        ${!own && html`<${Field} form=${form} name="reason" label="为什么要看" type="textarea" rows="2" required maxlength="200"/>
            <p class="notice">本人会收到通知，看到是谁、什么时候、为什么看了。</p>`}
        ${own && html`<p>情况加密保存，您可以查看自己填写的内容。</p>`}
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>查看<//>
    <//>`;
}

export function Reveal({ id, own }) {
    const [open, setOpen] = useState(false), [text, setText] = useState(null);
    const close = () => { setOpen(false); setText(null); };
    return html`<p><button type="button" onClick=${() => setOpen(true)}>查看情况</button></p>
        ${open && html`<${Dialog} title="查看情况" onClose=${close}>${text === null
        ? html`<${Ask} id=${id} own=${own} onShown=${setText} onClose=${close}/>` : html`<${Shown} text=${text} onClose=${close}/>`}<//>`}`;
}
