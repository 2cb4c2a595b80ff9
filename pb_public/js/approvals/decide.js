/**
 * decide.js: the decision of one approver. What is typed survives a reload; a
 * second approver reads why there is nothing left to decide.
 *
 *   <${Decide} page=${page} onDone=${fn}/>
 */
import { html } from "../lib/lib.js";
import { Field, Form, useForm } from "../ui/form.js";
import { send } from "./words.js";

const CHOICES = [["approve", "同意", true], ["return", "退回", false], ["reject", "不同意", false]];

/** Where a return may go: to the applicant or to any earlier step. */
const targets = ({ step, route }) => [["0", "申请人（修改后重新提交）"],
    ...route.steps.slice(0, step - 1).map(({ name }, i) => [String(i + 1), `第 ${i + 1} 步 ${name}`])];

export function Decide({ page, onDone }) {
    const form = useForm({
        initial: { comment: "", to: "0", verdict: "" }, draft: `approval-${page.id}`,
        check: ({ verdict, comment }) => (verdict !== "approve" && comment.trim().length < 2 ? { comment: "请写明理由，申请人看得到。" } : {}),
        send: ({ verdict, comment, to }) => send(page.id, "decide", {
            verdict, comment: comment.trim(), step: page.step, to_step: verdict === "return" ? Number(to) : 0,
        }),
        done: onDone,
    });
    const decide = (verdict) => { form.set({ verdict }); form.submit(); };
    if (!page.may.decide) return page.may.why ? html`<p class="meta">${page.may.why}</p>` : null;
    return html`<${Form} form=${form}>
        <${Field} form=${form} name="comment" label="意见" type="textarea" rows="3" hint="退回和不同意要写明理由。"/>
        ${page.step > 1 && html`<${Field} form=${form} name="to" label="退回到" type="select" required options=${targets(page)}/>`}
        <p class="wrong" role="alert">${form.failure.value}</p>
        <div class="actions">${CHOICES.map(([verdict, word, primary]) => html`<button key=${verdict} type="button" class=${primary ? "primary" : ""}
            disabled=${form.busy.value} onClick=${() => decide(verdict)}>${word}</button>`)}</div>
    <//>`;
}
