/** reset.js: a one-time password for somebody, shown once to the officer who hands it over. */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { confirm } from "../ui/dialog.js";
import { Once } from "../ui/once.js";

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
        ${password && html`<${Once} title=${`${person.name}的一次性密码`} text=${password} done="我已转告，关闭" onClose=${() => setPassword("")}>
            <p>请当面或打电话告诉本人。关闭以后不再显示；本人第一次登录时要换成自己的密码。</p><//>`}`;
}
