/** accept.js: accepting, returning and exempting, by another person than the one who submitted. */
import { html, useState } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { askText } from "../ui/dialog.js";

export function Accept({ data, duty, involved }) {
    const [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    const decide = async (state, reason) => {
        setBusy(true);
        setWrong("");
        try {
            data.duty.record.value = await update("plan_duties", duty.id, { state, reason }, { expand: data.expand });
        } catch (failure) {
            setWrong(failure.message);
        }
        setBusy(false);
    };
    const withReason = async (state, question) => {
        const reason = await askText(question);
        if (reason) decide(state, reason);
    };
    const giveBack = () => withReason("returned", {
        title: "退回这件任务", label: "退回理由", yes: "退回", text: "提交人会看到理由，补充后可以再次提交。",
    });
    const exempt = () => withReason("exempted", {
        title: "免做这件任务", label: "免做理由", yes: "免做", text: "免做以后不再要求完成，理由会留存。",
    });
    const submitted = duty.state === "submitted", exempted = duty.state === "exempted";
    return html`<section class="card"><h2>验收</h2>
        ${submitted && involved && html`<p class="notice">您负责这件任务，或者提交过它的材料，须由另一位有验收权限的同志验收。</p>`}
        ${exempted && html`<p class="meta">这件任务已经免做。</p>`}
        ${!submitted && !exempted && html`<p class="meta">提交以后才能验收。</p>`}
        <p class="wrong" role="alert">${wrong}</p>
        <div class="actions">
            ${submitted && !involved && html`<button type="button" class="primary" disabled=${busy} onClick=${() => decide("done")}>验收通过</button>
                <button type="button" disabled=${busy} onClick=${giveBack}>退回</button>`}
            ${exempted
                ? html`<button type="button" disabled=${busy} onClick=${() => decide("open")}>撤销免做</button>`
                : html`<button type="button" disabled=${busy} onClick=${exempt}>免做</button>`}
        </div>
    </section>`;
}
