/**
 * follow.js: follows an import or export while the server is at work on it, also
 * where the stream doesn't get through.
 *
 *   useWork(source)      source: what liveOne() gives
 */
import { useEffect } from "../lib/lib.js";
import { WORKING } from "./words.js";

const LOOK = 1_500;

export function useWork(source) {
    const working = WORKING.includes(source?.record.value?.state);
    useEffect(() => {
        if (!working) return undefined;
        const timer = setInterval(() => source.reload().catch(() => {}), LOOK);
        return () => clearInterval(timer);
    }, [working, source]);
}
