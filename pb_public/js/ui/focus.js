/** focus.js: when a dialog of a view goes away, the focus goes back to where it was. */
import { useEffect, useMemo } from "../lib/lib.js";

export function useReturnFocus() {
    const from = useMemo(() => document.activeElement, []);
    useEffect(() => () => setTimeout(() => from?.isConnected && from.focus(), 0), []);
}
