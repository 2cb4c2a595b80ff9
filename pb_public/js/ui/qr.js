/**
 * qr.js: a QR code as an image that prints sharply. Loads its library only here.
 *
 *   <${QR} text="otpauth://…" label="动态口令的二维码"/>
 */
import { encodeQR } from "../../vendor/qr.mjs";
import { html, useMemo } from "../lib/lib.js";

const QUIET = 2; // modules of white around

export function QR({ text, label }) {
    const rows = useMemo(() => encodeQR(text, "raw", { border: QUIET }), [text]);
    const path = rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
    return html`<svg class="qr" viewBox=${`0 0 ${rows.length} ${rows.length}`} role="img" aria-label=${label} shape-rendering="crispEdges">
        <rect width="100%" height="100%" fill="#fff"/><path d=${path} fill="#000"/></svg>`;
}
