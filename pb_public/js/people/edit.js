/**
 * edit.js: entering somebody, or correcting what is known of them.
 *
 *   <${PersonDialog} person=${record, or nothing for somebody new} units=${units} onClose=${fn} onDone=${(record) => …}/>
 */
import { html } from "../lib/lib.js";
import { create, update } from "../lib/api.js";
import { can } from "../lib/session.js";
import { KINDS, STATES } from "../lib/words.js";
import { unitOptions } from "../org/units.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { useReturnFocus } from "../ui/focus.js";
import { query } from "../lib/router.js";

const KIND_OPTIONS = Object.entries(KINDS);
const STATE_OPTIONS = Object.entries(STATES.person).map(([code, [word]]) => [code, word]);

/** What can be seen without the server, in the words of the person who types. */
function check({ number, mobile }) {
    return {
        ...(number && !/^[A-Za-z0-9]{1,20}$/.test(number.trim()) && { number: "工号只用字母和数字，不超过 20 个。" }),
        ...(mobile && !/^1[3-9]\d{9}$/.test(mobile.trim()) && { mobile: "手机号是 1 开头的 11 位数字，请核对。" }),
        ...(!number?.trim() && !mobile?.trim() && { number: "工号和手机号至少填一样，登录时要用。" }),
    };
}

const trimmed = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]));

const start = (person, org) => ({
    name: person?.name ?? "", number: person?.number ?? "", mobile: person?.mobile ?? "", org: person?.org ?? org,
    kind: person?.kind ?? "member", state: person?.state ?? "active", title: person?.title ?? "",
});

export function PersonDialog({ person, units, org, onClose, onDone }) {
    useReturnFocus();
    const open = unitOptions(units, (unit) => (!unit.closed || unit.id === person?.org) && can("people.edit", unit.path));
    const preset = [org, query.value.org].find((id) => open.some(([known]) => known === id)) ?? "";
    const form = useForm({
        initial: start(person, preset), draft: person ? undefined : "person-new", check,
        send: (values) => (person ? update("people", person.id, trimmed(values), { expand: "org" }) : create("people", trimmed(values), { expand: "org" })),
        done: onDone,
    });
    const leaving = person?.state === "active" && form.values.value.state !== "active";
    return html`<${Dialog} title=${person ? `修改${person.name}的资料` : "登记人员"} onClose=${onClose} wide><${Form} form=${form}>
        <div class="pair"><${Field} form=${form} name="name" label="姓名" required maxlength="50" autocomplete="off"/>
            <${Field} form=${form} name="title" label="职务称谓" maxlength="60" hint="只用于显示，权限看任职"/></div>
        <div class="pair"><${Field} form=${form} name="number" label="工号" maxlength="20" autocapitalize="none" spellcheck="false" hint="登录用，全系统不重复"/>
            <${Field} form=${form} name="mobile" label="手机号" inputmode="tel" maxlength="11" hint="登录用，只有本人和管理名册的人看得到"/></div>
        <${Field} form=${form} name="org" label="所在党组织或科室" type="select" required options=${[["", "请选择"], ...open]}/>
        <div class="pair"><${Field} form=${form} name="kind" label="身份" type="select" required options=${KIND_OPTIONS}/>
            ${person && html`<${Field} form=${form} name="state" label="状态" type="select" required options=${STATE_OPTIONS}/>`}</div>
        ${leaving && html`<p class="notice">改为“${STATES.person[form.values.value.state][0]}”以后，${person.name}不能再登录，已经打开的页面也会退出；任职请另外填写截止日期。</p>`}
        ${!person && html`<p class="hint">登记以后请在右侧“发一次性密码”，本人才能登录。</p>`}
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>${person ? "保存" : "登记"}<//>
    <//><//>`;
}
