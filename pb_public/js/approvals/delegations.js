/** delegations.js: who decides for me while I am away, and for whom I do. */
import { html, useState } from "../lib/lib.js";
import { create, remove, update, where } from "../lib/api.js";
import { me, today } from "../lib/session.js";
import { addDays, day } from "../lib/format.js";
import { PersonPicker } from "../people/picker.js";
import { Badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";

export const title = "审批委托";

export async function load({ live }) {
    const self = me.value.person.id, mine = (row) => row.person === self || row.delegate === self;
    const delegations = live("approvals_delegations", {
        filter: where("person = {:self} || delegate = {:self}", { self }), keep: mine, sort: "-since", order: (a, b) => b.since.localeCompare(a.since),
    });
    await delegations.ready;
    return { delegations };
}

function Make() {
    const self = me.value.person.id;
    const form = useForm({
        initial: { delegate: "", name: "", since: today(), until: addDays(today(), 7), reason: "" }, draft: "approval-delegation",
        check: ({ delegate }) => (delegate ? {} : { delegate: "请选择受托人。" }),
        send: ({ delegate, since, until, reason }) => create("approvals_delegations", { person: self, delegate, since, until, reason }),
    });
    form.names.set("delegate", { label: "受托人", required: true });
    const { name } = form.values.value;
    return html`<section class="card"><h2>委托别人审批</h2><${Form} form=${form}>
        <${PersonPicker} id=${`${form.id}-delegate`} label="受托人" name=${name} wrong=${form.errors.value.delegate}
            onPick=${(person) => form.set({ delegate: person.id, name: person.name })}/>
        <${Field} form=${form} name="since" label="从哪天起" type="date" required/>
        <${Field} form=${form} name="until" label="到哪天为止" type="date" required hint="当日起不再有效。"/>
        <${Field} form=${form} name="reason" label="原因" required hint="例如“外出学习”。"/>
        <${Submit} form=${form}>登记委托<//>
    <//></section>`;
}

function standing({ since, until }, now) {
    if (until <= now) return ["已结束", "off"];
    return since > now ? ["未开始", "plain"] : ["有效", "ok"];
}

function Row({ row, self, onWrong }) {
    const now = today(), [word, tone] = standing(row, now), given = row.person === self;
    const end = async () => {
        const begun = row.since <= now;
        const sure = await confirm({ title: begun ? "提前结束委托" : "取消委托", text: begun ? "从今天起不再有效。" : "还没有开始，取消以后不留记录。", yes: begun ? "结束" : "取消委托", no: "不变" });
        if (sure) await (begun ? update("approvals_delegations", row.id, { until: now }) : remove("approvals_delegations", row.id)).catch(({ message }) => onWrong(message));
    };
    return html`<li><b>${row.title}</b> <${Badge} word=${word} tone=${tone}/>
        <span class="meta">${day(row.since)}起，到${day(row.until)}为止；${row.reason}</span>
        ${given && word !== "已结束" && html`<button type="button" onClick=${end}>${row.since <= now ? "提前结束" : "取消"}</button>`}</li>`;
}

export default function Delegations({ data }) {
    const rows = data.delegations.rows.value, self = me.value.person.id, [wrong, setWrong] = useState("");
    return html`<div class="page"><header class="page-head"><div><h1>审批委托</h1>
            <p class="lead">受托人以自己的名义登记意见，注明受谁委托；您的任职到期，委托也随之结束。</p></div>
            <p class="actions"><a class="btn" href="#/approvals">等我审批</a></p></header>
        <div class="columns even">
            <section class="card"><h2>已有的委托</h2><p class="wrong" role="alert">${wrong}</p>
                ${rows.length ? html`<ul class="plain">${rows.map((row) => html`<${Row} key=${row.id} row=${row} self=${self} onWrong=${setWrong}/>`)}</ul>`
                    : html`<p class="meta">没有委托。</p>`}</section>
            <${Make}/>
        </div></div>`;
}
