/**
 * rows.js: what a view of a ledger shows, asked for as the address says and
 * asked for again when a record of it changes.
 *
 *   const { found, wrong, again } = useAnswer(ask, asked, ledger.collection)
 *       asked   a text; another text is another question
 *       found   null before the first answer
 */
import { useEffect, useRef, useState } from "../lib/lib.js";
import { listen } from "../lib/live.js";

const TYPING = 250;
const CHANGED = 400;

export function useAnswer(ask, asked, collection, first = null) {
    const [found, setFound] = useState(first), [wrong, setWrong] = useState(""), turn = useRef(0), begun = useRef(first !== null), question = useRef(ask);
    question.current = ask;
    const again = () => {
        const mine = ++turn.current;
        return question.current().then(
            (next) => { if (mine === turn.current) { setFound(next); setWrong(""); } },
            ({ message }) => { if (mine === turn.current) setWrong(message); },
        );
    };
    useEffect(() => {
        const wait = found === null ? 0 : TYPING;
        if (begun.current) { begun.current = false; return undefined; }
        const timer = setTimeout(again, wait);
        return () => clearTimeout(timer);
    }, [asked]);
    useEffect(() => {
        let timer;
        const stop = listen(`${collection}/*`, () => { clearTimeout(timer); timer = setTimeout(again, CHANGED); });
        return () => { clearTimeout(timer); stop(); turn.current++; };
    }, [collection]);
    return { found, wrong, again };
}
