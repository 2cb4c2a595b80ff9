/** proof.js: a record as evidence of a duty: two presses, and what it has proved already. */
import { html, useEffect, useState } from "../lib/lib.js";
import { create, list, page, where } from "../lib/api.js";
import { day } from "../lib/format.js";
import { me, ranges } from "../lib/session.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { titleOf } from "./values.js";

const MOST = 50;

/** Open duties that the reader does themselves or submits for an organization. */
function duties() {
    const reach = ranges("plan.submit").map(({ lo, hi }) => where("(org_path >= {:lo} && org_path < {:hi})", { lo, hi }));
    const mine = [where("person = {:id}", { id: me.value.person.id }), ...reach].join(" || ");
    return page("plan_duties", 1, MOST, { filter: `(state = "open" || state = "returned" || state = "overdue") && (${mine})`, sort: "due", expand: "org", fields: "id,title,due,expand.org.name,expand.org.short", skipTotal: true });
}

function Choose({ ledger, record, onClose, onDone }) {
    useReturnFocus();
    const [found, setFound] = useState(null), [wrong, setWrong] = useState(""), [busy, setBusy] = useState(false);
    useEffect(() => { duties().then(({ items }) => setFound(items), ({ message }) => setWrong(message)); }, []);
    const prove = async (duty) => {
        setBusy(true);
        try {
            await create("plan_evidence", { duty: duty.id, text: `${ledger.title}：${titleOf(ledger, record)}`, link_collection: ledger.collection, link_id: record.id });
            onDone();
        } catch (failure) {
            setWrong(Object.values(failure.fields ?? {})[0] ?? failure.message);
            setBusy(false);
        }
    };
    return html`<${Dialog} title="作为哪件任务的佐证？" onClose=${onClose}>${!found && !wrong && html`<p class="meta" role="status">正在读取待办的任务……</p>`}
        ${found?.length === 0 && html`<p>您现在没有待办的任务。</p>`}<p class="wrong" role="alert">${wrong}</p>
        <ul class="rows">${(found ?? []).map((duty) => html`<li key=${duty.id}><button type="button" class="row" disabled=${busy} onClick=${() => prove(duty)}><span class="row-text"><span class="row-title">${duty.title}</span>
            <span class="meta">${[duty.expand?.org?.short || duty.expand?.org?.name, duty.due && `${day(duty.due)}前`].filter(Boolean).join("，")}</span></span></button></li>`)}</ul>
        <div class="actions"><button type="button" onClick=${onClose}>取消</button></div><//>`;
}

export function Proof({ ledger, record }) {
    const [asked, setAsked] = useState(false), [proved, setProved] = useState(null);
    const read = () => list("plan_evidence", { filter: where("link_collection = {:c} && link_id = {:id}", { c: ledger.collection, id: record.id }), expand: "duty", fields: "id,duty,expand.duty.title" }).then(setProved, () => setProved([]));
    useEffect(() => { read(); }, [record.id]);
    const finish = () => { setAsked(false); read(); };
    return html`<section class="card"><h2>佐证</h2>${proved?.length ? html`<ul class="plain">${proved.map(({ id, duty, expand }) => html`<li key=${id}><a href=${"#/duties/" + duty}>${expand?.duty?.title ?? "任务"}</a></li>`)}</ul>` : html`<p class="meta">还没有作为哪件任务的佐证。</p>`}
        <div class="actions"><button type="button" onClick=${() => setAsked(true)}>作为佐证</button></div>
        ${asked && html`<${Choose} ledger=${ledger} record=${record} onClose=${() => setAsked(false)} onDone=${finish}/>`}</section>`;
}
