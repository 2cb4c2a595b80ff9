/**
 * edit.js: the words of a draft. What is typed survives a reload.
 *
 *   <${Edit} page=${page} onDone=${fn} onCancel=${fn}/>
 */
import { html } from "../lib/lib.js";
import { update } from "../lib/api.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";

export const CONTENT = "内容";

export function Edit({ page, onDone, onCancel }) {
    const form = useForm({
        initial: { title: page.title, content: page.snapshot?.[CONTENT] ?? "" }, draft: `approval-edit-${page.id}`,
        send: ({ title, content }) => update("approvals_requests", page.id, { title, snapshot: { ...page.snapshot, [CONTENT]: content } }),
        done: onDone,
    });
    return html`<${Form} form=${form}>
        <${Field} form=${form} name="title" label="申请的事" required/>
        <${Field} form=${form} name="content" label="内容" type="textarea" rows="8" required/>
        <${Submit} form=${form} extra=${html`<button type="button" onClick=${() => { form.reset(); onCancel(); }}>不改了</button>`}>保存<//>
    <//>`;
}
