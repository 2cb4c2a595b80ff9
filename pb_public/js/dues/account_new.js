/** account_new.js: the forms of the account: an expense, a remittance, a donation, another income. */
import { html, useState } from "../lib/lib.js";
import { create } from "../lib/api.js";
import { reload } from "../lib/router.js";
import { today } from "../lib/session.js";
import { PersonPicker } from "../people/picker.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { Upload, useUploads } from "../ui/upload.js";
import { fenOf, monthOf } from "./money.js";
import { INCOMES, PURPOSES } from "./words.js";

const money = (text) => (fenOf(text) > 0 ? {} : { amount: "请写成元，最多两位小数，例如 3600.00。" });

/** A form with vouchers, sent to a collection. */
function useEntry(collection, unit, onClose, { initial, check, body }) {
    const uploads = useUploads({ max: 10 });
    const form = useForm({
        initial, draft: `${collection}-new`, check,
        send: (values) => create(collection, { org: unit.id, ...values, ...body(values), files: uploads.take() }, { onProgress: uploads.follow }), done: () => { onClose(); reload(); },
    });
    return { form, uploads };
}

const Box = ({ title, note, entry: { form, uploads }, label, onClose, children }) => html`<${Dialog} title=${title} onClose=${onClose}>${note && html`<p class="meta">${note}</p>`}
    <${Form} form=${form}>${children}<${Upload} uploads=${uploads} label=${label}/><${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>登记<//><//><//>`;

export function NewExpense({ unit, onClose }) {
    const entry = useEntry("dues_expenses", unit, onClose, { initial: { purpose: "training", title: "", amount: "", payee: "", resolution: "", resolved_on: "" }, check: ({ amount }) => money(amount), body: ({ amount }) => ({ amount: fenOf(amount) }) }), { form } = entry;
    return html`<${Box} title="登记党费使用" note="先由集体讨论决定，再登记，然后提交审批。经办、批准、付款由三个人办理。" entry=${entry} label="票据和纪要" onClose=${onClose}>
        <${Field} form=${form} name="purpose" label="用途" type="select" required options=${Object.entries(PURPOSES)}/><${Field} form=${form} name="title" label="事由" required/>
        <div class="pair"><${Field} form=${form} name="amount" label="金额（元）" required inputmode="decimal"/><${Field} form=${form} name="payee" label="收款人" required hint="不能是经办人。"/></div>
        <div class="pair"><${Field} form=${form} name="resolution" label="会议纪要的文号或编号" required/><${Field} form=${form} name="resolved_on" label="集体决定的日期" type="date" required max=${today()}/></div><//>`;
}

const share = (text) => fenOf(text.replace(/[%％]/g, "")); // per cent with two places are basis points

export function NewRemittance({ unit, onClose }) {
    const entry = useEntry("dues_remittances", unit, onClose, {
        initial: { from_month: "", to_month: "", percent: "", document: "", due: "" },
        check: ({ percent, from_month: from, to_month: to }) => ({ ...(share(percent) > 0 && share(percent) <= 10_000 ? {} : { percent: "请写百分数，例如 30 或 7.5。" }), ...(monthOf(from) ? {} : { from_month: "请写成 2026-01 这样。" }), ...(monthOf(to) ? {} : { to_month: "请写成 2026-03 这样。" }) }),
        body: ({ percent, from_month: from, to_month: to }) => ({ percent: undefined, rate: share(percent), from_month: monthOf(from), to_month: monthOf(to) }),
    }), { form } = entry;
    return html`<${Box} title="登记上缴" note="按这些月份的实交计算，不是应交；各支部都结账以后才能算。比例由省级规定，请照文件填写。" entry=${entry} label="文件" onClose=${onClose}>
        <div class="pair"><${Field} form=${form} name="from_month" label="从哪个月" type="month" required/><${Field} form=${form} name="to_month" label="到哪个月（含）" type="month" required/></div>
        <div class="pair"><${Field} form=${form} name="percent" label="上缴比例（%）" required inputmode="decimal"/><${Field} form=${form} name="due" label="应在哪天前上缴" type="date" required/></div><${Field} form=${form} name="document" label="规定比例的文号" required/><//>`;
}

export function NewDonation({ unit, onClose }) {
    const [who, setWho] = useState(null), entry = useEntry("dues_donations", unit, onClose, {
        initial: { amount: "", received_on: today(), profile: "" }, check: ({ amount }) => ({ ...money(amount), ...(who ? {} : { person: "请选择党员。" }) }), body: ({ amount }) => ({ org: undefined, person: who.id, amount: fenOf(amount) }),
    }), { form } = entry;
    return html`<${Box} title="登记自愿多交的党费" note="不含当月应交。一次 1000 元以上的，全部逐级上缴中央，由中央组织部给本人收据。" entry=${entry} label="附件" onClose=${onClose}>
        <${PersonPicker} id="dues-donor" label="党员" name=${who?.name} onPick=${setWho} wrong=${form.errors.value.person}/>
        <div class="pair"><${Field} form=${form} name="amount" label="金额（元）" required inputmode="decimal"/><${Field} form=${form} name="received_on" label="收款日期" type="date" required max=${today()}/></div>
        <${Field} form=${form} name="profile" label="情况说明" type="textarea" rows="3" hint="1000 元以上随款上报：本人基本情况、现实表现、多交的考虑。"/><//>`;
}

export function NewIncome({ unit, onClose }) {
    const entry = useEntry("dues_incomes", unit, onClose, { initial: { kind: "interest", amount: "", booked_on: today(), document: "" }, check: ({ amount }) => money(amount), body: ({ amount }) => ({ amount: fenOf(amount) }) }), { form } = entry;
    return html`<${Box} title="登记其他收入" entry=${entry} label="凭证" onClose=${onClose}><${Field} form=${form} name="kind" label="种类" type="select" required options=${Object.entries(INCOMES)}/>
        <div class="pair"><${Field} form=${form} name="amount" label="金额（元）" required inputmode="decimal"/><${Field} form=${form} name="booked_on" label="入账日期" type="date" required max=${today()}/></div>
        <${Field} form=${form} name="document" label="单据号或文号" required hint="下拨的写明专款用途。"/><//>`;
}
