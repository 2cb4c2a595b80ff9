/**
 * trail.js: the page of the trail that the address asks for, asked for again
 * when it changes.
 *
 *   const { found, wrong, again } = useTrail(first, fixed)
 *       fixed   what the reader can't change: { person: id }
 */
import { useEffect, useRef, useState } from "../lib/lib.js";
import { query } from "../lib/router.js";
import { filterOf, read } from "./read.js";

const TYPING = 250;

export function useTrail(first, fixed) {
    const [found, setFound] = useState(first), [wrong, setWrong] = useState(""), turn = useRef(0);
    const filter = filterOf({ ...query.value, ...fixed }), { before = "" } = query.value, asked = filter + "\n" + before, last = useRef(asked);
    const again = () => {
        const mine = ++turn.current;
        return read(filter, before).then(
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
    return { found, wrong, again };
}
