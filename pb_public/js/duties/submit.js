/** submit.js: write what was done, add photos, hand it in; or keep it for later. */
import { html, useRef } from "../lib/lib.js";
import { create, update } from "../lib/api.js";
import { Field, Form, useForm } from "../ui/form.js";
import { Upload, useUploads } from "../ui/upload.js";

const MAX = 9;

export function SubmitForm({ data, duty }) {
    const uploads = useUploads({ max: MAX }), handIn = useRef(true);
    const unit = data.targets.find((target) => target.unit)?.unit;
    const filled = ({ text, number }) => text.trim() || String(number).trim() || uploads.files.value.length;

    const check = (values) => {
        if (uploads.busy.value) return { text: "照片还在处理，请稍等一下再提交。" };
        if (String(values.number).trim() && !Number.isFinite(Number(values.number))) return { number: "请填写数字。" };
        if (filled(values) || (handIn.current && data.evidence.rows.value.length)) return {};
        return { text: "请写下办理情况，或者上传照片、文件。" };
    };

    const send = async (values) => {
        if (filled(values)) {
            const number = String(values.number).trim() ? Number(values.number) : undefined;
            const files = uploads.take();
            await create("plan_evidence", { duty: duty.id, text: values.text.trim(), number, counted: number !== undefined, files: files.length ? files : undefined },
                { onProgress: files.length ? uploads.follow : undefined });
            uploads.clear();
            form.reset(); // what is stored must not be sent a second time
        }
        if (handIn.current) data.duty.record.value = await update("plan_duties", duty.id, { state: "submitted" }, { expand: data.expand });
    };

    const form = useForm({ draft: "duty-" + duty.id, initial: { text: "", number: "" }, check, send });
    const press = (value) => () => { handIn.current = value; };
    return html`<${Form} form=${form} class="submit-form">
        <${Field} form=${form} name="text" label="写下做了什么" type="textarea" rows="4" hint="时间、地点、参加人数、主要内容。文字和照片至少要有一样。"/>
        ${data.targets.length > 0 && html`<${Field} form=${form} name="number" label=${`完成数${unit ? `（${unit}）` : ""}`} inputmode="decimal"/>`}
        <${Upload} uploads=${uploads}/>
        <p class="wrong" role="alert">${form.failure.value}</p>
        <div class="actions"><button class="primary" disabled=${form.busy.value} onClick=${press(true)}>${form.busy.value ? "请稍候……" : "提交验收"}</button>
            <button disabled=${form.busy.value} onClick=${press(false)}>先保存，暂不提交</button></div>
    <//>`;
}
