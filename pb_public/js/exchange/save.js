/**
 * save.js: hands a file of the server to the reader, under a Chinese name.
 *
 *   await saveTemplate("people", "党员名册")
 *   await saveExport(record)       the file of an export that is done
 *   await saveFrom(path, name)     what any route of ours gives
 */
import { blob, fileToken, fileURL } from "../lib/api.js";
import { today } from "../lib/session.js";

function hand(file, name) {
    const url = URL.createObjectURL(file);
    const link = Object.assign(document.createElement("a"), { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const saveTemplate = async (collection, title) => hand(await blob(`/api/exchange/template/${encodeURIComponent(collection)}`), `${title}（空表）.xlsx`);

export async function saveExport(record) {
    const url = new URL(fileURL(record, record.file, await fileToken(), { download: true }));
    hand(await blob(url.pathname + url.search), `${record.title}${today().replaceAll("-", "")}.${record.format === "xlsx" ? "xlsx" : "csv"}`);
}

export const saveFrom = async (path, name) => hand(await blob(path), name);
