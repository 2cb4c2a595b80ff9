/**
 * session.js: who is signed in and what they may do.
 *
 *   me                    signal: null, or the answer of GET /api/me
 *   start()               at the first load; resolves to me or null
 *   signIn(identity, password)   resolves to the id with which a one-time code must follow, if one must
 *   signInSecond(id, code), signOut(), refresh()
 *   changePassword(old, password)
 *   can(power)            holds it anywhere      can(power, path) over this organization
 *   canAny(...powers)     holds one of them
 *   reach(power)          the organizations it was given at: [{ id, name, … }]
 *   ranges(power)         [{ lo, hi }] for a filter: org_path >= lo && org_path < hi
 *   today()               the server's date, YYYY-MM-DD
 *   sessionId()           which of my sign-ins this one is
 */
import { signal } from "./lib.js";
import { authenticate, call, expired, mustChange, pb, prolong, second } from "./api.js";
import { connect } from "./live.js";
import { today as localToday } from "./format.js";

export const me = signal(null);

export async function refresh() {
    const answer = await call("GET", "/api/me");
    mustChange.value = Boolean(answer.person.must_change);
    me.value = answer;
    return answer;
}

/** Reads who is there; a session that ended is no error but nobody. */
export async function start() {
    if (!pb.authStore.token) return null;
    try {
        await refresh();
    } catch (failure) {
        if (failure.status === 401 || mustChange.value) return null;
        throw failure;
    }
    if (!mustChange.value) connect();
    if (halfLifeOver()) prolong().catch(() => {});
    return me.value;
}

export async function signIn(identity, password) {
    try {
        await enter(await authenticate(identity.trim(), password));
    } catch (failure) {
        const id = failure.cause?.response?.mfaId;
        if (!id) throw failure;
        return id;
    }
    return "";
}

export const signInSecond = async (id, code) => enter(await second(id, code));

async function enter({ record }) {
    expired.value = false;
    mustChange.value = Boolean(record.must_change);
    if (mustChange.value) return;
    await refresh();
    connect();
}

/** Nothing of the person stays in memory: the next one at this computer starts afresh. */
export function signOut() {
    pb.realtime.unsubscribe().catch(() => {});
    pb.authStore.clear();
    location.hash = "#/login";
    location.reload();
}

/** A new password ends every other session; this one goes on with a new token. */
export async function changePassword(old, password) {
    const { token, record } = await call("POST", "/api/people/password", { old, new: password });
    pb.authStore.save(token, record);
    mustChange.value = expired.value = false;
    await refresh();
    connect();
}

const granted = (power) => me.value?.powers?.[power] ?? [];

export const can = (power, path) =>
    granted(power).some(({ lo, hi }) => path === undefined || (path >= lo && path < hi));
export const canAny = (...powers) => powers.some((power) => can(power));
export const reach = (power) => granted(power).map(({ org }) => org);
export const ranges = (power) => granted(power).map(({ lo, hi }) => ({ lo, hi }));
export const today = () => me.value?.today ?? localToday();

const claims = () => JSON.parse(atob(pb.authStore.token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));

export const sessionId = () => claims().sid ?? "";

function halfLifeOver() {
    try {
        const { exp, iat } = claims();
        const born = iat ?? exp - 7 * 86_400;
        return Date.now() / 1000 > (born + exp) / 2;
    } catch {
        return false;
    }
}
