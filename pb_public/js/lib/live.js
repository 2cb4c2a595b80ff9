/**
 * live.js: what the page shows follows the server. One SSE stream per tab.
 *
 *   live(name, { filter, keep, order, sort, expand, fields })
 *       → { rows, error, ready, reload, stop }
 *       rows   signal: array of records, null before the first answer
 *       ready  resolves with the first answer, rejects with a Failure
 *       keep   (record) → bool, the filter once more in JavaScript: decides
 *              about records that arrive over the stream
 *       order  (a, b) → number, where a record that arrives belongs
 *   liveOne(name, id, { expand, fields }) → { record, error, ready, reload, stop }
 *   listen(topic, hear) → stop     any topic of the server; hear() also after the stream was away
 *   link       signal: connecting | live | off
 *   connect()  opens the stream, or opens it again
 *
 * In a view use the `live` and `liveOne` that load() is given: they stop by
 * themselves when the view is left.
 */
import { signal } from "./lib.js";
import { list, one, pb } from "./api.js";

export const link = signal("connecting");

const FIRST_ANSWER = 400; // ms to wait for the subscription before reading anyway
const RETRY = 5_000;
const HIDDEN = 60_000;

const sources = new Set();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A list of records that keeps itself up to date. */
export function live(name, { keep = () => true, order, ...opts } = {}) {
    const rows = signal(null);
    const sorted = (records) => (order ? [...records].sort(order) : records);
    const source = follow(name, "*", opts, {
        read: async () => { rows.value = sorted(await list(name, opts)); },
        merge: (events) => {
            const byId = new Map(rows.value.map((record) => [record.id, record]));
            for (const { action, record } of events) {
                if (action === "delete" || !keep(record)) byId.delete(record.id);
                else byId.set(record.id, record);
            }
            rows.value = sorted([...byId.values()]);
        },
    });
    return { rows, ...source };
}

/** One record that keeps itself up to date. */
export function liveOne(name, id, opts = {}) {
    const record = signal(null);
    const source = follow(name, id, opts, {
        read: async () => { record.value = await one(name, id, opts); },
        merge: (events) => { record.value = events[events.length - 1].record; },
    });
    return { record, ...source };
}

/** Says that something of a topic changed, for what is asked for a page at a time. */
export function listen(topic, hear) {
    let off, gone = false;
    const leave = () => off?.().catch(() => {}); // the stream may be gone already
    const subscribe = async () => {
        off = await pb.realtime.subscribe(topic, hear);
        if (gone) leave();
    };
    const source = { subscribe, reload: async () => hear() };
    sources.add(source);
    subscribe().catch(() => {});
    return () => {
        gone = true;
        sources.delete(source);
        leave();
    };
}

/**
 * Subscribes first and reads then, so that nothing falls between the two. A
 * slow stream doesn't hold up the first answer: it is read again afterwards.
 */
function follow(name, topic, { expand, fields, ...opts }, { read, merge }) {
    const error = signal("");
    let off, timer, events = [], reading = 0, loaded = false, gone = false;

    const flush = () => {
        timer = 0;
        if (loaded && !reading && !gone && events.length) merge(events.splice(0));
    };
    const hear = (event) => {
        events.push(event);
        timer ||= setTimeout(flush, 50); // a burst is one change of the page
    };
    const reload = async () => {
        reading++;
        try {
            await read();
            loaded = true;
            error.value = "";
        } catch (failure) {
            error.value = failure.message;
            throw failure;
        } finally {
            reading--;
            flush();
        }
    };
    const leave = () => off?.().catch(() => {}); // the stream may be gone already
    const subscribe = async () => {
        off = await pb.collection(name).subscribe(topic, hear, { expand, fields });
        if (gone) leave();
    };
    const stop = () => {
        gone = true;
        sources.delete(source);
        clearTimeout(timer);
        leave();
    };
    const start = async () => {
        const listening = subscribe().then(() => true, () => false);
        const inTime = await Promise.race([listening, pause(FIRST_ANSWER)]);
        await reload();
        if (!inTime) listening.then((ok) => ok && !gone && reload().catch(() => {}));
    };

    const source = { subscribe, reload };
    sources.add(source);
    return { error, ready: start(), reload, stop };
}

let retry, reconnect = false;

/** What happened while we were away is never sent again: read every list anew. */
function onConnect() {
    link.value = "live";
    if (reconnect) for (const source of sources) source.reload().catch(() => {});
    reconnect = true;
}

pb.realtime.onDisconnect = (topics) => {
    if (topics.length) link.value = "off";
};

/** Opens the stream, or opens it again, with everything that the page follows. */
export async function connect() {
    clearTimeout(retry);
    reconnect = false;
    const again = [...sources];
    await pb.realtime.unsubscribe().catch(() => {});
    try {
        await Promise.all([pb.realtime.subscribe("PB_CONNECT", onConnect), ...again.map((source) => source.subscribe())]);
        for (const source of again) source.reload().catch(() => {});
    } catch {
        link.value = "off";
        retry = setTimeout(connect, RETRY);
    }
}

// Without TLS a browser has six connections in all, so a hidden tab gives its
// own back after a minute.
let asleep = false, bedtime;

function sleep() {
    asleep = true;
    clearTimeout(retry);
    link.value = "connecting";
    pb.realtime.unsubscribe().catch(() => {});
}

document.addEventListener("visibilitychange", () => {
    clearTimeout(bedtime);
    if (document.hidden) {
        bedtime = setTimeout(sleep, HIDDEN);
    } else if (asleep) {
        asleep = false;
        connect();
    }
});
addEventListener("online", () => link.value === "off" && connect());
