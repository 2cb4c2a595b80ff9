/** reset.js: a one-time password for somebody, shown once to the officer who hands it over. */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { Dialog, confirm } from "../ui/dialog.js";
import { toast } from "../ui/toast.js";

function Shown({ person, password, onClose }) {
    const copy = () => navigator.clipboard.writeText(password).then(() => toast("已复制。"), () => toast("没有复制上，请抄写。"));
    return html`<${Dialog} title=${`${person.name}的一次性密码`} onClose=${onClose}>
        <p class="one-time" translate="no">${password}</p>
        <p>请当面或打电话告诉本人。关闭以后不再显示；本人第一次登录时要换成自己的密码。</p>
        <div class="actions"><button type="button" class="primary" onClick=${onClose}>我已转告，关闭</button>
            ${navigator.clipboard && html`<button type="button" onClick=${copy}>复制</button>`}</div><//>`;
}

export function ResetPassword({ person }) {
    const [password, setPassword] = useState(""), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const reset = async () => {
        const sure = await confirm({
            title: `给${person.name}发一次性密码吗？`, yes: "发一次性密码",
            text: "原来的密码马上作废，已经登录的设备会退出；账号如果因输错密码锁着，同时解锁。",
        });
        if (!sure) return;
        setBusy(true);
        setWrong("");
        try {
            setPassword((await call("POST", `/api/people/${person.id}/reset`)).password);
        } catch (failure) {
            setWrong(failure.message);
        }
        setBusy(false);
    };
    return html`<button type="button" disabled=${busy} onClick=${reset}>发一次性密码</button>
        ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        ${password && html`<${Shown} person=${person} password=${password} onClose=${() => setPassword("")}/>`}`;
}
