/**
 * unit_dialogs.js: adding or correcting an organization, moving it with all
 * that hangs from it, closing it on a day. What moves is said before.
 *
 *   <${UnitDialog} unit=${record} or parent=${record} … onClose=${fn}/>
 *   <${MoveUnit} …/> <${CloseUnit} …/>     units, posts: all of the tree; counts: people by unit
 */
import { html } from "../lib/lib.js";
import { create, update } from "../lib/api.js";
import { can, today } from "../lib/session.js";
import { UNIT_KINDS } from "../lib/words.js";
import { Dialog } from "../ui/dialog.js";
import { useReturnFocus } from "../ui/focus.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { stateOf } from "./posts.js";
import { below, unitOptions } from "./units.js";

const KIND_OPTIONS = Object.entries(UNIT_KINDS);

const Buttons = ({ form, onClose, children }) => html`<${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>${children}<//>`;

const checkUnit = ({ code, sort }) => ({
    ...(code && !/^[a-z0-9]{1,12}$/.test(code) && { code: "编码只用小写字母和数字，不超过 12 个，例如 zb1。" }),
    ...(sort && !/^\d{1,6}$/.test(sort) && { sort: "请填写整数，例如 10。" }),
});

export function UnitDialog({ unit, parent, onClose }) {
    useReturnFocus();
    const form = useForm({
        initial: {
            name: unit?.name ?? "", short: unit?.short ?? "", code: unit?.code ?? "", kind: unit?.kind ?? (parent?.kind === "branch" ? "group" : "branch"),
            sort: unit?.sort ? String(unit.sort) : "", established: unit?.established ?? "",
        },
        check: checkUnit,
        send: (values) => {
            const body = { ...values, sort: Number(values.sort) || 0 };
            return unit ? update("org_units", unit.id, body, { fields: "id" }) : create("org_units", { ...body, parent: parent.id }, { fields: "id" });
        },
        done: onClose,
    });
    const recoded = unit && form.values.value.code !== unit.code;
    return html`<${Dialog} title=${unit ? `修改${unit.name}` : `在${parent.name}之下增加组织`} onClose=${onClose} wide><${Form} form=${form}>
        <${Field} form=${form} name="name" label="组织全称" required maxlength="100"/>
        <div class="pair"><${Field} form=${form} name="short" label="简称" maxlength="30" hint="用于列表和手机"/>
            <${Field} form=${form} name="kind" label="类别" type="select" required options=${KIND_OPTIONS}/></div>
        <div class="pair"><${Field} form=${form} name="code" label="编码" required maxlength="12" autocapitalize="none" spellcheck="false" hint="同一上级之下不重复，例如 zb1"/>
            <${Field} form=${form} name="sort" label="排列次序" inputmode="numeric" hint="小的在前"/></div>
        <${Field} form=${form} name="established" label="成立日期" type="date"/>
        ${recoded && html`<p class="notice">改编码会一起改它和它下面所有组织的路径，任职和记录跟着走。</p>`}
        <${Buttons} form=${form} onClose=${onClose}>${unit ? "保存" : "增加"}<//>
    <//><//>`;
}

/** What hangs from a unit, in words: 2 个下级组织、26 人、3 个在任职务. */
function hanging(unit, units, posts, counts) {
    const all = [unit, ...below(unit, units)], ids = new Set(all.map(({ id }) => id));
    const people = all.reduce((n, { id }) => n + (counts?.[id] ?? 0), 0), held = posts.filter((post) => ids.has(post.org) && stateOf(post, today()) === "held").length;
    return [all.length > 1 && `${all.length - 1} 个下级组织`, people > 0 && `${people} 人`, held > 0 && `${held} 个在任职务`].filter(Boolean).join("、");
}

export function MoveUnit({ unit, units, posts, counts, onClose }) {
    useReturnFocus();
    const form = useForm({
        initial: { parent: "" },
        send: ({ parent }) => update("org_units", unit.id, { parent }, { fields: "id" }),
        done: onClose,
    });
    const inside = new Set([unit, ...below(unit, units)].map(({ id }) => id)), what = hanging(unit, units, posts, counts);
    const open = unitOptions(units, (one) => !one.closed && !inside.has(one.id) && one.id !== unit.parent && can("org", one.path));
    const target = units.find(({ id }) => id === form.values.value.parent);
    return html`<${Dialog} title=${`移动${unit.name}`} onClose=${onClose}><${Form} form=${form}>
        <${Field} form=${form} name="parent" label="移到哪个组织之下" type="select" required options=${[["", "请选择"], ...open]}/>
        <p class="notice">${what ? `会带走 ${what}，以及它们的任务、材料和文件。` : "它的任务、材料和文件一起带走。"}${target
            ? `移动以后由${target.name}管理；只管得到原来上级的人，不再看得到它。` : "移动以后由新的上级管理；只管得到原来上级的人，不再看得到它。"}</p>
        <${Buttons} form=${form} onClose=${onClose}>移动<//>
    <//><//>`;
}

export function CloseUnit({ unit, units, posts, counts, onClose }) {
    useReturnFocus();
    const form = useForm({
        initial: { closed: unit.closed || today() },
        check: ({ closed }) => (closed && unit.established && closed < unit.established ? { closed: "撤销日期不能早于成立日期。" } : {}),
        send: (values) => update("org_units", unit.id, values, { fields: "id" }),
        done: onClose,
    });
    const what = hanging(unit, units, posts, counts);
    return html`<${Dialog} title=${unit.closed ? `改${unit.name}的撤销日期` : `撤销${unit.name}`} onClose=${onClose}><${Form} form=${form}>
        ${!unit.closed && html`<p class="notice">${what ? `它还有 ${what}。撤销不会自动移动或免去他们，请先移到别的组织、给任职填写截止日期。` : "撤销以后不再分派新的工作，以前的记录都保留。"}</p>`}
        <${Field} form=${form} name="closed" label="撤销日期" type="date" required=${!unit.closed} hint=${unit.closed ? "清空就是恢复" : undefined}/>
        <${Buttons} form=${form} onClose=${onClose}>${unit.closed ? "保存" : "撤销"}<//>
    <//><//>`;
}
