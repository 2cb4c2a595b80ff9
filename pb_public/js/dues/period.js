/** period.js: 2026-Q1, 2026-Y in words. */
import { period } from "../lib/format.js";

export const periodWord = (code) => (code.endsWith("-Y") ? `${code.slice(0, 4)}年全年` : period(code));
