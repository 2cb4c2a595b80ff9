/**
 * new.js: a request of one's own. Before it is handed in one sees who will
 * decide it, step by step and by name.
 */
import { html, useEffect, useState } from "../lib/lib.js";
import { call, create } from "../lib/api.js";
import { go } from "../lib/router.js";
import { me } from "../lib/session.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { CONTENT } from "./edit.js";
import { Steps } from "./detail.js";
import { kinds, send } from "./words.js";

export const title = "新的申请";

export const load = async () => ({ own: (await kinds()).filter(({ own }) => own) });

/** Who will decide a request of this kind. */
function Preview({ kind }) {
    const [route, setRoute] = useState(null), [wrong, setWrong] = useState("");
    useEffect(() => {
        let gone = false;
        call("GET", `/api/approvals/flows/preview?kind=${encodeURIComponent(kind)}`).then(
            (found) => { if (!gone) { setRoute(found); setWrong(""); } }, ({ message }) => { if (!gone) { setRoute(null); setWrong(message); } });
        return () => { gone = true; };
    }, [kind]);
    return html`<section class="card" aria-live="polite"><h2>由谁审批</h2>
        <p class="wrong">${wrong || route?.problem}</p>${route && html`<${Steps} route=${route}/>`}</section>`;
}

export default function New({ data: { own } }) {
    const form = useForm({
        initial: { kind: own[0]?.key ?? "", title: "", content: "" }, draft: "approval-new",
        send: async ({ kind, title, content }) => {
            const made = await create("approvals_requests", { kind, title, snapshot: { [CONTENT]: content }, applicant: me.value.person.id });
            // It is kept as a draft if it can't be handed in: the page of the request then says why.
            await send(made.id, "submit").catch((failure) => { if (!failure.fields) throw failure; });
            return made;
        },
        done: ({ id }) => go("/approvals/" + id),
    });
    const chosen = own.find(({ key }) => key === form.values.value.kind) ?? own[0];
    return html`<div class="page">
        <header class="page-head"><div><h1>新的申请</h1><p class="lead">提交以后内容不能再改，审批人看到的就是这一份。</p></div></header>
        <div class="columns"><div><section class="card"><${Form} form=${form}>
            <${Field} form=${form} name="kind" label="类别" type="select" required options=${own.map(({ key, name }) => [key, name])}
                hint=${chosen?.private ? "只有您和审批人看得到。" : "您、审批人和党务工作人员看得到。"}/>
            <${Field} form=${form} name="title" label="申请的事" required hint="一句话，例如“2026 年学习计划”。"/>
            <${Field} form=${form} name="content" label="内容" type="textarea" rows="8" required/>
            <${Submit} form=${form} extra=${html`<a class="btn" href="#/approvals/mine">取消</a>`}>提交<//>
        <//></section></div>
        <div>${chosen && html`<${Preview} kind=${chosen.key}/>`}</div></div>
    </div>`;
}
