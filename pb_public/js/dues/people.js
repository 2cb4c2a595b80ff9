/**
 * people.js: the people of an organization and how each stands, a page after the
 * other, always by name.
 *
 *   await gridPage(unit, year, after)   { items, next }
 *   const { rows, more, wrong } = useGrid(first, unit, year)    grows by itself; more: there are still some to read
 *   await everybody(unit, year)         all of them at once
 */
import { useEffect, useState } from "../lib/lib.js";
import { call } from "../lib/api.js";

export const gridPage = (unit, year, after = "") => call("GET", `/api/dues/grid?${new URLSearchParams({ org: unit.id, year, after })}`);

/** The first page is painted at once, the others follow while it is read. */
export function useGrid(first, unit, year) {
    const [state, setState] = useState({ first, rows: first.items, next: first.next, wrong: "" });
    useEffect(() => {
        let gone = false;
        const follow = async () => {
            let rows = first.items, { next } = first;
            setState({ first, rows, next, wrong: "" });
            while (next && !gone) {
                const page = await gridPage(unit, year, next);
                rows = [...rows, ...page.items];
                ({ next } = page);
                if (!gone) setState({ first, rows, next, wrong: "" });
            }
        };
        follow().catch(({ message }) => { if (!gone) setState((now) => ({ ...now, next: "", wrong: `没有读完：${message}` })); });
        return () => { gone = true; };
    }, [first]);
    return { rows: state.first === first ? state.rows : first.items, more: Boolean(state.next), wrong: state.wrong };
}

export async function everybody(unit, year) {
    const rows = [];
    for (let after = ""; ;) {
        const { items, next } = await gridPage(unit, year, after);
        rows.push(...items);
        if (!next) return rows;
        after = next;
    }
}
