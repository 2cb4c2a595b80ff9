/** history.js: what happened to a duty so far, newest last. */
import { html } from "../lib/lib.js";
import { day, time } from "../lib/format.js";

const by = (person) => (person?.name ? `，${person.name}` : "");

function steps(duty) {
    const { submitted_by: submitter, accepted_by: accepter, exempted_by: exempter } = duty.expand ?? {};
    return [
        duty.opens && [day(duty.opens), "可以开始办理"],
        duty.submitted_at && [time(duty.submitted_at), `提交${by(submitter)}`],
        duty.state === "returned" && [time(duty.accepted_at), `退回，请补充后再提交${by(accepter)}`],
        ["done", "made_up"].includes(duty.state) && [time(duty.accepted_at), `${duty.state === "made_up" ? "验收通过，记为补做" : "验收通过"}${by(accepter)}`],
        duty.state === "exempted" && [time(duty.updated), `免做${by(exempter)}`],
    ].filter(Boolean);
}

export const History = ({ duty }) => html`<section class="card"><h2>经过</h2>
    <ol class="history">${steps(duty).map(([when, what], i) => html`<li key=${i}><span class="meta">${when}</span><span>${what}</span></li>`)}</ol>
</section>`;
