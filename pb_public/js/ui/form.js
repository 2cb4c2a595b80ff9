/**
 * form.js: forms that keep what was typed and say errors where they happened.
 *
 *   const form = useForm({
 *       initial: { title: "" },
 *       draft: "documents-new",               optional: survives a reload
 *       check: (values) => ({ title: "请填写标题。" }),   optional, before sending
 *       send: async (values) => …,            throws a Failure of api.js
 *       done: (answer) => …,
 *   });
 *   <${Form} form=${form}>
 *       <${Field} form=${form} name="title" label="标题" required hint="不带书名号"/>
 *       <${Field} form=${form} name="due" label="期限" type="date"/>
 *       <${Field} form=${form} name="note" label="说明" type="textarea" rows="4"/>
 *       <${Field} form=${form} name="org" label="组织" type="select" options=${[["id", "名称"]]}/>
 *       <${Field} form=${form} name="all" label="包括下级" type="checkbox"/>
 *       <${Submit} form=${form}>保存<//>
 *   <//>
 *
 *   form: { values, errors, failure, busy, restored, set(patch), submit(), reset() }; the
 *   first four are signals. Errors of fields that the form doesn't show are said above the button.
 */
import { html, signal, useMemo } from "../lib/lib.js";
import { draft } from "../lib/draft.js";

let forms = 0;

function makeForm({ initial, draft: key }) {
    const store = key ? draft(key, initial) : memory(initial);
    const form = {
        id: `f${++forms}`, names: new Map(), values: store.values, restored: store.restored ?? false,
        errors: signal({}), failure: signal(""), busy: signal(false), options: {},
        set(patch) {
            store.set(patch);
            const left = { ...form.errors.value };
            for (const name of Object.keys(patch)) delete left[name];
            form.errors.value = left;
        },
        reset() {
            store.clear();
            form.errors.value = {};
            form.failure.value = "";
        },
        refuse(errors, message = "") {
            form.errors.value = errors;
            const unseen = Object.entries(errors).filter(([name]) => !form.names.has(name)).map(([, text]) => text);
            form.failure.value = unseen[0] ?? (Object.keys(errors).length ? "" : message);
            const wrong = [...form.names.keys()].find((name) => errors[name]);
            if (wrong) document.getElementById(`${form.id}-${wrong}`)?.focus();
        },
        submit: () => submit(form),
    };
    return form;
}

function memory(initial = {}) {
    const values = signal({ ...initial });
    return {
        values,
        set: (patch) => { values.value = { ...values.value, ...patch }; },
        clear: () => { values.value = { ...initial }; },
    };
}

async function submit(form) {
    if (form.busy.value) return;
    const { check, send, done } = form.options, values = form.values.value;
    const missing = {};
    for (const [name, { label, required, verb = "选择" }] of form.names) {
        const value = values[name];
        if (required && (value == null || value === false || String(value).trim() === "")) missing[name] = `请${verb}${label}。`;
    }
    const errors = { ...missing, ...check?.(values) };
    if (Object.keys(errors).length) return form.refuse(errors);
    form.busy.value = true;
    form.failure.value = "";
    form.errors.value = {};
    try {
        const answer = await send(values);
        form.reset();
        await done?.(answer);
    } catch (failure) {
        if (!failure.fields) throw failure;
        form.refuse(failure.fields, failure.message);
    } finally {
        form.busy.value = false;
    }
}

export function useForm(options) {
    const form = useMemo(() => makeForm(options), []);
    form.options = options;
    return form;
}

export const Form = ({ form, children, ...rest }) => html`<form noValidate ...${rest}
    onSubmit=${(event) => { event.preventDefault(); form.submit(); }}>
    ${form.restored && html`<p class="hint">已经恢复您上次没有交的内容。</p>`}
    ${children}
</form>`;

/** The button at the end, with what went wrong above it. */
export const Submit = ({ form, children, extra }) => html`
    <p class="wrong" role="alert">${form.failure.value}</p>
    <div class="actions"><button class="primary" disabled=${form.busy.value}>${form.busy.value ? "请稍候……" : children}</button>${extra}</div>`;

/** One field: label, hint, input, error. */
export function Field({ form, name, label, hint, type = "text", required, options, ...rest }) {
    form.names.set(name, { label, required, verb: type === "select" ? "选择" : "填写" });
    const id = `${form.id}-${name}`, error = form.errors.value[name], value = form.values.value[name] ?? "";
    const props = {
        id, name, ...rest, "aria-invalid": error ? "true" : undefined, "aria-required": required ? "true" : undefined,
        "aria-describedby": [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined,
    };
    const onInput = (event) => form.set({ [name]: event.target.value });
    const said = html`${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}`;
    const wrong = html`<p class="wrong" id="${id}-error" role="alert">${error}</p>`;
    if (type === "checkbox") {
        return html`<div class="field"><label class="check"><input type="checkbox" ...${props} checked=${Boolean(value)}
            onChange=${(event) => form.set({ [name]: event.target.checked })}/>${label}</label>${said}${wrong}</div>`;
    }
    return html`<div class="field"><label for=${id}>${label}${required ? "" : html`<span class="optional">（选填）</span>`}</label>
        ${type === "textarea" ? html`<textarea ...${props} value=${value} onInput=${onInput}></textarea>`
        : type === "select" ? html`<select ...${props} value=${value} onChange=${onInput}>${options.map(([code, word]) =>
            html`<option key=${code} value=${code} selected=${String(code) === String(value)}>${word}</option>`)}</select>`
        : html`<input type=${type} ...${props} value=${value} onInput=${onInput}/>`}${said}${wrong}</div>`;
}
