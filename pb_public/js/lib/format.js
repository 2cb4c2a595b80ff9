/**
 * format.js: dates, sizes and money as people write them. Beijing time everywhere.
 *
 *   day("2026-11-26")          11月26日周四 (with the year when it isn't this year)
 *   day("2026-11-26 01:30:00.000Z"), time(…) 11月26日周四 09:30
 *   shortDay(…)                11月26日
 *   until(due, today)          今天到期、还有 3 天、逾期 2 天
 *   period("2026-Q1")          2026年第一季度
 *   addDays(date, n)           YYYY-MM-DD      today() the browser's date in Beijing
 *   size(bytes)                1.2 MB          yuan(fen) 12.50     count(n) 12,345
 */
const ZONE = { timeZone: "Asia/Shanghai" };
const dateParts = new Intl.DateTimeFormat("en-CA", { ...ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const clock = new Intl.DateTimeFormat("en-GB", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const WEEK = "日一二三四五六";

/** The date in Beijing, YYYY-MM-DD, of a date or of a UTC datetime. */
export function dateOf(value) {
    if (!value) return "";
    if (value instanceof Date) return dateParts.format(value);
    return value.length === 10 ? value : dateParts.format(new Date(value.replace(" ", "T")));
}

export const today = () => dateOf(new Date());

export function addDays(date, n) {
    const at = new Date(date + "T00:00:00Z");
    at.setUTCDate(at.getUTCDate() + n);
    return at.toISOString().slice(0, 10);
}

export function daysBetween(from, to) {
    return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export function shortDay(value) {
    const date = dateOf(value);
    if (!date) return "";
    const [year, month, day] = date.split("-").map(Number);
    return `${year === new Date().getFullYear() ? "" : year + "年"}${month}月${day}日`;
}

export function day(value) {
    const date = dateOf(value);
    return date ? `${shortDay(date)}周${WEEK[new Date(date + "T00:00:00Z").getUTCDay()]}` : "";
}

export function time(value) {
    return value ? `${day(value)} ${clock.format(new Date(value.replace(" ", "T")))}` : "";
}

/** How far a due date is, in words. */
export function until(due, now = today()) {
    if (!due) return "没有期限";
    const days = daysBetween(now, dateOf(due));
    if (days < 0) return `逾期 ${-days} 天`;
    if (days === 0) return "今天到期";
    return days === 1 ? "明天到期" : `还有 ${days} 天`;
}

/** The Sunday that ends the week of a date. */
export function weekEnd(date) {
    const weekday = new Date(date + "T00:00:00Z").getUTCDay();
    return addDays(date, weekday === 0 ? 0 : 7 - weekday);
}

const NUMERALS = ["", "一", "二", "三", "四"];

/** A period of the plan in words: 2026-Q1, 2026-H1, 2026-03, 2026-W12, 2026, or a date. */
export function period(code) {
    if (!code) return "";
    const [year, part = "", rest] = code.split("-");
    if (rest) return shortDay(code);
    if (part[0] === "Q") return `${year}年第${NUMERALS[part[1]]}季度`;
    if (part[0] === "H") return `${year}年${part[1] === "1" ? "上" : "下"}半年`;
    if (part[0] === "W") return `${year}年第 ${Number(part.slice(1))} 周`;
    return part ? `${year}年${Number(part)}月` : `${year}年`;
}

export function size(bytes) {
    if (bytes < 1024) return `${bytes} 字节`;
    return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const yuan = (fen) => (fen / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 });
export const count = (n) => n.toLocaleString("zh-CN");
