/** choices.js: which kinds come by mail, at what hours, one by one or once a day. */
import { html } from "../lib/lib.js";
import { create, update } from "../lib/api.js";
import { reload } from "../lib/router.js";
import { me } from "../lib/session.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { toast } from "../ui/toast.js";
import { MESSAGE_KINDS } from "./words.js";

const KINDS = Object.entries(MESSAGE_KINDS);
const NIGHT = { from: "21:00", until: "08:00" }, NEVER = "00:00";

function initial(choice) {
    const off = choice?.mail_off ?? [], from = choice?.quiet_from || NIGHT.from, until = choice?.quiet_until || NIGHT.until;
    return {
        ...Object.fromEntries(KINDS.map(([kind]) => [kind, !off.includes(kind)])),
        digest: choice?.digest ?? false, quiet: from !== until,
        quiet_from: from === until ? NIGHT.from : from, quiet_until: from === until ? NIGHT.until : until,
    };
}

function body(values) {
    return {
        person: me.value.person.id, mail_off: KINDS.map(([kind]) => kind).filter((kind) => !values[kind]), digest: values.digest,
        quiet_from: values.quiet ? values.quiet_from : NEVER, quiet_until: values.quiet ? values.quiet_until : NEVER,
    };
}

export function ChoiceForm({ choice, email }) {
    const form = useForm({
        initial: initial(choice),
        check: ({ quiet, quiet_from, quiet_until }) => (quiet && quiet_from === quiet_until ? { quiet_until: "开始和结束不能是同一时间；不要免打扰，请去掉上面的勾。" } : {}),
        send: (values) => (choice ? update("notify_choices", choice.id, body(values)) : create("notify_choices", body(values))),
        done: async () => {
            await reload();
            toast("已经保存。");
        },
    });
    const { quiet } = form.values.value;
    return html`${email
        ? html`<p class="meta">发到 ${email}。</p>`
        : html`<p class="notice">您还没有登记邮箱，所以现在不会有邮件。要收邮件，请党建办在名册里登记。</p>`}
        <${Form} form=${form}>
            <div class="field" role="group" aria-label="哪些发邮件"><p class="label">哪些发邮件</p>
                ${KINDS.map(([kind, word]) => html`<${Field} key=${kind} form=${form} name=${kind} label=${word} type="checkbox"/>`)}</div>
            <${Field} form=${form} name="digest" label="每天合成一封" type="checkbox" hint="在免打扰结束时发；已经在收件箱读过的不再发。"/>
            <${Field} form=${form} name="quiet" label="夜间免打扰" type="checkbox" hint="这段时间的通知等到结束后合成一封再发。"/>
            ${quiet && html`<${Field} form=${form} name="quiet_from" label="从几点开始" type="time" required/>
                <${Field} form=${form} name="quiet_until" label="到几点结束" type="time" required/>`}
            <${Submit} form=${form}>保存<//>
        <//>`;
}
