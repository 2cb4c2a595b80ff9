/**
 * files.js: protected files of a record, photos as pictures, the rest by name.
 *
 *   <${Files} record=${evidence} names=${evidence.files}/>
 */
import { html, useEffect, useRef, useState } from "../lib/lib.js";
import { fileToken, fileURL } from "../lib/api.js";

const RENEW = 80_000; // a token lives two to three minutes
const PICTURE = /\.(jpe?g|png|webp)$/i;

/** The name without the ten random characters that the server adds; of a Chinese name it keeps nothing, only ten more. */
const plain = (name) => name.replace(/_[a-z0-9]{10}(?=\.\w+$)/, "").replace(/^[a-z0-9]{10}(?=\.\w+$)/, "附件");

/** A token that stays good while the page is looked at; "" before it came. */
function useFileToken() {
    const [token, setToken] = useState("");
    useEffect(() => {
        const renew = () => document.hidden || fileToken().then(setToken, () => {});
        renew();
        const timer = setInterval(renew, RENEW);
        document.addEventListener("visibilitychange", renew);
        return () => {
            clearInterval(timer);
            document.removeEventListener("visibilitychange", renew);
        };
    }, []);
    return token;
}

export function Files({ record, names = [] }) {
    const token = useFileToken(), shown = useRef("");
    shown.current ||= token; // a picture once loaded isn't loaded again for a newer token
    if (!names.length) return null;
    return html`<ul class="files">${names.map((name) => html`<li key=${name}>
        <a href=${token ? fileURL(record, name, token) : undefined} target="_blank" rel="noopener" aria-label=${`打开${plain(name)}`}>
            ${PICTURE.test(name)
                ? html`<img src=${shown.current ? fileURL(record, name, shown.current, { thumb: "300x300" }) : undefined} alt="" loading="lazy"/>`
                : html`<span class="file-name">${plain(name)}</span>`}
        </a></li>`)}</ul>`;
}
