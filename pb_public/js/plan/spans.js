/**
 * spans.js: pieces of a text by position. Positions count characters as the
 * server does (code points), not JavaScript's halves of an emoji.
 *
 *   const chars = charsOf(text)
 *   slice(chars, from, to)          the piece
 *   pieces(chars, from, to, marks)  [{ from, to, text, marks }] for painting; marks may overlap
 *   find(chars, from, to, words)    where words first stand within a piece, or null
 *   offsetAt(node, offset)          the position of a point of a DOM selection inside [data-from]
 *   trim(chars, from, to)           without blanks at either end
 */
export const charsOf = (text) => Array.from(text);

export const slice = (chars, from, to) => chars.slice(from, to).join("");

/** @param {{ from: number, to: number }[]} marks */
export function pieces(chars, from, to, marks) {
    const inside = marks.filter((mark) => mark.to > from && mark.from < to && mark.to > mark.from);
    const cuts = new Set([from, to]);
    for (const mark of inside) {
        cuts.add(Math.max(from, mark.from));
        cuts.add(Math.min(to, mark.to));
    }
    const starts = [...cuts].sort((a, b) => a - b), sorted = [...inside].sort((a, b) => a.from - b.from), out = [];
    let open = [], next = 0;
    for (let i = 0; i + 1 < starts.length; i++) {
        const at = starts[i];
        while (next < sorted.length && sorted[next].from <= at) open.push(sorted[next++]);
        open = open.filter((mark) => mark.to > at);
        out.push({ from: at, to: starts[i + 1], text: slice(chars, at, starts[i + 1]), marks: [...open] });
    }
    return out;
}

export function find(chars, from, to, words) {
    const text = slice(chars, from, to), at = words ? text.indexOf(words) : -1;
    if (at < 0) return null;
    const start = from + charsOf(text.slice(0, at)).length;
    return { from: start, to: start + charsOf(words).length };
}

export function offsetAt(node, offset) {
    const host = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-from]");
    if (!host) return null;
    const range = document.createRange();
    range.selectNodeContents(host);
    range.setEnd(node, offset);
    return Number(host.dataset.from) + charsOf(range.toString()).length;
}

export function trim(chars, from, to) {
    while (from < to && /\s/.test(chars[from])) from++;
    while (to > from && /\s/.test(chars[to - 1])) to--;
    return { from, to };
}
