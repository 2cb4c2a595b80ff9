/** withdraw.js: taking back what was submitted, while nobody has accepted it yet. */
import { html, useState } from "../lib/lib.js";
import { update } from "../lib/api.js";

export function Withdraw({ data, duty }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const takeBack = async () => {
        setBusy(true);
        try {
            data.duty.record.value = await update("plan_duties", duty.id, { state: "open" }, { expand: data.expand });
        } catch (failure) {
            setWrong(failure.message);
            setBusy(false);
        }
    };
    return html`<p class="meta">已经提交，等待验收。要补充或更换材料，请先撤回。</p>
        <p class="wrong" role="alert">${wrong}</p>
        <div class="actions"><button type="button" disabled=${busy} onClick=${takeBack}>撤回</button></div>`;
}
