/** import_actions.js: handing in, taking back, giving back, confirming: by different people. */
import { html, useState } from "../lib/lib.js";
import { call, update } from "../lib/api.js";
import { go } from "../lib/router.js";
import { can, me } from "../lib/session.js";
import { confirm } from "../ui/dialog.js";

const made = (counts) => `${counts.sections} 个部分，${counts.items} 条，${counts.tasks} 项任务，${counts.documents} 份文件，${counts.targets} 个指标，全年 ${counts.duties} 件待办`;

export function Actions({ desk, view, light, editable }) {
    const [busy, setBusy] = useState(false), [wrong, setWrong] = useState("");
    const run = (work) => async () => {
        setBusy(true);
        setWrong("");
        try {
            await work();
        } catch (failure) {
            if (!failure.fields) throw failure;
            setWrong(failure.message);
        }
        setBusy(false);
    };
    const move = (state) => update("plan_imports", light.id, { state }, { fields: "id,state,updated" });
    const handIn = run(async () => {
        if (!await desk.flush()) return setWrong("改动还没有全部保存，请等保存好再送交。");
        const [first] = desk.todo.value;
        if (first) {
            setWrong(`还有 ${desk.todo.value.length} 处要处理，处理好才能送交。`);
            return first.path && view.open(first.path, { scroll: "both" });
        }
        return await confirm({ title: "送交确认吗？", text: "送交以后由另一位负责人核对并确认；确认之前可以取回来改。", yes: "送交确认" }) && move("submitted");
    });
    const takeBack = run(() => move("draft"));
    const discard = run(async () => await confirm({ title: "弃用这份导入吗？", text: "弃用以后不会生成任务；以后还可以恢复成草稿。", yes: "弃用" }) && move("discarded"));
    const giveBack = run(async () => await confirm({ title: "退回给经办人吗？", text: "退回以后变成草稿，经办人修改后再送交。", yes: "退回" }) && move("draft"));
    const approve = run(async () => {
        const counts = desk.counts.value;
        const sure = await confirm({ title: "确认并生成任务吗？", text: counts ? `将生成 ${made(counts)}。确认以后不能撤销，只能逐项调整。` : "确认以后不能撤销，只能逐项调整。", yes: "确认并生成" });
        if (!sure) return;
        const { plan } = await call("POST", `/api/plan/imports/${light.id}/confirm`);
        go(`/plan?year=${plan.year}`);
    });
    const edits = can("plan.edit", light.org_path), own = light.created_by === me.value.person.id;
    const confirms = light.state === "submitted" && can("plan.confirm", light.org_path), counts = desk.counts.value;
    return html`<div class="import-actions">
        ${counts && ["draft", "submitted"].includes(light.state) && html`<p>确认后将生成 ${made(counts)}。</p>`}
        ${light.state === "submitted" && own && html`<p class="notice">已经送交，须由另一位有确认权的负责人确认。</p>`}
        <p class="wrong" role="alert">${wrong}</p>
        <div class="actions">
            ${editable && html`<button type="button" class="primary" disabled=${busy} onClick=${handIn}>送交确认</button><button type="button" disabled=${busy} onClick=${discard}>弃用</button>`}
            ${confirms && !own && html`<button type="button" class="primary" disabled=${busy} onClick=${approve}>确认并生成</button><button type="button" disabled=${busy} onClick=${giveBack}>退回</button>`}
            ${light.state === "submitted" && edits && (own || !confirms) && html`<button type="button" disabled=${busy} onClick=${takeBack}>取回来改</button>`}
            ${light.state === "discarded" && edits && html`<button type="button" disabled=${busy} onClick=${takeBack}>恢复成草稿</button>`}
            ${light.state === "confirmed" && html`<a class="btn primary" href=${`#/plan?year=${light.year}`}>看看板</a>`}
        </div></div>`;
}
