/**
 * read.js: a page of the trail, the newest first. Pages are counted by the last
 * entry that was shown (a cursor): the thousandth page is as quick as the first.
 *
 *   read(filter, before) → { entries, words, next }   next: the cursor of the older ones, "" at the end
 *   filterOf(query)      what the address asks for
 */
import { page, where } from "../lib/api.js";
import { addDays } from "../lib/format.js";
import { lookUp } from "./lookup.js";

const SIZE = 50;
const FIELDS = "id,seq,at,actor_kind,actor,actor_name,actor_post,on_behalf,origin,action,collection,record,label,subject_person,changes,reason";

const midnight = (day) => new Date(day + "T00:00:00+08:00").toISOString().replace("T", " ");

export function filterOf({ q, from, to, actor, person, record, collection, action }) {
    const words = (q ?? "").trim().split(/\s+/).filter(Boolean);
    return [
        from && where("month >= {:month} && at >= {:at}", { month: from.slice(0, 7), at: midnight(from) }),
        to && where("month <= {:month} && at < {:at}", { month: to.slice(0, 7), at: midnight(addDays(to, 1)) }),
        actor && where("actor = {:actor}", { actor }), person && where("subject_person = {:person}", { person }),
        record && where("record = {:record}", { record }), collection && where("collection = {:collection}", { collection }),
        action && where("action = {:action}", { action }),
        ...words.map((text) => where("(label ~ {:text} || actor_name ~ {:text})", { text })),
    ].filter(Boolean).join(" && ");
}

export async function read(filter, before = "") {
    const all = [filter, before && where("id < {:before}", { before })].filter(Boolean).join(" && ");
    const { items } = await page("audit_entries", 1, SIZE + 1, { filter: all, sort: "-id", fields: FIELDS, skipTotal: true });
    const entries = items.slice(0, SIZE);
    return { entries, words: await lookUp(entries), next: items.length > SIZE ? entries[SIZE - 1].id : "" };
}
