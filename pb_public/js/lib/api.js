/**
 * api.js: the only way to the server. Everything here throws a Failure, whose
 * message is a Chinese sentence and whose `fields` holds one per field.
 *
 *   list(name, opts)                 every record that the rules let through
 *   page(name, n, size, opts)        one page: { items, page, totalItems, totalPages }
 *   first(name, opts)                the first record, or null
 *   one(name, id, opts)              one record
 *   create(name, body, opts)         opts.onProgress(0..1) follows an upload
 *   update(name, id, body, opts)     remove(name, id)
 *   call(method, path, body)         a route of our own
 *   blob(path)                       a file that a route of our own gives
 *   where(filter, values)            a filter with bound values; never join strings
 *   fileToken(), fileURL(record, filename, token, { thumb, download })
 *   second(mfaId, code)              the one-time code that follows a right password
 *   expired, mustChange, mustEnrol   signals: the session ended, the password must change,
 *                                    an officer must turn on one-time codes first
 *
 * opts: { filter, sort, expand, fields }
 */
import PocketBase from "../../vendor/pocketbase.mjs";
import { signal } from "./lib.js";
import { explain } from "./words.js";

// The SDK's pb.filter uses RegExp.escape, which phones before 2025 don't have.
RegExp.escape ??= (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

export const pb = new PocketBase(location.origin);
pb.autoCancellation(false);
pb.lang = "zh-CN";

export const expired = signal(false);
export const mustChange = signal(false);
export const mustEnrol = signal(false);

/** What went wrong, in words for the person who sees it. */
export class Failure extends Error {
    /** @param {any} cause an error of the SDK, or anything that was thrown */
    constructor(cause) {
        const data = cause?.response?.data ?? {};
        const { message, fields } = explain(cause?.status ?? 0, cause?.response ?? {});
        super(message, { cause });
        this.status = cause?.status ?? 0;
        this.fields = fields;
        this.code = data.operation?.code ?? Object.values(data).find((field) => field?.code)?.code ?? "";
    }
}

// The server treats an expired token as no token, and a list then comes back
// empty instead of refused. So an expired token is never sent.
pb.beforeSend = (url, options) => {
    if (pb.authStore.token && !pb.authStore.isValid) {
        expired.value = true;
        throw Object.assign(new Error("expired"), { status: 401 });
    }
    return { url, options };
};

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Runs one request; what only reads is tried three times on a bad network. */
async function ask(request, tries = 1) {
    for (let wait = 500; ; wait *= 3) {
        const sent = pb.authStore.token;
        try {
            return await request();
        } catch (cause) {
            if (cause?.status === 0 && --tries > 0) {
                await pause(wait);
                continue;
            }
            const failure = new Failure(cause);
            if (failure.status === 401 && sent && pb.authStore.token === sent) expired.value = true; // not if a new one has come meanwhile
            if (failure.code === "people_must_change") mustChange.value = true;
            if (failure.code === "people_factor_required") mustEnrol.value = true;
            throw failure;
        }
    }
}

const TRIES = 3;

export const list = (name, opts) => ask(() => pb.collection(name).getFullList({ batch: 1000, ...opts }), TRIES);
export const page = (name, n, size, opts) => ask(() => pb.collection(name).getList(n, size, opts), TRIES);
export const one = (name, id, opts) => ask(() => pb.collection(name).getOne(id, opts), TRIES);
export const first = async (name, opts) => (await page(name, 1, 1, { skipTotal: true, ...opts })).items[0] ?? null;
export const create = (name, body, opts) => ask(() => pb.collection(name).create(body, transport(opts)));
export const update = (name, id, body, opts) => ask(() => pb.collection(name).update(id, body, transport(opts)));
export const remove = (name, id) => ask(() => pb.collection(name).delete(id));
export const call = (method, path, body, opts) =>
    ask(() => pb.send(path, { method, body, ...transport(opts) }), method === "GET" ? TRIES : 1);
export const blob = (path) => ask(async () => {
    const answer = await fetch(pb.buildURL(path), { headers: { Authorization: pb.authStore.token } });
    if (!answer.ok) throw { status: answer.status, response: await answer.json().catch(() => ({})) };
    return answer.blob();
}, TRIES);
export const where = (filter, values) => pb.filter(filter, values);

/** Tries a sign-in; the answer carries the token that the SDK then keeps. */
export function authenticate(identity, password) {
    pb.authStore.clear();
    return ask(() => pb.collection("people").authWithPassword(identity, password));
}

export async function second(mfaId, code) {
    const { token, record } = await ask(() => pb.send("/api/people/second", { method: "POST", body: { mfaId, code } }));
    pb.authStore.save(token, record);
    return { token, record };
}

export const prolong = () => ask(() => pb.collection("people").authRefresh());

let token = { value: "", until: 0 };

/** A short-lived token for protected files; asked for again after 90 seconds. */
export async function fileToken() {
    if (Date.now() > token.until) {
        token = { value: await ask(() => pb.files.getToken(), TRIES), until: Date.now() + 90_000 };
    }
    return token.value;
}

/** The address of a protected file. */
export const fileURL = (record, filename, fileToken, { thumb, download } = {}) =>
    pb.files.getURL(record, filename, { token: fileToken, thumb, download: download ? 1 : undefined });

/** With onProgress a request goes by XMLHttpRequest: fetch can't tell how far it is. */
function transport({ onProgress, ...opts } = {}) {
    return onProgress ? { ...opts, fetch: (url, options) => sendWithProgress(url, options, onProgress) } : opts;
}

function sendWithProgress(url, { method, headers, body }, onProgress) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open(method, url);
        for (const [key, value] of Object.entries(headers ?? {})) request.setRequestHeader(key, value);
        request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
        request.onload = () => resolve(new Response(request.responseText || "{}", { status: request.status }));
        request.onerror = () => reject(new TypeError("network"));
        request.send(body);
    });
}
