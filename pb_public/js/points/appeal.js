/** appeal.js: an objection to what is published, filed by who it is about. */
import { html } from "../lib/lib.js";
import { create } from "../lib/api.js";
import { day, period as words } from "../lib/format.js";
import { me } from "../lib/session.js";
import { Dialog } from "../ui/dialog.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { toast } from "../ui/toast.js";
import { signed } from "./words.js";

export function AppealDialog({ period, entries, onClose, onDone }) {
    const mine = entries.filter(({ quarter }) => quarter === period.quarter);
    const form = useForm({
        initial: { entry: "", text: "" },
        send: ({ entry, text }) => create("points_appeals", { person: me.value.person.id, period: period.id, entry, text }),
        done: () => { toast("已经提出，支部会在 10 个工作日内答复。"); onDone(); },
    });
    return html`<${Dialog} title=${`对${words(period.quarter)}的积分有异议`} onClose=${onClose}><${Form} form=${form}>
        <${Field} form=${form} name="entry" label="哪一笔" type="select" options=${[["", "少计了，或者说不清是哪一笔"],
            ...mine.map(({ id, day: on, rule_title: name, points }) => [id, `${day(on)} ${name}（${signed(points)}）`])]}/>
        <${Field} form=${form} name="text" label="理由" type="textarea" rows="4" required hint="哪里不对，应当怎样。不写病情和他人的情况。"/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${onClose}>取消</button>`}>提出<//>
    <//><//>`;
}
