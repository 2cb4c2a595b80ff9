/** claim.js: claims points for what the system can't know by itself, from a phone, with photos. */
import { html } from "../lib/lib.js";
import { create, list, update } from "../lib/api.js";
import { go, query } from "../lib/router.js";
import { can, me, today } from "../lib/session.js";
import { PersonPicker } from "../people/picker.js";
import { Field, Form, Submit, useForm } from "../ui/form.js";
import { Upload, useUploads } from "../ui/upload.js";
import { call } from "../lib/api.js";
import { capOf, worth } from "./words.js";

export const title = "申报积分";

export async function load() {
    const [{ items }, rules] = await Promise.all([call("GET", "/api/points/subjects"), list("points_rules", { filter: 'state = "active"', sort: "no" })]);
    const manual = new Map(items.filter((s) => s.manual).map((s) => [s.key, s]));
    return { rules: rules.filter(({ subject }) => manual.has(subject)), reviewer: can("points.review") };
}

export default function ClaimPage({ data: { rules, reviewer } }) {
    const uploads = useUploads({ max: 9 }), own = me.value.person;
    const form = useForm({
        initial: { rule: query.value.rule ?? "", happened_on: today(), quantity: "1", text: "", person: own.id, name: own.name }, draft: "points-claim",
        check: ({ rule }) => (rules.find(({ id }) => id === rule)?.evidence && !uploads.files.value.length ? { files: "这一项须附证明材料，请拍照上传。" } : {}),
        send: async ({ rule, happened_on: on, quantity, text, person }) => {
            const unit = rules.find(({ id }) => id === rule)?.unit;
            const made = await create("points_claims", { rule, happened_on: on, quantity: unit ? Number(quantity) : 1, text, person, files: uploads.take() }, { onProgress: uploads.follow });
            return update("points_claims", made.id, { state: "pending" });
        },
        done: ({ approval }) => { uploads.clear(); go(approval ? `/approvals/${approval}` : "/points"); },
    });
    const { rule, person, name } = form.values.value, chosen = rules.find(({ id }) => id === rule), self = person === own.id;
    const offered = rules.filter(({ value }) => value > 0 || !self);
    return html`<div class="page"><header class="page-head"><div><h1>申报积分</h1><p class="lead">到会、学习、走访、党费由系统自动计分，不用申报。</p></div></header>
        <section class="card"><${Form} form=${form}>
            ${reviewer && html`<${PersonPicker} id="claim-person" label="党员（代没有手机的党员申报，或者提出扣分）" name=${name} onPick=${({ id, name: picked }) => form.set({ person: id, name: picked })}/>`}
            <${Field} form=${form} name="rule" label="项目" type="select" required options=${[["", "请选择"], ...offered.map((r) => [r.id, `${r.title}（${worth(r)}）`])]}
                hint=${chosen ? `${capOf(chosen)}${chosen.evidence ? "，须附证明材料" : ""}。` : "选了项目就能看到怎样计分。"}/>
            <${Field} form=${form} name="happened_on" label="哪一天" type="date" required max=${today()}/>
            ${chosen?.unit && html`<${Field} form=${form} name="quantity" label=${`几${chosen.unit}`} type="number" min="1" max="500" required/>`}
            <${Field} form=${form} name="text" label="做了什么" type="textarea" rows="3" required hint="不写病情、家庭和他人的情况。"/>
            <${Upload} uploads=${uploads} label="证明材料"/><p class="wrong" role="alert">${form.errors.value.files}</p>
            <${Submit} form=${form} extra=${html`<a class="btn" href="#/points">取消</a>`}>提交<//>
        <//></section></div>`;
}
