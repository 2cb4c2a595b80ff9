/** appeal_one.js: one objection: what it says, the answer, and whose turn it is. */
import { html, useState } from "../lib/lib.js";
import { one, update } from "../lib/api.js";
import { day, period } from "../lib/format.js";
import { reload } from "../lib/router.js";
import { can, me } from "../lib/session.js";
import { Badge } from "../ui/badge.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { APPEALS, OUTCOMES, signed, sourceOf } from "./words.js";

export const title = "积分申诉";

export const load = async ({ params }) => ({ appeal: await one("points_appeals", params.id, { expand: "person,period,entry,entry.rule,answered_by,settled_by" }) });

/** The branch answers, the committee settles: the same form with other words. */
function Answer({ appeal, field, to }) {
    const form = useForm({
        initial: { outcome: "", [field]: "" },
        send: (values) => update("points_appeals", appeal.id, { ...values, state: to }), done: reload,
    });
    return html`<${Form} form=${form}><${Field} form=${form} name="outcome" label="结果" type="select" required options=${[["", "请选择"], ["kept", "维持"], ...(appeal.entry ? [["reversed", "更正：冲正这一笔"]] : [])]}/>
        <${Field} form=${form} name=${field} label=${field === "answer" ? "答复" : "党工委意见"} type="textarea" rows="4" required/><${Submit} form=${form}>${field === "answer" ? "答复" : "办结"}<//><//>`;
}

function Turn({ appeal }) {
    const [wrong, setWrong] = useState(""), own = appeal.person === me.value.person.id;
    const move = (state) => update("points_appeals", appeal.id, { state }).then(reload, ({ message, fields }) => setWrong(Object.values(fields ?? {})[0] ?? message));
    if (appeal.state === "open" && !own && (can("points.review") || can("points.edit"))) return html`<section class="card"><h2>答复</h2><${Answer} appeal=${appeal} field="answer" to="answered"/></section>`;
    if (appeal.state === "escalated" && can("points.edit")) return html`<section class="card"><h2>办结</h2><${Answer} appeal=${appeal} field="ruling" to="settled"/></section>`;
    if (appeal.state !== "answered" || !own) return null;
    return html`<section class="card"><h2>是否接受答复</h2><p class="wrong" role="alert">${wrong}</p><div class="actions">
        <button type="button" class="primary" onClick=${() => move("settled")}>接受</button><button type="button" onClick=${() => move("escalated")}>不接受，报党工委</button></div></section>`;
}

export default function AppealPage({ data: { appeal } }) {
    const { expand, state } = appeal, entry = expand?.entry;
    return html`<div class="page"><header class="page-head"><div><h1>${expand?.person?.name ?? me.value.person.name}的积分申诉</h1>
            <p class="deadline"><${Badge} word=${APPEALS[state][0]} tone=${APPEALS[state][1]}/><span class="meta">${period(expand?.period?.quarter)}，${day(appeal.due)}前答复</span></p></div></header>
        <section class="card"><h2>理由</h2><p>${appeal.text}</p>
            ${entry && html`<p class="meta">所指：${day(entry.day)} ${entry.expand?.rule?.title}（${signed(entry.points)}），<a href=${sourceOf(entry)}>看来源记录</a></p>`}</section>
        ${appeal.answer && html`<section class="card"><h2>支部答复</h2><p>${appeal.answer}</p><p class="meta">${day(appeal.answered_on)}，${OUTCOMES[appeal.outcome]}</p></section>`}
        ${appeal.ruling && html`<section class="card"><h2>党工委意见</h2><p>${appeal.ruling}</p></section>`}
        <${Turn} appeal=${appeal}/></div>`;
}
