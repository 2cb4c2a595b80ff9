/**
 * about.js: somebody's particulars, masked, and what an officer may do about them.
 *
 *   <${Facts} person=${record}/>               what one needs at a glance
 *   <${Facts} person=${record} full/>          all that the roster holds
 *   <${Deeds} person=${record} units=${units} onChange=${fn}/>
 */
import { html, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";
import { can, me } from "../lib/session.js";
import { shortDay } from "../lib/format.js";
import { KINDS } from "../lib/words.js";
import { confirm } from "../ui/dialog.js";
import { toast } from "../ui/toast.js";
import { PersonDialog } from "./edit.js";
import { EDUCATION, GENDERS, MEMBERSHIP, joined } from "./fields.js";
import { ResetPassword } from "./reset.js";
import { Veiled } from "./reveal.js";
import { StatusDialog } from "./status.js";

const years = (n) => (n === undefined ? "" : `${n} 年`);

const veil = (person, field) => person.masked?.[field] && html`<${Veiled} person=${person} field=${field}/>`;

const brief = (person) => [
    ["工号", person.number], ["手机号", veil(person, "mobile")], ["组织", person.expand?.org?.name], ["身份", KINDS[person.kind]], ["职务", person.title],
    ["党龄", years(person.computed?.party_age)], ["预备期", person.computed?.probation_end && `到${shortDay(person.computed.probation_end)}满`],
    ["党籍", person.membership_state === "stopped" && MEMBERSHIP.stopped], ["失去联系", person.lost && `${shortDay(person.lost_since)}起`],
    ["外出流向", person.floating && person.flow_to],
];

const full = (person) => [
    ["工号", person.number], ["性别", GENDERS[person.gender]], ["民族", person.ethnicity], ["身份证号", veil(person, "id_no")],
    ["出生年月", person.masked?.birth_date && html`<${Veiled} person=${person} field="birth_date"/>`],
    ["年龄", person.computed?.age !== undefined && `${person.computed.age} 岁`], ["学历", EDUCATION[person.education]],
    ["身份", KINDS[person.kind]], ["组织", person.expand?.org?.name], ["职务", person.title], ["工作岗位", person.work_post],
    ["入党日期", shortDay(person.join_date)], ["转正日期", shortDay(person.full_date)], ["特殊情况", person.full_note],
    ["预备期", person.computed?.probation_end && `到${shortDay(person.computed.probation_end)}满`], ["党龄", years(person.computed?.party_age)],
    ["党籍", joined(person.kind) && person.state !== "removed" && MEMBERSHIP[person.membership_state]],
    ["手机号", veil(person, "mobile")], ["固定电话", veil(person, "tel")], ["家庭住址", veil(person, "address")],
    ["失去联系", person.lost && `${shortDay(person.lost_since)}起`], ["外出流向", person.floating && person.flow_to],
];

export const Facts = ({ person, full: all }) => html`<dl class="facts">${(all ? full(person) : brief(person)).filter(([, value]) => value).map(([term, value]) => html`
    <div key=${term}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

/** For who has lost the phone and the recovery codes. */
function ResetFactor({ person }) {
    const [wrong, setWrong] = useState("");
    const reset = async () => {
        const sure = await confirm({
            title: `重置${person.name}的动态口令吗？`, yes: "重置",
            text: "适用于本人换了手机、备用码也没有了。请先当面或打电话确认是本人；重置以后只用密码就能登录，本人应当重新启用。",
        });
        if (!sure) return;
        await call("POST", `/api/people/${person.id}/totp/reset`).then(() => { setWrong(""); toast("已经重置。"); }, ({ message }) => setWrong(message));
    };
    return html`<button type="button" onClick=${reset}>重置动态口令</button>${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}`;
}

export function Deeds({ person, units, onChange, all, children }) {
    const [open, setOpen] = useState(""), edits = can("people.edit", person.org_path), active = person.state === "active";
    const close = () => setOpen("");
    const finish = (saved) => {
        close();
        onChange?.(saved);
    };
    if (!edits && !children) return null;
    const enters = edits && active && person.kind !== "service", other = person.id !== me.value.person.id;
    return html`<div class="actions">${children}
        ${edits && html`<button type="button" onClick=${() => setOpen("edit")}>修改资料</button><button type="button" onClick=${() => setOpen("status")}>变更状态</button>`}
        ${enters && html`<${ResetPassword} person=${person}/>`}${enters && all && other && html`<${ResetFactor} person=${person}/>`}</div>
        ${open === "edit" && html`<${PersonDialog} person=${person} units=${units} onClose=${close} onDone=${finish}/>`}
        ${open === "status" && html`<${StatusDialog} person=${person} onClose=${close} onDone=${finish}/>`}`;
}
