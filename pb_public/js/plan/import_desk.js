/**
 * import_desk.js: an import while somebody works on it: the outline, what is
 * left to decide, and keeping it safe. Every change is written to this device
 * at once and to the server soon after; nothing depends on a button.
 *
 *   const desk = openDesk(record, directory)
 *   desk.outline, desk.year, desk.since      signals
 *   desk.change((outline) => outline, group)  changes of one group (typing in a field) are undone together
 *   desk.set({ year, since }), desk.undo(), desk.undoable
 *   desk.todo        signal: [{ path, code, message }], from the outline and from the server
 *   desk.counts      signal: what confirming would make, null while something is left
 *   desk.saving      signal: saved | pending | saving | offline | refused | conflict | locked
 *   desk.wrong       signal: why the server refused
 *   desk.flush()     saves now; true when everything is on the server
 *   desk.hear(record)                        somebody else changed it
 *   desk.takeTheirs(record), desk.keepMine() after a conflict
 *   desk.stop()
 */
import { computed, signal } from "../lib/lib.js";
import { call, one, update } from "../lib/api.js";
import { draft } from "../lib/draft.js";
import { at, problems } from "./outline.js";
import { charsOf } from "./spans.js";

const WAIT = 1_200;
const RETRY = 8_000;
const STEPS = 50;

/** What only the server knows: whether an assignment finds somebody, whether a rule is possible. */
const LOCAL = ["plan_untitled", "plan_unassigned", "plan_unsettled", "plan_dates_reversed"];

export function openDesk(record, directory) {
    const store = draft("import-" + record.id), kept = store.values.value;
    const mine = store.restored && kept.outline && record.state === "draft";
    const outline = signal(mine ? kept.outline : record.outline), facts = signal(mine ? kept.facts : { year: record.year, since: record.since });
    const saving = signal("saved"), wrong = signal(""), checked = signal({ problems: new Map(), general: [], counts: null }), past = signal([]);
    let base = mine ? kept.base : record.updated, version = 0, saved = 0, timer = 0, gone = false, running = null, last = "";

    const todo = computed(() => {
        const own = problems(outline.value), out = [...own], seen = new Set(own.map(({ path, code }) => path + code));
        if (!outline.value.sections.some(({ items }) => items.length)) out.push({ path: null, code: "plan_no_items", message: "没有读出任何条目，请在原文里选中文字，再按“新增为一条”。" });
        checked.value.problems.forEach((list, ob) => list.forEach((problem) => {
            if (at(outline.value, problem.path) === ob && !seen.has(problem.path + problem.code)) out.push(problem);
        }));
        return out.sort((a, b) => (a.path && b.path ? a.path[0] - b.path[0] || a.path[1] - b.path[1] || a.path[2] - b.path[2] : 0));
    });

    async function check() {
        const looked = outline.value;
        const answer = await call("POST", `/api/plan/imports/${record.id}/check`);
        const map = new Map();
        for (const problem of answer.problems.filter(({ code }) => !LOCAL.includes(code))) {
            const ob = at(looked, problem.path);
            if (ob) map.set(ob, [...(map.get(ob) ?? []), problem]);
        }
        checked.value = { problems: map, counts: looked === outline.value ? answer.counts : null };
    }

    async function save() {
        const sent = version;
        saving.value = "saving";
        try {
            const answer = await update("plan_imports", record.id, { outline: outline.value, ...facts.value }, { fields: "id,updated,state" });
            base = answer.updated;
            saved = sent;
            wrong.value = "";
            if (version === saved) store.clear();
            saving.value = version === saved ? "saved" : "pending";
            await check().catch(() => {});
        } catch (failure) {
            refused(failure);
        }
    }

    function refused(failure) {
        if (failure.status === 0 || failure.status === 401 || failure.status >= 500 || failure.status === 429) {
            saving.value = "offline";
            schedule(RETRY);
        } else {
            saving.value = ["plan_import_locked", "plan_import_move"].includes(failure.code) || failure.status === 404 ? "locked" : "refused";
            wrong.value = failure.message;
        }
    }

    function schedule(wait = WAIT) {
        clearTimeout(timer);
        if (!gone) timer = setTimeout(flush, wait);
    }

    /** One save at a time; what was changed meanwhile is saved after it. */
    async function flush() {
        clearTimeout(timer);
        while (running) await running;
        if (["conflict", "locked"].includes(saving.value)) return false;
        if (version !== saved) {
            running = save().finally(() => { running = null; });
            await running;
            if (version !== saved && saving.value === "pending") return flush();
        }
        return version === saved;
    }

    function touch() {
        version++;
        checked.value = { ...checked.value, counts: null };
        store.set({ outline: outline.value, facts: facts.value, base });
        if (["conflict", "locked"].includes(saving.value)) return;
        saving.value = "pending";
        schedule();
    }

    function reset(next) {
        outline.value = next.outline;
        facts.value = { year: next.year, since: next.since };
        base = next.updated;
        saved = version;
        past.value = [];
        store.clear();
        wrong.value = "";
        saving.value = "saved";
        check().catch(() => {});
    }

    const online = () => saving.value === "offline" && flush();
    addEventListener("online", online);
    addEventListener("pagehide", flush);

    const desk = {
        id: record.id, directory, chars: charsOf(record.text), outline, facts, todo, saving, wrong, restored: mine,
        counts: computed(() => checked.value.counts),
        undoable: computed(() => past.value.length > 0),
        change(step, group = "") {
            const next = step(outline.value);
            if (next === outline.value) return;
            if (!group || group !== last) past.value = [...past.value.slice(-STEPS), outline.value];
            last = group;
            outline.value = next;
            touch();
        },
        undo() {
            outline.value = past.value[past.value.length - 1];
            past.value = past.value.slice(0, -1);
            last = "";
            touch();
        },
        set(patch) {
            facts.value = { ...facts.value, ...patch };
            touch();
        },
        check, flush,
        /** A record came over the stream: ours again, or somebody else's. */
        async hear(light) {
            if (gone || running || light.updated <= base) return;
            if (light.state !== "draft") { if (version !== saved) saving.value = "locked"; return; }
            if (version === saved) reset(await one("plan_imports", record.id));
            else { clearTimeout(timer); saving.value = "conflict"; }
        },
        takeTheirs: async () => reset(await one("plan_imports", record.id)),
        keepMine() {
            saving.value = "pending";
            version++;
            schedule(0);
        },
        stop() {
            gone = true;
            removeEventListener("online", online);
            removeEventListener("pagehide", flush);
            return flush();
        },
    };
    if (mine) {
        version++;
        if (kept.base === record.updated) { saving.value = "pending"; schedule(0); }
        else saving.value = "conflict";
    } else check().catch(() => {});
    return desk;
}
