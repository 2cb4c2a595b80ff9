/**
 * upload.js: photos and files from a phone. Photos become JPEG of at most 2000
 * pixels before they are sent: a phone's photo of 8 MB goes over as 0.5 MB.
 *
 *   const uploads = useUploads({ max: 9 });
 *   <${Upload} uploads=${uploads} label="照片和文件"/>
 *   uploads: { files, wrong, progress, busy, take(), clear() }
 *       files     signal: [{ key, file, name, size, url }], url for images only
 *       progress  signal: null, or 0..1 while sending: create(…, { onProgress: uploads.follow })
 *       take()    the File objects to send
 */
import { html, signal, useEffect, useMemo, useRef } from "../lib/lib.js";
import { size } from "../lib/format.js";

const EDGE = 2000;
const LIMIT = 10 * 1024 * 1024;
const ACCEPT = ".jpg,.jpeg,.png,.webp,.heic,.pdf,.docx,.xlsx,.txt,.ofd,.wps";
let keys = 0;

/** @returns {Promise<File>} the photo, smaller, or the file as it was */
async function shrink(file) {
    if (!/^image\/(jpeg|png|webp|heic)$/.test(file.type)) return file;
    const url = URL.createObjectURL(file);
    try {
        const image = Object.assign(new Image(), { src: url });
        await image.decode();
        const scale = Math.min(1, EDGE / Math.max(image.naturalWidth, image.naturalHeight));
        if (scale === 1 && file.size < 1024 * 1024) return file;
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(image.naturalWidth * scale);
        canvas.height = Math.round(image.naturalHeight * scale);
        const pen = canvas.getContext("2d");
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
        if (!blob || blob.size >= file.size) return file;
        return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
        return file; // a format that this browser can't read goes up as it is
    } finally {
        URL.revokeObjectURL(url);
    }
}

function makeUploads(max) {
    const files = signal([]), wrong = signal(""), progress = signal(null), busy = signal(false);
    const forget = (gone) => gone.forEach(({ url }) => url && URL.revokeObjectURL(url));
    return {
        files, wrong, progress, busy, max,
        async add(picked) {
            wrong.value = "";
            busy.value = true;
            for (const original of picked) {
                if (files.value.length >= max) { wrong.value = `最多上传 ${max} 个文件，多出的没有加入。`; break; }
                const file = await shrink(original);
                if (file.size > LIMIT) { wrong.value = `“${file.name}”有 ${size(file.size)}，超过了 10 MB，没有加入。`; continue; }
                const url = file.type.startsWith("image/") ? URL.createObjectURL(file) : "";
                files.value = [...files.value, { key: ++keys, file, name: file.name, size: file.size, url }];
            }
            busy.value = false;
        },
        drop(key) {
            forget(files.value.filter((entry) => entry.key === key));
            files.value = files.value.filter((entry) => entry.key !== key);
            wrong.value = "";
        },
        take: () => files.value.map(({ file }) => file),
        follow: (share) => { progress.value = share; },
        clear() {
            forget(files.value);
            files.value = [];
            wrong.value = "";
            progress.value = null;
        },
    };
}

export function useUploads({ max = 9 } = {}) {
    const uploads = useMemo(() => makeUploads(max), []);
    useEffect(() => uploads.clear, []);
    return uploads;
}

export function Upload({ uploads, label = "照片和文件" }) {
    const input = useRef(null), { files, wrong, progress, busy, max } = uploads;
    const pick = (event) => {
        uploads.add([...event.target.files]);
        event.target.value = "";
    };
    return html`<div class="field upload" role="group" aria-label=${label}>
        <p class="label">${label}<span class="optional">（选填，最多 ${max} 个）</span></p>
        <ul class="files">${files.value.map((entry) => html`<li key=${entry.key}>
            ${entry.url ? html`<img src=${entry.url} alt=${entry.name}/>` : html`<span class="file-name">${entry.name}</span>`}
            <span class="meta">${size(entry.size)}</span>
            <button type="button" aria-label=${`去掉${entry.name}`} onClick=${() => uploads.drop(entry.key)}>去掉</button></li>`)}
        </ul>
        <input ref=${input} class="sr" type="file" multiple accept=${"image/*," + ACCEPT} tabindex="-1" aria-hidden="true" onChange=${pick}/>
        <button type="button" disabled=${busy.value || files.value.length >= max} onClick=${() => input.current.click()}>
            ${busy.value ? "正在处理照片……" : "拍照或选文件"}</button>
        <p class="wrong" role="alert">${wrong.value}</p>
        ${progress.value !== null && html`<p role="status">正在上传，已完成 ${Math.round(progress.value * 100)}%。</p>`}
    </div>`;
}
