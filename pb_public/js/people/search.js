/**
 * search.js: finds people by the beginning of their name, its pinyin, its initials
 * or their number.
 *
 *   sensitive(text)      whether it looks like an identity number, which never goes into an address
 *   searchIds(text)      ids of those on the reader's roster, at most thirty
 *   among(ids)           a filter that lets only these through
 */
import { call, where } from "../lib/api.js";

export const sensitive = (text) => /\d{15,}/.test(text.replace(/\s/g, ""));

export async function searchIds(text) {
    const { items } = await call("GET", `/api/people/search?q=${encodeURIComponent(text)}`);
    return items.map(({ id }) => id);
}

export const among = (ids) => (ids.length ? `(${ids.map((id) => where("id = {:id}", { id })).join(" || ")})` : 'id = ""');
