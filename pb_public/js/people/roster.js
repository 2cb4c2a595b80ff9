/**
 * roster.js: one page of the roster, asked for as the filters in the address
 * say, asked for again when somebody on it changes. Ten thousand people are as
 * quick as ten: the browser never holds more than a page.
 *
 *   const { found, wrong, again } = useRoster(changes)
 *       found   { items, totalItems, page }, null before the first answer
 */
import { useEffect, useRef, useState } from "../lib/lib.js";
import { list, page, where } from "../lib/api.js";
import { query } from "../lib/router.js";
import { pageOf } from "../ui/pages.js";
import { among, searchIds, sensitive } from "./search.js";

export const SIZE = 100;
const TYPING = 250;
const CHANGED = 800;

const FIELDS = "id,name,number,kind,state,title,org,org_path,masked.mobile,computed,expand.org.name,expand.org.short";
const SORTS = { number: "number", org: "org_path", kind: "kind", state: "state", title: "title" };

/** The first path that no longer lies below a path. */
export const upper = (path) => path.replace(/\/$/, "0");

/** What the address asks for, as a filter of the server. */
async function filterOf({ q = "", org, kind, state }, units) {
    const unit = units.find(({ id }) => id === org);
    return [
        q.trim() && !sensitive(q) && among(await searchIds(q.trim())),
        unit && where("org_path >= {:lo} && org_path < {:hi}", { lo: unit.path, hi: upper(unit.path) }),
        kind ? where("kind = {:kind}", { kind }) : 'kind != "service"',
        state !== "all" && where("state = {:state}", { state: state || "active" }),
    ].filter(Boolean).join(" && ");
}

function sortOf({ sort = "" }) {
    if (sort.replace("-", "") === "party_age") return sort[0] === "-" ? "full_date,number" : "-full_date,number"; // the earlier, the longer
    const field = SORTS[sort.replace("-", "")];
    return field ? `${sort[0] === "-" ? "-" : ""}${field},number` : "org_path,number";
}

export const readRoster = async (query, units) => page("people", pageOf(query), SIZE, {
    filter: await filterOf(query, units), sort: sortOf(query), expand: "org", fields: FIELDS,
});

/** What is exported: what the list shows, on every page of it. */
export const exported = (units) => ({ filter: () => filterOf(query.value, units), sort: () => sortOf(query.value) });

/** Everybody whom the filters let through, for paper. */
export const readAll = async (query, units) => list("people", { filter: await filterOf(query, units), sort: sortOf(query), expand: "org", fields: FIELDS });

/** Asks once what was asked last; an answer that comes late is thrown away. */
export function useRoster({ first, units, changes }) {
    const [found, setFound] = useState(first), [wrong, setWrong] = useState(""), turn = useRef(0);
    const { q, org, kind, state, sort, page: at } = query.value, asked = [q, org, kind, state, sort, at].join("\n"), last = useRef(asked);
    const again = () => {
        const mine = ++turn.current;
        return readRoster(query.value, units).then(
            (next) => { if (mine === turn.current) { setFound(next); setWrong(""); } },
            ({ message }) => { if (mine === turn.current) setWrong(message); },
        );
    };
    useEffect(() => {
        if (asked === last.current) return undefined;
        last.current = asked;
        const timer = setTimeout(again, TYPING);
        return () => clearTimeout(timer);
    }, [asked]);
    useEffect(() => {
        let timer, begun = false;
        const stop = changes.rows.subscribe(() => {
            if (begun) { clearTimeout(timer); timer = setTimeout(again, CHANGED); }
            begun = true;
        });
        return () => { stop(); clearTimeout(timer); };
    }, [changes]);
    return { found, wrong, again };
}
