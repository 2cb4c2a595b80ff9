/** item_duty.js: one duty beside the table: its evidence with files, and what may be decided about it. */
import { html, computed, useMemo } from "../lib/lib.js";
import { can, me } from "../lib/session.js";
import { day, period, time } from "../lib/format.js";
import { Badge } from "../ui/badge.js";
import { Panel } from "../ui/panel.js";
import { Accept } from "../duties/accept.js";
import { EvidenceList } from "../duties/evidence.js";

const DECIDED = ["done", "made_up"];
const REASONS = { returned: "退回理由", exempted: "免做理由" };

/** What the base's acceptance needs of a duty: here the answer goes into the live list. */
const adapter = (data, id) => ({
    expand: "org,person",
    duty: {
        record: {
            set value(answer) {
                data.duties.rows.value = data.duties.rows.value.map((duty) => (duty.id === id ? { ...duty, ...answer, expand: duty.expand } : duty));
            },
        },
    },
});

export function DutyPanel({ data, duty, onClose }) {
    const evidence = useMemo(() => ({ rows: computed(() => data.evidence.rows.value.filter((record) => record.duty === duty.id)) }), [duty.id]);
    const self = me.value.person.id;
    const involved = duty.submitted_by === self || duty.person === self || evidence.rows.value.some(({ person }) => person === self);
    const { org, person } = duty.expand ?? {};
    return html`<${Panel} title=${duty.title} onClose=${onClose}>
        <p class="deadline"><${Badge} kind="duty" state=${duty.state}/><span>${day(duty.due)}前</span></p>
        <p class="meta">${[org?.name, person?.name, period(duty.period)].filter(Boolean).join("，")}</p>
        ${duty.due_original && duty.due_original !== duty.due && html`<p class="meta">原定${day(duty.due_original)}，因休息日调整。</p>`}
        ${REASONS[duty.state] && duty.reason && html`<p class="notice"><b>${REASONS[duty.state]}：</b>${duty.reason}</p>`}
        ${duty.submitted_at && html`<p class="meta">${time(duty.submitted_at)}提交</p>`}
        ${DECIDED.includes(duty.state) && duty.accepted_at && html`<p class="meta">${time(duty.accepted_at)}验收</p>`}
        <h3>材料</h3><${EvidenceList} evidence=${evidence} duty=${duty}/>
        ${can("plan.accept", duty.org_path) && !DECIDED.includes(duty.state) && html`<${Accept} data=${adapter(data, duty.id)} duty=${duty} involved=${involved}/>`}
        <p><a class="btn" href=${"#/duties/" + duty.id}>打开这件任务</a></p>
    <//>`;
}
