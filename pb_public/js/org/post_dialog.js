/**
 * post_dialog.js: giving somebody a post from a day, ending one on a day. The
 * reach of a person follows from both at once.
 *
 *   <${PostDialog} person=${record} or unit=${record} units=${units} roles=${roles} onClose=${fn}/>
 *   <${EndPost} post=${record with its expand} onClose=${fn}/>
 */
import { html, useState } from "../lib/lib.js";
import { create, remove, update } from "../lib/api.js";
import { can, today } from "../lib/session.js";
import { shortDay } from "../lib/format.js";
import { PersonPicker } from "../people/picker.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { nameOf, unitOptions } from "./units.js";

const UNTIL = "当天起不再有权限；不填就是一直在任";

export function PostDialog({ person, unit, units, roles, onClose }) {
    useReturnFocus();
    const [holder, setHolder] = useState(person ?? null);
    const form = useForm({
        initial: { person: person?.id ?? "", org: unit?.id ?? person?.org ?? "", role: "", since: today(), until: "", document: "", note: "" },
        check: ({ since, until }) => (since && until && until < since ? { until: "截止日期不能早于起始日期。" } : {}),
        send: (values) => create("org_posts", values, { fields: "id" }),
        done: onClose,
    });
    form.names.set("person", { label: "任职的人", required: true });
    const open = unitOptions(units, (one) => !one.closed && can("org", one.path));
    const pick = (found) => {
        setHolder(found);
        form.set({ person: found.id });
    };
    return html`<${Dialog} title=${person ? `给${person.name}登记任职` : `${nameOf(unit)}登记任职`} onClose=${onClose} wide><${Form} form=${form}>
        ${!person && html`<${PersonPicker} id="${form.id}-person" label="任职的人" name=${holder?.name} onPick=${pick} wrong=${form.errors.value.person}/>`}
        <div class="pair"><${Field} form=${form} name="role" label="职务" type="select" required options=${[["", "请选择"], ...roles.map(({ id, name, single }) => [id, single ? `${name}（一人担任）` : name])]}/>
            ${!unit && html`<${Field} form=${form} name="org" label="在哪个组织" type="select" required options=${[["", "请选择"], ...open]}/>`}</div>
        <div class="pair"><${Field} form=${form} name="since" label="起始日期" type="date" required/>
            <${Field} form=${form} name="until" label="截止日期" type="date" hint=${UNTIL}/></div>
        <div class="pair"><${Field} form=${form} name="document" label="任职文号" maxlength="200"/><${Field} form=${form} name="note" label="备注" maxlength="200"/></div>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>登记任职<//>
    <//><//>`;
}

export function EndPost({ post, onClose }) {
    useReturnFocus();
    const begun = post.since <= today(), { person, role, org } = post.expand ?? {}, what = `${org?.name ?? ""}${role?.name ?? ""}`;
    const form = useForm({
        initial: { until: today(), note: post.note },
        check: ({ until }) => (begun && until < post.since ? { until: `截止日期不能早于起始日期${shortDay(post.since)}。` } : {}),
        send: ({ until, note }) => (begun ? update("org_posts", post.id, { until, note }, { fields: "id" }) : remove("org_posts", post.id)),
        done: onClose,
    });
    const who = person?.name ?? "本人";
    return html`<${Dialog} title=${begun ? "任职截止" : "取消这个任职吗？"} onClose=${onClose}><${Form} form=${form}>
        <p>${begun ? `${who}的${what}，从截止那天起不再有权限。经历保留，可以查到。` : `${who}的${what}还没有开始，取消以后不留记录。`}</p>
        ${begun && html`<${Field} form=${form} name="until" label="截止日期" type="date" required/><${Field} form=${form} name="note" label="备注" maxlength="200" hint="例如免职文号"/>`}
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>返回</button>`}>${begun ? "截止" : "取消任职"}<//>
    <//><//>`;
}
