/**
 * draft.js: nothing typed is lost. A draft outlives a reload, an expired
 * sign-in and a dead network, and belongs to one person.
 *
 *   draft(key, initial, secret)   → { values, set(patch), clear(), restored }
 *       values    signal: object, initial overlaid by what was typed before
 *       restored  true when something typed before was found
 *       secret    names of what is never written to the device
 *   forgetDrafts()        at sign-out, because the computer may be shared
 *
 * Files are not kept: a browser doesn't let a page store what a person picked.
 */
import { signal } from "./lib.js";
import { pb } from "./api.js";

const PREFIX = "draft:";
const KEEP = 14 * 86_400_000;
const owner = () => pb.authStore.record?.id ?? "";

function read(name) {
    try {
        const { at, values } = JSON.parse(localStorage.getItem(name));
        return Date.now() - at < KEEP ? values : null;
    } catch {
        return null;
    }
}

function write(name, values) {
    try {
        if (values) localStorage.setItem(name, JSON.stringify({ at: Date.now(), values }));
        else localStorage.removeItem(name);
    } catch {
        // A full or private store: the form still works, it just can't be restored.
    }
}

/** @param {string} key names the form, for example "duty-" + id */
export function draft(key, initial = {}, secret = []) {
    const name = `${PREFIX}${owner()}:${key}`;
    const saved = read(name);
    const values = signal({ ...initial, ...saved });
    return {
        values,
        restored: saved !== null,
        set(patch) {
            values.value = { ...values.value, ...patch };
            write(name, Object.fromEntries(Object.entries(values.value).filter(([field]) => !secret.includes(field))));
        },
        clear() {
            write(name, null);
            values.value = { ...initial };
        },
    };
}

export function forgetDrafts() {
    try {
        for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
    } catch {
        // Nothing was stored, then.
    }
}
