/**
 * money.js: amounts and months as people write them. Money is whole fen and is
 * read as text, never as a fraction: 0.1 + 0.2 stays 0.30.
 *
 *   fenOf("1,234.50元")       123450; null for what is no amount with at most two places
 *   written(123450)           "1234.50", as it stands in a box
 *   monthOf("2026年3月", year) "2026-03"; "3月" and "3" mean the month of year; "" for what is none
 *   dateWord("2026-03-09")    2026年3月9日, with its year, for paper
 *   monthWord("2026-03")      2026年3月     span("2026-01", "2026-03")   2026年1月至3月
 *   spans(["2026-01", "2026-02", "2026-05"])   2026年1月至2月、2026年5月
 *   shift("2026-01", -1)      "2025-12"     monthsOf(2026)              ["2026-01", …]
 */
const narrow = (text) => String(text ?? "").replace(/[０-９．－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** @returns {number|null} */
export function fenOf(text) {
    const bare = narrow(text).replace(/[\s元￥¥]/g, "");
    const [, sign, whole, part = ""] = /^(-?)(\d{1,9}|\d{1,3}(?:[,，]\d{3})+)(?:\.(\d{1,2}))?$/.exec(bare) ?? [];
    if (whole === undefined) return null;
    const fen = Number(whole.replace(/[,，]/g, "") + part.padEnd(2, "0"));
    return sign && fen ? -fen : fen;
}

export function written(fen) {
    if (fen == null || fen === "") return "";
    const digits = String(Math.abs(fen)).padStart(3, "0");
    return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function monthOf(text, year = "") {
    const bare = narrow(text).trim();
    const [, y = year, m] = /^(20\d\d)\s*[-/.年]?\s*(\d{1,2})\s*[月份]{0,2}$/.exec(bare) ?? /^()(\d{1,2})\s*[月份]{0,2}$/.exec(bare) ?? [];
    const at = Number(m), whole = y || String(year);
    return m && at >= 1 && at <= 12 && /^20\d\d$/.test(whole) ? `${whole}-${String(at).padStart(2, "0")}` : "";
}

export const dateWord = (date) => { const [year, month, day] = date.split("-").map(Number); return `${year}年${month}月${day}日`; };

export const monthWord = (month) => (month ? `${month.slice(0, 4)}年${Number(month.slice(5))}月` : "");

export function span(from, to) {
    if (!to || from === to) return monthWord(from);
    return `${monthWord(from)}至${from.slice(0, 4) === to.slice(0, 4) ? `${Number(to.slice(5))}月` : monthWord(to)}`;
}

export function shift(month, n) {
    const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + n;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

export const monthsOf = (year) => Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`);

/** Months in words, those that follow each other as one. */
export function spans(months) {
    const runs = [];
    for (const month of months) {
        const last = runs[runs.length - 1];
        if (last && shift(last[1], 1) === month) last[1] = month;
        else runs.push([month, month]);
    }
    return runs.map(([from, to]) => span(from, to)).join("、");
}
